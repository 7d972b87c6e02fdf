"""Discord refuses, limits or loses what is sent: the reader is told, and nothing is said twice."""

import asyncio
from typing import Any

import pytest
import structlog

from tests.platforms.discord.rig import connected, holding, until, words_of
from tests.platforms.discord.script import SHORT, Script, long_reply, page
from tests.wire.discord import DiscordServer

CALLBACK, WEBHOOK = "/interactions/*/callback", "/webhooks/*"
SOURCES = "bb1|sources|antony-blinken"


async def test_a_refused_body_is_said_in_plain_text_with_a_reference(server: DiscordServer) -> None:
    server.fail("POST", CALLBACK, status=400, code=50035)
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script()):
            answer = await server.command("brief", {"query": "blinken"})
    (message,) = answer.messages
    assert (message.components, message.embeds, message.ephemeral) == ([], [], True)
    assert message.content.startswith(SHORT.summary)
    (failed,) = [line for line in log if line["log_level"] == "error"]
    assert message.content.endswith(f"Reference: {failed['reference']}")


async def test_a_refused_follow_up_is_said_in_plain_text_too(server: DiscordServer) -> None:
    server.fail("POST", WEBHOOK, status=400, code=50035)
    async with connected(server, Script({"long": long_reply(9_000)})):
        answer = await server.command("brief", {"query": "long"})
        await answer.wait(2)
    assert "A long reply." in answer.messages[1].content
    assert answer.ephemeral


@pytest.mark.parametrize("status", [403, 404])
async def test_other_refusals_are_a_sentence_without_the_answer(server: DiscordServer, status: int) -> None:
    server.fail("POST", CALLBACK, status=status, code=50013)
    async with connected(server, Script()):
        answer = await server.command("brief", {"query": "blinken"})
    assert "Something went wrong" in answer.text()
    assert SHORT.summary not in answer.text()
    assert answer.ephemeral


async def test_an_apology_that_is_refused_as_well_is_in_the_log(server: DiscordServer) -> None:
    server.fail("POST", CALLBACK, status=400, code=50035, times=2)
    server.interactions.timeout = 0.3
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script()):
            answer = await server.command("brief", {"query": "blinken"})
    assert answer.error
    failed, untold = [line for line in log if line["log_level"] == "error"]
    assert (untold["event"], untold["reference"]) == ("not told", failed["reference"])
    assert len(server.called("POST", "/callback")) == 2


@pytest.mark.parametrize("code", [10062, 10015])
async def test_an_interaction_that_is_gone_is_only_logged(server: DiscordServer, code: int) -> None:
    server.fail("POST", CALLBACK, status=404, code=code)
    server.interactions.timeout = 0.3
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script()):
            await server.command("brief", {"query": "blinken"})
    assert [line["event"] for line in log if line["log_level"] != "info"] == ["interaction gone"]
    assert len(server.called("POST", "/callback")) == 1


async def test_too_many_requests_are_waited_out(server: DiscordServer) -> None:
    server.fail("POST", CALLBACK, status=429, retry_after=0.3)
    server.fail("POST", WEBHOOK, status=429, retry_after=0.3)
    async with connected(server, Script({"long": long_reply(9_000)})):
        answer = await server.command("brief", {"query": "long"})
        await until(lambda: bool(answer.buttons()))
    assert answer.first_ms is not None
    assert answer.first_ms >= 300
    first, again = server.called("POST", "/callback")
    assert again.at - first.at >= 0.3
    limited, followed, *_ = [call for call in server.calls if call.path.startswith("/webhooks/")]
    assert followed.at - limited.at >= 0.3
    assert words_of(answer) == [f"word{number}" for number in range(len(words_of(answer)))]
    assert len(answer.messages) == len({message.text() for message in answer.messages})


LOST: list[dict[str, Any]] = [{"drop": True}, {"drop": True, "effect": False}]


@pytest.mark.parametrize("fault", [*LOST, {"status": 500, "effect": True}])
async def test_an_answer_whose_receipt_was_lost_is_given_once_and_to_its_end(
    server: DiscordServer, fault: dict[str, Any]
) -> None:
    server.fail("POST", CALLBACK, **fault)
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script({"long": long_reply(9_000)})):
            answer = await server.command("brief", {"query": "long"})
            await until(lambda: bool(answer.buttons()))
    assert words_of(answer) == [f"word{number}" for number in range(len(words_of(answer)))]
    assert [line for line in log if line["log_level"] == "error"] == []
    server.rest.refusals.clear()  # "already acknowledged" is what tells that it had arrived


@pytest.mark.parametrize("fault", LOST)
async def test_a_deferral_whose_receipt_was_lost_becomes_the_answer(
    server: DiscordServer, fault: dict[str, Any]
) -> None:
    server.fail("POST", CALLBACK, **fault)
    script, release = holding()
    async with connected(server, script, patience=0.02):
        answer = await server.command("brief", {"query": "blinken"})
        await until(lambda: len(server.called("POST", "/callback")) == 2)
        release.set()
        await answer.wait()
    assert "Qin Gang" in answer.text()
    assert answer.ephemeral
    server.rest.refusals.clear()


@pytest.mark.parametrize("fault", LOST)
async def test_a_page_whose_receipt_was_lost_is_turned_once(server: DiscordServer, fault: dict[str, Any]) -> None:
    script = Script({"list": page(1), "bb1|browse|people|2": page(2)})
    async with connected(server, script):
        first = await server.command("brief", {"query": "list"})
        server.fail("POST", CALLBACK, **fault)
        await server.press(first.messages[0], label="Next")
        await asyncio.sleep(0.1)
    assert "Text of page 2." in first.text()
    assert len(server.messages) == 1
    server.rest.refusals.clear()


async def test_a_connection_that_is_lost_twice_is_in_the_log(server: DiscordServer) -> None:
    server.fail("POST", CALLBACK, drop=True, effect=False, times=-1)
    server.interactions.timeout = 0.3
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script()):
            assert (await server.command("brief", {"query": "blinken"})).error
    assert [line["event"] for line in log if line["log_level"] == "error"] == ["failed", "not told"]


@pytest.mark.parametrize(
    "fault", [{"status": 400, "code": 50035}, {"status": 403}, {"drop": True, "effect": False, "times": 2}]
)
async def test_a_deferral_that_fails_does_not_keep_the_answer_back(
    server: DiscordServer, fault: dict[str, Any]
) -> None:
    server.fail("POST", CALLBACK, **fault)
    script, release = holding()
    with structlog.testing.capture_logs() as log:
        async with connected(server, script, patience=0.02):
            asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
            await until(lambda: any(line["event"] == "not deferred" for line in log))
            release.set()
            answer = await asking
    assert "Qin Gang" in answer.text()
    assert answer.ephemeral


async def test_a_press_whose_answer_is_refused_is_told_too(server: DiscordServer) -> None:
    async with connected(server, Script()):
        first = await server.command("brief", {"query": "blinken"})
        server.fail("POST", CALLBACK, status=400, code=50035)
        pressed = await server.press(first.messages[0], label="Sources")
    assert "Sources: one." in pressed.text()
    assert "Reference: " in pressed.text()
    assert pressed.ephemeral
