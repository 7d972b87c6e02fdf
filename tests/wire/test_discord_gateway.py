"""The loopback Discord's gateway, seen through discord.py: what is lost, resumed, begun anew or refused."""

import asyncio
import math

import discord
import pytest

from tests.wire.discord import DiscordServer
from tests.wire.discord.bare import BareClient, connected, point_at


def counting_client(seen: list[str], **options: object) -> BareClient:
    client = BareClient(**options)

    @client.tree.command(description="Count it")
    async def count(interaction: discord.Interaction, word: str) -> None:
        seen.append(word)
        await interaction.response.send_message(word)

    return client


@pytest.mark.parametrize("code", [None, 4000, 4008])
async def test_interactions_of_a_lost_connection_are_sent_again(code: int | None) -> None:
    seen: list[str] = []
    words = ["0", "1", "2", "3", "4"]
    async with DiscordServer() as server, connected(server, counting_client(seen)):
        await server.command("count", {"word": "before"})
        await server.drop(code)
        answers = await asyncio.gather(*(server.command("count", {"word": word}) for word in words))
        assert all(answer.responded for answer in answers)
        assert len(server.gateway.identifies) == 1
        assert len(server.gateway.resumes) == 1
    assert seen == ["before", *words]


async def test_a_session_that_was_ended_cannot_be_resumed() -> None:
    seen: list[str] = []
    async with DiscordServer(interaction_timeout=0.2) as server, connected(server, counting_client(seen)):
        await server.drop(1001)
        assert not (await server.command("count", {"word": "lost"})).responded
        await server.ready()
        assert (await server.command("count", {"word": "after"})).responded
        assert len(server.gateway.identifies) == 2
    assert seen == ["after"]


async def test_a_requested_reconnect_is_resumed() -> None:
    seen: list[str] = []
    async with DiscordServer() as server, connected(server, counting_client(seen)):
        await server.request_reconnect()
        assert (await server.command("count", {"word": "meanwhile"})).responded
        assert len(server.gateway.resumes) == 1
        assert len(server.gateway.identifies) == 1
    assert seen == ["meanwhile"]


async def test_an_invalidated_session_begins_anew() -> None:
    seen: list[str] = []
    async with DiscordServer() as server, connected(server, counting_client(seen)):
        await server.invalidate_session()
        await server.ready()
        assert (await server.command("count", {"word": "anew"})).responded
        assert server.gateway.resumes == []
        assert len(server.gateway.identifies) == 2


async def test_a_wrong_token_is_refused_at_login() -> None:
    async with DiscordServer() as server, BareClient() as client:
        point_at(server)
        with pytest.raises(discord.LoginFailure):
            await client.start("another-token")


async def test_a_revoked_token_ends_the_connection() -> None:
    seen: list[str] = []
    async with DiscordServer() as server, connected(server, counting_client(seen)) as task:
        await server.revoke_token()
        await asyncio.wait({task}, timeout=5)
        error = task.exception()
        assert isinstance(error, discord.ConnectionClosed)
        assert error.code == 4004


async def test_privileged_intents_have_to_be_granted() -> None:
    async with DiscordServer() as server, BareClient(intents=discord.Intents.all()) as client:
        point_at(server)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await asyncio.wait_for(client.start(server.token), 5)


async def test_heartbeats_are_acknowledged() -> None:
    async with DiscordServer(heartbeat=0.05) as server:
        client = counting_client([])
        async with connected(server, client):
            await asyncio.sleep(0.3)
            assert 0 < client.latency < math.inf


async def test_each_shard_hears_of_its_own_servers() -> None:
    elsewhere = 5 << 22
    async with DiscordServer(shards=2) as server:
        server.world.guilds[elsewhere] = "Elsewhere"
        server.add_channel(2003, "elsewhere", elsewhere)
        client = BareClient()
        places: list[tuple[int | None, int | None]] = []

        @client.tree.command(description="Where")
        async def where(interaction: discord.Interaction) -> None:
            assert interaction.guild is not None
            places.append((interaction.guild_id, interaction.guild.shard_id))
            await interaction.response.send_message(interaction.guild.name)

        async with connected(server, client):
            assert (await server.command("where")).text() == "Newsroom"
            assert (await server.command("where", guild=elsewhere, channel=2003)).text() == "Elsewhere"
            assert (await server.command("where", guild=elsewhere, channel=2003)).guild == elsewhere
        assert places[:2] == [(3001, 0), (elsewhere, 1)]
        assert sorted(each["shard"] for each in server.gateway.identifies) == [[0, 2], [1, 2]]
