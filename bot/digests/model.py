"""A subscription and what it asks for, as values. What is due is in `schedule`, what is in an edition in `compose`."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.contract import Target
from bot.library.vocabulary import Audience, Kind

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class OnEmpty(StrEnum):
    """What a channel gets on a day without anything new."""

    SKIP = "skip"
    NOTE = "note"


class State(StrEnum):
    """Whether a subscription gets editions."""

    ACTIVE = "active"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When editions come: a local time of a zone, on days of the week (Monday is 0, as Python counts)."""

    time: time
    zone: str
    weekdays: tuple[int, ...] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Wants:
    """What a subscription asks for. No topics and no kinds are all of them; with both, an entry has to fit both.

    `duties` adds the reviews that are due, for editors' channels.
    """

    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    on_empty: OnEmpty = OnEmpty.SKIP
    duties: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's standing order, as the database has it."""

    id: int
    target: Target
    owner: str
    schedule: Schedule
    wants: Wants
    audience: Audience
    state: State
    paused_reason: str
    """In words, for its owner; empty while active, and where a person paused it."""
    last_slot: str
    """The newest slot that was planned, skipped, or passed before there was a subscription: ``2026-11-26T07:00``."""
    seen: str
    """Key of the snapshot of what the channel has seen; empty for none."""
    spotlit: tuple[str, ...]
    """Entries that stood in the spotlight since the last round began."""
    missed: str
    """What the next edition has to say of slots that were skipped, in words; empty for nothing."""
    created_at: datetime
