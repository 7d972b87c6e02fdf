"""Names that several entries claim without saying so.

Of tens of thousands of names hardly one is claimed twice. So each file's reading leaves a small number for each name,
and only names whose numbers meet are compared as names are.
"""

from array import array
from binascii import crc32
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.library.document import Path
from bot.library.entry import Alias, Entry
from bot.library.finding import Finding, error
from bot.library.normal import normal_name
from bot.library.steady import breathe

_SETS = 64
"""Sets that marks are spread over: one large set would be made larger, and freed, in one long step."""
_Claimed = tuple[Entry, Path, Alias | None]


def marks_of(entry: Entry) -> bytes:
    """Return a number of 32 bits for the title and each other name of `entry`, the same for names that are alike."""
    names = (entry.title, *(alias.name for alias in entry.names))
    return array("I", [crc32(normal_name(name).encode()) for name in names]).tobytes()


def shared_names(marked: Sequence[tuple[Entry, bytes]]) -> Iterator[tuple[Entry, Finding]]:
    """Yield a finding for each entry with a name that another one has too; `marked` is each with its `marks_of`."""
    twice = _met(marks for _, marks in marked)
    claimed: defaultdict[str, list[_Claimed]] = defaultdict(list)
    for entry, marks in marked if twice else ():
        if twice.isdisjoint(memoryview(marks).cast("I")):
            continue
        if title := normal_name(entry.title):
            claimed[title].append((entry, ("title",), None))
        for place, alias in enumerate(entry.names):
            if name := normal_name(alias.name):
                claimed[name].append((entry, ("names", place, "name"), alias))
    for holders in claimed.values():
        yield from _undeclared(holders)


def _met(every: Iterable[bytes]) -> set[int]:
    """Return the marks that are there more than once."""
    seen, twice = [set[int]() for _ in range(_SETS)], set[int]()
    for marks in every:
        breathe()
        for mark in memoryview(marks).cast("I"):
            among = seen[mark % _SETS]
            (twice if mark in among else among).add(mark)
    for among in seen:
        breathe()
        among.clear()
    return twice


def _undeclared(holders: list[_Claimed]) -> Iterator[tuple[Entry, Finding]]:
    """Yield a finding for each of the `holders` of one name that does not say it is shared."""
    titles = {entry.id for entry, _, alias in holders if alias is None}
    for entry, path, alias in holders:
        others = {other.id for other, _, _ in holders if other.id != entry.id}
        if not others or (alias is not None and alias.shared):
            continue
        names = ", ".join(sorted(others))
        if alias is not None:
            hint = "both say shared: true there" if not others & titles else "say shared: true, or leave it out"
            yield entry, error(path, f"{alias.name!r} is also a name of {names}", hint)
        elif others & titles:
            others_too = ", ".join(sorted(others & titles))
            yield entry, error(path, f"{entry.title!r} is also the title of {others_too}", "titles tell entries apart")
