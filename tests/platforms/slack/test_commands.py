"""Slash commands, from the words typed to what is seen."""

import asyncio

import pytest
import structlog

from bot.commands.request import Caller
from bot.platforms.slack import answers
from bot.reply import Action, Bullets, Heading, Note, Outcome, Paragraph, Reply, Visibility, text
from tests.platforms.slack.rig import connected, seen
from tests.platforms.slack.script import HOSTILE, SHARED, SHORT, Script, long_reply, words_of
from tests.wire.slack import SlackServer


async def test_a_command_is_answered_in_its_acknowledgement_for_the_caller_alone(slack: SlackServer) -> None:
    script = Script()
    async with connected(slack, script):
        answer = await slack.command("/brief", "blinken")
    assert answer.ack_payload["response_type"] == "ephemeral"
    assert answer.message.ephemeral_to == "U1"
    assert answer.message.text == SHORT.summary
    for words in ("Antony Blinken", "Qin Gang", "Claims", "[1]", "He left in 2025.", "veer", "overdue", "31 May"):
        assert words in answer.visible(), words
    assert [button.label for button in answer.buttons()] == ["Sources", "Share to channel"]
    assert [button.style for button in answer.buttons()] == [None, "primary"]
    assert script.asked == [("/brief", "blinken", Caller("slack", "U1", "C1", "T1", "ada"))]


async def test_every_command_of_the_table_arrives_and_an_unknown_one_is_not_met_with_silence(
    slack: SlackServer,
) -> None:
    script = Script()
    async with connected(slack, script):
        for name in ("/brief", "/timeline", "/briefings", "/retired"):
            assert (await slack.command(name, "x")).visible(), name
    assert [command for command, _, _ in script.asked] == ["/brief", "/timeline", "/briefings", "/retired"]


async def test_a_public_answer_to_a_command_is_seen_by_all(slack: SlackServer) -> None:
    async with connected(slack, Script({"all": SHARED})):
        answer = await slack.command("/brief", "all")
    assert answer.message.ephemeral_to is None


@pytest.mark.parametrize("number", [1_500, 3_000, 5_000])
async def test_a_long_answer_comes_in_parts_whole_private_and_in_order(slack: SlackServer, number: int) -> None:
    async with connected(slack, Script({"long": long_reply(number)})):
        answer = await slack.command("/brief", "long")
        await answer.wait(1 + number * 9 // 10_000, timeout=5)
        await asyncio.sleep(0.2)
    assert all(message.ephemeral_to == "U1" for message in answer.messages)
    found = seen(answer.messages).replace(".", " ").split()
    assert [word for word in found if word.startswith("word")] == words_of(number)
    assert [bool(message.buttons()) for message in answer.messages] == [*[False] * (len(answer.messages) - 1), True]


async def test_slow_work_is_acknowledged_in_time_and_answered_afterwards(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE", 0.05)
    script = Script()
    script.hold = asyncio.Event()
    async with connected(slack, script):
        answer = await slack.command("/brief", "blinken")
        assert "Antony Blinken" not in answer.visible()
        assert answer.message.ephemeral_to == "U1"
        script.hold.set()
        await answer.wait(2)
    assert answer.ack_ms is not None
    assert answer.ack_ms < 1_000
    assert "Antony Blinken" in answer.visible()
    assert answer.messages[-1].ephemeral_to == "U1"


async def test_a_command_that_raises_is_a_sentence_with_the_reference_of_the_log(slack: SlackServer) -> None:
    with structlog.testing.capture_logs() as log:
        async with connected(slack, Script({"boom": RuntimeError("kaboom: the disk is gone")})):
            answer = await slack.command("/brief", "boom")
    assert "Something went wrong" in answer.visible()
    assert "kaboom" not in answer.text()
    failed = {line["reference"]: str(line["exc_info"]) for line in log if line["event"] == "failed"}
    assert failed == {answer.visible().split("Reference: ")[1].split()[0]: "kaboom: the disk is gone"}


async def test_hostile_words_stand_as_written_and_ping_nobody(slack: SlackServer) -> None:
    hostile = Reply(
        (Heading(HOSTILE), Paragraph(text(HOSTILE)), Bullets((text(HOSTILE),)), Note(text(HOSTILE))),
        HOSTILE,
        Outcome.MATCH,
        actions=(Action("share", HOSTILE[:70], ("x",)),),
        visibility=Visibility.PUBLIC,
    )
    async with connected(slack, Script({"evil": hostile})):
        answer = await slack.command("/brief", "evil")
    assert answer.visible().count(HOSTILE) == 4
    assert answer.message.pings == []


async def test_a_reply_that_cannot_be_drawn_is_a_sentence_too(slack: SlackServer) -> None:
    undrawable = Reply((Paragraph(text("Fine.")),), "Fine.", Outcome.MATCH, actions=(Action("open", "x", ("a|b",)),))
    async with connected(slack, Script({"odd": undrawable})):
        answer = await slack.command("/brief", "odd")
    assert "Reference: " in answer.visible()


async def test_fifty_at_once_are_all_answered(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        found = await asyncio.gather(*(slack.command("/brief", f"blinken {number}") for number in range(50)))
    assert all("Antony Blinken" in answer.visible() for answer in found)
