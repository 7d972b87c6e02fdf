"""Where the database is: the address as people write it, made into what drivers take. It is never shown."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import BriefbotError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_ADVICE = "Write sqlite:///data/briefbot.db, or postgresql://user:password@host/name, in BRIEFBOT_DATABASE__URL."


@dataclass(frozen=True, slots=True)
class Address:
    """A database's address. Its representation shows where it leads, and nothing else."""

    url: URL = field(repr=False)

    @property
    def embedded(self) -> bool:
        """Whether it is a file of SQLite's."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path:
        """SQLite's file."""
        return Path((self.url.database or "").removeprefix("file:"))

    @property
    def place(self) -> str:
        """What errors call it: the file, or the server without user and password."""
        if self.embedded:
            return str(self.file)
        host = self.url.host or self.url.query.get("host") or "localhost"
        return f"{host}{f':{self.url.port}' if self.url.port else ''}/{self.url.database or ''}"

    def __repr__(self) -> str:
        """Return the place."""
        return f"Address({self.place!r})"


def parse_address(text: str) -> Address:
    """Return the database's address in `text`. Raises BriefbotError, which does not repeat what was written."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise BriefbotError("The database's address cannot be read.", _ADVICE) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise BriefbotError("The database's address names neither SQLite nor PostgreSQL.", _ADVICE)
    address = Address(_with_asyncpg_options(url.set(drivername=driver)))
    if not url.database or url.database == ":memory:":
        what = "file" if address.embedded else "database"
        raise BriefbotError(f"The database's address names no {what}.", _ADVICE)
    return address


def _with_asyncpg_options(url: URL) -> URL:
    """Return `url` with libpq's `sslmode`, which hosts write into the addresses they give out, as asyncpg calls it."""
    if url.get_backend_name() != "postgresql" or "sslmode" not in url.query:
        return url
    mode = url.query["sslmode"]
    return url.difference_update_query(("sslmode",)).update_query_pairs([("ssl", str(mode))])
