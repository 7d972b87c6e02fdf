"""The adapter against the loopback Discord."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from bot.commands.router import Commands
from bot.platforms.discord.adapter import DiscordPlatform
from bot.settings import DiscordSettings
from tests.platforms.discord.script import Script
from tests.wire.discord import Answer, DiscordServer


def settings(server: DiscordServer, **more: Any) -> DiscordSettings:
    """Return the settings that fit the loopback Discord; `more` replaces some."""
    return DiscordSettings(**({"token": SecretStr(server.token), "api_base": server.api_base} | more))


@asynccontextmanager
async def connected(server: DiscordServer, commands: Commands, **more: Any) -> AsyncIterator[DiscordPlatform]:
    """Run the adapter while the context lasts; it has to end within five seconds, without an error."""
    platform = DiscordPlatform(settings(server), commands, **more)
    running = asyncio.create_task(platform.run())
    await until(lambda: (platform.connected and bool(server.commands)) or running.done())
    try:
        yield platform
    finally:
        async with asyncio.timeout(5):
            await platform.close()
            await running
    assert not platform.connected


async def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something is so; raise TimeoutError when it is not, all the time."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.002)


def holding(**replies: Any) -> tuple[Script, asyncio.Event]:
    """Return commands that answer only once the event is set."""
    script = Script(replies)
    script.hold = asyncio.Event()
    return script, script.hold


def sent(server: DiscordServer) -> Iterator[dict[str, Any]]:
    """Yield the body of each message that the bot sent or changed, however it did."""
    for call in server.calls:
        if call.path.endswith("/callback") and call.json["type"] in {4, 7}:
            yield call.json["data"]
        elif call.method in {"POST", "PATCH"} and (call.path.startswith("/webhooks/") or "/messages" in call.path):
            yield call.json
        elif call.method == "POST" and call.path.endswith("/threads"):
            yield call.json["message"]


def words_of(answer: Answer) -> list[str]:
    """Return the numbered words of a long reply, in the order in which they are read."""
    found = (word.strip(".") for message in answer.shown() for word in message.text().split())
    return [word for word in found if word.startswith("word")]
