"""The database: opened and migrated, read and written in transactions, and asked for the time."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Final, Self

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import BriefbotError
from bot.storage.address import Address, parse_address
from bot.storage.connections import Connections
from bot.storage.engines import BUSY_SECONDS, postgres_engine, sqlite_engines
from bot.storage.migrate import migrate
from bot.storage.trouble import CONNECTING, TROUBLE, in_words

_NOW: Final = {
    # unixepoch('subsec') came with SQLite 3.42; a Julian day as a double is exact to 40 microseconds.
    "sqlite": text("SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"),
    "postgresql": text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"),
}


class Database:
    """One database, SQLite's or PostgreSQL's. `write` and `read` give a connection inside a transaction.

    On SQLite writers of this process queue up in order; those of other processes are waited for. `clock`, if given, is
    asked for the time instead of the database.
    """

    def __init__(
        self,
        address: Address,
        writer: AsyncEngine,
        reader: AsyncEngine,
        connections: Connections,
        clock: Callable[[], int] | None = None,
    ) -> None:
        """Keep the engines, and what opens connections of SQLite's for them; `open` makes them."""
        self._address = address
        self._writer = writer
        self._reader = reader
        self._connections = connections
        self._clock = clock
        self._file: tuple[int, int] | None = None
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, clock: Callable[[], int] | None = None) -> Self:
        """Return the database at `url`, migrated and ready.

        `clock` returns milliseconds since the epoch. Raises BriefbotError, in words, for whatever stands in the way.
        """
        address = parse_address(url)
        connections = Connections()
        writer, reader = _engines(address, connections)
        database = cls(address, writer, reader, connections, clock)
        try:
            async with database.write() as connection:
                await connection.run_sync(migrate)
        except BaseException:
            await database.close()
            raise
        database._file = database._found()
        return database

    @property
    def embedded(self) -> bool:
        """Whether it is SQLite's: one file, one machine."""
        return self._address.embedded

    @property
    def place(self) -> str:
        """Where it is, without user and password."""
        return self._address.place

    @property
    def astray(self) -> str:
        """What is wrong, in words, where SQLite's file was deleted, moved or replaced since it was opened; else empty.

        What is written then is lost with this process, and nothing else would tell.
        """
        if self._file is None or self._found() == self._file:
            return ""
        return f"the database {self.place} was deleted or replaced under the bot: restart it"

    def _found(self) -> tuple[int, int] | None:
        """Return what identifies the file that is there now; None for no file, or none of SQLite's."""
        if not self.embedded:
            return None
        try:
            there = self._address.file.stat()
        except OSError:
            return None
        return there.st_dev, there.st_ino

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that may write; what it did is kept when the block ends, and undone if it raises.

        Raises BriefbotError where the database is in the way.
        """
        if self.embedded:
            async with self._turn, self._begin(self._writer) as connection:
                yield connection
        else:
            async with self._begin(self._writer) as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that only reads. Raises BriefbotError where the database is in the way."""
        async with self._begin(self._reader) as connection:
            yield connection

    async def now(self, connection: AsyncConnection) -> int:
        """Return the time in milliseconds since the epoch, by the database's clock."""
        if self._clock is not None:
            return self._clock()
        return int((await connection.execute(_NOW[connection.dialect.name])).scalar_one())

    async def close(self) -> None:
        """Close every connection; may be called twice."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()
        await self._connections.stopped(BUSY_SECONDS)  # as long as one may wait for another process's writer

    def __repr__(self) -> str:
        """Return where it is."""
        return f"Database({self.place!r})"

    @asynccontextmanager
    async def _begin(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            with self._in_words(CONNECTING):
                connection = await stack.enter_async_context(engine.connect())
            with self._in_words(TROUBLE):
                async with connection.begin():
                    yield connection

    @contextmanager
    def _in_words(self, kinds: tuple[type[BaseException], ...]) -> Iterator[None]:
        try:
            yield
        except kinds as error:
            words = in_words(error, self._address)
            if words is None:
                raise
            raise words from error


def _engines(address: Address, connections: Connections) -> tuple[AsyncEngine, AsyncEngine]:
    if address.embedded:
        folder = address.file.parent
        if not folder.is_dir():
            raise BriefbotError(
                f"The folder {folder} for the database does not exist.",
                "Create it, or name another file in BRIEFBOT_DATABASE__URL.",
            )
        if not os.access(address.file if address.file.exists() else folder, os.W_OK):
            raise BriefbotError(
                f"The database {address.file} cannot be written.",
                "Give the user briefbot runs as the right to write the file and its folder.",
            )
        return sqlite_engines(address, connections)
    try:
        engine = postgres_engine(address)
    except ModuleNotFoundError:
        raise BriefbotError(
            "PostgreSQL's driver is not installed.",
            "Install briefbot with its extra: pip install 'briefbot[postgres]'.",
        ) from None
    return engine, engine
