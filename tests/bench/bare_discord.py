"""What the bot is measured against on Discord: a bare app_command that echoes a constant.

python -m tests.bench.bare_discord API_BASE TOKEN
"""

import asyncio
import sys
from typing import Any

import discord
from discord import app_commands


async def main(api_base: str, token: str) -> None:
    """Serve `/brief` until the process is ended."""
    discord.http.Route.BASE = api_base
    intents = discord.Intents.none()
    intents.guilds = True
    client = discord.AutoShardedClient(intents=intents)
    tree = app_commands.CommandTree(client)

    @tree.command(name="brief", description="Echo a constant")
    async def brief(interaction: discord.Interaction[Any], query: str) -> None:
        del query
        await interaction.response.send_message("A constant.")

    await client.start(token)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
