"""What is wrong with one entry beyond the form of its fields: every rule of the format that needs no other file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.library.address import is_web_address
from bot.library.check_dates import date_findings
from bot.library.check_quotes import quote_findings
from bot.library.check_references import own_reference_findings
from bot.library.check_words import word_findings
from bot.library.document import Path
from bot.library.entry import Alias, Entry
from bot.library.finding import EVERYTHING, Finding, error, warning
from bot.library.normal import normal
from bot.library.shape import nearest
from bot.library.vocabulary import Kind, SourceKind

_WEAK = frozenset({SourceKind.AGGREGATOR, SourceKind.ANONYMOUS})


def check_entry(entry: Entry) -> Iterator[Finding]:
    """Yield every finding about `entry` alone."""
    for check in _CHECKS:
        yield from check(entry)


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
            yield error(path, f"source {source_id} is not defined", hint, rests_on="sources")
    for place, source in enumerate(entry.sources):
        if source.id not in used:
            message, hint = f"source {source.id} is not used", "cite it, or take it out"
            yield warning(("sources", place, "id"), message, hint, rests_on=EVERYTHING)
        if source.url is None and source.archived is None:
            yield warning(("sources", place, "url"), f"source {source.id} has no address", "give one that was seen")


def _addresses(entry: Entry) -> Iterator[Finding]:
    for place, source in enumerate(entry.sources):
        for name, address in (("url", source.url), ("archived", source.archived)):
            if address is not None and not is_web_address(address):
                hint = "an address has a host, and neither a user's name nor a password"
                yield error(("sources", place, name), f"{name} of source {source.id} leads nowhere", hint)


def _support(entry: Entry) -> Iterator[Finding]:
    kinds = {source.id: source.kind for source in entry.sources}
    for place, claim in enumerate(entry.claims):
        if not claim.sources and not claim.general_knowledge:
            hint = "cite a source, or say why none is needed: general_knowledge: …"
            yield error(("claims", place, "sources"), f"claim {claim.id} has no source", hint)
        if claim.sources and claim.general_knowledge:
            hint = "with a source it is no longer general knowledge"
            yield warning(("claims", place, "general_knowledge"), f"claim {claim.id} has both", hint)
        if claim.sources and not claim.source_note and all(kinds.get(each) in _WEAK for each in claim.sources):
            message = f"claim {claim.id} rests on anonymous sources or aggregators alone"
            hint = "look for a stronger source, or say why there is none: source_note: …"
            yield warning(("claims", place, "sources"), message, hint, rests_on="sources")
    for name in ("quotations", "positions", "judgments"):
        for place, each in enumerate(getattr(entry, name)):
            if not each.sources:
                yield error((name, place, "sources"), f"a {name[:-1]} without a source", "cite one")
    for place, role in enumerate(entry.roles):
        if not role.sources and not role.general_knowledge:
            hint = "cite one, or say why none is needed: general_knowledge: …"
            yield warning(("roles", place), f"the office {role.office!r} has no source", hint)


def _disputes(entry: Entry) -> Iterator[Finding]:
    for place, claim in enumerate(entry.claims):
        if claim.disputed and not claim.other_side:
            hint = "tell it under other_side: party, text"
            yield warning(("claims", place, "disputed"), f"claim {claim.id} is disputed, but by whom?", hint)


def _aliases(entry: Entry) -> Iterator[Finding]:
    title = normal(entry.title)
    seen: defaultdict[str, list[Alias]] = defaultdict(list)
    for place, alias in enumerate(entry.names):
        key = normal(alias.name)
        twin = next((repr(other.name) for other in seen[key] if _overlap(alias, other)), None)
        if not key:
            yield error(("names", place, "name"), f"{alias.name!r} holds no letter or digit", "nobody can type it")
        elif key == title or twin:
            message = f"{alias.name!r} is the same to the search as {'the title' if key == title else twin}"
            yield warning(("names", place, "name"), message, "one of them is enough")
        seen[key].append(alias)


def _overlap(one: Alias, other: Alias) -> bool:
    """Return whether there is a day on which both names fit: an office may be held twice, with years between."""
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_until or date.max, other.valid_until or date.max)


def _own_id(entry: Entry) -> Iterator[Finding]:
    for name in ("related", "not_to_be_confused_with"):
        for place, each in enumerate(getattr(entry, name)):
            if each == entry.id:
                yield error((name, place), "the entry names itself", "take it out")
    if entry.parent == entry.id:
        yield error(("parent",), "the entry is its own parent", "take it out")


def _holders(entry: Entry) -> Iterator[Finding]:
    for place, role in enumerate(entry.roles):
        if role.holder and role.person:
            hint = "person is for somebody without an entry"
            yield error(("roles", place, "person"), "an office with a holder and a person", hint)
        if entry.kind is not Kind.PERSON and not role.holder and not role.person:
            hint = "holder: the id of their entry, or person: their name"
            yield error(("roles", place), f"who holds the office {role.office!r}?", hint)


# What people write by habit, and the language tag they mean (ISO 639, ISO 15924).
_SLIPS = {"cn": "zh", "jp": "ja", "kr": "ko", "tw": "zh-Hant", "hk": "zh-Hant", "vn": "vi", "ua": "uk", "eng": "en"}


def _languages(entry: Entry) -> Iterator[Finding]:
    tagged = [*((("names", n), each.lang) for n, each in enumerate(entry.names))]
    tagged += ((("sources", n), each.lang) for n, each in enumerate(entry.sources))
    tagged += ((("quotations", n), each.lang) for n, each in enumerate(entry.quotations))
    for path, lang in tagged:
        if meant := _SLIPS.get(lang.split("-", 1)[0]):
            yield warning((*path, "lang"), f"{lang} is no language", f"did you mean {meant}?")


_CHECKS: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
    _folder,
    _repeated_ids,
    _sources,
    _support,
    _disputes,
    _addresses,
    _aliases,
    _holders,
    _languages,
    _own_id,
    own_reference_findings,
    date_findings,
    word_findings,
    quote_findings,
)
