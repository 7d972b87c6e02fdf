"""A folder becomes a library: every entry that can be served, and every problem at once.

Nothing in a file can make this raise. A broken file takes no other down: its last good version goes on being served
when there is one, and is listed in `Library.stale`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from bot.library.body import sections
from bot.library.check_entry import check_entry
from bot.library.check_library import check_library
from bot.library.entry import ENTRY_ID_LENGTH, SLUG, Entry, FrontMatter, Kind
from bot.library.front import MAX_BYTES, decode, split
from bot.library.library import Library
from bot.library.problem import Level, Problem
from bot.library.shape import shape_faults
from bot.library.yaml_source import Document, Fault, Place, read_yaml

_KINDS = {kind.folder: kind for kind in Kind}
_SLUG = re.compile(SLUG)


@dataclass(frozen=True, slots=True)
class Read:
    """One file as it was read: what it says and where, or why it says nothing; kept to spare the next reading."""

    path: str
    stamp: tuple[int, int, int]
    content_hash: str
    entry: Entry | None
    document: Document
    problems: tuple[Problem, ...]


def load(root: Path, previous: Library | None = None) -> Library:
    """Return the library in `root`; `previous` gives the last good versions and spares files that did not change.

    A folder that is not there gives an empty library with one problem that says so.
    """
    if not root.is_dir():
        missing = Problem(
            str(root), 1, 1, Level.ERROR, "no such folder", "set BRIEFBOT_BRIEFINGS__PATH to the briefings"
        )
        return Library((), (missing,))
    known = {read.path: read for read in (previous.reads if previous else ())}
    problems: list[Problem] = []
    reads = [_read(root, path, known.get(path)) for path in _walk(root, problems)]
    problems += (problem for read in reads for problem in read.problems)
    fresh, twins = _one_each(reads)
    problems += twins
    documents = {read.entry.id: read.document for read in reads if read.entry}
    problems += check_library(fresh, documents)
    kept = _last_good(reads, problems, fresh, previous)
    broken = {problem.file for problem in problems if problem.level is Level.ERROR}
    served = [entry for entry in fresh if entry.path not in broken]
    stale = {entry.id: entry.path for entry in kept}
    return Library((*served, *kept), sorted(set(problems)), stale, tuple(reads))


def _last_good(
    reads: Iterable[Read], problems: list[Problem], fresh: list[Entry], previous: Library | None
) -> list[Entry]:
    """Return, for each broken file that is still there, the version of it that was served before."""
    broken = {problem.file for problem in problems if problem.level is Level.ERROR}
    sound = {entry.id for entry in fresh if entry.path not in broken}
    before = {entry.path: entry for entry in previous.entries_by_id.values()} if previous else {}
    paths = (read.path for read in reads if read.path in broken)
    return [before[path] for path in paths if path in before and before[path].id not in sound]


def _walk(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the path of every briefing below `root`, with forward slashes, sorted; report what is no briefing."""
    for folder in _listed(root, problems, ""):
        if not folder.is_dir(follow_symlinks=False) or folder.is_symlink():
            if folder.name.endswith(".md") or folder.is_symlink():
                problems.append(_stray(folder.name, "not in a folder of a kind", f"one of {', '.join(_KINDS)}"))
            continue
        if folder.name not in _KINDS:
            message = "a folder of no kind, which is not read"
            problems.append(_stray(f"{folder.name}/", message, f"one of {', '.join(_KINDS)}", Level.WARNING))
            continue
        for file in _listed(Path(folder), problems, f"{folder.name}/"):
            path = f"{folder.name}/{file.name}"
            if file.is_symlink():
                problems.append(_stray(path, "a symbolic link", "put the file itself here"))
            elif not file.name.endswith(".md"):
                problems.append(_stray(path, "not a briefing, and not read", "its name ends in .md", Level.WARNING))
            elif not file.is_file(follow_symlinks=False):
                problems.append(_stray(path, "not a file"))
            else:
                yield path


def _listed(folder: Path, problems: list[Problem], name: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as found:
            return sorted((each for each in found if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError as error:
        problems.append(_stray(name or ".", f"cannot be read: {error.strerror}"))
        return []


def _stray(path: str, message: str, hint: str = "", level: Level = Level.ERROR) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return Problem(shown, 1, 1, level, message, hint)


def _read(root: Path, path: str, known: Read | None) -> Read:
    try:
        status = (root / path).stat()
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if known is not None and known.stamp == stamp:
            return known
        with (root / path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Read(path, (0, 0, 0), "", None, Document(), (_stray(path, f"cannot be read: {error.strerror}"),))
    content_hash = sha256(raw).hexdigest()[:12]
    if known is not None and known.content_hash == content_hash:
        return Read(path, stamp, content_hash, known.entry, known.document, known.problems)
    entry, document, faults = _parse(path, raw, content_hash)
    errors = tuple(Problem(path, f.place.line, f.place.column, Level.ERROR, f.message, f.hint) for f in faults)
    if entry is None or errors:
        return Read(path, stamp, content_hash, None, document, errors)
    found = tuple(check_entry(entry, document))
    clean = not any(problem.level is Level.ERROR for problem in found)
    return Read(path, stamp, content_hash, entry if clean else None, document, found)


def _parse(path: str, raw: bytes, content_hash: str) -> tuple[Entry | None, Document, list[Fault]]:
    text, faults = decode(raw)
    faults += _name_faults(path)
    parts, missing = split(text) if text or not faults else (None, [])
    if parts is None:
        return None, Document(), [*faults, *missing]
    document = read_yaml(parts.head, first_line=2)
    faults += document.faults
    body, body_faults = sections(parts.body, parts.body_line)
    faults += body_faults
    if not isinstance(document.data, dict):
        if not document.faults:
            faults.append(Fault(Place(2, 1), "the front matter holds no fields", "title: …, kind: …, and so on"))
        return None, document, faults
    try:
        front = FrontMatter.model_validate(document.data)
    except ValidationError as error:
        return None, document, [*faults, *shape_faults(document, error)]
    slug = _slug(path)
    if faults:
        return None, document, faults
    entry = Entry.model_construct(
        **{name: getattr(front, name) for name in FrontMatter.model_fields},
        id=slug,
        path=path,
        sections=body,
        content_hash=content_hash,
    )
    return entry, document, faults


def _slug(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".md")


def _name_faults(path: str) -> list[Fault]:
    slug = _slug(path)
    if not _SLUG.match(slug) or len(slug) > ENTRY_ID_LENGTH:
        hint = f"small letters, digits and single hyphens, at most {ENTRY_ID_LENGTH}, such as antony-blinken.md"
        return [Fault(Place(1, 1), "the file's name is the entry's id, and this is none", hint)]
    return []


def _one_each(reads: Iterable[Read]) -> tuple[list[Entry], list[Problem]]:
    """Return the entries, and a problem for each file whose id another file has too."""
    first: dict[str, Entry] = {}
    problems = []
    for read in reads:
        if read.entry is None:
            continue
        other = first.setdefault(read.entry.id, read.entry)
        if other is not read.entry:
            pairs = ((read.path, other.path), (other.path, read.path))
            hint = "rename one; its name is its id"
            problems += [Problem(one, 1, 1, Level.ERROR, f"{two} has the same id", hint) for one, two in pairs]
    return list(first.values()), problems
