"""Editions on their way into the chat: as the platform carries them, but what was posted is opened here."""

from collections.abc import Callable
from datetime import datetime

from bot.contract import Carrier, Pace, Part, Sent, Target
from bot.reply import Reply


class PageCarrier:
    """`contract.Carrier` of a venue: the platform's own, whose messages are nowhere but on the page."""

    def __init__(self, carrier: Carrier, address: Callable[[str], str]) -> None:
        """Take what carries, and what gives the address of a message on the page."""
        self._carrier = carrier
        self._address = address

    @property
    def name(self) -> str:
        """The platform's name."""
        return self._carrier.name

    @property
    def ready(self) -> bool:
        """Whether it can post at this moment."""
        return self._carrier.ready

    @property
    def pace(self) -> Pace:
        """What the platform takes."""
        return self._carrier.pace

    def draw(self, reply: Reply) -> tuple[str, ...]:
        """Return `reply` as the JSON of the messages to post."""
        return self._carrier.draw(reply)

    async def check(self, target: Target) -> None:
        """Raise SendError where editions could not be posted to `target`."""
        await self._carrier.check(target)

    async def overheard(self, target: Target) -> bool:
        """Return whether people from outside read along. Raises SendError."""
        return await self._carrier.overheard(target)

    async def post(self, target: Target, part: Part, first_try: datetime | None) -> Sent:
        """Post `part`. Raises SendError."""
        return self._here(await self._carrier.post(target, part, first_try))

    async def find(self, target: Target, part: Part, since: datetime) -> Sent | None:
        """Return `part` if it was posted. Raises SendError."""
        found = await self._carrier.find(target, part, since)
        return None if found is None else self._here(found)

    async def tell(self, target: Target, user: str, reply: Reply) -> bool:
        """Tell `user` alone; return whether it arrived."""
        return await self._carrier.tell(target, user, reply)

    def _here(self, sent: Sent) -> Sent:
        return sent._replace(link=self._address(sent.message) if sent.message else "")
