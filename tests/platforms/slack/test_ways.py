"""When one way to the reader is closed, the answer goes another; what may have arrived is never sent twice."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from tests.platforms.slack.rig import connected, seen
from tests.platforms.slack.script import Script, long_reply, words_of
from tests.wire.slack import Answer, SlackServer

NOBODY = "http://127.0.0.1:9/response"
LONG = 600
"""Seconds that Slack asks to wait: longer than any reader would."""


async def until(there: Callable[[], Any]) -> None:
    async with asyncio.timeout(4):
        while not there():
            await asyncio.sleep(0.01)


async def first_answer(slack: SlackServer, channel: str = "C1") -> Answer:
    return await slack.command("/brief", "blinken", channel=channel)


@pytest.mark.parametrize("url", [NOBODY, "http://nobody.invalid/x", "not an address", "mailto:ada", ""])
async def test_a_response_url_that_cannot_be_reached_is_answered_into_the_channel_for_the_same_eyes(
    slack: SlackServer, url: str
) -> None:
    async with connected(slack, Script({"long": long_reply(3_000)})):
        await slack.command("/brief", "long", response_url=url)
        await until(lambda: "word2999." in seen(slack.messages))
    assert {(message.via, message.ephemeral_to) for message in slack.messages} == {("chat.postEphemeral", "U1")}
    assert [word for word in seen(slack.messages).replace(".", " ").split() if word in words_of(3_000)] == words_of(
        3_000
    )


@pytest.mark.parametrize("fault", [{"error": "expired_url"}, {"status": 404, "error": "used_url"}])
async def test_a_response_url_that_says_no_is_no_yes_whatever_its_status(
    slack: SlackServer, fault: dict[str, Any]
) -> None:
    async with connected(slack, Script()):
        first = await first_answer(slack)
        slack.fail("response_url", **fault)
        await slack.press(first, label="Sources", settle=0)
        await until(lambda: slack.called("chat.postEphemeral"))
        await until(lambda: "One wire report." in seen(slack.messages))
    assert slack.messages[-1].ephemeral_to == "U1"


@pytest.mark.parametrize("fault", [{"delay": 0.6}, {"reset": True}, {"status": 500, "taken": True}])
async def test_what_may_have_arrived_is_not_sent_another_way(
    slack: SlackServer, fault: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.exchange.TIMEOUT", 0.3)
    async with connected(slack, Script()):
        first = await first_answer(slack)
        slack.fail("response_url", **fault)
        await slack.press(first, label="Sources", settle=0)
        await asyncio.sleep(0.9)
    assert seen(slack.messages).count("One wire report.") == 1
    assert slack.called("chat.postEphemeral") == []


async def test_slow_response_urls_keep_nothing_else_waiting_and_lose_no_answer(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.adapter.CONNECTIONS", 3)
    monkeypatch.setattr("bot.platforms.slack.exchange.QUEUE", 0.4)
    async with connected(slack, Script()):
        first = await first_answer(slack)
        slack.fail("response_url", times=5, delay=1.5)
        for _ in range(5):
            await slack.press(first, label="Sources", settle=0)
        assert "Qin Gang" in (await slack.mention("<@UBOT> blinken", settle=0.3)).visible()
        await until(lambda: len(slack.called("chat.postEphemeral")) == 2)
        await until(lambda: seen(slack.messages).count("One wire report.") == 5)


async def test_a_hundred_slow_response_urls_are_sent_at_a_time(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await first_answer(slack)
        slack.fail("response_url", times=140, delay=2)
        started = asyncio.get_running_loop().time()
        await asyncio.gather(*(slack.press(first, label="Sources", settle=0) for _ in range(140)))
        await until(lambda: seen(slack.messages).count("One wire report.") == 140)
        assert asyncio.get_running_loop().time() - started < 3.5  # two rounds would take four


async def test_sharing_where_it_cannot_be_done_tells_the_one_who_pressed_what_to_do(slack: SlackServer) -> None:
    slack.add_channel("C9", "elsewhere", is_member=False)
    async with connected(slack, Script()):
        first = await first_answer(slack, "C9")
        slack.fail("response_url", status=404, error="used_url")
        await slack.press(first, label="Share to channel", settle=0)
        await until(lambda: "/invite" in seen(slack.messages))
    assert "Shared by" not in seen(slack.messages)
    assert slack.messages[-1].channel != "C9"  # where the bot is no member it can show nothing, to nobody


async def test_sharing_that_slack_refuses_a_member_is_told_in_the_channel_for_the_same_eyes(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await first_answer(slack)
        slack.fail("response_url", status=404, error="used_url")
        slack.fail("chat.postMessage", error="restricted_action")
        await slack.press(first, label="Share to channel", settle=0)
        await until(lambda: "/invite" in seen(slack.messages))
    assert (slack.messages[-1].channel, slack.messages[-1].ephemeral_to) == ("C1", "U1")


async def test_a_wait_that_no_reader_has_is_not_waited(slack: SlackServer) -> None:
    with structlog.testing.capture_logs() as log:
        async with connected(slack, Script()):
            first = await first_answer(slack)
            slack.fail("response_url", status=429, retry_after=LONG)
            await slack.press(first, label="Sources", settle=0)
            await until(lambda: "One wire report." in seen(slack.messages))
    assert slack.messages[-1].ephemeral_to == "U1"
    (told,) = [line for line in log if line["action"] == "slack.respond"]
    assert (told["wait"], told["given_up"], told["error"]) == (LONG, True, "ratelimited")


async def test_a_mention_that_a_channel_does_not_take_is_answered_for_the_eyes_of_who_wrote_it(
    slack: SlackServer,
) -> None:
    async with connected(slack, Script()):
        for fault in ({"status": 429, "retry_after": LONG}, {"error": "restricted_action"}):
            slack.fail("chat.postMessage", **fault)
            answer = await slack.mention("<@UBOT> blinken", settle=0)
            await until(lambda: "Qin Gang" in seen(slack.messages))
            assert slack.messages[-1].ephemeral_to == "U1"
            assert slack.messages[-1].thread_ts == answer.event_ts
            slack.messages[-1].deleted = True


async def test_sharing_while_slack_takes_nothing_says_to_press_again_later(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        first = await first_answer(slack)
        slack.fail("response_url", status=429, retry_after=LONG)
        slack.fail("chat.postMessage", status=429, retry_after=LONG)
        await slack.press(first, label="Share to channel", settle=0)
        await until(lambda: "in a few minutes" in seen(slack.messages))
    assert slack.messages[-1].ephemeral_to == "U1"
