"""Transactions: nothing is lost between writers, nothing half done is kept, and time is the database's."""

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import BriefbotError
from bot.storage.database import Database
from tests.postgres import Postgres

WRITERS, ROUNDS = 8, 25


async def _increment(database: Database) -> None:
    for _ in range(ROUNDS):
        async with database.write() as connection:
            query = "SELECT tat FROM rate_buckets WHERE name = 'counter'"
            if connection.dialect.name == "postgresql":
                query += " FOR UPDATE"
            count = (await connection.execute(text(query))).scalar_one()
            await asyncio.sleep(0)
            await connection.execute(
                text("UPDATE rate_buckets SET tat = :count WHERE name = 'counter'"), {"count": count + 1}
            )


async def _counter(database: Database) -> float | None:
    async with database.read() as connection:
        query = text("SELECT tat FROM rate_buckets WHERE name = 'counter'")
        found: float | None = (await connection.execute(query)).scalar()
        return found


async def _start_counter(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("INSERT INTO rate_buckets (name, tat, rate_at) VALUES ('counter', 0, 0)"))


async def test_no_increment_is_lost_between_writers(database: Database, migrated_url: str) -> None:
    await _start_counter(database)
    await asyncio.gather(*(_increment(database) for _ in range(WRITERS)))
    assert await _counter(database) == WRITERS * ROUNDS


async def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO rate_buckets (name, tat, rate_at) VALUES ('counter', 0, 0)"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await _counter(database) is None


async def test_a_block_that_is_cancelled_leaves_nothing_and_holds_nothing(database: Database) -> None:
    inside = asyncio.Event()

    async def hold() -> None:
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO rate_buckets (name, tat, rate_at) VALUES ('counter', 0, 0)"))
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hold())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _counter(database) is None
    await _start_counter(database)
    assert await _counter(database) == 0


async def test_readers_do_not_wait_for_the_writer(database: Database) -> None:
    await _start_counter(database)
    async with database.write() as connection:
        await connection.execute(text("UPDATE rate_buckets SET tat = 1"))
        assert await _counter(database) == 0
    assert await _counter(database) == 1


async def test_time_is_the_databases_in_milliseconds(database: Database) -> None:
    before = time.time() * 1000
    async with database.write() as connection:
        first = await database.now(connection)
        await asyncio.sleep(0.02)
        second = await database.now(connection)
    assert before - 1 <= first < second <= time.time() * 1000 + 1


async def test_a_clock_that_is_handed_in_is_used_instead(migrated_url: str) -> None:
    database = await Database.open(migrated_url, clock=lambda: 42)
    async with database.write() as connection:
        assert await database.now(connection) == 42
    await database.close()


async def test_sqlite_keeps_what_was_told(migrated_sqlite: Path) -> None:
    database = await Database.open(f"sqlite:///{migrated_sqlite}")
    async with database.write() as connection:
        settings = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
    await database.close()


async def test_a_process_that_stopped_in_the_middle_does_not_hold_up_the_others(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engines.IDLE_SECONDS", 1)
    url = postgres.migrated()
    stopped, other = await Database.open(url), await Database.open(url)

    async def stop_halfway() -> None:
        async with stopped.write() as connection:
            await connection.execute(text("UPDATE rate_buckets SET tat = 1 WHERE name = 'counter'"))
            async with other.write() as waiting:  # for the row, and without the limit for ever
                await waiting.execute(text("UPDATE rate_buckets SET tat = tat + 5 WHERE name = 'counter'"))
            await connection.execute(text("UPDATE rate_buckets SET tat = 2 WHERE name = 'counter'"))

    try:
        await _start_counter(stopped)
        with pytest.raises(BriefbotError, match=r"was lost|cannot be reached"):
            await stop_halfway()
        assert await _counter(stopped) == 5, "what was half done is undone, and the next connection is a new one"
    finally:
        await stopped.close()
        await other.close()
