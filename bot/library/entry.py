"""The briefing entry as types: what a file may say. The loader finds where it says it wrong.

One class a concept, every field with the sentence that `briefbot schema` publishes for editors' tools. Rules that
need more than one field, or another file, are in `check_entry` and `check_library`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.library.fields import (
    Address,
    ClaimRef,
    EntryId,
    Flag,
    Instant,
    Language,
    Line,
    LocalId,
    Long,
    Name,
    Short,
    Statement,
)
from bot.library.vocabulary import AliasSort, Audience, Confidence, Kind, Likelihood, QuoteForm, SourceKind, Status
from bot.library.when import DayField, WhenField

_GIVEN: set[str] = set()
_MOST_SHARED = 30
"""Fields of a class whose objects can share the table of their names; of more each has its own (CPython)."""
_holders: dict[type, type] = {}


class Model(BaseModel):
    """Frozen, and closed: an unknown field is an error, not a silent loss."""

    # Built when first used: only the whole front matter ever validates, and start-up pays for nothing else.
    model_config = ConfigDict(frozen=True, extra="forbid", regex_engine="rust-regex", defer_build=True)

    def model_post_init(self, _context: Any) -> None:
        """Forget which fields were given, and share the table of their names: of ten thousand parts both are heavy."""
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN)
        object.__setattr__(self, "__dict__", _sharing_keys(type(self), self.__dict__))


def _sharing_keys(model: type, fields: dict[str, Any]) -> dict[str, Any]:
    """Return `fields` in a dictionary that holds values only (PEP 412), half as large: objects of a class share keys.

    Pydantic fills the dictionary of each object by itself, so that it holds a table of its own.
    """
    if len(fields) > _MOST_SHARED:
        return fields
    holder = _holders.get(model)
    if holder is None:
        holder = _holders[model] = type(model.__name__, (), {})
    held = holder()
    for name, value in fields.items():
        setattr(held, name, value)
    shared: dict[str, Any] = vars(held)
    return shared


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
    known_from: DayField | None = Field(
        None, description="First day on which this could be told as it is written, where that is after its date."
    )
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
    source_note: Long | None = Field(None, description="Why nothing stronger than these sources is cited.")
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
    """Who held which office from when to when. `holder` is this entry unless it says another.

    On the day that `until` names the office is the successor's. Where the first or the last day is not known, the days
    for which a source shows somebody in it stand in `seen_first` and `seen_last`.
    """

    office: Short
    holder: EntryId | None = Field(None, description="The person's entry; left out in that person's own entry.")
    person: Short | None = Field(None, description="The holder's name where there is no entry for them.")
    organisation: EntryId | None = None
    valid_from: WhenField | None = Field(None, alias="from", description="First day; left out, it is told for today.")
    valid_until: WhenField | None = Field(None, alias="until", description="The day it ended: no longer held on it.")
    seen_first: DayField | None = Field(None, description="First day for which a source says so; instead of `from`.")
    seen_last: DayField | None = Field(None, description="Last day for which a source says so; instead of `until`.")
    sources: tuple[LocalId, ...] = ()
    general_knowledge: Long | None = Field(None, description="Why no source is needed; instead of `sources`.")


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
    begin: int = Field(description="Line of the file on which the text below the heading begins.")


class Entry(FrontMatter):
    """A whole briefing: the front matter, the body's sections, and where it came from."""

    id: EntryId
    path: str = Field(description="The file, relative to the library's folder, with forward slashes.")
    sections: tuple[Section, ...] = ()
    content_hash: str = Field(description="First twelve hexadecimal digits of the file's SHA-256.")
