"""A folder becomes a library: every entry that can be served, and every problem at once.

Nothing in a file can make this raise, and no file takes another one down:

- A file with an error of its own is not served; the last good version of it is, where there is one, and is listed in
  `Library.stale`.
- What is wrong *between* files (an id that is not there, a name claimed twice, a circle) is told as an error just the
  same, and the last good version of a file that changed stays. But a file that did not change, or was never served in
  a better version, is served as it is: renaming one entry must not take down the dozen that point to it.
"""

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import is_
from pathlib import Path
from struct import Struct

from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.problem import Level, Problem
from bot.library.read import MAX_BYTES, Read, hash_of, slug_of
from bot.library.steady import breathe, let_go
from bot.library.walk import briefing_paths, stray

_YOUNG = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was read may change again under the same time stamp."""
_STAMP = Struct("=qqqQ")
"""Times, size and number of a file in one: a third of the room that they take apart."""


def load(root: Path, previous: Library | None = None) -> Library:
    """Return the library in `root`; `previous` gives the last good versions and spares files that did not change.

    It is `previous` itself where none did. A folder that is not there gives an empty library with one problem that
    says so.
    """
    if not root.is_dir():
        hint = "set BRIEFBOT_BRIEFINGS__PATH to the folder of briefings"
        return Library((), (Problem(str(root), 1, 1, Level.ERROR, "no such folder", hint),))
    known = {read.path: read for read in previous.reads} if previous else {}
    problems: list[Problem] = []
    reads = read_folder(root, known, problems)
    if previous is not None and _unchanged(previous, reads, problems):
        return previous
    problems += (problem for read in reads for problem in read.problems)
    chosen, twins = _one_each(reads, previous)
    problems += twins
    problems += _between(chosen)
    broken = {problem.file for problem in problems if problem.level is Level.ERROR}
    good = _good(previous)
    entries, stale = list[Entry](), dict[str, str]()
    for read in chosen.values():
        entry = _served(read, good.get(read.path), broken=read.path in broken)
        if entry is not None:
            entries.append(entry)
            stale |= {entry.id: read.path} if entry.content_hash != read.content_hash else {}
    let_go(chosen)
    library = Library(entries, sorted(set(problems)), stale, reads, previous)
    let_go(entries)
    return library


def read_folder(root: Path, known: Mapping[str, Read], problems: list[Problem]) -> tuple[Read, ...]:
    """Return every briefing in `root` as it is, the `known` ones that did not change as they are known.

    What lies there that is no briefing is added to `problems`.
    """
    paths = briefing_paths(root, problems)
    reads = tuple(_read(root, path, known.get(path)) for path in paths)
    let_go(paths)
    return reads


def _unchanged(previous: Library, reads: Sequence[Read], problems: Iterable[Problem]) -> bool:
    """Return whether `previous` was made of these very `reads`, with the same `problems` beside the files read."""
    if len(reads) != len(previous.reads) or not all(map(is_, reads, previous.reads)):
        return False
    paths = {read.path for read in reads}
    return {problem for problem in previous.problems if problem.file not in paths} == set(problems)


def _read(root: Path, path: str, known: Read | None) -> Read:
    breathe()
    try:
        status = os.stat(f"{root}/{path}")  # noqa: PTH116 - for each file of a library after each change
        stamp = _STAMP.pack(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        if known is not None and known.stamp == stamp:
            return known
        now = time.time_ns()
        with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123 - as above
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Read(path, "", None, False, (stray(path, f"cannot be read: {error.strerror}"),))
    same = known is not None and known.content_hash == hash_of(raw)
    read = known if known is not None and same else _made_of(path, raw)
    return read._replace(stamp=stamp if now - status.st_mtime_ns > _YOUNG else None)


def _made_of(path: str, raw: bytes) -> Read:
    from bot.library.reading import read_briefing  # here, since a start that was read ahead has no need of the parsers

    return read_briefing(path, raw)


def _one_each(reads: Sequence[Read], previous: Library | None) -> tuple[dict[str, Read], list[Problem]]:
    """Return one file by each id, the one that was served before if any; and a problem for each that shares its id."""
    chosen = {slug_of(read.path): read for read in reads}
    if len(chosen) == len(reads):
        return chosen, []
    by_id: defaultdict[str, list[Read]] = defaultdict(list)
    for read in reads:
        by_id[slug_of(read.path)].append(read)
    before = {entry.path for entry in previous.entries_by_id.values()} if previous else set()
    problems = []
    for twins in by_id.values():
        for read in twins if len(twins) > 1 else ():
            others = ", ".join(twin.path for twin in twins if twin is not read)
            hint = "rename one of them: the name is the id"
            problems.append(Problem(read.path, 1, 1, Level.ERROR, f"has the same id as {others}", hint))
        chosen[slug_of(twins[0].path)] = min(twins, key=lambda read: (read.path not in before, not read.sound))
    return chosen, problems


def _between(chosen: Mapping[str, Read]) -> list[Problem]:
    """Return what is wrong between files, each problem at its place."""
    from bot.library.check_library import check_library  # here, since a library that was loaded ahead is checked

    found = check_library(chosen)
    return [problem for entry_id, findings in found.items() for problem in chosen[entry_id].located(findings)]


def _good(previous: Library | None) -> dict[str, Entry]:
    """Return the entries that were served without an error, or instead of a version with one, by file."""
    if previous is None:
        return {}
    broken = {problem.file for problem in previous.problems if problem.level is Level.ERROR}
    entries = previous.entries_by_id.values()
    return {entry.path: entry for entry in entries if entry.path not in broken or entry.id in previous.stale}


def _served(read: Read, good: Entry | None, *, broken: bool) -> Entry | None:
    """Return the version to serve: this one, or the last good one of another content."""
    if not broken:
        return read.entry
    if good is not None and (not read.sound or good.content_hash != read.content_hash):
        return good
    return read.entry if read.sound else None
