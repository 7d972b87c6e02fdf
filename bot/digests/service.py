"""Digests as a part of the bot: opened beside the start, kept going, closed before the platforms.

Nothing here imports what digests stand on until the bot answers commands: the database's library alone is a third of a
start.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import structlog
from pydantic import SecretStr

from bot.contract import Carrier, Target
from bot.errors import BriefbotError
from bot.library.library import Library
from bot.library.vocabulary import Audience

if TYPE_CHECKING:
    from bot.digests.deliver import Safety
    from bot.digests.desk import Desk, Edition, EditionStatus
    from bot.digests.engine import Engine, Observer
    from bot.digests.lease import Terms
    from bot.digests.model import Schedule, Subscription, Wants

_log = structlog.get_logger("briefbot")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between two tries to open a database that cannot be reached."""
OPENING = 10.0
"""Seconds that whoever asks waits for the first of them: in the moments after a start there is nothing to say yet."""


class Rules(NamedTuple):
    """What digests go by: how late an edition may be, and the widest audience that any is for.

    Tests also set the times of a claim, what keeps it safe, and how many seconds pass between looks.
    """

    patience: timedelta = timedelta(hours=12)
    audience: Audience = Audience.RESTRICTED
    terms: "Terms | None" = None
    safety: "Safety | None" = None
    sweep: float = 30.0


class Digests:
    """The digests of one bot. Its `desk` can be asked at any time; while nothing is open it says so in words."""

    def __init__(
        self,
        url: SecretStr,
        library: Callable[[], Library],
        carriers: Mapping[str, Carrier],
        *,
        rules: Rules | None = None,
        observer: "Observer | None" = None,
    ) -> None:
        """Take the database's address, the library, who carries by platform, and what to go by."""
        self._url = url
        self._library = library
        self._carriers = carriers
        self._rules = rules or Rules()
        self._observer = observer
        self._engine: Engine | None = None
        self._detail = "not open yet"
        self._closing, self._tried = asyncio.Event(), asyncio.Event()
        self.desk: Desk = _FrontDesk(self)

    def health(self) -> tuple[bool, str]:
        """Return whether subscriptions can be read and editions planned, and how it stands."""
        if self._engine is None:
            return False, self._detail
        trouble = self._engine.trouble
        return (False, trouble) if trouble else (True, self._detail)

    async def run(self) -> None:
        """Open the database and keep digests going until closed; what fails is tried again with back-off."""
        pause = FIRST_PAUSE
        while not self._closing.is_set():
            try:
                await self._once()
                pause = FIRST_PAUSE
            except BriefbotError as error:
                self._detail = f"{error.sentence} Trying again."
                _log.warning("digests are not on", action="digest.open", why=error.sentence, advice=error.advice)
            except Exception as error:  # noqa: BLE001 - whatever the database has, commands go on and it is tried again
                self._detail = f"failed ({type(error).__name__}), trying again"
                _log.warning("digests are not on", action="digest.open", exc_info=error)
            self._tried.set()
            try:
                await asyncio.wait_for(self._closing.wait(), pause)
            except TimeoutError:
                pause = min(2 * pause, LONGEST_PAUSE)

    async def close(self, grace: float) -> None:
        """Finish what is on its way within `grace` seconds, hand the rest back; then `run` ends."""
        self._closing.set()
        self._tried.set()
        if self._engine is not None:
            await self._engine.close(grace)

    async def engine(self) -> "Engine":
        """Return what runs, waiting for it to begin. Raises BriefbotError where it does not, or has ended."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._tried.wait(), OPENING)
        if self._engine is None:
            raise BriefbotError("The digests cannot be reached at the moment.", "Try again in a minute.")
        return self._engine

    async def _once(self) -> None:
        """Open the database, and plan and deliver over it until closed or it fails."""
        await asyncio.to_thread(_load)
        from bot.digests.engine import Engine
        from bot.storage.database import Database

        database = await Database.open(self._url.get_secret_value())
        try:
            rules = self._rules
            engine = Engine(
                database,
                self._library,
                self._carriers,
                patience=rules.patience,
                audience=rules.audience,
                terms=rules.terms,
                safety=rules.safety,
                sweep=rules.sweep,
                observer=self._observer,
            )
            self._engine, self._detail = engine, f"open at {database.place}"
            self._tried.set()
            _log.info("digests are on", action="digest.open", database=database.place)
            if not self._closing.is_set():
                await engine.run()
        finally:
            self._engine = None
            await database.close()


def _load() -> None:
    """Import what digests stand on, away from the loop."""
    import bot.digests.engine  # noqa: F401 - to have it there


class _FrontDesk:
    """`desk.Desk`: whatever runs at the moment answers."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    async def _desk(self) -> "Desk":
        return (await self._digests.engine()).desk

    async def check(self, target: Target) -> None:
        await (await self._desk()).check(target)

    async def subscribe(
        self, target: Target, owner: str, schedule: "Schedule", wants: "Wants", audience: Audience
    ) -> "Subscription":
        return await (await self._desk()).subscribe(target, owner, schedule, wants, audience)

    async def subscriptions(self, target: Target) -> "tuple[Subscription, ...]":
        return await (await self._desk()).subscriptions(target)

    async def pause(self, subscription: int) -> "Subscription | None":
        return await (await self._desk()).pause(subscription)

    async def resume(self, subscription: int) -> "Subscription | None":
        return await (await self._desk()).resume(subscription)

    async def remove(self, subscription: int) -> "Subscription | None":
        return await (await self._desk()).remove(subscription)

    async def preview(self, target: Target, wants: "Wants", audience: Audience) -> "Edition":
        return await (await self._desk()).preview(target, wants, audience)

    async def post_now(self, subscription: int) -> "EditionStatus | None":
        return await (await self._desk()).post_now(subscription)

    async def status(self, subscription: int, count: int) -> "tuple[EditionStatus, ...]":
        return await (await self._desk()).status(subscription, count)
