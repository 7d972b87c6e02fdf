"""Completion while a command is typed: within Discord's limits, and nothing rather than an error."""

import asyncio

import pytest
import structlog

from bot.commands.request import Choice
from tests.platforms.discord.rig import connected
from tests.platforms.discord.script import Script
from tests.wire.discord import DiscordServer


async def test_what_is_typed_is_completed_for_the_one_who_types(server: DiscordServer) -> None:
    script = Script(choices=(Choice("Antony Blinken", "antony-blinken"), Choice("Bali", "bali")))
    async with connected(server, script):
        offered = await server.autocomplete("brief", "query", "bl", options={})
    assert [(each.name, each.value) for each in offered] == [("Antony Blinken", "antony-blinken"), ("Bali", "bali")]
    ((command, option, partial, caller),) = script.completed
    assert (command, option, partial, caller.user) == ("brief", "query", "bl", "1001")


async def test_no_more_is_offered_than_discord_takes(server: DiscordServer) -> None:
    many = tuple(Choice(f"{number} {'name ' * 40}", f"value-{number}") for number in range(40))
    async with connected(server, Script(choices=many)):
        offered = await server.autocomplete("timeline", "query", "n")
    assert [each.value for each in offered] == [f"value-{number}" for number in range(25)]
    assert all(len(each.name) <= 100 for each in offered)
    assert all(each.name.endswith("…") for each in offered)


@pytest.mark.parametrize(
    ("found", "offered"),
    [
        ((), []),
        ((Choice("Too long to come back", "v" * 101), Choice("Fits", "v" * 100)), [("Fits", "v" * 100)]),
        ((Choice("Nothing", ""), Choice("Something", "s")), [("Something", "s")]),
        ((Choice("First", "same"), Choice("Second", "same")), [("First", "same")]),
        ((Choice(" \n ", "named"), Choice("two\nlines", "t")), [("named", "named"), ("two lines", "t")]),
    ],
)
async def test_what_discord_would_refuse_is_left_out(
    server: DiscordServer, found: tuple[Choice, ...], offered: list[tuple[str, str]]
) -> None:
    async with connected(server, Script(choices=found)):
        choices = await server.autocomplete("briefings", "shelf", "x")
    assert [(each.name, each.value) for each in choices] == offered


async def test_a_failing_index_offers_nothing_and_is_logged(server: DiscordServer) -> None:
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script(choices=(Choice("A", "a"),))):
            assert await server.autocomplete("brief", "query", "raise") == []
            assert len(await server.autocomplete("brief", "query", "again")) == 1
    assert len(server.called("POST", "/callback")) == 2
    (failed,) = [line for line in log if line["event"] == "failed"]
    assert (failed["action"], str(failed["exc_info"])) == ("discord.complete", "kaboom: the index is gone")


async def test_typing_in_an_option_of_another_version_is_met_with_silence(server: DiscordServer) -> None:
    script = Script(choices=(Choice("A", "a"),))
    async with connected(server, script):
        server.interactions.timeout = 0.2
        server.commands[0]["name"] = "retired"
        assert await server.autocomplete("retired", "query", "x") == []
        await asyncio.sleep(0.05)
    assert script.completed == []
    assert server.called("POST", "/callback") == []
