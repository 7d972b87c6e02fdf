"""A version of an entry in the words that were served, kept so that a later edition can tell what became of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from bot.library.entry import Claim, Entry
from bot.library.vocabulary import Audience
from bot.library.when import When

_HASH = 12
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ClaimThen:
    """A claim as it was told: its words, and what qualified them; empty where nothing was said."""

    text: str
    date: str = ""
    said_by: str = ""
    confidence: str = "high"
    disputed: bool = False
    other_side: tuple[str, ...] = ()
    valid_until: str = ""
    superseded_by: str = ""
    outcome: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What one version of an entry told, and to which tier: its words may be told to that tier and above, no other."""

    entry_id: str
    content_hash: str
    audience: Audience
    title: str
    bottom_line: str
    why_it_matters: str = ""
    claims: Mapping[str, ClaimThen] = field(default_factory=dict)
    """By the claim's id, in the order of the file."""
    sayings: tuple[str, ...] = ()
    """Positions, judgments and quotations, each in one line that begins with which of them it is."""
    corrections: tuple[tuple[str, str, str], ...] = ()
    """Day (ISO 8601), what was told, and what replaced it."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Hashes of what is not kept in words: that it changed can be told, but not how."""

    def to_json(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self) | {"format": _FORMAT}, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(words: str) -> "Revision":
        """Return what `to_json` wrote; raises ValueError for anything else, and for another version's form."""
        try:
            found: dict[str, Any] = json.loads(words)
            if found.pop("format") != _FORMAT:
                raise ValueError("a revision in the form of another version")
            found["claims"] = {
                name: ClaimThen(**(claim | {"other_side": tuple(claim["other_side"])}))
                for name, claim in found["claims"].items()
            }
            found["corrections"] = tuple((day, was, now) for day, was, now in found["corrections"])
            found |= {"sayings": tuple(found["sayings"]), "audience": Audience(found["audience"])}
            return Revision(**found)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a revision: {error}") from error


class Revisions(Protocol):
    """Where earlier versions are kept."""

    def document(self, entry_id: str, content_hash: str) -> Revision | None:
        """Return that version of the entry, or None where it was never kept or is no longer."""
        ...


def revision(entry: Entry) -> Revision:
    """Return the words of `entry`, all of them: whether a reader may have them is decided where they are told."""
    return Revision(
        entry_id=entry.id,
        content_hash=entry.content_hash,
        audience=entry.audience,
        title=entry.title,
        bottom_line=entry.bottom_line,
        why_it_matters=entry.why_it_matters or "",
        claims={claim.id: _claim(claim) for claim in entry.claims},
        sayings=tuple(line for _, line in lines_of(entry)),
        corrections=tuple((each.date.isoformat(), each.was, each.now) for each in entry.corrections),
        parts=_parts(entry),
    )


def lines_of(entry: Entry) -> Iterator[tuple[When | None, str]]:
    """Yield positions, judgments and quotations, each as one line, with their dates."""
    for position in entry.positions:
        voice = f" ({position.voice})" if position.voice else ""
        yield position.date, f"Position of {position.party}{voice}: {position.holds}"
    for judgment in entry.judgments:
        level = judgment.likelihood or f"{judgment.confidence} confidence"
        yield judgment.date, f"Judgment by {judgment.by}: {judgment.text} ({level})"
    for quote in entry.quotations:
        yield quote.date, f"Words of {quote.speaker} ({quote.form}): {quote.text}"


def _claim(claim: Claim) -> ClaimThen:
    about = "about " if claim.date and claim.approximate else ""
    return ClaimThen(
        text=claim.text,
        date=f"{about}{claim.date}" if claim.date else "",
        said_by=claim.said_by or "",
        confidence=claim.confidence.value,
        disputed=claim.disputed,
        other_side=tuple(f"{side.party}: {side.text}" for side in claim.other_side),
        valid_until=claim.valid_until.isoformat() if claim.valid_until else "",
        superseded_by=claim.superseded_by or "",
        outcome=claim.forecast.outcome if claim.forecast else "",
        result=(claim.forecast.text or "") if claim.forecast else "",
    )


def _parts(entry: Entry) -> dict[str, str]:
    written = {
        "background": [(section.heading, section.markdown) for section in entry.sections],
        "offices": [role.model_dump_json(exclude={"sources"}) for role in entry.roles],
    }
    return {name: sha256(json.dumps(part).encode()).hexdigest()[:_HASH] for name, part in written.items()}
