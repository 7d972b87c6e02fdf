"""The loopback Discord's channel messages, limits and faults, seen through discord.py."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
from discord import ui

from tests.wire.discord import DiscordServer
from tests.wire.discord.bare import BareClient, connected
from tests.wire.discord.mentions import Ping


@asynccontextmanager
async def channel(**options: Any) -> AsyncIterator[tuple[DiscordServer, discord.TextChannel]]:
    """Give a server and the channel 2001 in the eyes of a client that is connected to it."""
    async with DiscordServer() as server:
        client = BareClient(**options)
        async with connected(server, client):
            found = await client.fetch_channel(2001)
            assert isinstance(found, discord.TextChannel)
            yield server, found


async def test_messages_are_sent_read_edited_and_deleted() -> None:
    async with channel() as (server, place):
        sent = await place.send("Morning", embed=discord.Embed(title="News", description="All quiet"))
        assert server.messages[0].text() == "Morning\nNews\nAll quiet"
        await sent.edit(content="Evening")
        assert (await place.fetch_message(sent.id)).content == "Evening"
        assert [each.id async for each in place.history(limit=5)] == [sent.id]
        await sent.delete()
        assert server.messages[0].deleted
        with pytest.raises(discord.NotFound) as refused:
            await place.fetch_message(sent.id)
        assert refused.value.code == 10008
        assert [each async for each in place.history(limit=5)] == []


async def test_history_is_read_in_pages() -> None:
    async with channel() as (_, place):
        ids = [(await place.send(str(index))).id for index in range(5)]
        assert [each.id async for each in place.history(limit=2)] == [ids[4], ids[3]]
        after = discord.Object(ids[1])
        assert [each.id async for each in place.history(limit=2, after=after, oldest_first=True)] == [ids[2], ids[3]]
        assert [each.id async for each in place.history(limit=2, before=discord.Object(ids[2]))] == [ids[1], ids[0]]


async def test_a_nonce_is_posted_once_for_the_whole_bot() -> None:
    async with channel() as (server, place):
        first = await place.send("Once", nonce="edition-1")
        assert (await place.send("Twice", nonce="edition-1")).id == first.id
        other = place.guild.get_channel(2002)
        assert isinstance(other, discord.TextChannel)
        assert (await other.send("Elsewhere", nonce="edition-1")).id == first.id
        assert len(server.messages) == 1
        await first.delete()
        with pytest.raises(discord.NotFound):
            await place.send("Again", nonce="edition-1")


async def test_an_answer_that_is_lost_leaves_the_message_there() -> None:
    async with channel() as (server, place):
        server.fail("POST", "/channels/*/messages", drop=True)
        with pytest.raises(aiohttp.ClientError):
            await place.send("Kept", nonce="edition-2")
        assert [each.content for each in server.messages] == ["Kept"]
        await place.send("Kept", nonce="edition-2")
        assert len(server.messages) == 1


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10003), (503, 0)])
async def test_faults_are_answered_with_their_status_and_code(status: int, code: int) -> None:
    async with channel() as (server, place):
        server.fail("POST", "/channels/*/messages", status=status, code=code, message="No")
        with pytest.raises(discord.HTTPException) as refused:
            await place.send("Refused")
        assert (refused.value.status, refused.value.code) == (status, code)
        assert server.messages == []
        await place.send("Taken")
        assert len(server.messages) == 1


async def test_a_429_is_waited_for() -> None:
    async with channel() as (server, place):
        server.fail("POST", "/channels/*/messages", times=2, status=429, retry_after=0.05)
        await place.send("Patience")
        times = [call.at for call in server.called("POST", "/messages")]
        assert len(times) == 3
        assert times[1] - times[0] >= 0.05
        assert times[2] - times[1] >= 0.05


async def test_a_rate_limit_is_told_in_time_for_the_client_to_keep_it() -> None:
    async with channel() as (server, place):
        server.limit("POST", "/channels/*/messages", most=2, per=0.2)
        for index in range(5):
            await place.send(str(index))
        times = [call.at for call in server.called("POST", "/messages")]
        assert len(times) == 5  # none was refused
        assert times[4] - times[0] >= 0.3


def long_embeds() -> dict[str, Any]:
    return {"embeds": [discord.Embed(description="x" * 3001) for _ in range(2)]}


def field(value: str) -> dict[str, Any]:
    return {"embed": discord.Embed().add_field(name="Name", value=value)}


def text_layout(text: str) -> dict[str, Any]:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(text))
    return {"view": view}


def same_ids() -> dict[str, Any]:
    view = ui.View()
    for label in ("One", "Two"):
        view.add_item(ui.Button(label=label, custom_id="same"))
    return {"content": "Buttons", "view": view}


@pytest.mark.parametrize(
    ("made", "path", "reason"),
    [
        (lambda: {"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
        (lambda: {"content": "😀" * 1001}, "content", "BASE_TYPE_MAX_LENGTH"),
        (long_embeds, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        (lambda: field("x" * 1025), "embeds.0.fields.0.value", "BASE_TYPE_MAX_LENGTH"),
        (lambda: text_layout("x" * 4001), "components.0.content", "BASE_TYPE_BAD_LENGTH"),
        (
            lambda: {"content": "both", **text_layout("x")},
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (same_ids, "components.0.components.1", "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ],
)
async def test_what_discord_py_lets_pass_is_refused(made: Callable[[], dict[str, Any]], path: str, reason: str) -> None:
    async with channel() as (server, place):
        with pytest.raises(discord.HTTPException) as refused:
            await place.send(**made())
        assert (refused.value.status, refused.value.code) == (400, 50035)
        assert path in str(refused.value)
        assert (path, reason) in [(each.path, each.code) for _, each in server.refusals]
        assert server.messages == []


async def test_an_empty_message_has_a_code_of_its_own() -> None:
    async with channel() as (_, place):
        with pytest.raises(discord.HTTPException) as refused:
            await place.send("   ")
        assert (refused.value.status, refused.value.code) == (400, 50006)


async def test_a_layout_cannot_become_an_ordinary_message_again() -> None:
    async with channel() as (_, place):
        sent = await place.send(**text_layout("A layout"))
        with pytest.raises(discord.HTTPException) as refused:
            await sent.edit(content="Text")
        assert "MESSAGE_CANNOT" in str(refused.value) or "cannot be used" in str(refused.value)


async def test_a_plain_message_pings_unless_it_was_told_not_to() -> None:
    words = "@everyone <@1002> <@&7> `<@1001>`"
    async with channel() as (server, place):
        sent = await place.send(words, embed=discord.Embed(description="<@1001>"))
        assert server.pings == [
            Ping("everyone", "everyone", sent.id),
            Ping("users", "1002", sent.id),
            Ping("roles", "7", sent.id),
        ]
    async with channel(allowed_mentions=discord.AllowedMentions.none()) as (server, place):
        await place.send(words)
        await place.send(**text_layout(words))
        assert server.pings == []


async def test_an_answer_pings_only_users_by_default() -> None:
    client = BareClient()

    @client.tree.command(description="Shout")
    async def shout(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("@everyone <@&7> <@1002>")

    async with DiscordServer() as server, connected(server, client):
        answer = await server.command("shout")
        assert server.pings == [Ping("users", "1002", answer.messages[0].id)]


async def test_a_direct_message_reaches_its_reader() -> None:
    async with DiscordServer() as server:
        client = BareClient()
        async with connected(server, client):
            user = discord.Object(1002)
            direct = await client.create_dm(user)
            await direct.send("Just for you")
        assert server.messages[0].guild_id is None
        assert server.world.direct(1002).id == server.messages[0].channel_id


async def test_a_file_is_taken_and_may_be_shown() -> None:
    view = ui.LayoutView()
    view.add_item(ui.File("attachment://notes.txt"))
    async with channel() as (server, place):
        await place.send(view=view, file=discord.File(__file__, "notes.txt"))
        assert server.messages[0].attachments[0]["filename"] == "notes.txt"
        with pytest.raises(discord.HTTPException, match="attachment was not found"):
            await place.send(view=view)
