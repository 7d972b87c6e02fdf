"""Commands: what is answered, how fast it begins, for whose eyes, and all of it."""

import asyncio

import pytest
import structlog

from bot.commands.request import Caller
from bot.reply import Action, Bullets, Heading, Note, Outcome, Paragraph, Reply, Visibility, lines, plain, text
from tests.platforms.discord.rig import connected, holding, until, words_of
from tests.platforms.discord.script import SHARED, Script, long_reply
from tests.wire.discord import DiscordServer
from tests.wire.discord.payloads import DEFER_MESSAGE, MESSAGE

HOSTILE = "@everyone @here <@1002> <@&3001> <#2001> **b** _i_ `c` ~~s~~ ||x|| [a](https://x.example) </brief:1> :smile:"


def told(reply: Reply) -> list[str]:
    """Return the numbered words of a long reply."""
    return [word for line in lines(reply.blocks) for word in plain(line).split() if word.startswith("word")]


async def test_a_command_is_answered_at_once_for_the_caller_alone(server: DiscordServer) -> None:
    script = Script()
    async with connected(server, script):
        answer = await server.command("brief", {"query": "blinken", "as-of": "2023-06-18"})
    assert answer.callback_type == MESSAGE
    assert answer.ephemeral
    for words in ("Antony Blinken", "Qin Gang", "[1]", "He left in 2025.", "veer", "overdue", "31 May"):
        assert words in answer.text(), words
    assert [button.label for button in answer.buttons()] == ["Sources", "Share to channel"]
    caller = Caller("discord", "1001", "2001", "3001", "Ada", "en-US")
    assert script.asked == [("brief", {"query": "blinken", "as-of": "2023-06-18"}, caller)]


async def test_every_command_of_the_table_arrives(server: DiscordServer) -> None:
    script = Script()
    async with connected(server, script):
        for name, options in (("timeline", {}), ("timeline", {"query": "x", "dates": "2023.."}), ("briefings", {})):
            assert (await server.command(name, dict(options))).text(), name
    asked = [(command, options) for command, options, _ in script.asked]
    assert asked == [("timeline", {}), ("timeline", {"query": "x", "dates": "2023.."}), ("briefings", {})]


async def test_a_public_answer_to_a_command_is_seen_by_all(server: DiscordServer) -> None:
    async with connected(server, Script({"all": SHARED})):
        answer = await server.command("brief", {"query": "all"})
    assert [message.ephemeral for message in answer.messages] == [False]


@pytest.mark.parametrize("characters", [3_000, 5_500, 14_000, 60_000])
async def test_a_long_answer_comes_in_parts_whole_private_and_in_order(server: DiscordServer, characters: int) -> None:
    reply = long_reply(characters)
    async with connected(server, Script({"long": reply})):
        answer = await server.command("brief", {"query": "long"})
        await answer.wait(1 + characters // 6_000, timeout=5)
        await until(lambda: bool(answer.buttons()))
    assert all(message.ephemeral for message in answer.messages)
    assert words_of(answer) == told(reply)
    assert [bool(message.buttons()) for message in answer.messages] == [*[False] * (len(answer.messages) - 1), True]


async def test_a_long_public_answer_is_public_in_all_its_parts(server: DiscordServer) -> None:
    long = Reply(long_reply(14_000).blocks, "Long.", Outcome.MATCH, visibility=Visibility.PUBLIC)
    async with connected(server, Script({"long": long})):
        answer = await (await server.command("brief", {"query": "long"})).wait(3)
    assert not any(message.ephemeral for message in answer.messages)


async def test_slow_work_is_deferred_in_private_and_takes_the_place_of_the_deferral(server: DiscordServer) -> None:
    script, release = holding(long=long_reply(14_000))
    async with connected(server, script, patience=0.05):
        answer = await server.command("brief", {"query": "long"})
        assert answer.callback_type == DEFER_MESSAGE
        assert [(message.thinking, message.ephemeral) for message in answer.messages] == [(True, True)]
        release.set()
        await answer.wait(3)
    assert answer.first_ms is not None
    assert answer.first_ms < 1_000
    assert all(message.ephemeral and not message.thinking for message in answer.messages)
    assert words_of(answer)[0] == "word0"


async def test_slow_public_work_is_announced_in_private_and_posted_for_all(server: DiscordServer) -> None:
    script, release = holding(all=SHARED)
    async with connected(server, script, patience=0.05):
        answer = await server.command("brief", {"query": "all"})
        release.set()
        await answer.wait(2)
    first, second = answer.messages
    assert (first.ephemeral, first.text()) == (True, "Posted for everyone in this channel.")
    assert not second.ephemeral
    assert "Shared by Ada." in second.text()


async def test_slow_work_that_raises_is_told_too(server: DiscordServer) -> None:
    script, release = holding(boom=RuntimeError("kaboom"))
    async with connected(server, script, patience=0.05):
        answer = await server.command("brief", {"query": "boom"})
        release.set()
        await answer.wait()
    assert "Something went wrong" in answer.text()
    assert answer.ephemeral


async def test_a_command_that_raises_is_a_sentence_with_the_reference_of_the_log(server: DiscordServer) -> None:
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script({"boom": RuntimeError("kaboom: the disk is gone")})):
            answer = await server.command("brief", {"query": "boom"})
    assert "Something went wrong" in answer.text()
    assert "kaboom" not in answer.text()
    failed = {line["reference"]: str(line["exc_info"]) for line in log if line["event"] == "failed"}
    assert failed == {answer.text().split("Reference: ")[1].split()[0]: "kaboom: the disk is gone"}


