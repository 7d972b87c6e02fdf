"""Buttons: what a press answers, where, for whose eyes, and after how long a time."""

import asyncio

import pytest

from bot.reply import Outcome, Reply
from tests.platforms.discord.rig import connected, holding, until, words_of
from tests.platforms.discord.script import SHARED, Script, long_reply, page
from tests.samples import router
from tests.wire.discord import Answer, DiscordServer
from tests.wire.discord.payloads import DEFER_UPDATE, MESSAGE, UPDATE

SOURCES = "bb1|sources|antony-blinken"
BROWSE = {f"bb1|browse|people|{number}": page(number) for number in range(1, 5)}


async def asked(server: DiscordServer, query: str = "blinken") -> Answer:
    return await server.command("brief", {"query": query})


async def test_a_press_is_followed_by_a_private_answer_and_the_first_stays(server: DiscordServer) -> None:
    script = Script()
    async with connected(server, script):
        first = await asked(server)
        pressed = await server.press(first.messages[0], label="Sources")
    assert pressed.callback_type == MESSAGE
    assert "One wire report." in pressed.text()
    assert pressed.ephemeral
    assert first.messages[0].versions == []
    assert [(action, caller.name) for action, caller in script.pressed] == [(SOURCES, "Ada")]


async def test_a_choice_can_be_made(server: DiscordServer) -> None:
    async with connected(server, Script()):
        choice = await asked(server, "burns")
        chosen = await server.press(choice.messages[0], label="William Burns")
    assert "One wire report." in chosen.text()


@pytest.mark.parametrize("words", ["", "x" * 5_000])
async def test_a_page_takes_the_place_of_the_one_before_in_either_kind_of_message(
    server: DiscordServer, words: str
) -> None:
    async with connected(server, Script({"list": page(1, words), **BROWSE})):
        first = await asked(server, "list")
        turned = await server.press(first.messages[0], label="Next")
        again = await server.press(first.messages[0], label="Next")
    assert (turned.callback_type, again.callback_type) == (UPDATE, UPDATE)
    assert turned.messages == again.messages == first.messages
    assert first.messages[0].layout == (not words)
    assert "Text of page 3." in first.text()
    assert first.ephemeral


async def test_a_page_that_does_not_fit_there_follows(server: DiscordServer) -> None:
    replies = {"list": page(1), "bb1|browse|people|2": page(2, "x" * 5_000)}
    async with connected(server, Script(replies)):
        first = await asked(server, "list")
        turned = await server.press(first.messages[0], label="Next")
    assert "Text of page 1." in first.text()
    assert "x" * 100 in turned.text()
    assert turned.ephemeral


async def test_a_slow_page_takes_the_place_all_the_same(server: DiscordServer) -> None:
    script = Script({"list": page(1), **BROWSE})
    async with connected(server, script, patience=0.05):
        first = await asked(server, "list")
        script.hold = asyncio.Event()
        turned = await server.press(first.messages[0], label="Next")
        assert turned.callback_type == DEFER_UPDATE
        script.hold.set()
        await until(lambda: "Text of page 2." in first.text())
    assert len(server.messages) == 1


async def test_a_slow_answer_to_a_press_follows_in_private_and_leaves_the_message_alone(server: DiscordServer) -> None:
    script = Script({SOURCES: long_reply(14_000)})
    async with connected(server, script, patience=0.05):
        first = await asked(server)
        before = first.text()
        script.hold = asyncio.Event()
        pressed = await server.press(first.messages[0], label="Sources")
        assert pressed.messages == []
        script.hold.set()
        await pressed.wait(3)
    assert words_of(pressed)[0] == "word0"
    assert pressed.ephemeral
    assert first.text() == before


async def test_what_is_pressed_under_a_public_message_is_answered_in_private_and_leaves_it_alone(
    server: DiscordServer,
) -> None:
    listed = Reply(page(1).blocks, "Page", Outcome.LIST, page(1).actions, visibility=SHARED.visibility)
    async with connected(server, Script({"list": listed, **BROWSE})):
        shared = (await asked(server, "list")).messages[0]
        turned = await server.press(shared, label="Next", user=1002)
    assert not shared.ephemeral
    assert shared.versions == []
    assert turned.ephemeral
    assert turned.messages[0].seen_by == 1002
    assert "Text of page 2." in turned.text()


