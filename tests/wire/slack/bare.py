"""Bare slack_bolt apps against the loopback Slack: nothing of theirs is changed but the base address."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.wire.slack.server import SlackServer


def bare_client(slack: SlackServer, **options: Any) -> AsyncWebClient:
    """Make a Web API client for the loopback Slack; `options` as AsyncWebClient takes them."""
    return AsyncWebClient(**{"token": slack.bot_token, "base_url": slack.base_url, **options})


def bare_app(slack: SlackServer, **options: Any) -> AsyncApp:
    """Make an app for the loopback Slack; `options` as AsyncApp takes them."""
    client = bare_client(slack)
    return AsyncApp(**{"client": client, "signing_secret": slack.signing_secret, **options})


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it was not, all the time.
    """
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def over_sockets(slack: SlackServer, app: AsyncApp, ping_interval: float = 10) -> AsyncIterator[AsyncApp]:
    """Connect an app by Socket Mode for a while."""
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call] # the SDK leaves it without types
        await slack.socket_connected()
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # the SDK leaves it without types


@asynccontextmanager
async def over_http(slack: SlackServer, app: AsyncApp) -> AsyncIterator[AsyncApp]:
    """Serve an app by HTTP for a while, and deliver there."""
    runner = web.AppRunner(app.web_app(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.deliver_to = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield app
    finally:
        await runner.cleanup()


def answers_with_ack(app: AsyncApp, **answer: Any) -> None:
    """Let /brief be answered with these arguments of `ack`."""

    @app.command("/brief")
    async def brief(ack: Any) -> None:
        await ack(**answer)
