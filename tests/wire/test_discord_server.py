"""The loopback Discord, seen through the unpatched discord.py."""

from collections.abc import AsyncIterator

import discord
import pytest
from discord import app_commands

from tests.wire.discord import DiscordServer
from tests.wire.discord.bare import BareClient, connected


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(interaction_timeout=0.3) as running:
        yield running


def echo_client() -> BareClient:
    client = BareClient()

    @client.tree.command(description="Say it again")
    async def echo(interaction: discord.Interaction, words: str) -> None:
        await interaction.response.send_message(f"You said: {words}", ephemeral=True)

    @echo.autocomplete("words")
    async def complete(_interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}!", value=current + "x")]

    return client


async def test_a_command_is_answered(server: DiscordServer) -> None:
    async with connected(server, echo_client()):
        answer = await server.command("echo", {"words": "hello"})
        assert answer.responded
        assert answer.callback_type == 4
        assert answer.text() == "You said: hello"
        assert answer.ephemeral
        assert answer.error is None
        assert answer.first_ms is not None
        assert 0 < answer.first_ms < 300
    assert server.refusals == []
    assert server.command_syncs == 1


async def test_completion_proposes(server: DiscordServer) -> None:
    async with connected(server, echo_client()):
        choices = await server.autocomplete("echo", "words", "bli")
    assert [(each.name, each.value) for each in choices] == [("bli!", "blix")]
