"""The thread of a connection of SQLite's has its last word while the loop is there, however the connection ended."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.errors import BriefbotError
from bot.storage.database import Database


class Slow(logging.Handler):
    """Makes threads of connections slow: aiosqlite says on its log, in the thread, what it is about to do."""

    def __init__(self, seconds: float) -> None:
        super().__init__(logging.DEBUG)
        self._seconds = seconds
        self.begun: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("executing"):
            self.begun.append(record.getMessage())
            time.sleep(self._seconds)

    async def until(self, doing: str) -> None:
        """Wait until a thread is about to do it."""
        while not any(doing in each for each in self.begun):
            await asyncio.sleep(0.005)


@pytest.fixture
def slow() -> Iterator[Slow]:
    handler, log = Slow(0.15), logging.getLogger("aiosqlite")
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield handler
    log.setLevel(before)
    log.removeHandler(handler)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[Coroutine[Any, Any, None]], None]:
    """Return what runs a coroutine in a loop of its own, and holds that no thread failed for want of it."""
    failed: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: failed.append(told.exc_value))

    def ran(doing: Coroutine[Any, Any, None]) -> None:
        before = set(threading.enumerate())
        asyncio.run(doing)
        begun = set(threading.enumerate()) - before
        for each in begun:
            each.join(20)
        assert failed == []
        assert not any(each.is_alive() for each in begun)

    return ran


def test_where_it_could_not_be_opened(
    slow: Slow, run: Callable[[Coroutine[Any, Any, None]], None], tmp_path: Path
) -> None:
    async def refused() -> None:
        with pytest.raises(BriefbotError):
            await Database.open(f"sqlite:///{tmp_path}")

    run(refused())
    assert any("close_and_stop" in each for each in slow.begun)


def test_where_opening_it_was_cancelled(
    slow: Slow, run: Callable[[Coroutine[Any, Any, None]], None], tmp_path: Path
) -> None:
    async def cancelled() -> None:
        opening = asyncio.create_task(Database.open(f"sqlite:///{tmp_path}/new.db"))
        await slow.until("connect")
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening

    run(cancelled())


def test_where_it_was_given_up_in_the_middle_of_something(
    run: Callable[[Coroutine[Any, Any, None]], None], migrated_sqlite: Path, tmp_path: Path, request: Any
) -> None:
    """Cancelled twice: SQLAlchemy does not wait for what is in hand a second time."""
    path = tmp_path / "briefbot.db"
    path.write_bytes(migrated_sqlite.read_bytes())

    async def given_up() -> None:
        database = await Database.open(f"sqlite:///{path}")

        async def read() -> None:
            async with database.read() as connection:
                await connection.execute(text("SELECT 1"))

        await read()  # the reader is open now
        slow: Slow = request.getfixturevalue("slow")
        reading = asyncio.create_task(read())
        await slow.until("SELECT 1")
        while not reading.done():
            reading.cancel()
            await asyncio.sleep(0.01)
        with suppress(asyncio.CancelledError):
            await reading
        await database.close()
        closing = asyncio.all_tasks() - {asyncio.current_task()}
        assert not closing or not (await asyncio.wait(closing, timeout=10))[1]

    run(given_up())
