"""The briefing entry as types: what a file may say. The loader finds where it says it wrong.

One class a concept, every field with the sentence that `briefbot schema` publishes for editors' tools. Rules that
need more than one field, or another file, are in `check_entry` and `check_library`.
"""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from bot.library.when import DayField, WhenField

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})"
ENTRY_ID_LENGTH = 48
CLAIM_ID_LENGTH = 32


def _single_line(value: str) -> str:
    return " ".join(value.split())


def _up_to(limit: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=limit, strip_whitespace=True)


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(_INSTANT, value, re.ASCII):
        raise ValueError("an instant is written with its offset: 2026-01-31T09:00+08:00")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"no such instant: {value} ({error})") from None


EntryId = Annotated[str, StringConstraints(pattern=SLUG, max_length=ENTRY_ID_LENGTH)]
LocalId = Annotated[str, StringConstraints(pattern=SLUG, max_length=CLAIM_ID_LENGTH)]
ClaimRef = Annotated[
    str,
    StringConstraints(pattern=r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*#)?[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=96),
    Field(description="A claim: `claim-id` in this entry, or `entry-id#claim-id`."),
]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT}$", "description": "With its offset."}),
]
Flag = Annotated[bool, Field(strict=True)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>|\\^`{}\"]+$", max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
Name = Annotated[str, _up_to(80), AfterValidator(_single_line)]
Short = Annotated[str, _up_to(120), AfterValidator(_single_line)]
Line = Annotated[str, _up_to(200), AfterValidator(_single_line)]
Long = Annotated[str, _up_to(300), AfterValidator(_single_line)]
Statement = Annotated[str, _up_to(600), AfterValidator(_single_line)]


class Model(BaseModel):
    """Frozen, and closed: an unknown field is an error, not a silent loss."""

    # Built when first used: only the whole front matter ever validates, and start-up pays for nothing else.
    model_config = ConfigDict(frozen=True, extra="forbid", regex_engine="rust-regex", defer_build=True)


class Kind(StrEnum):
    """What an entry is about; each kind has its folder."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ISSUE = "issue"
    EVENT = "event"
    PLACE = "place"
    AGREEMENT = "agreement"

    @property
    def folder(self) -> str:
        """The folder under `briefings/` that holds entries of this kind."""
        return _FOLDERS[self]


_FOLDERS = {
    Kind.PERSON: "people",
    Kind.ORGANISATION: "organisations",
    Kind.ISSUE: "issues",
    Kind.EVENT: "events",
    Kind.PLACE: "places",
    Kind.AGREEMENT: "agreements",
}


class Status(StrEnum):
    """Where an entry stands in its life; only `published` ones are served."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Audience(StrEnum):
    """Who may read an entry, from everybody to a named few; a place sees its own tier and those before it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class AliasSort(StrEnum):
    """What sort of other name an alias is."""

    FULL = "full"
    SHORT = "short"
    NICKNAME = "nickname"
    OFFICE = "office"
    ABBREVIATION = "abbreviation"
    FORMER = "former"
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    PINYIN = "pinyin"
    WADE_GILES = "wade-giles"
    MISSPELLING = "misspelling"


class Confidence(StrEnum):
    """How sure the editors are (ICD 203's three levels)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Likelihood(StrEnum):
    """The seven bands of ICD 203, each with its own words."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class SourceKind(StrEnum):
    """What sort of source it is, strongest first; the order is used for ranking."""

    OFFICIAL_DOCUMENT = "official document"
    OFFICIAL_ON_RECORD = "official on record"
    WIRE = "wire"
    PRESS = "press"
    STATE_MEDIA = "state media"
    ANONYMOUS = "anonymous"
    AGGREGATOR = "aggregator"


class QuoteForm(StrEnum):
    """How close a quotation is to what was said. Only `verbatim` and `translated` ever stand in quotation marks."""

    VERBATIM = "verbatim"
    TRANSLATED = "translated"
    PARAPHRASE = "paraphrase"
    GARBLED = "garbled"


class Alias(Model):
    """Another name under which people look for the entry."""

    name: Name
    sort: AliasSort
    lang: Language = "en"
    shared: Flag = Field(False, description="True when another entry claims the same name; both must say so.")
    valid_from: DayField | None = Field(None, alias="from", description="First day the name fits (offices).")
    valid_until: DayField | None = Field(None, alias="until", description="Last day the name fits.")


class Source(Model):
    """A place where a reader can check. `url` is an address that was seen, never a guess."""

    id: LocalId
    publisher: Name
    title: Line
    date: WhenField | None = None
    kind: SourceKind
    lang: Language = "en"
    url: Address | None = None
    archived: Address | None = None
    accessed: DayField | None = None


class OtherSide(Model):
    """The other party's version of a claim, attributed."""

    party: Short
    text: Statement
    sources: tuple[LocalId, ...] = ()


class Forecast(Model):
    """What became of a claim about the future."""

    outcome: Literal["pending", "happened", "did not happen", "partly"]
    text: Long | None = Field(None, description="What happened, in one sentence.")
    date: WhenField | None = None
    claim: ClaimRef | None = Field(None, description="The claim that tells the result.")
    sources: tuple[LocalId, ...] = ()


class Claim(Model):
    """One fact, in one or two sentences that name who says so."""

    id: LocalId
    text: Statement
    date: WhenField | None = None
    approximate: Flag = Field(False, description="True when the date is the best guess of the source.")
    said_by: Short | None = Field(None, description="Who says so, where the text is somebody's statement.")
    confidence: Confidence = Confidence.HIGH
    disputed: Flag = False
    other_side: tuple[OtherSide, ...] = ()
    valid_from: DayField | None = None
    valid_until: DayField | None = None
    supersedes: tuple[ClaimRef, ...] = ()
    superseded_by: ClaimRef | None = None
    same_as: ClaimRef | None = Field(None, description="The same event told in another entry; timelines show it once.")
    forecast: Forecast | None = None
    sources: tuple[LocalId, ...] = ()
    general_knowledge: Long | None = Field(None, description="Why no source is needed; instead of `sources`.")


class Quotation(Model):
    """Somebody's words, with how close to the original they are."""

    id: LocalId
    text: Statement
    form: QuoteForm
    speaker: Short
    lang: Language = "en"
    original: Statement | None = Field(None, description="The words in the language they were spoken in.")
    date: WhenField | None = None
    claim: ClaimRef | None = None
    sources: tuple[LocalId, ...]


class Position(Model):
    """What a party holds, said by whom or in which document."""

    party: Short
    voice: Short | None = Field(None, description="The speaker or the document.")
    holds: Statement
    date: WhenField | None = None
    sources: tuple[LocalId, ...]


class Judgment(Model):
    """An assessment: a likelihood or a confidence, never both in one sentence."""

    text: Statement
    by: Short
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    date: WhenField | None = None
    sources: tuple[LocalId, ...]


class Role(Model):
    """Who held which office from when to when. `holder` is this entry unless it says another."""

    office: Short
    holder: EntryId | None = Field(None, description="The person's entry; left out in that person's own entry.")
    person: Short | None = Field(None, description="The holder's name where there is no entry for them.")
    organisation: EntryId | None = None
    valid_from: WhenField | None = Field(None, alias="from")
    valid_until: WhenField | None = Field(None, alias="until")
    sources: tuple[LocalId, ...] = ()


class Correction(Model):
    """A mistake that was published, and what replaced it."""

    date: DayField
    was: Statement
    now: Statement
    claim: LocalId | None = None


class FormerBottomLine(Model):
    """A bottom line of an earlier edition, for questions about an earlier day."""

    valid_from: DayField = Field(alias="from")
    valid_until: DayField | None = Field(None, alias="until")
    text: Long


class FrontMatter(Model):
    """The head of a briefing file."""

    title: Short
    kind: Kind
    description: Line
    bottom_line: Long
    why_it_matters: Long | None = None
    names: tuple[Alias, ...] = ()
    not_to_be_confused_with: tuple[EntryId, ...] = ()
    status: Status = Status.PUBLISHED
    publish_at: Instant | None = Field(None, description="Embargo: not shown anywhere before this instant.")
    audience: Audience = Audience.PUBLIC
    edition: Annotated[int, Field(ge=1, le=9999, strict=True)] = 1
    as_of: DayField
    last_checked: DayField
    review_by: DayField | None = None
    expires: DayField | None = None
    owner: Name | None = None
    reviewer: Name | None = None
    parent: EntryId | None = None
    related: tuple[EntryId, ...] = ()
    topics: tuple[LocalId, ...] = ()
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
    quotations: tuple[Quotation, ...] = ()
    positions: tuple[Position, ...] = ()
    judgments: tuple[Judgment, ...] = ()
    roles: tuple[Role, ...] = ()
    sources: tuple[Source, ...] = ()
    corrections: tuple[Correction, ...] = ()
    former_bottom_lines: tuple[FormerBottomLine, ...] = ()


class Section(Model):
    """A part of the body: a heading and the Markdown below it, already judged safe."""

    heading: Short
    markdown: str
    line: int = Field(description="Line of the heading in the file, counted from 1.")


class Entry(FrontMatter):
    """A whole briefing: the front matter, the body's sections, and where it came from."""

    id: EntryId
    path: str = Field(description="The file, relative to the library's folder, with forward slashes.")
    sections: tuple[Section, ...] = ()
    content_hash: str = Field(description="First twelve hexadecimal digits of the file's SHA-256.")
