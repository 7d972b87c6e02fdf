"""The adapter against the loopback Slack, by socket or by signed requests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from bot.commands.router import Commands
from bot.library.vocabulary import Audience
from bot.platforms.slack.adapter import SlackPlatform
from bot.settings import SlackSettings
from tests.wire.slack import SlackServer
from tests.wire.slack.records import Message

PATH = "/slack/events"


def settings(slack: SlackServer, **more: Any) -> SlackSettings:
    """Return the settings that fit the loopback Slack; `more` replaces some."""
    fitting: dict[str, Any] = {
        "bot_token": SecretStr(slack.bot_token),
        "app_token": SecretStr(slack.app_token),
        "signing_secret": SecretStr(slack.signing_secret),
        "base_url": slack.base_url,
    }
    return SlackSettings(**(fitting | more))


@asynccontextmanager
async def connected(
    slack: SlackServer, commands: Commands, *, audience: Audience = Audience.PUBLIC, **more: Any
) -> AsyncIterator[SlackPlatform]:
    """Run the adapter by Socket Mode while the context lasts; it has to end within five seconds, without an error."""
    platform = SlackPlatform(settings(slack, **more), commands, audience=audience)
    async with running(platform):
        yield platform


@asynccontextmanager
async def listening(slack: SlackServer, commands: Commands, port: int, **more: Any) -> AsyncIterator[SlackPlatform]:
    """Run the adapter by HTTP while the context lasts, with the loopback Slack delivering to it."""
    platform = SlackPlatform(settings(slack, mode="http", port=port, **more), commands)
    async with running(platform):
        slack.deliver_to = f"http://127.0.0.1:{port}{PATH}"
        yield platform


@asynccontextmanager
async def running(platform: SlackPlatform) -> AsyncIterator[None]:
    """Run `platform` while the context lasts; it has to end within five seconds, without an error."""
    running = asyncio.create_task(platform.run())
    async with asyncio.timeout(5):
        while not platform.connected and not running.done():
            await asyncio.sleep(0.005)
    try:
        yield
    finally:
        async with asyncio.timeout(5):
            await platform.close()
            await running
    assert not platform.connected


def seen(messages: list[Message]) -> str:
    """Return all words of all messages that are still there."""
    return "\n".join(message.visible() for message in messages if not message.deleted)
