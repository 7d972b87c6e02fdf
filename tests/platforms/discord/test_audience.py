"""Who belongs to the inner audience: people on a server that has the bot, and nobody else."""

import pytest

from bot.library.vocabulary import Audience
from tests.platforms.discord.rig import connected
from tests.platforms.discord.script import Script
from tests.samples import router
from tests.wire.discord import DiscordServer
from tests.wire.discord.places import GUILD

INNER, PUBLIC = Audience.INTERNAL, Audience.PUBLIC
PLACES = [(GUILD, "guild", INNER), (GUILD, "user", PUBLIC), (None, "guild", PUBLIC), (None, "user", PUBLIC)]


@pytest.mark.parametrize(("guild", "owner", "audience"), PLACES)
async def test_commands_completions_and_presses_are_for_the_audience_of_their_place(
    server: DiscordServer, guild: int | None, owner: str, audience: Audience
) -> None:
    script = Script()
    async with connected(server, script, audience=INNER):
        answer = await server.command("brief", {"query": "blinken"}, guild=guild, owner=owner)
        await server.autocomplete("brief", "query", "b", guild=guild, owner=owner)
        await server.press(answer.messages[0], label="Sources", owner=owner)
    asked, completed, pressed = script.asked[0][-1], script.completed[0][-1], script.pressed[0][-1]
    assert (asked.audience, completed.audience, pressed.audience) == (audience, audience, audience)


async def test_an_inner_entry_is_told_on_a_server_that_has_the_bot_and_nowhere_else(server: DiscordServer) -> None:
    async with connected(server, router(), audience=INNER):
        told = await server.command("brief", {"query": "inner circle"})
        assert "Inner Circle is the subject" in told.text()
        for guild, owner, _ in PLACES[1:]:
            answer = await server.command("brief", {"query": "inner circle"}, guild=guild, owner=owner)
            assert "Nothing on" in answer.text()
            assert "is the subject" not in answer.text()
            names = [each.name for each in await server.autocomplete("brief", "query", "inn", guild=guild, owner=owner)]
            assert not any("Inner" in name for name in names)
        elsewhere = await server.press(told.messages[0], label="Sources", owner="user")
        assert "no longer there" in elsewhere.text()


async def test_without_a_setting_everybody_is_the_public(server: DiscordServer) -> None:
    script = Script()
    async with connected(server, script):
        await server.command("brief", {"query": "blinken"})
    assert script.asked[0][-1].audience is PUBLIC
