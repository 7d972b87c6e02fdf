"""What goes into the ledger and comes out of it, as values. Nothing here needs the database's library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.contract import Part, Scope, Sent, Target
from bot.library.vocabulary import Audience


class Progress(StrEnum):
    """How far an edition has come."""

    OPEN = "open"
    SENT = "sent"
    UNKNOWN = "unknown"  # a part may have been posted, and there is no way to know
    FAILED = "failed"
    CANCELLED = "cancelled"  # its subscription was paused before it was out
    SKIPPED = "skipped"  # there was nothing to say


class NoticeKind(StrEnum):
    """What an owner is told of."""

    PAUSED = "paused"  # the channel does not take editions: the subscription is paused
    WORKSPACE = "workspace"  # the whole workspace does not
    UNKNOWN = "unknown"
    BROKEN = "broken"  # the order cannot be read, or reckoned with: the subscription is paused


@dataclass(frozen=True, slots=True)
class Planned:
    """An edition to be kept for a slot. With `skipped`, the reason in words, nothing is sent."""

    subscription: int
    slot: str
    """The slot's key; of an extra edition, what makes it that one: asked for twice with it, it is sent once."""
    bodies: tuple[str, ...]
    """Its messages in order, as the carrier drew them."""
    snapshot: str
    """Key of what the channel has seen once it has this edition."""
    spotlit: tuple[str, ...]
    missed: str = ""
    """What the next edition still has to say of skipped slots."""
    items: str = "[]"
    """JSON: what is in it and what is not, with the reasons."""
    revision: str = ""
    """The library's revision."""
    audience: Audience = Audience.PUBLIC
    """The tier that it was composed for."""
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One part of an edition, ours to post until the lease ends."""

    id: int
    """The edition's."""
    subscription: int
    slot: str
    target: Target
    part: Part
    number: int
    """Which part it is, counted from 1, of `of`."""
    of: int
    inner: bool
    """Whether it was composed for more than the public."""
    age: float
    """Seconds since the edition was planned, by the database's clock."""
    attempts: int
    """How often the part was claimed, this time included."""
    in_doubt: bool
    """Whether it may have been posted already: look before posting."""
    first_try: datetime | None
    """When it may first have been posted, by the database's clock; None: certainly never."""
    send_in: float
    """Seconds from the claim until the budget has room for it."""
    lease: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a claim brought."""

    taken: tuple[Claimed, ...]
    again_in: float
    """Seconds after which another claim may bring more; 0 where there is more already."""
    at: float
    """When they were claimed, by `lease.ticks`: what `send_in` counts from, however long the claim took after that."""


@dataclass(frozen=True, slots=True)
class SentResult:
    """It is posted."""

    id: int
    lease: str
    sent: Sent


@dataclass(frozen=True, slots=True)
class Reopen:
    """It was certainly not posted this time, and may be tried again after `wait` seconds.

    With `scope` the platform asked to wait: others under the same budget wait too, and the ceiling is lowered for a
    while. `doubt` keeps a doubt from earlier: nobody could look.
    """

    id: int
    lease: str
    wait: float = 0.0
    scope: Scope | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """It was not tried: handed back as it was."""

    id: int
    lease: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have been posted: look after `settle` seconds, once what is on its way has landed."""

    id: int
    lease: str
    settle: float


@dataclass(frozen=True, slots=True)
class Refuse:
    """It will not be taken. `pause` pauses the subscription and tells its owner `reason`, in words."""

    id: int
    lease: str
    reason: str
    pause: bool = True


@dataclass(frozen=True, slots=True)
class Revoke:
    """Nothing is taken in the whole workspace any more: all of it is paused, and every owner told `reason`."""

    id: int
    lease: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been posted, and there is no way to know; its owner is told `reason`."""

    id: int
    lease: str
    reason: str


Result = SentResult | Reopen | Release | Uncertain | Refuse | Revoke | Unknown


@dataclass(frozen=True, slots=True)
class Recent:
    """An edition as `/digest status` tells of it."""

    id: int
    slot: str
    created_at: datetime
    progress: Progress
    reason: str
    sent: tuple[Sent, ...]
    """The parts that are posted, in order."""
    of: int
    in_doubt: bool
    """Whether the part after those may have been posted."""
    attempts: int
    items: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How things stand, for metrics; by platform."""

    open: Mapping[str, int]
    in_doubt: Mapping[str, int]
    oldest_seconds: Mapping[str, float]
    """How long the oldest open edition has been waiting."""
    subscriptions: Mapping[tuple[str, str], int]
    """By platform and state."""
    untold: int
    """Notices that no owner has got yet."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an owner has to be told once."""

    id: int
    lease: str
    kind: NoticeKind
    subscription: int
    target: Target
    owner: str
    slot: str
    reason: str
    attempts: int
