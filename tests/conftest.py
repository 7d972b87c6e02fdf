"""The databases that tests run on: SQLite, and a real PostgreSQL where one can be had."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.postgres import Postgres, at_once, migrate, or_skip, running


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at a time: half as many again as there are cores, since half of the time they wait."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, which are those with more time than others: begun last, they would be waited for."""
    items.sort(key=lambda item: 0 if (longer := item.get_closest_marker("timeout")) is None else -longer.args[0])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the whole session."""
    try:
        starting = running()
        server = starting.__enter__()
    except Exception as error:  # noqa: BLE001  # whatever keeps it from starting is the reason that is told
        or_skip(f"{type(error).__name__}: {error}")
    yield server
    starting.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/briefbot.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of SQLite's with all tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "briefbot.db"
    at_once(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database with all tables, of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "briefbot.db"
        path.write_bytes(request.getfixturevalue("migrated_sqlite").read_bytes())
        return f"sqlite:///{path}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.migrated()


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """Open a database, migrated and empty, by its own clock."""
    opened = await Database.open(migrated_url)
    yield opened
    await opened.close()
