"""Buttons: what a press answers, where, and for whose eyes."""

import asyncio
from dataclasses import replace

import pytest

from bot.reply import Action, Outcome, Paragraph, Reply, text
from tests.platforms.slack.rig import connected, seen
from tests.platforms.slack.script import SHARED, SHORT, Script, long_reply, page, words_of
from tests.wire.slack import SlackServer


async def test_a_press_is_followed_by_a_private_answer_and_the_first_stays(slack: SlackServer) -> None:
    script = Script()
    async with connected(slack, script):
        first = await slack.command("/brief", "blinken")
        pressed = await slack.press(first, label="Sources")
    assert "One wire report." in pressed.message.visible()
    assert pressed.message.ephemeral_to == "U1"
    assert "Antony Blinken" in first.message.visible()
    assert [action for action, _ in script.pressed] == ["bb1|sources|antony-blinken"]
    assert script.pressed[0][1].name == "ada"


async def test_sharing_shows_the_answer_to_all_even_where_the_bot_is_no_member(slack: SlackServer) -> None:
    slack.add_channel("C9", "elsewhere", is_member=False)
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken", channel="C9")
        shared = await slack.press(first, label="Share to channel")
    assert shared.message.ephemeral_to is None
    assert shared.message.channel == "C9"
    assert (shared.message.unfurl_links, shared.message.unfurl_media) == (False, False)
    assert "Shared by ada." in shared.message.visible()


async def test_what_is_pressed_under_a_public_message_is_answered_in_private_and_leaves_it_alone(
    slack: SlackServer,
) -> None:
    async with connected(slack, Script()):
        shared = await slack.press(await slack.command("/brief", "blinken"), label="Share to channel")
        sources = await slack.press(shared, label="Sources", user="U2")
        turned = await slack.press(shared, label="Page 2", user="U2")
    assert sources.message.ephemeral_to == "U2"
    assert turned.message.ephemeral_to == "U2"
    assert shared.message.versions == []


async def test_a_page_takes_the_place_of_the_one_before(slack: SlackServer) -> None:
    async with connected(slack, Script({"list": page(1)})):
        first = await slack.command("/brief", "list")
        turned = await slack.press(first, label="Next")
    assert "Text of page 2." in first.message.visible()
    assert turned.message is first.message


async def test_a_shared_answer_that_cannot_be_drawn_is_told_to_nobody_but_who_pressed(slack: SlackServer) -> None:
    undrawable = replace(SHARED, actions=(Action("open", "x", ("a|b",)),))
    async with connected(slack, Script({"bb1|share|antony-blinken": undrawable})):
        pressed = await slack.press(await slack.command("/brief", "blinken"), label="Share to channel")
    assert "Reference: " in pressed.visible()
    assert pressed.message.ephemeral_to == "U1"


async def test_a_late_public_answer_that_cannot_be_drawn_is_told_to_nobody_but_who_asked(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.answers.PATIENCE", 0.05)
    script = Script({"odd": replace(SHARED, actions=(Action("open", "x", ("a|b",)),))})
    script.hold = asyncio.Event()
    async with connected(slack, script):
        answer = await slack.command("/brief", "odd")
        script.hold.set()
        await answer.wait(2)
    assert "Reference: " in answer.messages[-1].visible()
    assert answer.messages[-1].ephemeral_to == "U1"


async def test_a_choice_can_be_made(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        choice = await slack.command("/brief", "burns")
        chosen = await slack.press(choice, label="William Burns")
    assert "One wire report." in chosen.visible()


async def test_a_long_answer_to_a_press_comes_in_parts_even_beyond_five(slack: SlackServer) -> None:
    number = 9_000
    async with connected(slack, Script({"bb1|sources|antony-blinken": long_reply(number)})):
        pressed = await slack.press(await slack.command("/brief", "blinken"), label="Sources")
        async with asyncio.timeout(5):
            while f"word{number - 1}." not in seen(pressed.messages) + seen(slack.messages):
                await asyncio.sleep(0.02)
    found = [word.strip(".") for word in seen(slack.messages).split() if word.startswith("word")]
    assert found == words_of(number)
    assert all(message.ephemeral_to == "U1" for message in slack.messages)


async def test_a_press_in_a_thread_is_answered_in_the_thread(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        asked = await slack.mention("<@UBOT> blinken")
        pressed = await slack.press(asked, label="Sources")
    assert asked.message.thread_ts
    assert pressed.message.thread_ts == asked.message.thread_ts


async def test_a_press_that_raises_is_answered_with_a_reference(slack: SlackServer) -> None:
    async with connected(slack, Script({"bb1|sources|antony-blinken": RuntimeError("kaboom")})):
        pressed = await slack.press(await slack.command("/brief", "blinken"), label="Sources")
    assert "Reference: " in pressed.visible()
    assert "kaboom" not in pressed.text()


async def test_too_many_requests_are_waited_out(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        slack.fail("response_url", status=429, retry_after=1)
        pressed = await slack.press(first, label="Sources", settle=4)
    assert "One wire report." in pressed.visible()


async def test_a_response_url_that_is_gone_is_answered_into_the_channel_for_the_same_eyes(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        slack.fail("response_url", status=404, error="expired_url")
        await slack.press(first, label="Sources", settle=0)
        async with asyncio.timeout(3):
            while not slack.called("chat.postEphemeral"):
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
    assert slack.messages[-1].ephemeral_to == "U1"
    assert "One wire report." in slack.messages[-1].visible()


async def test_a_dropped_connection_is_not_answered_twice(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        slack.fail("response_url", reset=True)
        pressed = await slack.press(first, label="Sources")
        await asyncio.sleep(0.5)
    assert len(pressed.messages) == 1
    assert len(slack.messages) == 2


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_blocks_that_are_refused_are_said_in_plain_text(slack: SlackServer, code: str) -> None:
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        slack.fail("response_url", status=400, error=code)
        pressed = await slack.press(first, label="Sources")
    assert pressed.message.blocks == []
    assert "Sources: one." in pressed.message.visible()
    assert pressed.message.ephemeral_to == "U1"


async def test_an_answer_without_a_word_is_still_a_message(slack: SlackServer) -> None:
    empty = Reply((Paragraph(text(" ")),), "Nothing to show.", Outcome.NONE)
    async with connected(slack, Script({"empty": empty})):
        answer = await slack.command("/brief", "empty")
    assert "Nothing to show." in answer.visible()


async def test_a_button_of_another_age_is_acknowledged_and_answered(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        button = first.message.blocks[-1]["elements"][0]
        button["action_id"], button["value"] = "from-long-ago", "bb0|gone"
        pressed = await slack.press(first, action_id="from-long-ago")
    assert pressed.acked
    assert pressed.error is None
    assert SHORT.summary in pressed.text()
