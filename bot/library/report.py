"""Problems for people, for tools, and for GitHub: what `briefbot check` prints."""

import json
from dataclasses import asdict
from pathlib import Path

from bot.library.load import load
from bot.library.problem import Level, Problem
from bot.library.vocabulary import Kind

FORMATS = ("text", "json", "github")
_PLACE = f"a briefing is FOLDER/KIND/ID.md, with KIND one of {', '.join(kind.folder for kind in Kind)}"


def check_folder(path: Path, output: str) -> tuple[str, bool]:
    """Return the report on `path` (a folder, or one file of a folder) and whether it has no error.

    A single file is judged within its library, because names and ids are shared; only its own problems are reported.
    `output` is one of `FORMATS`.
    """
    if path.is_file():
        folder, problems, served = _judged_alone(path)
    else:
        folder, problems, served = _judged_whole(path)
    clean = not any(problem.level is Level.ERROR for problem in problems)
    match output:
        case "json":
            return _as_json(problems, folder), clean
        case "github":
            return "".join(_annotation(problem, folder) for problem in problems), clean
        case _:
            return _as_text(problems, folder, served), clean


def _judged_whole(folder: Path) -> tuple[Path, list[Problem], int]:
    """Return `folder`, its problems, of which having no briefing is one, and how many entries are served."""
    library = load(folder)
    problems = list(library.problems)
    if not library.reads and not any(problem.level is Level.ERROR for problem in problems):
        problems.append(Problem(str(folder), 1, 1, Level.ERROR, "no briefing in this folder", _PLACE))
    return folder, problems, len(library.entries_by_id)


def _judged_alone(file: Path) -> tuple[Path, list[Problem], int]:
    """Return the folder of the library that `file` belongs to, the file's problems, and whether it is served."""
    folder = file.parent.parent if file.parent.name else file.absolute().parent.parent
    name = f"{file.absolute().parent.name}/{file.name}"
    if file.absolute().parent.name not in {kind.folder for kind in Kind} or not file.name.endswith(".md"):
        return folder, [Problem(name, 1, 1, Level.ERROR, "not where briefings lie", _PLACE)], 0
    library = load(folder)
    served = sum(entry.path == name for entry in library.entries_by_id.values())
    return folder, [problem for problem in library.problems if problem.file == name], served


def _shown(problem: Problem, folder: Path) -> str:
    return problem.file if problem.file == str(folder) else (folder / problem.file).as_posix()


def _as_text(problems: list[Problem], folder: Path, number: int) -> str:
    shown = [str(_placed(problem, folder)) for problem in problems]
    errors = sum(problem.level is Level.ERROR for problem in problems)
    counts = f"{_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}"
    served = _counted(number, "entry", "entries")
    return "\n".join([*shown, f"{served} can be served: {counts}."]) + "\n"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _placed(problem: Problem, folder: Path) -> Problem:
    return Problem(_shown(problem, folder), problem.line, problem.column, problem.level, problem.message, problem.hint)


def _as_json(problems: list[Problem], folder: Path) -> str:
    return json.dumps([asdict(_placed(problem, folder)) for problem in problems], ensure_ascii=False, indent=2) + "\n"


def _annotation(problem: Problem, folder: Path) -> str:
    """Return a workflow command.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    file = _escaped(_shown(problem, folder)).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.level} file={file},line={problem.line},col={problem.column}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
