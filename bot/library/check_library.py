"""What is wrong between entries: ids that do not exist, names claimed twice, pairs told on one side, circles."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.library.check_references import cross_reference_findings, on_circle
from bot.library.document import Path
from bot.library.entry import Alias, Entry
from bot.library.finding import Finding, error, warning
from bot.library.normal import normal_name
from bot.library.shape import nearest


def check_library(entries: Iterable[Entry], files: Collection[str]) -> dict[str, list[Finding]]:
    """Return every finding between `entries`, by the id of the entry in whose file it can be mended.

    `files` are the ids of all files, also of those that cannot be read: pointing at one of them is no mistake.
    """
    by_id = {entry.id: entry for entry in entries}
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for entry in by_id.values():
        found[entry.id] += _entry_ids(entry, files)
        found[entry.id] += _one_sided(entry, by_id)
    named = (
        *cross_reference_findings(by_id, {each for each in files if each not in by_id}),
        *_shared_names(by_id.values()),
        *_parents(by_id),
    )
    for entry, finding in named:
        found[entry.id].append(finding)
    return found


def _entry_ids(entry: Entry, files: Collection[str]) -> Iterator[Finding]:
    uses: list[tuple[Path, str]] = [
        *((("related", place), each) for place, each in enumerate(entry.related)),
        *((("not_to_be_confused_with", place), each) for place, each in enumerate(entry.not_to_be_confused_with)),
    ]
    if entry.parent:
        uses.append((("parent",), entry.parent))
    for place, role in enumerate(entry.roles):
        uses += [(("roles", place, "holder"), role.holder)] if role.holder else []
        uses += [(("roles", place, "organisation"), role.organisation)] if role.organisation else []
    for path, each in uses:
        if each not in files:
            near = nearest(each, sorted(files))
            yield error(path, f"no entry is called {each}", f"did you mean {near}?" if near else "")


def _one_sided(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[Finding]:
    for place, other in enumerate(entry.not_to_be_confused_with):
        if other in by_id and entry.id not in by_id[other].not_to_be_confused_with:
            message = f"{other} does not say the same of this entry"
            yield warning(("not_to_be_confused_with", place), message, "declare the pair on both sides")


def _parents(by_id: Mapping[str, Entry]) -> Iterator[tuple[Entry, Finding]]:
    parents = {entry.id: [entry.parent] for entry in by_id.values() if entry.parent and entry.parent != entry.id}
    for entry_id in sorted(on_circle(parents)):
        yield by_id[entry_id], error(("parent",), "its parents run in a circle", "one of them has no parent")


def _shared_names(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Finding]]:
    every = tuple(entries)
    counted = Counter(
        normal_name(name) for entry in every for name in (entry.title, *(each.name for each in entry.names))
    )
    shared = {name for name, count in counted.items() if count > 1 and name}
    claimed: defaultdict[str, list[tuple[Entry, Path, Alias | None]]] = defaultdict(list)
    for entry in every if shared else ():
        if (title := normal_name(entry.title)) in shared:
            claimed[title].append((entry, ("title",), None))
        for place, alias in enumerate(entry.names):
            if (name := normal_name(alias.name)) in shared:
                claimed[name].append((entry, ("names", place, "name"), alias))
    for holders in claimed.values():
        yield from _undeclared(holders)


def _undeclared(holders: list[tuple[Entry, Path, Alias | None]]) -> Iterator[tuple[Entry, Finding]]:
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
