"""When to look: at the instant the next slot begins, and every half minute whatever happened.

APScheduler only wakes; what is due is the database's to say. It has no store of its own and one date at a time: the
earliest that the database knows. So zones and their hours are reckoned in one place (`schedule`), and a clock that was
set, a machine that slept or a replica that took the slot cost nothing but a look in vain.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.errors import report

SWEEP = 30
"""Seconds between looks that nothing asked for."""
_NEXT, _SWEEP = "next-slot", "sweep"


class Wakes:
    """Calls `look` when something may be due, one look at a time, while the context lasts.

    What asks for a look during another one gets it after that: what is new may have come too late to be seen.
    """

    def __init__(self, look: Callable[[], Awaitable[None]], *, sweep: float = SWEEP) -> None:
        """Take what looks; it is not to raise."""
        self._look = look
        self._sweep = sweep
        self._asked = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        # Missed wakes are made up for by one, however late: the sweep would find the same a little later.
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}, timezone="UTC"
        )

    async def __aenter__(self) -> Self:
        """Begin to wake."""
        self._looking = asyncio.create_task(self._looks(), name="digest-looks")
        self._scheduler.start()
        self._scheduler.add_job(self._ask, IntervalTrigger(seconds=self._sweep), id=_SWEEP)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wake no more; a look under way is cancelled, which costs nothing: its transaction is undone."""
        self._scheduler.shutdown(wait=False)
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})

    def soon(self) -> None:
        """Wake at once."""
        self._asked.set()

    def at(self, instant: datetime | None) -> None:
        """Wake at `instant` (UTC) instead of when was asked for before; None for no such instant."""
        if instant is None:
            if self._scheduler.get_job(_NEXT):
                self._scheduler.remove_job(_NEXT)
            return
        self._scheduler.add_job(self._ask, DateTrigger(instant), id=_NEXT, replace_existing=True)

    async def _ask(self) -> None:
        """Do so on the loop, where APScheduler leaves a coroutine."""
        self.soon()

    async def _looks(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - it is not to, but no more looks would be worse
                report(error, action="digest.wake")
