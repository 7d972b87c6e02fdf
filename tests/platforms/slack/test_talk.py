"""Mentions and direct messages: what is answered, where, and what is left alone."""

import asyncio
from typing import Any

import pytest
import structlog

from bot.platforms.slack.words import asked
from tests.platforms.slack.rig import connected, seen
from tests.platforms.slack.script import HELP, Script, long_reply, words_of
from tests.wire.slack import SlackServer

MENTION: dict[str, Any] = {"type": "app_mention", "user": "U1", "channel": "C1", "text": "<@UBOT> blinken", "ts": "1.1"}
DIRECT: dict[str, Any] = {
    "type": "message",
    "channel_type": "im",
    "user": "U1",
    "channel": "DU1",
    "text": "blinken",
    "ts": "2.1",
}


async def test_a_mention_is_answered_in_its_thread_without_link_previews(slack: SlackServer) -> None:
    script = Script()
    async with connected(slack, script):
        answer = await slack.mention("<@UBOT>  blinken")
    assert answer.message.via == "chat.postMessage"
    assert answer.message.thread_ts == answer.event_ts
    assert (answer.message.unfurl_links, answer.message.unfurl_media) == (False, False)
    assert "Qin Gang" in answer.visible()
    assert script.asked[0][:2] == ("brief", "blinken")
    assert (script.asked[0][2].place, script.asked[0][2].workspace) == ("C1", "T1")


async def test_what_everybody_sees_is_not_offered_to_be_shared(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        for answer in (await slack.mention("<@UBOT> blinken"), await slack.direct_message("blinken")):
            assert [button.label for button in answer.buttons()] == ["Sources"]
        private = await slack.command("/brief", "blinken")
        assert [button.label for button in private.buttons()] == ["Sources", "Share to channel"]


async def test_a_mention_inside_a_thread_stays_there(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await slack.mention("<@UBOT> blinken")
        second = await slack.mention("<@UBOT> blinken", thread_ts=first.event_ts)
    assert second.messages[-1].thread_ts == first.event_ts


async def test_a_direct_message_is_answered_where_it_was_written(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        answer = await slack.direct_message("blinken")
    assert answer.message.channel == "DU1"
    assert answer.message.thread_ts is None
    assert "Qin Gang" in answer.visible()


async def test_a_long_answer_comes_in_order(slack: SlackServer) -> None:
    async with connected(slack, Script({"long": long_reply(4_000)})):
        answer = await slack.mention("<@UBOT> long")
        await answer.wait(4)
    found = [word.strip(".") for word in seen(answer.messages).split() if word.startswith("word")]
    assert found == words_of(4_000)
    assert {message.thread_ts for message in answer.messages} == {answer.event_ts}


async def test_a_mention_without_words_is_answered_with_help(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        assert HELP.summary in (await slack.mention("<@UBOT>")).visible()


@pytest.mark.parametrize("event", [MENTION, DIRECT])
async def test_an_event_delivered_again_is_answered_once(slack: SlackServer, event: dict[str, Any]) -> None:
    slack.workspace.im("U1")
    async with connected(slack, Script()):
        await slack.event(event, times=3, settle=0.1)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "event",
    [
        MENTION | {"user": "UBOT"},
        MENTION | {"bot_id": "BOTHER"},
        MENTION | {"edited": {"user": "U1", "ts": "1.2"}},
        DIRECT | {"user": "UBOT", "bot_id": "BBOT"},
        DIRECT | {"bot_id": "BOTHER"},
        DIRECT | {"subtype": "message_changed", "message": {"text": "blinken"}},
        DIRECT | {"subtype": "bot_message"},
        DIRECT | {"channel_type": "channel", "channel": "C1"},
        {"type": "reaction_added", "user": "U1"},
    ],
)
async def test_bots_edits_and_other_events_are_acknowledged_and_left_alone(
    slack: SlackServer, event: dict[str, Any]
) -> None:
    slack.workspace.im("U1")
    async with connected(slack, Script()):
        answer = await slack.event(event, settle=0.1)
    assert answer.acked
    assert slack.called("chat.postMessage") == []


async def test_too_many_requests_are_waited_out_as_long_as_slack_asks(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=1)
    async with connected(slack, Script()):
        answer = await slack.mention("<@UBOT> blinken", settle=4)
    assert len(answer.messages) == 1
    first, second = slack.called("chat.postMessage")
    assert second.at - first.at >= 1


@pytest.mark.parametrize("fault", [{"reset": True}, {"status": 500}, {"broken_json": True, "taken": True}])
async def test_a_message_that_may_have_arrived_is_not_sent_again(slack: SlackServer, fault: dict[str, Any]) -> None:
    slack.fail("chat.postMessage", **fault)
    async with connected(slack, Script()):
        await slack.mention("<@UBOT> blinken", settle=0.5)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "restricted_action", "no_permission"])
async def test_a_place_that_refuses_is_logged_by_its_code_and_nothing_else_stops(slack: SlackServer, code: str) -> None:
    slack.fail("chat.postMessage", error=code)
    with structlog.testing.capture_logs() as log:
        async with connected(slack, Script()):
            await slack.mention("<@UBOT> blinken", settle=0.2)
            assert "Qin Gang" in (await slack.mention("<@UBOT> blinken")).visible()
    assert [line["error"] for line in log if line["action"] == "slack.chat.postMessage"] == [code]


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long", "msg_too_long"])
async def test_blocks_that_are_refused_are_said_in_plain_text_once(slack: SlackServer, code: str) -> None:
    slack.fail("chat.postMessage", error=code)
    async with connected(slack, Script()):
        answer = await slack.mention("<@UBOT> blinken")
    assert answer.message.blocks == []
    assert "Antony Blinken met Qin Gang in Beijing." in answer.visible()
    assert "Reference: " in answer.visible()


async def test_what_raises_is_told_with_a_reference(slack: SlackServer) -> None:
    async with connected(slack, Script({"boom": RuntimeError("kaboom")})):
        answer = await slack.direct_message("boom")
    assert "Reference: " in answer.visible()
    assert "kaboom" not in answer.text()


async def test_answers_to_several_people_do_not_wait_for_each_other(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=2)
    async with connected(slack, Script()):
        slow = asyncio.create_task(slack.mention("<@UBOT> blinken", settle=5))
        await asyncio.sleep(0.2)
        quick = await slack.mention("<@UBOT> blinken", user="U2", channel="C2")
        assert not slow.done()
        assert "Qin Gang" in quick.visible()
        await slow


@pytest.mark.parametrize(
    ("said", "command", "words"),
    [
        ("<@UBOT> blinken", "brief", "blinken"),
        ("<@UBOT|briefbot>: qin gang as-of 2023-06-18", "brief", "qin gang as-of 2023-06-18"),
        ("what about blinken <@UBOT>", "brief", "what about blinken"),
        ("<@UBOT>", "brief", "help"),
        ("  ", "brief", "help"),
        ("help", "brief", "help"),
        ("/timeline taiwan 2023", "timeline", "taiwan 2023"),
        ("Timeline balloon", "timeline", "balloon"),
        ("/retired x", "retired", "x"),
        ("AT&amp;T &lt;b&gt; &amp;lt;", "brief", "AT&T <b> &lt;"),
        ("see <https://example.org/a?b=1&amp;c=2|the page> and <https://example.org>", "brief",
         "see the page and https://example.org"),
        ("<@U2> <#C1|general> <!channel>", "brief", "<@U2> general <!channel>"),
    ],
)  # fmt: skip
def test_words_are_read_as_they_are_shown(said: str, command: str, words: str) -> None:
    assert asked(said, "UBOT") == (command, words)
