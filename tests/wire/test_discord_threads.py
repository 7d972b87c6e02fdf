"""The loopback Discord's permissions, forums, threads and announcements, seen through discord.py."""

from typing import Any

import discord
import pytest

from tests.wire.discord import DiscordServer, places
from tests.wire.discord.bare import BareClient, connected

FORUM, NEWS = 2010, 2011


def refused(status: int, code: int) -> "pytest.RaisesExc[discord.HTTPException]":
    """Expect Discord's refusal with `status` and `code`."""
    return pytest.RaisesExc(discord.HTTPException, check=lambda error: (error.status, error.code) == (status, code))


class Seen:
    """A server with a forum and a channel for announcements, through the eyes of a client that is connected."""

    def __init__(self, server: DiscordServer, client: discord.Client) -> None:
        self.server, self.client = server, client

    def channel(self, number: int) -> Any:
        return self.client.get_channel(number)

    def deny(self, number: int, permissions: int) -> None:
        self.server.world.channels[number].denied = permissions


@pytest.fixture
async def seen() -> Any:
    async with DiscordServer() as server:
        server.add_channel(FORUM, "digests", type=places.FORUM)
        server.add_channel(NEWS, "news", type=places.ANNOUNCEMENT)
        client = BareClient(guild_ready_timeout=0.1)
        async with connected(server, client):
            await client.wait_until_ready()
            yield Seen(server, client)


async def test_the_cache_knows_channels_and_what_the_bot_may_do(seen: Seen) -> None:
    me = seen.channel(2001).guild.me
    assert seen.channel(NEWS).is_news()
    assert isinstance(seen.channel(FORUM), discord.ForumChannel)
    may = seen.channel(2001).permissions_for(me)
    assert may.send_messages
    assert may.read_message_history
    assert may.send_messages_in_threads
    assert not may.manage_messages


@pytest.mark.parametrize(
    ("denied", "code"),
    [(places.VIEW, 50001), (places.SEND, 50013), (places.EMBED, 50013)],
    ids=["view", "send", "embed"],
)
async def test_what_is_not_allowed_is_refused(seen: Seen, denied: int, code: int) -> None:
    seen.deny(2001, denied)
    with refused(403, code):
        await seen.channel(2001).send(embed=discord.Embed(description="x"))
    assert seen.server.messages == []


async def test_who_may_not_read_the_history_sees_none_and_is_not_told(seen: Seen) -> None:
    sent = await seen.channel(2001).send("x")
    seen.deny(2001, places.HISTORY)
    assert [each async for each in seen.channel(2001).history()] == []
    with refused(403, 50013):
        await seen.channel(2001).fetch_message(sent.id)


async def test_a_forum_takes_threads_and_nothing_else(seen: Seen) -> None:
    thread, message = await seen.channel(FORUM).create_thread(name="Monday", content="News")
    assert thread.id == message.id
    assert thread.owner_id == 100
    await thread.send("More")
    assert [each.content async for each in thread.history(oldest_first=True)] == ["News", "More"]
    with refused(400, 40058):
        await seen.client.get_partial_messageable(FORUM).send("x")
    with refused(400, 50024):
        await seen.client.http.start_thread_in_forum(
            2001, params=discord.http.handle_message_parameters("x", channel_payload={"name": "n"})
        )
    assert [each.name for each in await seen.channel(FORUM).guild.active_threads()] == ["Monday"]


async def test_a_thread_is_begun_twice_by_who_asks_twice(seen: Seen) -> None:
    for _ in range(2):
        await seen.channel(FORUM).create_thread(name="Monday", content="News")
    assert len(seen.server.messages) == 2


async def test_a_forum_may_want_a_tag_and_looks_at_what_it_gets(seen: Seen) -> None:
    with refused(400, 50035):
        await seen.channel(FORUM).create_thread(name="x" * 101, content="News")
    with refused(400, 50035):
        await seen.channel(FORUM).create_thread(name="x", content="y" * 2001)
    seen.server.world.channels[FORUM].tag_required = True
    with refused(400, 40067):
        await seen.channel(FORUM).create_thread(name="x", content="News")


async def test_a_thread_that_is_put_away_is_listed_elsewhere_until_somebody_writes(seen: Seen) -> None:
    thread, _ = await seen.channel(FORUM).create_thread(name="Monday", content="News")
    kept = seen.server.world.channels[thread.id]
    seen.server.threads.archive(kept)
    assert await thread.guild.active_threads() == []
    (archived,) = [each async for each in seen.channel(FORUM).archived_threads()]
    assert (archived.id, archived.archived) == (thread.id, True)
    await thread.send("More")
    assert [each async for each in seen.channel(FORUM).archived_threads()] == []
    seen.server.threads.archive(kept)
    kept.locked = True
    with refused(403, 160005):
        await thread.send("More")
    seen.deny(FORUM, places.HISTORY)
    with refused(403, 50013):
        _ = [each async for each in seen.channel(FORUM).archived_threads()]


async def test_archived_threads_come_in_pages(seen: Seen) -> None:
    for number in range(5):
        thread, _ = await seen.channel(FORUM).create_thread(name=f"{number}", content="News")
        seen.server.threads.archive(seen.server.world.channels[thread.id])
    page = await seen.client.http.get_public_archived_threads(FORUM, limit=2)
    assert ([each["name"] for each in page["threads"]], page["has_more"]) == (["4", "3"], True)
    assert [each.name async for each in seen.channel(FORUM).archived_threads()] == ["4", "3", "2", "1", "0"]


async def test_an_announcement_is_published_once(seen: Seen) -> None:
    sent = await seen.channel(NEWS).send("News")
    await sent.publish()
    assert (await seen.channel(NEWS).fetch_message(sent.id)).flags.crossposted
    with refused(400, 40033):
        await sent.publish()
    elsewhere = await seen.channel(2001).send("News")
    with refused(400, 50024):
        await elsewhere.publish()


async def test_a_person_may_take_no_direct_messages(seen: Seen) -> None:
    seen.server.channels.closed.add(1002)
    direct = await seen.client.create_dm(discord.Object(1002))
    with refused(403, 50007):
        await direct.send("x")


async def test_a_thread_has_its_parents_permissions(seen: Seen) -> None:
    thread, _ = await seen.channel(FORUM).create_thread(name="Monday", content="News")
    seen.deny(FORUM, places.SEND_IN_THREADS)
    with refused(403, 50013):
        await thread.send("More")
