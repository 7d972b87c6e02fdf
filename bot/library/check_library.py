"""What is wrong between entries: ids that do not exist, names claimed twice, circles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.library.entry import Alias, Entry
from bot.library.finding import Finding, error, warning
from bot.library.names import normal
from bot.library.problem import Problem
from bot.library.shape import nearest
from bot.library.yaml_source import Document, Path


def check_library(entries: Iterable[Entry], documents: Mapping[str, Document]) -> list[Problem]:
    """Return every problem between `entries`, each in the file where it can be mended."""
    by_id = {entry.id: entry for entry in entries}
    claims = {f"{entry.id}#{claim.id}" for entry in by_id.values() for claim in entry.claims}
    found: list[tuple[Entry, Finding]] = []
    for entry in by_id.values():
        found += ((entry, finding) for finding in _entry_ids(entry, by_id))
        found += ((entry, finding) for finding in _claim_ids(entry, claims))
        found += ((entry, finding) for finding in _one_sided(entry, by_id))
    found += _shared_names(by_id.values())
    found += _circles(by_id)
    return [finding.at(entry.path, documents[entry.id]) for entry, finding in found]


def _entry_ids(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[Finding]:
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
        if each not in by_id:
            near = nearest(each, list(by_id))
            yield error(path, f"no entry is called {each}", f"did you mean {near}?" if near else "")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A claim that names another one."""

    path: Path
    source: str
    target: str
    sort: str


def _references(entry: Entry) -> Iterator[_Reference]:
    for place, claim in enumerate(entry.claims):
        own = f"{entry.id}#{claim.id}"
        named = [("superseded_by", claim.superseded_by), ("same_as", claim.same_as)]
        for name, target in named:
            if target:
                yield _Reference(("claims", place, name), own, _full(entry, target), name)
        for number, target in enumerate(claim.supersedes):
            yield _Reference(("claims", place, "supersedes", number), own, _full(entry, target), "supersedes")
        if claim.forecast and claim.forecast.claim:
            target = _full(entry, claim.forecast.claim)
            yield _Reference(("claims", place, "forecast", "claim"), own, target, "forecast")
    for name in ("quotations", "corrections"):
        for place, each in enumerate(getattr(entry, name)):
            if each.claim:
                yield _Reference((name, place, "claim"), entry.id, _full(entry, each.claim), name)


def _full(entry: Entry, reference: str) -> str:
    return reference if "#" in reference else f"{entry.id}#{reference}"


def _claim_ids(entry: Entry, claims: set[str]) -> Iterator[Finding]:
    for reference in _references(entry):
        if reference.target not in claims:
            near = nearest(reference.target, sorted(claims))
            hint = f"did you mean {near}?" if near else "write claim-id, or entry-id#claim-id"
            yield error(reference.path, f"no claim is called {reference.target}", hint)


def _one_sided(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[Finding]:
    for place, other in enumerate(entry.not_to_be_confused_with):
        if other in by_id and entry.id not in by_id[other].not_to_be_confused_with:
            message = f"{other} does not say the same of this entry"
            yield warning(("not_to_be_confused_with", place), message, "declare the pair on both sides")


def _shared_names(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Finding]]:
    claimed: defaultdict[str, list[tuple[Entry, Path, Alias | None]]] = defaultdict(list)
    for entry in entries:
        claimed[normal(entry.title)].append((entry, ("title",), None))
        for place, alias in enumerate(entry.names):
            claimed[normal(alias.name)].append((entry, ("names", place, "name"), alias))
    for holders in claimed.values():
        if len({entry.id for entry, _, _ in holders}) < 2:  # noqa: PLR2004 - one holder shares with nobody
            continue
        for entry, path, held in holders:
            if held is None or not held.shared:
                others = ", ".join(sorted({other.id for other, _, _ in holders if other.id != entry.id}))
                name = held.name if held else entry.title
                yield entry, error(path, f"{name!r} is also a name of {others}", "both must say shared: true")


def _circles(by_id: Mapping[str, Entry]) -> Iterator[tuple[Entry, Finding]]:
    parents = {entry.id: [entry.parent] for entry in by_id.values() if entry.parent}
    for entry_id in _on_circle(parents):
        yield by_id[entry_id], error(("parent",), "its parents run in a circle", "one of them has no parent")
    references = [(entry, each) for entry in by_id.values() for each in _references(entry)]
    for sorts, words in (
        (("supersedes", "superseded_by"), "supersedes runs in a circle"),
        (("same_as",), "same_as runs in a circle"),
    ):
        arrows: defaultdict[str, list[str]] = defaultdict(list)
        for _, each in references:
            if each.sort in sorts:
                start, end = (each.target, each.source) if each.sort == "superseded_by" else (each.source, each.target)
                arrows[start].append(end)
        circle = _on_circle(arrows)
        for entry, each in references:
            if each.sort in sorts and each.source in circle and each.target in circle:
                yield entry, error(each.path, words, "of two claims one is the newer")


def _on_circle(arrows: Mapping[str, list[str]]) -> set[str]:
    """Return every node that can be reached from itself."""
    found = set()
    for start in arrows:
        waiting, seen = list(arrows[start]), set[str]()
        while waiting:
            node = waiting.pop()
            if node == start:
                found.add(start)
                break
            if node not in seen:
                seen.add(node)
                waiting += arrows.get(node, ())
    return found
