"""What is wrong between entries: ids that do not exist, names claimed twice, pairs told on one side, circles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.library.check_names import shared_names
from bot.library.check_references import cross_reference_findings, on_circle
from bot.library.document import Path
from bot.library.entry import Entry
from bot.library.finding import Finding, error, warning
from bot.library.read import Read
from bot.library.shape import nearest
from bot.library.steady import breathe, let_go


def check_library(files: Mapping[str, Read]) -> dict[str, list[Finding]]:
    """Return every finding between the entries in `files`, by the id of the entry in whose file it can be mended.

    Pointing at one of the files that cannot be read is no mistake.
    """
    by_id = {entry_id: read.entry for entry_id, read in files.items() if read.entry is not None}
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for entry in by_id.values():
        breathe()
        if entry.related or entry.parent or entry.roles or entry.not_to_be_confused_with:
            found[entry.id] += (*_entry_ids(entry, files), *_one_sided(entry, by_id))
    marked = [(read.entry, read.marks) for read in files.values() if read.entry is not None]
    named = (
        *cross_reference_findings(
            by_id,
            [read.entry for read in files.values() if read.refers and read.entry is not None],
            {entry_id for entry_id in files if entry_id not in by_id},
        ),
        *shared_names(marked),
        *_parents(entry for entry in by_id.values() if entry.parent),
    )
    for entry, finding in named:
        found[entry.id].append(finding)
    let_go(marked)
    let_go(by_id)
    return found


def _entry_ids(entry: Entry, files: Collection[str]) -> Iterator[Finding]:
    for path, each in _uses(entry):
        if each not in files:
            near = nearest(each, sorted(files))
            yield error(path, f"no entry is called {each}", f"did you mean {near}?" if near else "")


def _uses(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield each id that `entry` names, behind its field."""
    for place, each in enumerate(entry.related):
        yield ("related", place), each
    for place, each in enumerate(entry.not_to_be_confused_with):
        yield ("not_to_be_confused_with", place), each
    if entry.parent:
        yield ("parent",), entry.parent
    for place, role in enumerate(entry.roles):
        if role.holder:
            yield ("roles", place, "holder"), role.holder
        if role.organisation:
            yield ("roles", place, "organisation"), role.organisation


def _one_sided(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[Finding]:
    for place, other in enumerate(entry.not_to_be_confused_with):
        if other in by_id and entry.id not in by_id[other].not_to_be_confused_with:
            message = f"{other} does not say the same of this entry"
            yield warning(("not_to_be_confused_with", place), message, "declare the pair on both sides")


def _parents(below: Iterable[Entry]) -> Iterator[tuple[Entry, Finding]]:
    by_id = {entry.id: entry for entry in below}
    parents = {entry.id: [entry.parent] for entry in by_id.values() if entry.parent and entry.parent != entry.id}
    for entry_id in sorted(on_circle(parents)):
        yield by_id[entry_id], error(("parent",), "its parents run in a circle", "one of them has no parent")
