"""What is in hand: answers that have begun and must be finished before the connection goes."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from bot.errors import report


class Work:
    """Counts what is being answered, and keeps the tasks that go on after an acknowledgement."""

    def __init__(self) -> None:
        """Begin with nothing in hand."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._held = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def hand(self) -> Iterator[None]:
        """Count as work while the context lasts."""
        self._held += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._held -= 1
            if not self._held:
                self._idle.set()

    def start(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do it in a task of its own; what it raises is logged."""
        task = asyncio.create_task(self._doing(doing))
        self._tasks.add(task)  # the loop itself keeps no task alive
        task.add_done_callback(self._tasks.discard)

    async def finished(self) -> None:
        """Wait until nothing is in hand."""
        await asyncio.sleep(0)  # what has just arrived is a task that has yet to begin
        while self._held or self._tasks:
            await self._idle.wait()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def give_up(self) -> None:
        """Cancel what still goes on after an acknowledgement."""
        for task in tuple(self._tasks):
            task.cancel()

    async def _doing(self, doing: Coroutine[Any, Any, None]) -> None:
        with self.hand():
            try:
                await doing
            except Exception as error:  # noqa: BLE001 - the border: a task's failure would otherwise be lost
                report(error, action="slack.follow_up")
