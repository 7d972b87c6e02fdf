"""A carrier whose channels are lists in memory: it keeps what `contract.Carrier` promises, and fails as it is told."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.contract import Fate, Pace, Part, SendError, Sent, Target
from bot.reply import Reply, lines, plain

Fault = Callable[[Callable[[], Sent]], Awaitable[Sent]]
"""What happens instead of a post; what it is handed does carry the post out."""


class Postbox:
    """Takes what is posted."""

    def __init__(self, name: str = "slack") -> None:
        self.name = name
        self.ready = True
        self.pace = Pace({})
        self.posted: list[tuple[Target, Part]] = []
        self.looked: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.faults: list[Fault] = []
        self.blind: SendError | None = None
        self.reachable = True
        self.shared = False

    def draw(self, reply: Reply) -> tuple[str, ...]:
        return ("\n".join(plain(line) for line in lines(reply.blocks)),)

    async def check(self, target: Target) -> None:
        if not self.reachable:
            raise SendError(Fate.REFUSED, "not_in_channel", "I am not in this channel.", "Invite me.")

    async def overheard(self, target: Target) -> bool:
        return self.shared

    async def post(self, target: Target, part: Part, first_try: datetime | None) -> Sent:
        def carry_out() -> Sent:
            self.posted.append((target, part))
            return Sent(f"m{len(self.posted)}", f"https://example.org/{len(self.posted)}")

        if self.faults:
            return await self.faults.pop(0)(carry_out)
        return carry_out()

    async def find(self, target: Target, part: Part, since: datetime) -> Sent | None:
        self.looked.append(part.key)
        if self.blind is not None:
            raise self.blind
        at = next((at for at, (where, found) in enumerate(self.posted) if (where, found) == (target, part)), None)
        return None if at is None else Sent(f"m{at + 1}")

    async def tell(self, target: Target, user: str, reply: Reply) -> bool:
        if self.reachable:
            self.told.append((user, reply.summary))
        return self.reachable

    @property
    def keys(self) -> list[str]:
        """The keys of what arrived, in order."""
        return [part.key for _, part in self.posted]


async def lost_answer(carry_out: Callable[[], Sent]) -> Sent:
    """Carry it out, and lose the answer."""
    carry_out()
    raise ConnectionResetError


async def lost_request(_carry_out: Callable[[], Sent]) -> Sent:
    """Lose the request."""
    raise ConnectionResetError


def refused(fate: Fate) -> Fault:
    """Return a refusal."""

    async def refuse(_carry_out: Callable[[], Sent]) -> Sent:
        raise SendError(fate, "word", "It will not be.", "Mend it.", wait=3.0 if fate is Fate.NOT_YET else 0.0)

    return refuse


async def silence(_carry_out: Callable[[], Sent]) -> Sent:
    """Answer nothing for as long as anybody waits."""
    await asyncio.Event().wait()
    raise AssertionError
