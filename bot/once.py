"""Commands that answer and end: each builds what it needs of the bot, prints, and returns the exit status.

What is wrong goes to standard error in a sentence; answers have standard output.
"""

import asyncio
import shlex
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from bot import garbage
from bot.app import CANNOT_START, NO_PLATFORM, adapters, cannot_start, now
from bot.commands.router import Router
from bot.digests.model import OnEmpty
from bot.errors import BadRequestError, BriefbotError
from bot.library.library import Library
from bot.library.load import load
from bot.library.problem import Level
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from bot.observe import configure_logging
from bot.settings import Settings
from bot.wording import counted

_Found = TypeVar("_Found")


async def chat_in_terminal(settings: Settings) -> int:
    """Chat on this process's own terminal or pipe until the end of input; return the exit status."""
    from bot.platforms.terminal.adapter import terminal

    library = _library_to_ask(settings)
    if library is None:
        return CANNOT_START
    chat = terminal(Router(lambda: library, now), settings.briefings.audience)
    garbage.resume()
    await chat.run()
    return 0


async def answer_once(settings: Settings, query: str | None, as_of: str | None, *, as_json: bool) -> int:
    """Answer `query`, or with None one query a line of standard input, on standard output, flushed at once.

    Returns the exit status.
    """
    from bot.platforms.terminal import oneshot

    library = _library_to_ask(settings)
    if library is None:
        return CANNOT_START
    router = Router(lambda: library, now)
    garbage.resume()
    outcomes = set()
    for each in oneshot.queries(sys.stdin) if query is None else (query,):
        reply = await oneshot.ask(router, each, as_of, settings.briefings.audience)
        line = oneshot.as_json(each, reply) if as_json else oneshot.as_text(reply)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        outcomes.add(reply.outcome)
    return oneshot.exit_status(outcomes, asked=query is not None or as_of is not None)


def search_once(settings: Settings, query: str | None, limit: int, *, as_json: bool, explain: bool) -> int:
    """Search for `query`, or with None for one query a line of standard input, flushed at once; return the status."""
    from bot.platforms.terminal import oneshot, searching

    library = _library_to_ask(settings)
    if library is None:
        return CANNOT_START
    garbage.resume()
    searcher = searching.Searcher(library, settings.briefings.audience, limit, explain=explain)
    for each in oneshot.queries(sys.stdin) if query is None else (query,):
        sys.stdout.write(f"{searcher.as_json(each, now()) if as_json else searcher.as_text(each, now())}\n")
        sys.stdout.flush()
    return 0


def digest_once(
    settings: Settings,
    given: Mapping[str, str],
    on_empty: OnEmpty,
    audience: Audience | None,
    *,
    duties: bool,
    as_json: bool,
) -> int:
    """Print the edition of a subscription as it was described on the command line; return the exit status."""
    from bot.platforms.terminal import digest

    library = _library_to_ask(settings)
    if library is None:
        return CANNOT_START
    viewer = Viewer(audience or settings.briefings.audience, now())
    try:
        edition = digest.supposed(library, viewer, given, on_empty, duties=duties).edition(library, viewer)
    except BadRequestError as error:
        return cannot_start(f"briefbot digest preview: {error.sentence} {error.advice}")
    sys.stdout.write(f"{digest.as_json(edition) if as_json else digest.as_text(edition)}\n")
    return 0


def digest_due(settings: Settings, *, as_json: bool) -> int:
    """Print when each channel gets its next edition; return the exit status."""
    from bot.digests.overview import coming
    from bot.platforms.terminal import ledger

    found = _from_database(settings, coming)
    if found is None:
        return CANNOT_START
    _print(ledger.due_json(found) if as_json else ledger.due_text(found))
    return 0


def digest_status(settings: Settings, subscription: int | None, count: int, *, as_json: bool) -> int:
    """Print what became of the latest editions, of one subscription or of all; return the exit status."""
    from bot.digests.overview import past
    from bot.platforms.terminal import ledger

    found = _from_database(settings, lambda url: past(url, subscription, count))
    if found is None:
        return CANNOT_START
    if subscription is not None and not found:
        sys.stderr.write(f"briefbot: there is no subscription {subscription}; `briefbot digest due` lists them.\n")
        return 1
    _print(ledger.status_json(found) if as_json else ledger.status_text(found))
    return 0


def digest_restored(settings: Settings) -> int:
    """Put in doubt what a restored backup may be wrong about; return the exit status."""
    from bot.digests.overview import restored

    library = _library_to_ask(settings)
    if library is None:
        return CANNOT_START
    router = Router(lambda: library, now)
    carriers = {
        platform.name: carrier
        for platform in (make(router) for make in adapters(settings))
        if (carrier := platform.carrier) is not None
    }
    if not carriers:
        return cannot_start(NO_PLATFORM)
    patience = timedelta(hours=settings.digests.patience_hours)
    planned = _from_database(settings, lambda url: restored(url, library, carriers, patience=patience))
    if planned is None:
        return CANNOT_START
    due = counted(planned, "edition that was", "editions that were")
    _print(f"What is open will be looked for before it is posted, and so will {due} due since the backup.")
    return 0


def _from_database(settings: Settings, ask: Callable[[str], Awaitable[_Found]]) -> _Found | None:
    """Return what `ask` finds in the database, or None after saying why it cannot be asked."""

    async def asked() -> _Found:
        return await ask(settings.database.address.get_secret_value())

    configure_logging(settings.log, settings.secrets())
    try:
        return asyncio.run(asked())
    except BriefbotError as error:
        cannot_start(f"briefbot: {error.sentence} {error.advice}")
        return None


def _print(words: str) -> None:
    if words:
        sys.stdout.write(f"{words}\n")


def _library_to_ask(settings: Settings) -> Library | None:
    """Return the library, or None when it is empty: silence would pass for "nothing on that" otherwise.

    What is wrong with it is said once, on standard error; the log goes there too, since answers have standard output,
    but not what is merely noted: a person is reading.
    """
    quiet = settings.log if settings.log.level != "info" else settings.log.model_copy(update={"level": "warning"})
    configure_logging(quiet, settings.secrets())
    path = settings.briefings.path
    library, check = load(path), f"`briefbot check {shlex.quote(str(path))}`"
    if not library.entries_by_id:
        sys.stderr.write(f"briefbot: no entry could be loaded from {path}, so nothing can be asked; see {check}.\n")
        return None
    broken = len({problem.file for problem in library.problems if problem.level is Level.ERROR})
    if broken:
        has = "1 file has errors" if broken == 1 else f"{broken} files have errors"
        sys.stderr.write(f"briefbot: {has} and may be missing from the answers; {check} names them.\n")
    return library
