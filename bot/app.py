"""The composition root: builds every part once, hands each what it needs, starts and stops them in order.

Only this module knows everything. Nothing below it reads settings, keeps a global, or looks at the clock by itself.
"""

import asyncio
import shlex
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot import garbage
from bot.commands.router import Router
from bot.contract import Platform
from bot.digests.model import OnEmpty
from bot.digests.service import Digests, Rules
from bot.errors import BadRequestError, BriefbotError
from bot.library.library import Library
from bot.library.load import load
from bot.library.problem import Level
from bot.library.steady import giving_way
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from bot.library.watch import Shelf
from bot.observe import Health, Metrics, configure_logging
from bot.settings import Settings, WebSettings, advice
from bot.stopping import answering, stopping, supervise
from bot.supervisor import Supervisor

if TYPE_CHECKING:
    from bot.library.ahead import Ahead
    from bot.web.page import Page

_log = structlog.get_logger("briefbot")
_Found = TypeVar("_Found")

NO_PLATFORM = (
    "briefbot: no platform has a token, so there is nothing to run. Set BRIEFBOT_SLACK__BOT_TOKEN or "
    "BRIEFBOT_DISCORD__TOKEN (the README says where to get them), or try `briefbot preview`, which needs none."
)
PREPARE_AFTER = 10.0
"""Seconds after the start, when what waited for the bot to come up is answered; a question that comes sooner has the
texts made searchable at once."""
CANNOT_START = 2
"""Exit status when the bot cannot start as it is set up."""


def now() -> datetime:
    """Return the instant, in UTC: the one clock of the bot, handed to whoever needs it."""
    return datetime.now(UTC)


def adapters(settings: Settings) -> list[Callable[[Router], Platform]]:
    """Return what makes a platform, for each token there is; an SDK without a token is not even imported.

    The SDKs are half of a start: they are imported here, while the briefings are being read in another process.
    """
    audience, grace = settings.briefings.audience, answering(settings.shutdown.grace)
    found: list[Callable[[Router], Platform]] = []
    if settings.slack.bot_token is not None:
        from bot.platforms.slack.adapter import SlackPlatform
        from bot.platforms.slack.people import Managers

        managers = Managers(settings.digests.slack_managers)
        found.append(
            lambda router: SlackPlatform(settings.slack, router, audience=audience, managers=managers, grace=grace)
        )
    if settings.discord.token is not None:
        from bot.platforms.discord.adapter import DiscordPlatform

        roles = settings.digests.discord_roles
        found.append(lambda router: DiscordPlatform(settings.discord, router, audience=audience, roles=roles))
    return found


async def serve(settings: Settings, ahead: "Ahead | None" = None, *, rules: Rules | None = None) -> int:
    """Run every platform that has a token until SIGINT or SIGTERM; return the exit status.

    `ahead` has begun to load the briefings; without it they are loaded here. `rules` are what digests go by, where
    they are not to be those of the settings.
    """
    from bot.web.server import WebServer

    _begin_logging(settings)
    if settings.slack.bot_token is None and settings.discord.token is None:
        return _cannot_start(NO_PLATFORM)
    health, metrics, made = Health(), Metrics(), adapters(settings)
    async with stopping() as stop:
        shelf, parts = _shelf(settings, health, metrics, ahead), list[Digests]()
        router = Router(lambda: shelf.library, now, metrics, desk=lambda: parts[0].desk if parts else None)
        supervisors = [Supervisor(make(router)) for make in made]
        if settings.digests.enabled:
            parts.append(_digests(settings, shelf, supervisors, metrics, rules))
            health.add("store", parts[0].health)
        for each in supervisors:
            health.add(each.platform.name, each.check)
            metrics.platform(each.platform.name, _connected(each.platform))
        page = _page(settings, shelf, router) if settings.web.page else None
        try:
            async with WebServer(settings.web, health, metrics, page), shelf:
                garbage.resume()
                later = asyncio.create_task(_once_answering(shelf, settings.briefings.audience), name="once-answering")
                await supervise(supervisors, stop, settings.shutdown.grace, parts)
                later.cancel()
        except BriefbotError as error:
            return _cannot_start(f"briefbot: {error.sentence} {error.advice}")
    return 0