async def test_a_reply_that_cannot_be_drawn_is_a_sentence_too(server: DiscordServer) -> None:
    undrawable = Reply((Paragraph(text("Fine.")),), "Fine.", Outcome.MATCH, actions=(Action("open", "x", ("a|b",)),))
    async with connected(server, Script({"odd": undrawable})):
        answer = await server.command("brief", {"query": "odd"})
    assert "Reference: " in answer.text()
    assert answer.ephemeral


async def test_hostile_words_stand_as_written_and_ping_nobody(server: DiscordServer) -> None:
    hostile = Reply(
        (Heading(HOSTILE), Paragraph(text(HOSTILE)), Bullets((text(HOSTILE),)), Note(text(HOSTILE))),
        HOSTILE,
        Outcome.MATCH,
        actions=(Action("share", HOSTILE[:70], ("x",)),),
        visibility=Visibility.PUBLIC,
    )
    async with connected(server, Script({"evil": hostile})):
        answer = await server.command("brief", {"query": "evil"})
    assert answer.text().replace("\\", "").count(HOSTILE) == 4


@pytest.mark.parametrize(("command", "options"), [("retired", {}), ("brief", {"colour": "red"}), ("brief", {})])
async def test_a_command_of_another_version_is_told_so_once_and_in_private(
    server: DiscordServer, command: str, options: dict[str, str]
) -> None:
    script = Script()
    async with connected(server, script):
        answer = await server.command(command, dict(options), outdated=True)
        await asyncio.sleep(0.1)
    assert "older version of this command" in answer.text()
    assert "Reference: " in answer.text()
    assert answer.ephemeral
    assert len(answer.messages) == len(server.called("POST", "/callback")) == 1
    assert script.asked == []


async def test_where_the_person_alone_installed_the_bot_five_messages_say_that_there_is_more(
    server: DiscordServer,
) -> None:
    async with connected(server, Script({"long": long_reply(60_000)})):
        answer = await server.command("brief", {"query": "long"}, owner="user")
        await until(lambda: bool(answer.buttons()))
    assert len(answer.messages) == 5
    assert answer.ephemeral
    assert words_of(answer) == [f"word{number}" for number in range(len(words_of(answer)))]
    assert "no more messages here" in answer.messages[-1].text()
    assert [button.label for button in answer.buttons()] == ["Sources", "Share to channel"]


async def test_what_fits_into_five_messages_is_sent_whole_there_too(server: DiscordServer) -> None:
    async with connected(server, Script({"long": long_reply(19_000)})):
        answer = await server.command("brief", {"query": "long"}, owner="user", guild=None)
        await until(lambda: bool(answer.buttons()))
    assert len(answer.messages) == 5
    assert "no more messages here" not in answer.text()


async def test_fifty_at_once_are_all_answered(server: DiscordServer) -> None:
    async with connected(server, Script()):
        asked = (server.command("brief", {"query": f"blinken {number}"}) for number in range(50))
        found = await asyncio.gather(*asked)
    assert all("Antony Blinken" in answer.text() for answer in found)
