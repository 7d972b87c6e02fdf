"""Bare discord.py clients against the loopback Discord: nothing of theirs is changed but the addresses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
import yarl
from discord import app_commands

from tests.wire.discord.server import DiscordServer


class BareClient(discord.AutoShardedClient):
    """discord.py's client with a command tree, which it registers before it connects."""

    def __init__(self, **options: Any) -> None:
        """Ask for the `guilds` intent unless told otherwise; `options` as AutoShardedClient takes them."""
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(**{"intents": intents, "chunk_guilds_at_startup": False, **options})
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds before each session but the first, as discord.py does to spare Discord."""


def point_at(server: DiscordServer) -> None:
    """Let discord.py find the loopback Discord; a session that was invalidated begins anew at its default gateway."""
    discord.http.Route.BASE = server.api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway.address)


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it was not, all the time.
    """
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def connected(server: DiscordServer, client: discord.Client) -> AsyncIterator[asyncio.Task[None]]:
    """Run a client for a while, from its being ready; gives the task in which it runs."""
    point_at(server)
    async with client:
        task = asyncio.create_task(client.start(server.token))
        try:
            await server.ready()
            yield task
        finally:
            await client.close()
            await asyncio.wait({task})
            if not task.cancelled():
                task.exception()