async def serve_page(settings: Settings, *, port: int | None, open_browser: bool) -> int:
    """Serve the page, with the real handlers of both platforms behind it, until SIGINT or SIGTERM."""
    from bot.web.server import WebServer

    _begin_logging(settings)
    health, metrics = Health(), Metrics()
    async with stopping() as stop:
        shelf = _shelf(settings, health, metrics)
        router = Router(lambda: shelf.library, now, metrics)
        web = _page_address(settings.web, port)
        try:
            async with WebServer(web, health, metrics, _page(settings, shelf, router)) as server, shelf:
                garbage.resume()
                sys.stdout.write(f"briefbot: the page is at {server.url}  (Ctrl-C ends it)\n")
                sys.stdout.flush()
                if open_browser:
                    import webbrowser

                    await asyncio.to_thread(webbrowser.open, server.url)
                await stop.wait()
        except BriefbotError as error:
            return _cannot_start(f"briefbot: {error.sentence} {error.advice}")
    return 0


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
        return _cannot_start(f"briefbot digest preview: {error.sentence} {error.advice}")
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


def _from_database(settings: Settings, ask: Callable[[str], Awaitable[_Found]]) -> _Found | None:
    """Return what `ask` finds in the database, or None after saying why it cannot be asked."""

    async def asked() -> _Found:
        return await ask(settings.database.address.get_secret_value())

    configure_logging(settings.log, settings.secrets())
    try:
        return asyncio.run(asked())
    except BriefbotError as error:
        _cannot_start(f"briefbot: {error.sentence} {error.advice}")
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


def _begin_logging(settings: Settings) -> None:
    configure_logging(settings.log, settings.secrets())
    for problem in advice(settings):
        _log.warning(str(problem), action="settings.advice", setting=problem.name)


def _shelf(settings: Settings, health: Health, metrics: Metrics, ahead: "Ahead | None" = None) -> Shelf:
    """Return the library, which reloads itself while it is entered; its health and counts are told."""
    briefings = settings.briefings
    shelf = Shelf(
        briefings.path,
        poll=briefings.poll,
        poll_interval=briefings.poll_interval,
        observer=metrics,
        ahead=ahead.library() if ahead else None,
    )
    health.add("library", lambda: _library_health(shelf))
    health.add("watcher", shelf.health)
    return shelf


async def _once_answering(shelf: Shelf, audience: Audience) -> None:
    """Do what no command waits for, once the platforms are being connected: it is no part of a start.

    Texts are made searchable, so that the first question need not wait for it.
    """
    await asyncio.sleep(PREPARE_AFTER)
    await asyncio.to_thread(_prepare_steadily, shelf.library, Viewer(audience, now()))


def _prepare_steadily(library: Library, viewer: Viewer) -> None:
    with giving_way():
        library.prepare(viewer)


def _digests(
    settings: Settings, shelf: Shelf, supervisors: Sequence[Supervisor], metrics: Metrics, rules: Rules | None
) -> Digests:
    """Return the digests of the platforms that carry any."""
    carriers = {each.platform.name: carrier for each in supervisors if (carrier := each.platform.carrier) is not None}
    patience = timedelta(hours=settings.digests.patience_hours)
    return Digests(
        settings.database.address,
        lambda: shelf.library,
        carriers,
        rules=rules or Rules(patience=patience),
        observer=metrics,
    )


def _library_health(shelf: Shelf) -> tuple[bool, str]:
    entries, stale = len(shelf.library.entries_by_id), len(shelf.library.stale)
    detail = f"{entries} entries" + (f", {stale} at their last good version" if stale else "")
    return entries > 0, detail


def _connected(platform: Platform) -> Callable[[], bool]:
    return lambda: platform.connected


def _page(settings: Settings, shelf: Shelf, router: Router) -> "Page":
    from bot.web.page import Page

    return Page(shelf, router, now, audience=settings.briefings.audience)


def _page_address(web: WebSettings, port: int | None) -> WebSettings:
    return web if port is None else web.model_copy(update={"port": port})


def _cannot_start(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return CANNOT_START
