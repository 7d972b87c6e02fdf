"""Problems for people, for tools, and for GitHub: what `briefbot check` prints."""

import json
from dataclasses import asdict
from pathlib import Path

from bot.library.library import Library
from bot.library.load import load
from bot.library.problem import Level, Problem

FORMATS = ("text", "json", "github")


def check_folder(path: Path, output: str) -> tuple[str, bool]:
    """Return the report on `path` (a folder, or one file of a folder) and whether it has no error.

    A single file is judged within its library, because names and ids are shared; only its own problems are reported.
    """
    folder, only = (path, None) if path.is_dir() or not path.exists() else _library_of(path)
    library = load(folder)
    problems = [problem for problem in library.problems if only is None or problem.file == only]
    clean = not any(problem.level is Level.ERROR for problem in problems)
    match output:
        case "json":
            return _as_json(problems, folder), clean
        case "github":
            return "".join(_annotation(problem, folder) for problem in problems), clean
        case _:
            return _as_text(problems, folder, library), clean


def _library_of(file: Path) -> tuple[Path, str]:
    folder = file.parent.parent
    return folder, file.relative_to(folder).as_posix()


def _shown(problem: Problem, folder: Path) -> str:
    return problem.file if problem.file == str(folder) else (folder / problem.file).as_posix()


def _as_text(problems: list[Problem], folder: Path, library: Library) -> str:
    shown = [str(_placed(problem, folder)) for problem in problems]
    errors = sum(problem.level is Level.ERROR for problem in problems)
    counts = f"{_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}"
    served = _counted(len(library.entries_by_id), "entry", "entries")
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
