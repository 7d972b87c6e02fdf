"""The engines, and what each connection is set to: SQLite with our own BEGIN IMMEDIATE, PostgreSQL by asyncpg."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.address import Address
from bot.storage.connections import Connections

BUSY_SECONDS: Final = 15
"""How long a writer waits for another process's on SQLite."""
CONNECT_SECONDS: Final = 10
COMMAND_SECONDS: Final = 60
IDLE_SECONDS: Final = 30
"""How long PostgreSQL leaves a transaction open in which nothing happens: a process that was stopped in one would keep
what it holds from all others, until they give up waiting (`COMMAND_SECONDS`)."""
READERS: Final = 4

_LOG = "PRAGMA journal_mode = WAL"  # readers read while another writes
_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit that was told is on the disk: what was posted must not be forgotten
    "PRAGMA foreign_keys = ON",
)


def sqlite_engines(address: Address, connections: Connections) -> tuple[AsyncEngine, AsyncEngine]:
    """Return the engine of the one writer, and that of the readers; `connections` opens what they connect by."""
    writer = _sqlite_engine(address, connections, 1, (_LOG, *_PRAGMAS), "BEGIN IMMEDIATE")
    readers = _sqlite_engine(address, connections, READERS, (*_PRAGMAS, "PRAGMA query_only = ON"), "BEGIN")
    return writer, readers


def _sqlite_engine(
    address: Address, connections: Connections, size: int, pragmas: Sequence[str], begin: str
) -> AsyncEngine:
    engine = create_async_engine(
        address.url,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "async_creator_fn": connections.open},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins no transaction of its own: it would begin too late
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_now(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def postgres_engine(address: Address) -> AsyncEngine:
    """Return the engine of a PostgreSQL server. Raises ModuleNotFoundError where the driver is missing."""
    return create_async_engine(
        address.url,
        pool_size=5,
        max_overflow=5,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": COMMAND_SECONDS,
            "server_settings": {
                "application_name": "briefbot",
                "idle_in_transaction_session_timeout": str(1000 * IDLE_SECONDS),
            },
        },
    )
