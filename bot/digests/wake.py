"""When to look: at the instant the next slot begins, and every half minute whatever happened.

APScheduler only wakes; what is due is the database's to say. It has no store of its own and one date at a time: the
earliest that the database knows. So zones and their hours are reckoned in one place (`schedule`), and a clock that was
set, a machine that slept or a replica that took the slot cost nothing but a look in vain.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

SWEEP = 30
"""Seconds between looks that nothing asked for."""
_NEXT, _SWEEP, _NOW = "next-slot", "sweep", "now"


class Wakes:
    """Calls `look` when something may be due, one look at a time, while the context lasts."""

    def __init__(self, look: Callable[[], Awaitable[None]], *, sweep: float = SWEEP) -> None:
        """Take what looks; it is not to raise."""
        self._look = look
        self._sweep = sweep
        # Missed wakes are made up for by one, however late: the sweep would find the same a little later.
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}, timezone="UTC"
        )

    async def __aenter__(self) -> Self:
        """Begin to wake."""
        self._scheduler.start()
        self._scheduler.add_job(self._look, IntervalTrigger(seconds=self._sweep), id=_SWEEP)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wake no more; a look under way is cancelled, which costs nothing: its transaction is undone."""
        self._scheduler.shutdown(wait=False)

    def soon(self) -> None:
        """Wake at once."""
        self._scheduler.add_job(self._look, id=_NOW, replace_existing=True)

    def at(self, instant: datetime | None) -> None:
        """Wake at `instant` (UTC) instead of when was asked for before; None for no such instant."""
        if instant is None:
            if self._scheduler.get_job(_NEXT):
                self._scheduler.remove_job(_NEXT)
            return
        self._scheduler.add_job(self._look, DateTrigger(instant), id=_NEXT, replace_existing=True)
