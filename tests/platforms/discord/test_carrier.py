"""Editions on Discord: how they are drawn and posted, and that one key is one message."""

import asyncio
import contextvars
import json
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.contract import Fate, Part, Scope
from bot.platforms.discord.parts import nonce
from bot.platforms.discord.rest import RestClient
from bot.reply import Action, Block, Divider, Heading, Note, Outcome, Paragraph, Reply, Visibility, text
from tests.platforms.discord.carrying import EDITION, HERE, KEY, LONG, carrying, fate, here, keys, parts
from tests.platforms.discord.rig import connected, until
from tests.platforms.discord.script import Script, long_reply
from tests.wire.discord import DiscordServer, check_message

FULL = 40
"""Characters of the longest key."""


def bodies(server: DiscordServer) -> list[dict[str, Any]]:
    return [call.json for call in server.called("POST", "/messages")]


async def test_an_edition_is_posted_with_its_words_buttons_and_key(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        (part,) = parts(carrier)
        sent = await carrier.post(HERE, part, None)
    (message,) = server.messages
    assert sent.message == str(message.id)
    assert sent.link == f"https://discord.com/channels/3001/2001/{message.id}"
    assert [each.label for each in message.buttons()] == ["Qin Gang", "Sources"]
    assert "王毅 met the delegation." in message.text()
    assert keys(server) == [KEY]
    shown = message.text().splitlines()
    assert shown.index(f"-# Edition {KEY}") == len(shown) - 3  # small print under the text, above the buttons
    assert server.pings == []


async def test_a_long_edition_goes_on_in_more_messages_each_with_its_key_and_only_the_first_rings(
    server: DiscordServer,
) -> None:
    async with carrying(server) as carrier:
        drawn = parts(carrier, LONG)
        for part in drawn:
            await carrier.post(HERE, part, None)
    assert len(drawn) > 2
    assert keys(server) == [part.key for part in drawn]
    words = " ".join(message.text() for message in server.messages)
    assert all(f"word{number}" in words for number in range(20))
    silent = 1 << 12
    assert [bool(body.get("flags", 0) & silent) for body in bodies(server)] == [False, *[True] * (len(drawn) - 1)]


async def test_the_same_key_is_posted_once_and_the_same_message_given_back(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        (part,) = parts(carrier)
        first = await carrier.post(HERE, part, None)
        assert await carrier.post(HERE, part, datetime.now(UTC)) == first
        assert (await carrier.post(here(2002), part, None)).message != first.message
    assert [message.channel_id for message in server.messages] == [2001, 2002]


async def test_two_at_once_post_one_message(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        (part,) = parts(carrier)
        sent = await asyncio.gather(*(carrier.post(HERE, part, None) for _ in range(5)))
    assert len(set(sent)) == len(server.messages) == 1


async def test_what_was_deleted_meanwhile_counts_as_sent(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        (part,) = parts(carrier)
        await carrier.post(HERE, part, None)
        server.messages[0].deleted = True
        assert (await carrier.post(HERE, part, datetime.now(UTC))).message == ""
    assert len(server.messages) == 1


def test_a_nonce_is_short_enough_and_differs_by_key_part_and_channel() -> None:
    asked = [("a-1", "1"), ("a-2", "1"), ("a-1", "2"), ("x" * FULL, "9" * 20)]
    nonces = {nonce(*each) for each in asked}
    assert len(nonces) == len(asked)
    assert all(len(each) == 25 and each.isalnum() for each in nonces)


def shape(*blocks: Block, words: str = "Words.", actions: tuple[Action, ...] = ()) -> Reply:
    return Reply(blocks, words, Outcome.LIST, actions, Visibility.PUBLIC)


SHAPES = {
    "short": EDITION,
    "long": LONG,
    "chinese": shape(Heading("每日简报"), Paragraph(text("外交" * 1900))),
    "many sections": shape(*(block for n in range(60) for block in (Paragraph(text(f"{n}.")), Divider()))),
    "nothing": shape(words="Nothing new today."),
    "many buttons": shape(Note(text("x")), actions=tuple(Action("show", f"{n}", (f"e{n}",)) for n in range(60))),
    "sections and buttons": shape(
        *(block for n in range(17) for block in (Paragraph(text(f"{n}.")), Divider())),
        actions=tuple(Action("show", f"{n}", (f"e{n}",)) for n in range(5)),
    ),
    **{f"{size} characters": long_reply(size, block=size) for size in (3_900, 3_945, 3_999, 5_940, 5_999, 12_000)},
}


@pytest.mark.parametrize("reply", SHAPES.values(), ids=SHAPES.keys())
async def test_every_part_has_room_for_the_longest_key(server: DiscordServer, reply: Reply) -> None:
    async with carrying(server) as carrier:
        drawn = [Part(f"{'k' * (FULL - 4)}-{n:03}", body) for n, body in enumerate(carrier.draw(reply), 1)]
        for part in drawn:
            await carrier.post(HERE, part, None)
        assert [(await carrier.find(HERE, part, datetime.now(UTC))) is not None for part in drawn] == [True] * len(
            drawn
        )
    assert [check_message(body) for body in bodies(server)] == [[]] * len(drawn)
    assert keys(server) == [part.key for part in drawn]


async def test_drawing_needs_no_connection_and_is_the_same_each_time() -> None:
    async with DiscordServer() as server, connected(server, Script()) as platform:
        pass
    drawn = platform.carrier.draw(LONG)
    assert drawn == platform.carrier.draw(LONG)
    assert all(json.loads(body)["of"] == len(drawn) for body in drawn)
    assert KEY not in "".join(drawn)
    assert not platform.carrier.ready


async def test_a_task_that_the_adapter_did_not_start_posts_to_the_right_discord(server: DiscordServer) -> None:
    """discord.py has one address for the process; the delivery loop runs in a context that knows nothing of ours."""
    bare = contextvars.copy_context()
    async with carrying(server) as carrier:
        (part,) = parts(carrier)
        await asyncio.get_running_loop().create_task(carrier.post(HERE, part, None), context=bare)
    assert keys(server) == [KEY]


async def test_answers_are_not_watched_and_meet_no_limit_of_editions(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        (part,) = parts(carrier)
        server.fail("POST", "/channels/*/messages", status=429, retry_after=60, scope="global")
        assert await fate(carrier.post(HERE, part, None)) is Fate.NOT_YET
        answer = await server.command("brief", {"query": "blinken"})
        assert "Qin Gang" in answer.text()


async def test_what_is_no_body_of_ours_is_ours_to_mend(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        for body in ("", "{}", "[]", '{"number":1,"title":"x","layout":true,"embeds":[],"components":3}'):
            assert await fate(carrier.post(HERE, Part(KEY, body), None)) is Fate.OURS
    assert server.messages == []


async def test_a_person_is_told_alone(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        assert await carrier.tell(HERE, "1002", LONG)
        server.channels.closed.add(1001)
        assert not await carrier.tell(HERE, "1001", EDITION)
        assert not await carrier.tell(HERE, "nobody", EDITION)
        server.fail("POST", "/users/@me/channels", drop=True)
        assert not await carrier.tell(HERE, "1003", EDITION)
    assert {message.channel_id for message in server.messages} == {server.world.direct(1002).id}
    assert "word19" in server.messages[-1].text()
    assert f"discord.com/channels/{HERE.workspace}/{HERE.channel}" in server.messages[-1].text()


async def test_it_says_what_discord_takes(server: DiscordServer) -> None:
    async with carrying(server) as carrier:
        assert carrier.name == "discord"
        assert 47.5 < carrier.pace.per_second[Scope.PLATFORM] < 50
        assert carrier.pace.per_second[Scope.CHANNEL] == 1


async def test_closing_waits_for_the_post_in_hand_and_takes_no_more(server: DiscordServer) -> None:
    async with connected(server, Script()) as platform:
        carrier = platform.carrier
        (part,) = parts(carrier)
        await carrier.post(here(2002), part, None)
        server.fail("POST", "/channels/*/messages", delay=0.2)
        posting = asyncio.create_task(carrier.post(HERE, part, None))
        await until(lambda: len(server.called("POST", "/messages")) == 2)
        await platform.close()
        assert (await posting).message == str(server.messages[-1].id)
        assert not carrier.ready
        assert await fate(carrier.post(HERE, part, None)) is Fate.NOT_YET
    assert len(server.messages) == 2


async def test_a_call_that_takes_too_long_is_uncertain_and_the_next_one_gets_the_message(server: DiscordServer) -> None:
    async with connected(server, Script()):
        rest = RestClient(server.api_base, server.token, seconds=0.2)

        async def send(client: discord.Client) -> discord.Message:
            return await client.get_partial_messageable(2001).send("Once", nonce="once")

        server.fail("POST", "/channels/*/messages", delay=0.4)
        assert await fate(rest.post(send)) is Fate.UNCERTAIN
        await until(lambda: len(server.messages) == 1)
        assert (await rest.post(send)).id == server.messages[0].id
        await rest.close()


async def test_a_call_that_waits_for_its_turn_too_long_has_certainly_not_been_made(server: DiscordServer) -> None:
    async with connected(server, Script()):
        rest = RestClient(server.api_base, server.token, seconds=0.3)
        server.limit("POST", "/channels/*/messages", most=2, per=5.0)

        async def send(client: discord.Client) -> discord.Message:
            return await client.get_partial_messageable(2001).send("Turn")

        await rest.post(send)
        outcomes = await asyncio.gather(*(fate(rest.post(send)) for _ in range(3)))
        assert sorted(outcomes) == [Fate.NOT_YET, Fate.NOT_YET, Fate.UNCERTAIN]
        assert len(server.messages) == 2
        await rest.close()
