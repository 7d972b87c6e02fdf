"""Reply: what a reader should see, and nothing about where.

A command builds a `Reply` from the blocks below; a platform draws it. Text is always plain text held in `Span`s: no
Markdown, no mrkdwn, no mentions. A platform escapes it its own way, so content can never ping or format by accident.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ACTION_PREFIX = "bb1"
ACTION_LIMIT = 100
"""Characters of an encoded action. Discord's custom_id is the tightest place it must fit.

Source: https://docs.discord.com/developers/components/reference (custom_id, 1-100 characters).
"""
_SEPARATOR = "|"


class Visibility(StrEnum):
    """Who sees a reply: only the person who asked, or everyone in the place."""

    PRIVATE = "private"
    PUBLIC = "public"


class Outcome(StrEnum):
    """How a command ended. `MATCH`, `AMBIGUOUS` and `NONE` are the three outcomes of a look-up."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"
    LIST = "list"
    HELP = "help"
    INVALID = "invalid"
    FAILED = "failed"


class Tone(StrEnum):
    """Colour and sign of a callout; never the only carrier of meaning, the words say it too."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of plain text with one style. `url` is http(s) only; the loader refuses anything else."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None


RichText = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title (level 1) or a section heading (level 2 or 3)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: RichText


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: provenance, hints, counts."""

    spans: RichText


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of someone else, set off from ours."""

    spans: RichText


@dataclass(frozen=True, slots=True)
class Callout:
    """A line that must not be overlooked: stale, disputed, corrected, failed."""

    tone: Tone
    spans: RichText


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered from `start` when it is not None. An item is one line of rich text."""

    items: tuple[RichText, ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin rule."""


Block = Heading | Paragraph | Note | Quote | Callout | Bullets | Divider


@dataclass(frozen=True, slots=True)
class Action:
    """A button: the action's name in `commands/spec.py`, its label, and arguments short enough to travel in the button.

    The label is drawn; only name and arguments come back, so a button works after a restart and on any replica.
    """

    name: str
    label: str
    args: tuple[str, ...] = ()
    primary: bool = False

    def encode(self) -> str:
        """Return the action as text of at most `ACTION_LIMIT` characters.

        Raises ValueError when it would be longer or an argument holds the separator: a programming error.
        """
        parts = (ACTION_PREFIX, self.name, *self.args)
        if any(_SEPARATOR in part for part in parts):
            raise ValueError(f"action {self.name}: an argument holds {_SEPARATOR!r}")
        text = _SEPARATOR.join(parts)
        if len(text) > ACTION_LIMIT:
            raise ValueError(f"action {self.name}: {len(text)} characters, {ACTION_LIMIT} allowed")
        return text

    @staticmethod
    def decode(text: str) -> "Action | None":
        """Return the action that `text` encodes, without its label, or None when it is not one of ours."""
        prefix, *rest = text.split(_SEPARATOR)
        if prefix != ACTION_PREFIX or not rest or not rest[0] or len(text) > ACTION_LIMIT:
            return None
        return Action(rest[0], "", tuple(rest[1:]))


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an answer stands in time: what a careful reader checks before relying on it."""

    as_of: date
    last_checked: date
    reviewer: str | None
    edition: int
    content_hash: str


@dataclass(frozen=True, eq=False)
class Reply:
    """One answer. Compared and hashed by identity, so that a platform may cache what it drew of it.

    `summary` is the plain-text fallback: notifications, screen readers, clients that cannot draw blocks.
    Sharing asks the router again, so that what is shared is what is current.
    """

    blocks: tuple[Block, ...]
    summary: str
    outcome: Outcome
    actions: tuple[Action, ...] = ()
    visibility: Visibility = Visibility.PRIVATE
    entry_id: str | None = None
    provenance: Provenance | None = None
    reference: str | None = None
    replaces: bool = False
    """True when it takes the place of the message whose button was pressed (paging); else it follows it."""


def text(*parts: str | Span) -> RichText:
    """Return `parts` as rich text, plain strings as plain spans; empty ones are left out."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def plain(spans: Iterable[Span]) -> str:
    """Return the words of `spans` without style or addresses."""
    return "".join(span.text for span in spans)


def lines(blocks: Iterable[Block]) -> Iterator[RichText]:
    """Yield every line of text in `blocks`, in reading order."""
    for block in blocks:
        match block:
            case Heading(words):
                yield (Span(words, bold=True),)
            case Bullets(items):
                yield from items
            case Divider():
                continue
            case Paragraph(spans) | Note(spans) | Quote(spans) | Callout(_, spans):
                yield spans
