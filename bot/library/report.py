"""Problems for people, for tools, and for GitHub: what `briefbot check` prints."""

import json
from pathlib import Path

from bot.library.library import Library
from bot.library.load import load
from bot.library.problem import Level, Problem
from bot.library.style import read_style, style_problems
from bot.library.vocabulary import Kind

_KIND_FOLDERS = frozenset(kind.folder for kind in Kind)
_PLACE = f"a briefing is FOLDER/KIND/ID.md, with KIND one of {', '.join(kind.folder for kind in Kind)}"


def check_folder(path: Path, output: str, style: Path | None = None) -> tuple[str, bool]:
    """Return the report on `path` (a folder, a kind's folder in it, or one file) and whether it has no error.

    A part is judged within its library, because names and ids are shared; only its own problems are reported.
    `output` is ``text``, ``json`` or ``github``; `style` is the list of words to avoid.
    """
    if path.is_file() or path.absolute().name in _KIND_FOLDERS:
        folder, problems, served = _judged_alone(path, style)
    else:
        folder, problems, served = _judged_whole(path, style)
    clean = not any(problem.level is Level.ERROR for problem in problems)
    match output:
        case "json":
            return _as_json(problems, folder), clean
        case "github":
            return "".join(_annotation(problem, folder) for problem in problems), clean
        case _:
            return _as_text(problems, folder, served), clean


def _judged_whole(folder: Path, style: Path | None) -> tuple[Path, list[Problem], int]:
    """Return `folder`, its problems, of which having no briefing is one, and how many entries are served."""
    library = load(folder)
    problems = sorted([*library.problems, *_styled(library, style)])
    if not library.reads and not any(problem.level is Level.ERROR for problem in problems):
        problems.append(Problem(str(folder), 1, 1, Level.ERROR, "no briefing in this folder", _PLACE))
    return folder, problems, len(library.entries_by_id)


def _judged_alone(path: Path, style: Path | None) -> tuple[Path, list[Problem], int]:
    """Return the folder of the library that the file or the kind's folder at `path` belongs to, its problems and count.

    The count is that of the entries in it that are served.
    """
    if path.is_dir():
        folder = path.parent if path.name in _KIND_FOLDERS else path.absolute().parent
        name = f"{path.absolute().name}/"
    else:
        folder = path.parent.parent if path.parent.name else path.absolute().parent.parent
        name = f"{path.absolute().parent.name}/{path.name}"
        if path.absolute().parent.name not in _KIND_FOLDERS or not path.name.endswith(".md"):
            return folder, [Problem(name, 1, 1, Level.ERROR, "not where briefings lie", _PLACE)], 0

    def own(file: str) -> bool:
        return file == name or (name.endswith("/") and file.startswith(name))

    library = load(folder)
    served = sum(own(entry.path) for entry in library.entries_by_id.values())
    problems = [problem for problem in library.problems if own(problem.file)]
    told = (problem for problem in _styled(library, style) if own(problem.file) or problem.level is Level.ERROR)
    return folder, sorted([*problems, *told]), served


def _styled(library: Library, style: Path | None) -> list[Problem]:
    """Return what the house style says of the library, and what is wrong with its list."""
    if style is None or not style.is_file():
        return []
    avoided, problems = read_style(style)
    return [*problems, *style_problems(library, avoided)]


def _shown(problem: Problem, folder: Path) -> str:
    """Return the file of `problem` as the user would name it; one that lies in no kind's folder is named in full."""
    inside = problem.file.partition("/")[0] in _KIND_FOLDERS or "/" not in problem.file
    return (folder / problem.file).as_posix() if inside and problem.file != str(folder) else problem.file


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
    return json.dumps([_placed(problem, folder)._asdict() for problem in problems], ensure_ascii=False, indent=2) + "\n"


def _annotation(problem: Problem, folder: Path) -> str:
    """Return a workflow command.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    file = _escaped(_shown(problem, folder)).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.level} file={file},line={problem.line},col={problem.column}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
