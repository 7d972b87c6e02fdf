"""The composition root: builds every part once, hands each what it needs, starts and stops them in order.

Only this module knows everything. Nothing below it reads settings, keeps a global, or looks at the clock by itself.
"""

import asyncio
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog

from bot.commands.router import Router
from bot.contract import Platform
from bot.library.load import load
from bot.library.watch import Shelf
from bot.observe import Health, Metrics, configure_logging
from bot.settings import Settings
from bot.supervisor import Supervisor

_log = structlog.get_logger("briefbot")

NO_PLATFORM = (
    "briefbot: no platform has a token, so there is nothing to run. Set BRIEFBOT_SLACK__BOT_TOKEN or "
    "BRIEFBOT_DISCORD__TOKEN (the README says where to get them), or try `briefbot preview`, which needs none."
)
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def now() -> datetime:
    """Return the instant, in UTC: the one clock of the bot, handed to whoever needs it."""
    return datetime.now(UTC)


def platforms(settings: Settings, router: Router) -> list[Platform]:
    """Return a platform for each token there is; an SDK without a token is not even imported."""
    audience = settings.briefings.audience
    found: list[Platform] = []
    if settings.slack.bot_token is not None:
        from bot.platforms.slack.adapter import SlackPlatform

        found.append(SlackPlatform(settings.slack, router, audience=audience))
    if settings.discord.token is not None:
        from bot.platforms.discord.adapter import DiscordPlatform

        found.append(DiscordPlatform(settings.discord, router, audience=audience))
    return found


@asynccontextmanager
async def watched_library(settings: Settings, health: Health, metrics: Metrics) -> AsyncIterator[Shelf]:
    """Yield the library, reloading itself while the context lasts; its health and counts are told."""
    briefings = settings.briefings
    shelf = Shelf(briefings.path, poll=briefings.poll, poll_interval=briefings.poll_interval, observer=metrics)
    health.add("library", lambda: _library_health(shelf))
    health.add("watcher", shelf.health)
    async with shelf:
        yield shelf


def _library_health(shelf: Shelf) -> tuple[bool, str]:
    entries, stale = len(shelf.library.entries_by_id), len(shelf.library.stale)
    detail = f"{entries} entries" + (f", {stale} at their last good version" if stale else "")
    return entries > 0, detail


async def serve(settings: Settings) -> int:
    """Run every platform that has a token until SIGINT or SIGTERM; return the exit status."""
    from bot.web.server import WebServer

    configure_logging(settings.log, settings.secrets())
    health, metrics = Health(), Metrics()
    async with stopping() as stop, watched_library(settings, health, metrics) as shelf:
        router = Router(lambda: shelf.library, now, metrics)
        supervisors = [Supervisor(platform) for platform in platforms(settings, router)]
        if not supervisors:
            sys.stderr.write(f"{NO_PLATFORM}\n")
            return 2
        for each in supervisors:
            health.add(each.platform.name, each.check)
            metrics.platform(each.platform.name, lambda platform=each.platform: platform.connected)
        async with WebServer(settings.web, health, metrics, await _page(settings, shelf, router)):
            await _supervise(supervisors, stop, settings.shutdown.grace)
    return 0


@asynccontextmanager
async def stopping() -> AsyncIterator[asyncio.Event]:
    """Yield an event that SIGINT or SIGTERM sets; a second signal ends the process at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def ask() -> None:
        _log.info("stopping", action="bot.stopping")
        stop.set()
        for each in _STOP_SIGNALS:
            loop.remove_signal_handler(each)

    for each in _STOP_SIGNALS:
        loop.add_signal_handler(each, ask)
    try:
        yield stop
    finally:
        for each in _STOP_SIGNALS:
            loop.remove_signal_handler(each)


async def _supervise(supervisors: Sequence[Supervisor], stop: asyncio.Event, grace: float) -> None:
    """Run the platforms until `stop`, then give the answers in hand `grace` seconds."""
    running = [asyncio.create_task(each.run(), name=f"platform-{each.platform.name}") for each in supervisors]
    _log.info("started", action="bot.started", platforms=[each.platform.name for each in supervisors])
    await stop.wait()
    try:
        async with asyncio.timeout(grace):
            await asyncio.gather(*(each.close() for each in supervisors))
            await asyncio.gather(*running)
    except TimeoutError:
        _log.warning("stopped before everything was finished", action="bot.grace_over", seconds=grace)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    _log.info("stopped", action="bot.stopped")
