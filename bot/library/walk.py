"""Which files below a folder are briefings, and what lies there that is none.

A link is followed where it stays in the folder (Kubernetes mounts files that way); a link or a name that leads out of
it, or to something that is no file, is an error. Names that begin with a dot, editors' back-ups and READMEs are
nobody's briefing and pass in silence.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.library.fields import ENTRY_ID_LENGTH
from bot.library.problem import Level, Problem
from bot.library.steady import sorted_steadily
from bot.library.vocabulary import Kind

_KINDS = {kind.folder: kind for kind in Kind}
NO_ID = (
    "the file's name is the entry's id, and this is none",
    f"small letters, digits and single hyphens, at most {ENTRY_ID_LENGTH}, such as antony-blinken.md",
)
_FOLDERS = f"one of {', '.join(_KINDS)}"


def briefing_paths(root: Path, problems: list[Problem]) -> list[str]:
    """Return the path of every briefing below `root`, with forward slashes, sorted; add what is none to `problems`."""
    found: list[str] = []
    inside = root.resolve()
    for item in _listed(root, problems, "."):
        if not _stays(item, inside, item.name, problems):
            continue
        if item.is_dir():
            found += _in_folder(item, inside, problems)
        elif item.name.endswith(".md"):
            problems.append(stray(item.name, "not in the folder of a kind", _FOLDERS))
    return found


def stray(path: str, message: str, hint: str = "", level: Level = Level.ERROR) -> Problem:
    """Return a problem with the file as a whole; a name that is no UTF-8, or would break a line, is shown escaped."""
    shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in shown)
    return Problem(shown, 1, 1, level, message, hint)


def _in_folder(folder: "os.DirEntry[str]", inside: Path, problems: list[Problem]) -> Iterator[str]:
    if folder.name not in _KINDS:
        problems.append(stray(folder.name, "a folder of no kind, which is not read", _FOLDERS, Level.WARNING))
        return
    for item in _listed(Path(folder.path), problems, folder.name):
        path = f"{folder.name}/{item.name}"
        if not _stays(item, inside, path, problems):
            continue
        if item.is_dir():
            problems.append(stray(path, "a folder in a folder, which is not read", "", Level.WARNING))
        elif not item.name.endswith(".md"):
            problems.append(stray(path, "not a briefing, and not read", "its name ends in .md", Level.WARNING))
        elif not item.is_file():
            problems.append(stray(path, "not a file"))
        elif not path.isprintable():
            problems.append(stray(path, *NO_ID))
        else:
            yield path


def _listed(folder: Path, problems: list[Problem], name: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as found:
            return sorted_steadily((each for each in found if not _passes(each.name)), key=lambda each: each.name)
    except OSError as error:
        problems.append(stray(name, f"cannot be read: {error.strerror}"))
        return []


def _passes(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith("~") or name.lower() == "readme.md"


def _stays(item: "os.DirEntry[str]", inside: Path, path: str, problems: list[Problem]) -> bool:
    """Return whether `item` is inside the folder once links are followed."""
    if not item.is_symlink():
        return True
    try:
        target = Path(item.path).resolve(strict=True)
    except (OSError, RuntimeError):
        problems.append(stray(path, "a symbolic link that leads nowhere", "put the file itself here"))
        return False
    if not target.is_relative_to(inside):
        problems.append(stray(path, "a symbolic link that leaves the folder", "put the file itself here"))
        return False
    return True
