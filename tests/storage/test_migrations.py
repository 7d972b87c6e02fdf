"""The tables: that migrations make what the code expects, whoever starts at the same time, and never go back."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import BriefbotError
from bot.storage.database import Database
from bot.storage.migrate import HEAD, MIGRATIONS
from bot.storage.tables import metadata

PROCESSES = 3
OPEN = """
import asyncio, sys
from bot.storage.database import Database

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    database = await Database.open(sys.argv[1])
    await database.close()

asyncio.run(main())
"""
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
}


def _differences(connection: Connection) -> object:
    return compare_metadata(
        MigrationContext.configure(connection, opts={"compare_server_default": True}),
        metadata,
    )


async def test_migrations_make_the_tables_the_code_expects(database: Database) -> None:
    async with database.read() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_table_that_is_missing_would_be_noticed(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("DROP TABLE rate_buckets"))
        assert await connection.run_sync(_differences) != []


async def test_indexes_are_the_same_with_their_conditions(database: Database, database_url: str) -> None:
    """Alembic does not compare what a partial index is limited to."""
    made = await Database.open(database_url)
    async with made.write() as connection:
        query = text(INDEXES[connection.dialect.name])
        migrated = {tuple(row) for row in await connection.execute(query)}
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert {tuple(row) for row in await connection.execute(query)} == migrated
    await made.close()


def test_the_newest_migration_is_the_one_that_is_checked_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_many_processes_may_start_at_once_on_a_new_database(database_url: str) -> None:
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in starting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    ended = [process.communicate("\n", timeout=60) for process in starting]
    assert [process.returncode for process in starting] == [0] * PROCESSES, ended


async def test_a_database_of_newer_code_is_left_alone(migrated_url: str) -> None:
    database = await Database.open(migrated_url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(BriefbotError) as refused:
        await Database.open(migrated_url)
    assert refused.value.sentence == "The database was made by a newer briefbot than this one."
    assert refused.value.advice


async def test_opening_again_changes_nothing(migrated_url: str) -> None:
    for _ in range(2):
        database = await Database.open(migrated_url)
        await database.close()


def test_alembic_is_not_imported_where_nothing_is_to_be_migrated(migrated_sqlite: Path) -> None:
    watch = f"{OPEN}\nassert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", watch, f"sqlite:///{migrated_sqlite}"], input="\n", text=True, check=True)
