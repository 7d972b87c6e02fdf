"""SQLite's connections, each with a thread of its own, and the last words of those threads.

The thread of a connection of aiosqlite tells the loop each result, that of stopping included. aiosqlite and SQLAlchemy
wait for that one where a connection is closed, but not where opening it failed or was cancelled, nor where it is given
up: the thread would then speak to a loop that may have been closed by now, and end in a traceback.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import aiosqlite

_ROWS_AT_ONCE: Final = 64
"""What `aiosqlite.connect` has without being asked."""


class Connections:
    """Opens connections, and knows which of them are stopping."""

    def __init__(self) -> None:
        """Begin with none."""
        self._stopping: set[asyncio.Future[Any]] = set()

    def open(self, *args: Any, **kwargs: Any) -> aiosqlite.Connection:
        """Return what opens a connection when awaited; takes what `sqlite3.connect` takes."""
        return _Connection(partial(sqlite3.connect, *args, **kwargs), self._stopping)

    async def stopped(self, seconds: float) -> None:
        """Wait until every thread that was told to stop has said so, at most `seconds` long."""
        if self._stopping:
            await asyncio.wait(self._stopping, timeout=seconds)


class _Connection(aiosqlite.Connection):
    """One that can be told to stop more than once, and notes its thread's last word in a set until it has come."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], stopping: set[asyncio.Future[Any]]) -> None:
        super().__init__(connector, _ROWS_AT_ONCE)
        self._thread.daemon = True  # as SQLAlchemy has it: one that hangs does not hold the process
        self._stopping = stopping
        self._last_word: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        """Tell the thread to stop; return a future of its last word, or None where no loop would hear it."""
        if self._last_word is None:
            self._last_word = super().stop()
            if self._last_word is None:
                return None
            self._stopping.add(self._last_word)
            self._last_word.add_done_callback(self._stopping.discard)
        return asyncio.shield(self._last_word)  # who asks may be cancelled, and the word still comes
