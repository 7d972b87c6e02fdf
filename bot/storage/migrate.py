"""Brings a database's tables to what this code expects, one process at a time."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from bot.errors import BriefbotError

HEAD: Final = "0002"
"""The newest migration. A database that is there already is opened without alembic."""
MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x62726965666264  # "briefbd": any number that nothing else in the database locks by


def current(connection: Connection) -> str:
    """Return the database's newest migration, "" where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def migrate(connection: Connection) -> None:
    """Bring the database to `HEAD` in the transaction `connection` is in.

    Whoever comes at the same time waits: SQLite's BEGIN IMMEDIATE is a lock already, PostgreSQL has one for this.
    Raises BriefbotError for a database that newer code made.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    version = current(connection)
    if version == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version and version not in known:
        raise BriefbotError(
            "The database was made by a newer briefbot than this one.",
            "Run the newer version again, or restore a backup from before it.",
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
