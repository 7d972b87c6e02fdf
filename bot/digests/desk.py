"""Where digests are ordered and asked about: what the commands need of whatever keeps subscriptions and sends editions.

Nothing here needs a database. What a desk raises as a `BriefbotError` is told to the reader in its own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.contract import Target
from bot.digests.model import Schedule, Subscription, Wants
from bot.library.vocabulary import Audience
from bot.reply import Reply


class PartState(StrEnum):
    """What became of one message of an edition."""

    SENT = "sent"
    PENDING = "pending"  # it is on its way, or will be tried again
    UNKNOWN = "unknown"  # it may have arrived, and there is no way to know
    FAILED = "failed"
    SKIPPED = "skipped"  # it was not to be sent: nothing new, or the digest was paused first


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One message of an edition: its state, an address to open it at if it has one, and why it is so, in words."""

    state: PartState
    link: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """A recent edition. One that was skipped as a whole has one part, which says why."""

    slot: str
    """The slot's key; whatever the desk calls it where the edition is an extra one."""
    when: datetime
    """The slot's instant; of an extra edition, when it was asked for."""
    parts: tuple[PartStatus, ...]
    extra: bool = False


class Told(Protocol):
    """An entry that an edition has or leaves out, and the reason in words."""

    @property
    def title(self) -> str:
        """The entry's title."""
        ...

    @property
    def reason(self) -> str:
        """Why it is in, or why not."""
        ...


class Edition(Protocol):
    """What a channel would be sent now, as `bot.digests.compose` makes it."""

    @property
    def reply(self) -> Reply:
        """What would be posted."""
        ...

    @property
    def posts(self) -> bool:
        """Whether it would be posted at all: without news it may be skipped."""
        ...

    @property
    def items(self) -> Sequence[Told]:
        """What is in it, in order."""
        ...

    @property
    def left_out(self) -> Sequence[Told]:
        """What its readers may see and it does not tell."""
        ...


class Desk(Protocol):
    """The subscriptions and editions of all places, one subscription to a place.

    Who may do what has been checked before. A subscription that is gone is answered with None.
    """

    async def check(self, target: Target) -> None:
        """Raise `contract.SendError`, in words, where the bot could not post to `target` as things stand."""
        ...

    async def subscribe(
        self, target: Target, owner: str, schedule: Schedule, wants: Wants, audience: Audience
    ) -> Subscription:
        """Subscribe `target`, or give it another order in place of the one it has, which also ends a pause.

        Nothing is posted at once: the next edition is that of the next slot.
        """
        ...

    async def subscriptions(self, target: Target) -> tuple[Subscription, ...]:
        """Return what `target` is subscribed to; empty for nothing."""
        ...

    async def pause(self, subscription: int) -> Subscription | None:
        """Stop it, and its edition if that is not out yet."""
        ...

    async def resume(self, subscription: int) -> Subscription | None:
        """Let it go on from its next slot."""
        ...

    async def remove(self, subscription: int) -> Subscription | None:
        """End it, and return what it was."""
        ...

    async def preview(self, target: Target, wants: Wants, audience: Audience) -> Edition:
        """Return what `target` would be sent now, asked for `wants`; counted against what it has seen. Posts nothing.

        `audience` is that of whoever looks, where it is narrower than the place's.
        """
        ...

    async def post_now(self, subscription: int) -> EditionStatus | None:
        """Send an extra edition, and return how it stands; pauses and slots are left as they are."""
        ...

    async def status(self, subscription: int, count: int) -> tuple[EditionStatus, ...]:
        """Return its newest `count` editions, the newest first; empty where there are none."""
        ...
