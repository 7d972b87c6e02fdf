"""What is wrong with one entry beyond the form of its fields: every rule of the format that needs no other file."""

from collections.abc import Callable, Iterable, Iterator

from bot.library.check_dates import date_findings
from bot.library.check_words import word_findings
from bot.library.entry import Entry, Kind, SourceKind
from bot.library.finding import Finding, error, warning
from bot.library.names import normal
from bot.library.problem import Problem
from bot.library.shape import nearest
from bot.library.yaml_source import Document, Path

_WEAK = frozenset({SourceKind.AGGREGATOR, SourceKind.ANONYMOUS})


def check_entry(entry: Entry, document: Document) -> Iterator[Problem]:
    """Yield every problem of `entry`, each at its place in the file that `document` was read from."""
    for check in _CHECKS:
        for finding in check(entry):
            yield finding.at(entry.path, document)


def _folder(entry: Entry) -> Iterator[Finding]:
    folder = entry.path.split("/", 1)[0]
    if folder != entry.kind.folder:
        kinds = {kind.folder: kind for kind in Kind}
        meant = f", or say kind: {kinds[folder]}" if folder in kinds else ""
        yield error(("kind",), f"kind {entry.kind} in folder {folder}/", f"move it to {entry.kind.folder}/{meant}")


def _repeated_ids(entry: Entry) -> Iterator[Finding]:
    lists: dict[str, Iterable[str]] = {
        "claims": (each.id for each in entry.claims),
        "sources": (each.id for each in entry.sources),
        "quotations": (each.id for each in entry.quotations),
    }
    for name, ids in lists.items():
        seen: set[str] = set()
        for place, each in enumerate(ids):
            if each in seen:
                yield error((name, place, "id"), f"two {name} have the id {each}", "ids are used once in an entry")
            seen.add(each)


def _source_uses(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the place and the id of every use of a source."""
    lists: dict[str, Iterable[Iterable[str]]] = {
        "claims": (each.sources for each in entry.claims),
        "quotations": (each.sources for each in entry.quotations),
        "positions": (each.sources for each in entry.positions),
        "judgments": (each.sources for each in entry.judgments),
        "roles": (each.sources for each in entry.roles),
    }
    for name, uses in lists.items():
        for place, ids in enumerate(uses):
            yield from (((name, place, "sources", number), each) for number, each in enumerate(ids))
    for place, claim in enumerate(entry.claims):
        for side, other in enumerate(claim.other_side):
            path: Path = ("claims", place, "other_side", side, "sources")
            yield from (((*path, number), each) for number, each in enumerate(other.sources))
        if claim.forecast:
            path = ("claims", place, "forecast", "sources")
            yield from (((*path, number), each) for number, each in enumerate(claim.forecast.sources))


def _sources(entry: Entry) -> Iterator[Finding]:
    known = [source.id for source in entry.sources]
    used = set()
    for path, source_id in _source_uses(entry):
        used.add(source_id)
        if source_id not in known:
            near = nearest(source_id, known)
            hint = f"did you mean {near}?" if near else "define it under sources"
            yield error(path, f"source {source_id} is not defined", hint)
    for place, source in enumerate(entry.sources):
        if source.id not in used:
            yield warning(("sources", place, "id"), f"source {source.id} is not used", "cite it, or take it out")
        if source.url is None and source.archived is None:
            yield warning(("sources", place), f"source {source.id} has no address", "give one that was seen")


def _support(entry: Entry) -> Iterator[Finding]:
    kinds = {source.id: source.kind for source in entry.sources}
    for place, claim in enumerate(entry.claims):
        if not claim.sources and not claim.general_knowledge:
            hint = "cite a source, or say why none is needed: general_knowledge: …"
            yield error(("claims", place), f"claim {claim.id} has no source", hint)
        if claim.sources and claim.general_knowledge:
            hint = "with a source it is no longer general knowledge"
            yield warning(("claims", place, "general_knowledge"), f"claim {claim.id} has both", hint)
        if claim.sources and all(kinds.get(each) in _WEAK for each in claim.sources):
            message = f"claim {claim.id} rests on anonymous sources or aggregators alone"
            yield warning(("claims", place, "sources"), message, "look for a stronger source")
    for name in ("quotations", "positions", "judgments"):
        for place, each in enumerate(getattr(entry, name)):
            if not each.sources:
                yield error((name, place), f"{name[:-1]} without a source", "cite one")


def _disputes(entry: Entry) -> Iterator[Finding]:
    for place, claim in enumerate(entry.claims):
        if claim.disputed and not claim.other_side:
            hint = "tell it under other_side: party, text"
            yield warning(("claims", place, "disputed"), f"claim {claim.id} is disputed, but by whom?", hint)


def _aliases(entry: Entry) -> Iterator[Finding]:
    seen = {normal(entry.title): "the title"}
    for place, alias in enumerate(entry.names):
        key = normal(alias.name)
        if not key:
            yield error(("names", place, "name"), f"{alias.name!r} holds no letter or digit", "nobody can type it")
        elif key in seen:
            message = f"{alias.name!r} is the same to the search as {seen[key]}"
            yield warning(("names", place, "name"), message, "one of them is enough")
        else:
            seen[key] = repr(alias.name)


def _own_id(entry: Entry) -> Iterator[Finding]:
    for name in ("related", "not_to_be_confused_with"):
        for place, each in enumerate(getattr(entry, name)):
            if each == entry.id:
                yield error((name, place), "the entry names itself", "take it out")
    if entry.parent == entry.id:
        yield error(("parent",), "the entry is its own parent", "take it out")


_CHECKS: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
    _folder,
    _repeated_ids,
    _sources,
    _support,
    _disputes,
    _aliases,
    _own_id,
    date_findings,
    word_findings,
)
