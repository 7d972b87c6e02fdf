"""The composition root: builds every part once, hands each what it needs, starts and stops them in order.

Only this module knows everything. Nothing below it reads settings, keeps a global, or looks at the clock by itself.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot import garbage
from bot.commands.router import Router
from bot.contract import Platform
from bot.digests.service import Digests, Rules
from bot.errors import BriefbotError
from bot.library.library import Library
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
        return cannot_start(NO_PLATFORM)
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
        # Whoever reads the page is not to change what real channels are sent: its router has no desk.
        page = _page(settings, shelf, Router(lambda: shelf.library, now, metrics)) if settings.web.page else None
        try:
            async with WebServer(settings.web, health, metrics, page), shelf:
                garbage.resume()
                later = asyncio.create_task(_once_answering(shelf, settings.briefings.audience), name="once-answering")
                await supervise(supervisors, stop, settings.shutdown.grace, parts)
                later.cancel()
        except BriefbotError as error:
            return cannot_start(f"briefbot: {error.sentence} {error.advice}")
    return 0


async def serve_page(settings: Settings, *, port: int | None, open_browser: bool) -> int:
    """Serve the page, with the real handlers of both platforms behind it, until SIGINT or SIGTERM.

    Digests that are ordered there are kept in a database that goes with the process.
    """
    from bot.web.demo import PageDigests, passing_database
    from bot.web.server import WebServer

    _begin_logging(settings)
    health, metrics = Health(), Metrics()
    async with stopping() as stop:
        shelf, parts = _shelf(settings, health, metrics), list[PageDigests]()
        router = Router(lambda: shelf.library, now, metrics, desk=lambda: parts[0].desk if parts else None)
        page, web = _page(settings, shelf, router), _page_address(settings.web, port)
        try:
            with passing_database() as url:
                if settings.digests.enabled and url is not None:
                    parts.append(PageDigests(page, url, lambda: shelf.library, metrics))
                async with WebServer(web, health, metrics, page) as server, shelf:
                    garbage.resume()
                    opening = _announce(server.url, open_browser=open_browser)
                    await supervise([], stop, settings.shutdown.grace, parts)
                    opening.cancel()
        except BriefbotError as error:
            return cannot_start(f"briefbot: {error.sentence} {error.advice}")
    return 0


def _announce(url: str, *, open_browser: bool) -> "asyncio.Task[None]":
    """Say where the page is, and open it in a browser where that is wanted, which may take as long as it is open."""
    sys.stdout.write(f"briefbot: the page is at {url}  (Ctrl-C ends it, and the digests that are ordered there)\n")
    sys.stdout.flush()

    async def show() -> None:
        if open_browser:
            import webbrowser

            await asyncio.to_thread(webbrowser.open, url)

    return asyncio.create_task(show(), name="browser")


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
        rules=(rules or Rules(patience=patience))._replace(audience=settings.briefings.audience),
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


def cannot_start(words: str) -> int:
    """Say on standard error why it cannot; return the exit status."""
    sys.stderr.write(f"{words}\n")
    return CANNOT_START
