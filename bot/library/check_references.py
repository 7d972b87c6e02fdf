"""Claims that point to claims: the target has to exist, and neither `supersedes` nor `same_as` may run in a circle.

What an entry says of its own claims is judged with the entry; what points to another one, with the library.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.library.document import Path
from bot.library.entry import Claim, Entry
from bot.library.finding import Finding, error
from bot.library.shape import nearest
from bot.library.steady import breathe

_ORDERED = {
    "supersedes": ("supersedes runs in a circle", "of two claims one is the newer"),
    "superseded_by": ("supersedes runs in a circle", "of two claims one is the newer"),
    "same_as": ("same_as runs in a circle", "only one of them points to the other"),
}


@dataclass(frozen=True, slots=True)
class _Reference:
    """A claim, a quotation or a correction that names a claim; both ends in full, ``entry-id#claim-id``."""

    path: Path
    source: str
    target: str
    sort: str

    @property
    def own(self) -> bool:
        """Whether both ends are in one entry."""
        return self.source.partition("#")[0] == self.target.partition("#")[0]


def own_reference_findings(entry: Entry) -> Iterator[Finding]:
    """Yield what is wrong with the references of `entry` to its own claims."""
    references = [each for each in _references(entry) if each.own]
    claims = [claim.id for claim in entry.claims]
    yield from (_missing(each, claims) for each in references if each.target.partition("#")[2] not in claims)
    yield from (finding for _, finding in _circles((entry, each) for each in references))


def may_refer(entry: Entry) -> bool:
    """Return whether `entry` may name a claim, its own or another's."""
    named = (each for claim in entry.claims for each in (claim.superseded_by, claim.same_as, claim.supersedes))
    return bool(entry.quotations or entry.corrections or any(named) or any(claim.forecast for claim in entry.claims))


def cross_reference_findings(
    by_id: Mapping[str, Entry], referring: Iterable[Entry], opaque: Collection[str]
) -> Iterator[tuple[Entry, Finding]]:
    """Yield what is wrong with references between entries, of which `referring` are those that `may_refer`.

    What is in the `opaque` files cannot be known.
    """
    references = [(entry, each) for entry in referring for each in _references(entry)]
    for entry, each in references:
        holder, _, claim_id = each.target.partition("#")
        if not each.own and holder not in opaque:
            claims = [claim.id for claim in by_id[holder].claims] if holder in by_id else []
            if claim_id not in claims:
                yield entry, _missing(each, claims)
    told = {(entry.id, finding) for entry, finding in _circles(pair for pair in references if pair[1].own)}
    yield from ((entry, found) for entry, found in _circles(references) if (entry.id, found) not in told)


def _references(entry: Entry) -> Iterator[_Reference]:
    breathe()
    for place, claim in enumerate(entry.claims):
        if claim.superseded_by or claim.same_as or claim.supersedes or claim.forecast:
            yield from _references_of(entry, place, claim)
    for name in ("quotations", "corrections"):
        for place, each in enumerate(getattr(entry, name)):
            if each.claim:
                yield _Reference((name, place, "claim"), f"{entry.id}#", _full(entry, each.claim), name)


def _references_of(entry: Entry, place: int, claim: Claim) -> Iterator[_Reference]:
    own = f"{entry.id}#{claim.id}"
    for name, target in (("superseded_by", claim.superseded_by), ("same_as", claim.same_as)):
        if target:
            yield _Reference(("claims", place, name), own, _full(entry, target), name)
    for number, target in enumerate(claim.supersedes):
        yield _Reference(("claims", place, "supersedes", number), own, _full(entry, target), "supersedes")
    if claim.forecast and claim.forecast.claim:
        yield _Reference(("claims", place, "forecast", "claim"), own, _full(entry, claim.forecast.claim), "forecast")


def _full(entry: Entry, reference: str) -> str:
    return reference if "#" in reference else f"{entry.id}#{reference}"


def _missing(reference: _Reference, claims: Iterable[str]) -> Finding:
    """Return what is wrong with a `reference` to an entry that has the `claims` and no other."""
    holder, _, claim_id = reference.target.partition("#")
    near = nearest(claim_id, sorted(claims))
    full = near if near is None or reference.own else f"{holder}#{near}"
    hint = f"did you mean {full}?" if full else "write claim-id, or entry-id#claim-id"
    message = f"no claim is called {claim_id if reference.own else reference.target}"
    return error(reference.path, message, hint, rests_on="claims" if reference.own else "")


def _circles(references: Iterable[tuple[Entry, _Reference]]) -> Iterator[tuple[Entry, Finding]]:
    ordered = [(entry, each) for entry, each in references if each.sort in _ORDERED]
    for sorts in (("supersedes", "superseded_by"), ("same_as",)):
        chosen = [(entry, each) for entry, each in ordered if each.sort in sorts]
        arrows: defaultdict[str, list[str]] = defaultdict(list)
        for _, each in chosen:
            start, end = (each.target, each.source) if each.sort == "superseded_by" else (each.source, each.target)
            arrows[start].append(end)
        circle = on_circle(arrows)
        for entry, each in chosen:
            if each.source in circle and each.target in circle:
                yield entry, error(each.path, *_ORDERED[each.sort])


def on_circle(arrows: Mapping[str, list[str]]) -> set[str]:
    """Return every node that can be reached from itself; quick where there is no circle, however long the chains."""
    left = _without_ends(arrows)
    found = set()
    for start in left:
        waiting, seen = list(left[start]), set[str]()
        while waiting:
            node = waiting.pop()
            if node == start:
                found.add(start)
                break
            if node not in seen:
                seen.add(node)
                waiting += left.get(node, ())
    return found


def _without_ends(arrows: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return `arrows` without the nodes from which no circle can be reached."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    count: defaultdict[str, int] = defaultdict(int)
    for start, ends in arrows.items():
        count[start] += len(ends)
        for end in ends:
            before[end].append(start)
            count[end] += 0
    ends = [node for node, number in count.items() if number == 0]
    gone = set(ends)
    while ends:
        for node in before[ends.pop()]:
            count[node] -= 1
            if count[node] == 0:
                gone.add(node)
                ends.append(node)
    return {node: [end for end in arrows[node] if end not in gone] for node in arrows if node not in gone}
