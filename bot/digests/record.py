"""Outcomes are written down in groups: one transaction for all that came in meanwhile."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

import structlog

from bot.digests.records import Reopen, Result

_log = structlog.get_logger("briefbot")

GATHER = 0.25
"""Seconds in which outcomes gather before they are written: long beside a commit, short beside a lease."""
RETRY = 1.0
"""Seconds between two tries where the database does not answer."""


class Ledger(Protocol):
    """What takes outcomes."""

    async def flush(self, results: Sequence[Result]) -> Collection[int]:
        """Take results down in one transaction; return the editions whose lease was not ours any more."""
        ...


class Recorder:
    """Writes outcomes down while the context lasts, and all that are left at its end.

    Where the database does not take them they are kept and tried again. What a process could not write down is in
    doubt once its lease is over: nothing is lost by that but time.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        self._ledger = ledger
        self._waiting: list[Result] = []
        self._some, self._urgent = asyncio.Event(), asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    def put(self, result: Result) -> None:
        """Have `result` written down soon; at once where others have to hear of it, so as not to be refused as well."""
        self._waiting.append(result)
        self._some.set()
        if isinstance(result, Reopen) and result.scope is not None:
            self._urgent.set()

    async def __aenter__(self) -> Self:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_all(), name="digest-record")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left, once."""
        self._closing = True
        self._some.set()
        self._urgent.set()
        if self._task is not None:
            await self._task

    async def _write_all(self) -> None:
        while not self._closing:
            await self._some.wait()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._urgent.wait(), GATHER)
            if not await self._write() and not self._closing:
                await asyncio.sleep(RETRY)
        await self._write()

    async def _write(self) -> bool:
        """Write what is waiting; return False where it has to wait for longer."""
        results, self._waiting = self._waiting, []
        self._some.clear()
        if not self._closing:
            self._urgent.clear()
        if not results:
            return True
        try:
            late = await self._ledger.flush(results)
        except Exception as error:  # noqa: BLE001 - whatever the database has, what happened is not to be forgotten
            _log.warning("outcomes not written", action="digest.record", outcomes=len(results), exc_info=error)
            self._waiting = [*results, *self._waiting]
            self._some.set()
            return False
        if late:
            _log.warning("outcomes came too late", action="digest.record", outcomes=len(late))
        return True
