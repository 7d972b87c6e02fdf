"""What went wrong with the database, in a sentence a person can act on; neither addresses nor passwords are in it."""

import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from bot.errors import BriefbotError
from bot.storage.address import Address

TROUBLE = (DBAPIError, TimeoutError)
"""What drivers raise where the database is at fault, and for mistakes of ours: `in_words` tells them apart."""
CONNECTING = (*TROUBLE, OSError, sqlite3.Error)
"""What they raise while they connect and are set up."""

_SQLITE = {
    "database is locked": (
        "The database {place} is in use by another program.",
        "Stop what holds it; several replicas need PostgreSQL.",
    ),
    "unable to open database file": (
        "The database {place} cannot be opened.",
        "Check that its folder exists and that briefbot may write there.",
    ),
    "attempt to write a readonly database": (
        "The database {place} cannot be written.",
        "Give the user briefbot runs as the right to write the file and its folder.",
    ),
    "file is not a database": (
        "{place} is a file, but not a database.",
        "Name another file in BRIEFBOT_DATABASE__URL, or move this one away.",
    ),
    "disk image is malformed": (
        "The database {place} is damaged.",
        "Restore it from a backup.",
    ),
    "disk I/O error": (
        "The disk failed while the database {place} was read or written.",
        "Look at what the system says of that disk, and restore a backup if the file is damaged.",
    ),
    "database or disk is full": (
        "There is no room left for the database {place}.",
        "Free some space on its disk.",
    ),
}
_POSTGRES = {
    "InvalidPasswordError": (
        "The database at {place} refused the user or the password.",
        "Check both in BRIEFBOT_DATABASE__URL.",
    ),
    "InvalidAuthorizationSpecificationError": (
        "The database at {place} refused the user or the password.",
        "Check both in BRIEFBOT_DATABASE__URL.",
    ),
    "InvalidCatalogNameError": (
        "There is no database {place}.",
        "Create it, or correct its name in BRIEFBOT_DATABASE__URL.",
    ),
    "InsufficientPrivilegeError": (
        "The database at {place} does not let this user do that.",
        "Let the user create and write tables in its schema.",
    ),
    "ReadOnlySQLTransactionError": (
        "The database at {place} cannot be written: it is a stand-by.",
        "Name the primary server in BRIEFBOT_DATABASE__URL.",
    ),
    "TransactionRollbackError": (
        "The database at {place} was busy with something else, and nothing was changed.",
        "Try again.",
    ),
    "InternalClientError": (  # what asyncpg says of a connection that the server ended meanwhile
        "The connection to the database at {place} was lost, and nothing was changed.",
        "Try again.",
    ),
    "TooManyConnectionsError": (
        "The database at {place} takes no more connections.",
        "Raise its max_connections, or run fewer replicas.",
    ),
}
_UNREACHABLE = ("The database at {place} cannot be reached.", "Check the address, and that the server runs.")


def in_words(error: BaseException, address: Address) -> BriefbotError | None:
    """Return what `error` means for a person, or None where it is not the database's but a mistake of ours."""
    for cause in _causes(error):
        for words in _words(cause, address):
            return BriefbotError(*(sentence.format(place=address.place) for sentence in words))
    return None


def _words(cause: BaseException, address: Address) -> Iterator[tuple[str, str]]:
    if address.embedded:
        said = str(cause)
        yield from (words for phrase, words in _SQLITE.items() if phrase in said)
        return
    yield from (words for kind in type(cause).__mro__ if (words := _POSTGRES.get(kind.__name__)))
    names = {kind.__name__ for kind in type(cause).__mro__}
    if isinstance(cause, OSError | TimeoutError) or names & {
        "PostgresConnectionError",
        "ConnectionDoesNotExistError",
        "CannotConnectNowError",
        "AdminShutdownError",
        "InterfaceError",
    }:
        yield _UNREACHABLE


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "orig", None)]