async def test_a_slow_private_page_is_not_edited_into_a_public_message_either(server: DiscordServer) -> None:
    listed = Reply(page(1).blocks, "Page", Outcome.LIST, page(1).actions, visibility=SHARED.visibility)
    script = Script({"list": listed, **BROWSE})
    async with connected(server, script, patience=0.05):
        shared = (await asked(server, "list")).messages[0]
        script.hold = asyncio.Event()
        turned = await server.press(shared, label="Next")
        script.hold.set()
        await turned.wait()
    assert shared.versions == []
    assert turned.ephemeral


async def test_a_long_answer_to_a_press_comes_in_parts_even_beyond_five(server: DiscordServer) -> None:
    async with connected(server, Script({SOURCES: long_reply(50_000)})):
        first = await asked(server)
        pressed = await server.press(first.messages[0], label="Sources")
        await until(lambda: bool(pressed.buttons()))
    assert len(pressed.messages) > 6
    assert pressed.ephemeral
    assert words_of(pressed) == [f"word{number}" for number in range(len(words_of(pressed)))]


@pytest.mark.parametrize("slow", [False, True])
async def test_a_long_answer_to_a_press_keeps_to_five_where_the_person_alone_installed_the_bot(
    server: DiscordServer, slow: bool
) -> None:
    script = Script({SOURCES: long_reply(60_000)})
    async with connected(server, script, patience=0.05):
        first = await server.command("brief", {"query": "blinken"}, owner="user")
        script.hold = asyncio.Event() if slow else None
        pressed = await server.press(first.messages[0], label="Sources", owner="user")
        if script.hold is not None:
            script.hold.set()
        await until(lambda: bool(pressed.buttons()))
    assert len(pressed.messages) == 5
    assert "no more messages here" in pressed.messages[-1].text()


async def test_a_press_that_raises_is_answered_with_a_reference(server: DiscordServer) -> None:
    async with connected(server, Script({SOURCES: RuntimeError("kaboom")})):
        pressed = await server.press((await asked(server)).messages[0], label="Sources")
    assert "Reference: " in pressed.text()
    assert "kaboom" not in pressed.text()
    assert pressed.ephemeral


async def test_a_button_works_after_a_restart(server: DiscordServer) -> None:
    async with connected(server, Script()):
        first = await asked(server)
    script = Script()
    async with connected(server, script):
        pressed = await server.press(first.messages[0], label="Sources")
    assert "One wire report." in pressed.text()
    assert [action for action, _ in script.pressed] == [SOURCES]


async def test_a_button_works_where_the_message_comes_without_it(server: DiscordServer) -> None:
    async with connected(server, Script()):
        first = await asked(server)
        first.messages[0].extra["components"] = []
        pressed = await server.press(first.messages[0], label="Sources")
    assert "One wire report." in pressed.text()


async def test_a_button_of_another_age_is_answered(server: DiscordServer) -> None:
    async with connected(server, router()):
        first = await asked(server)
        row = first.messages[0].components[0]["components"][-1]
        row["components"][0]["custom_id"] = "bb0|from-long-ago"
        pressed = await server.press(first.messages[0], custom_id="bb0|from-long-ago")
    assert "no longer there" in pressed.text()
    assert pressed.ephemeral


async def test_an_answer_is_private_until_it_is_shared_by_name_and_the_name_formats_and_pings_nobody(
    server: DiscordServer,
) -> None:
    name = "@everyone **Ada** <@1002>"
    server.world.people[1001] = name
    async with connected(server, router()):
        first = await asked(server)
        assert first.ephemeral
        shared = await server.press(first.messages[0], label="Share to channel")
    assert [message.ephemeral for message in shared.messages] == [False]
    assert "Antony Blinken" in shared.text()
    assert f"Shared by {name}" in shared.text().replace("\\", "")
    assert name not in shared.text()
    assert first.messages[0].versions == []


async def test_a_press_on_an_answer_in_hand_is_waited_for_when_closing(server: DiscordServer) -> None:
    script, release = holding()
    release.set()
    async with connected(server, script) as platform:
        first = await asked(server)
        release.clear()
        pressing = asyncio.create_task(server.press(first.messages[0], label="Sources"))
        await until(lambda: bool(script.pressed))
        closing = asyncio.create_task(platform.close())
        await asyncio.sleep(0.05)
        release.set()
        await closing
        assert "One wire report." in (await pressing).text()
