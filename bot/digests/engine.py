"""Planning, waking, delivering and telling, over one open database: what runs while digests are on."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import structlog

from bot.contract import Carrier
from bot.digests import schedule
from bot.digests.bureau import Bureau
from bot.digests.deliver import Deliverer, Safety
from bot.digests.history import History
from bot.digests.lease import Terms
from bot.digests.ledger import Ledger
from bot.digests.notices import Notices
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.records import Counts
from bot.digests.subscriptions import Subscriptions
from bot.digests.teller import Teller
from bot.digests.wake import SWEEP, Wakes
from bot.library.library import Library
from bot.library.vocabulary import Audience
from bot.storage.database import Database

_log = structlog.get_logger("briefbot")

TIDY_EVERY = 24 * 3600 // 30
"""Looks between two clearings of what is old."""


class Observer(Protocol):
    """What counts; `observe.Metrics` is one."""

    def delivery(self, platform: str, outcome: str) -> None:
        """Count one attempt and how it ended."""
        ...

    def digests(self, counts: Counts) -> None:
        """Say how things stand."""
        ...


class Engine:
    """Everything that makes editions arrive, over one database that is open."""

    def __init__(
        self,
        database: Database,
        library: Callable[[], Library],
        carriers: Mapping[str, Carrier],
        *,
        patience: timedelta,
        audience: Audience = Audience.RESTRICTED,
        terms: Terms | None = None,
        safety: Safety | None = None,
        sweep: float = SWEEP,
        observer: Observer | None = None,
    ) -> None:
        """Put the parts together; nothing runs yet."""
        self._database = database
        self._observer = observer
        self._planning = Planning(database, schedule)
        self._planner = Planner(self._planning, library, carriers, patience=patience, audience=audience)
        ledger = Ledger(database, {name: carrier.pace for name, carrier in carriers.items()})
        terms = replace(terms or Terms(), patience=patience.total_seconds())
        self._deliverer = Deliverer(ledger, carriers, terms=terms, safety=safety, observer=observer)
        self._teller = Teller(Notices(database), carriers)
        self._history = History(database)
        self._wakes = Wakes(self._look, sweep=sweep)
        self._looks = 0
        self._looking = asyncio.Lock()
        self._trouble = ""
        self.desk = Bureau(
            database,
            Subscriptions(database, schedule),
            self._planner,
            ledger,
            library=library,
            carriers=carriers,
            changed=self._changed,
        )

    @property
    def trouble(self) -> str:
        """What is wrong, or why nothing was planned or claimed last time; empty while all is well."""
        failed = self._trouble or self._deliverer.trouble
        return self._database.astray or (f"the last look failed ({failed})" if failed else "")

    async def run(self) -> None:
        """Plan and deliver until closed."""
        async with self._wakes:
            self._wakes.soon()
            await self._deliverer.run()

    async def close(self, grace: float) -> None:
        """Begin nothing new, finish what is on its way within `grace` seconds; then `run` ends."""
        await self._deliverer.close(grace)

    def _changed(self) -> None:
        self._deliverer.wake()
        self._wakes.soon()

    async def _look(self) -> None:
        """Plan what is due, set the next alarm, tell what is untold. Never raises: the next look makes up for it."""
        if self._looking.locked():
            return
        async with self._looking:
            if astray := self._database.astray:
                _log.error("database gone", action="digest.database", why=astray)
            try:
                if await self._planner.plan():
                    self._deliverer.wake()
                self._wakes.at(await self._planning.next_due())
                await self._teller.tell()
                await self._keep_house()
                self._trouble = ""
            except Exception as error:  # noqa: BLE001 - whatever it was, half a minute later is another look
                self._trouble = type(error).__name__
                _log.warning("digests not planned", action="digest.look", exc_info=error)

    async def _keep_house(self) -> None:
        if self._looks % TIDY_EVERY == 0:
            await self._history.prune()
        self._looks += 1
        if self._observer is not None:
            self._observer.digests(await self._history.counts())
