"""Whatever stands in a database's way is told in a sentence, with what to do, and without the password."""

import sqlite3
import sys
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import BriefbotError
from bot.storage import engines
from bot.storage.address import parse_address
from bot.storage.database import Database
from bot.storage.trouble import in_words
from tests.postgres import Postgres

PASSWORD = "s3cret-hunter2"


@pytest.fixture
def sqlite_copy(migrated_sqlite: Path, tmp_path: Path) -> Path:
    path = tmp_path / "briefbot.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    return path


async def _refused(url: str) -> BriefbotError:
    with pytest.raises(BriefbotError) as refused:
        await Database.open(url)
    assert refused.value.advice
    everything = "".join(traceback.format_exception(refused.value))
    assert PASSWORD not in everything
    return refused.value


@pytest.mark.parametrize(
    ("written", "drivername"),
    [
        ("sqlite:///data/briefbot.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////var/briefbot.db", "sqlite+aiosqlite"),
        ("postgres://u:p@host/name", "postgresql+asyncpg"),
        ("postgresql://u:p@host/name", "postgresql+asyncpg"),
        (" postgresql+asyncpg://u:p@host:5433/name\n", "postgresql+asyncpg"),
    ],
)
def test_addresses_are_taken_as_people_write_them(written: str, drivername: str) -> None:
    assert parse_address(written).url.drivername == drivername


def test_what_servers_are_given_out_with_is_understood() -> None:
    address = parse_address("postgres://u:p@host/name?sslmode=require")
    assert dict(address.url.query) == {"ssl": "require"}


@pytest.mark.parametrize(
    "written",
    [
        "",
        "briefbot.db",
        f"mysql://u:{PASSWORD}@host/name",
        f"postgresql://u:{PASSWORD}@host:port/name",
        "sqlite://",
        "sqlite:///:memory:",
        f"postgresql://u:{PASSWORD}@host",
    ],
)
async def test_an_address_that_leads_nowhere_is_refused(written: str) -> None:
    refused = await _refused(written)
    assert "BRIEFBOT_DATABASE__URL" in refused.advice


def test_an_address_shows_no_password() -> None:
    address = parse_address(f"postgresql://someone:{PASSWORD}@db.example:5432/briefbot")
    assert repr(address) == "Address('db.example:5432/briefbot')"
    assert PASSWORD not in str(address)


async def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    refused = await _refused(f"sqlite:///{tmp_path}/nowhere/briefbot.db")
    assert str(refused) == f"The folder {tmp_path}/nowhere for the database does not exist."


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database. " * 100)
    assert str(await _refused(f"sqlite:///{path}")) == f"{path} is a file, but not a database."


async def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    assert str(await _refused(f"sqlite:///{tmp_path}")) == f"The database {tmp_path} cannot be opened."


async def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    """Opened for reading only, since root may write any file."""
    path = tmp_path / "briefbot.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE other (id INTEGER)")
    refused = await _refused(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert str(refused).endswith("briefbot.db cannot be written.")


async def test_a_database_another_program_holds(sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.1)
    path = sqlite_copy
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert str(await _refused(f"sqlite:///{path}")) == f"The database {path} is in use by another program."
    finally:
        holder.close()


async def test_a_driver_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    refused = await _refused("postgresql://u@host/name")
    assert str(refused) == "PostgreSQL's driver is not installed."


async def test_a_server_that_is_not_there() -> None:
    refused = await _refused(f"postgresql://u:{PASSWORD}@127.0.0.1:1/name")
    assert str(refused) == "The database at 127.0.0.1:1/name cannot be reached."


async def test_a_host_nobody_knows() -> None:
    refused = await _refused(f"postgresql://u:{PASSWORD}@db.invalid/name")
    assert str(refused) == "The database at db.invalid/name cannot be reached."


async def test_a_database_the_server_does_not_have(postgres: Postgres) -> None:
    refused = await _refused(postgres.address("nowhere"))
    assert str(refused).startswith("There is no database ")


async def test_a_wrong_password(postgres: Postgres) -> None:
    url = postgres.with_password("reader", "right")
    refused = await _refused(url.replace("right", PASSWORD))
    assert "refused the user or the password" in str(refused)
    database = await Database.open(url)
    await database.close()


async def test_a_server_that_goes_away_meanwhile(postgres: Postgres) -> None:
    database = await Database.open(postgres.migrated())

    async def write() -> None:
        async with database.write() as connection:
            await database.now(connection)
            postgres.end_connections(database.place.rpartition("/")[2])
            await database.now(connection)

    with pytest.raises(BriefbotError) as refused:
        await write()
    assert "cannot be reached" in str(refused.value)
    async with database.write() as connection:  # the next one gets a new connection
        assert await database.now(connection)
    await database.close()


def test_a_disk_that_fails_is_told_as_such() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    told = in_words(error, parse_address("sqlite:///data/briefbot.db"))
    assert told is not None
    assert told.sentence == "The disk failed while the database data/briefbot.db was read or written."
    assert told.advice


async def test_a_file_that_is_deleted_or_replaced_under_the_bot_is_noticed(sqlite_copy: Path) -> None:
    database = await Database.open(f"sqlite:///{sqlite_copy}")
    assert database.astray == ""
    async with database.write() as connection:
        await connection.execute(text("DELETE FROM rate_buckets"))
    assert database.astray == ""
    kept = _taken_away(sqlite_copy)
    assert "was deleted or replaced under the bot: restart it" in database.astray
    _put_back(sqlite_copy, kept)
    assert "was deleted or replaced" in database.astray
    await database.close()


def _taken_away(file: Path) -> bytes:
    kept = file.read_bytes()
    file.unlink()
    return kept


def _put_back(file: Path, content: bytes) -> None:
    file.write_bytes(content)
