"""The loopback Discord's interactions, seen through discord.py with nothing changed but its addresses."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any, Self

import discord
import pytest
from discord import app_commands, ui

from tests.wire.discord import DiscordServer
from tests.wire.discord.bare import BareClient, connected, until

Interaction = discord.Interaction[Any]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running


class Press(ui.DynamicItem[ui.Button[Any]], template=r"press:(?P<what>[a-z]+)"):
    """A button whose whole state is in its custom_id."""

    def __init__(self, what: str) -> None:
        super().__init__(ui.Button(label=what.title(), custom_id=f"press:{what}"))
        self.what = what

    @classmethod
    async def from_custom_id(cls, _interaction: Interaction, _item: ui.Item[Any], match: re.Match[str]) -> Self:
        return cls(match["what"])

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=layout(f"Pressed {self.what}"))


def layout(text: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    buttons: ui.ActionRow[Any] = ui.ActionRow(Press("timeline"), Press("sources"))
    link: ui.Button[ui.LayoutView] = ui.Button(label="Open", url="https://example.org/a")
    section: ui.Section[ui.LayoutView] = ui.Section("A section", accessory=link)
    view.add_item(ui.Container(ui.TextDisplay(text), ui.Separator(), section, buttons))
    return view


def app() -> BareClient:
    client = BareClient()
    client.add_dynamic_items(Press)

    @client.tree.command(description="Say it again")
    async def echo(interaction: Interaction, words: str) -> None:
        await interaction.response.send_message(f"You said: {words}", ephemeral=True)

    @echo.autocomplete("words")
    async def complete(_interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}!", value=current + "x")]

    @client.tree.command(description="Show a layout")
    async def show(interaction: Interaction) -> None:
        await interaction.response.send_message(view=layout("The text"))

    @client.tree.command(description="Take long")
    async def slow(interaction: Interaction, seconds: float) -> None:
        await asyncio.sleep(seconds)
        try:
            await interaction.response.send_message("At last")
        except discord.NotFound as error:
            failures.append(error.code)

    failures: list[int] = []
    client.failures = failures  # type: ignore[attr-defined]  # what the commands met, for the tests to read
    return client


async def test_a_command_is_answered(server: DiscordServer) -> None:
    async with connected(server, app()):
        answer = await server.command("echo", {"words": "hello"})
        assert answer.callback_type == 4
        assert answer.text() == "You said: hello"
        assert answer.ephemeral
        assert answer.error is None
        assert answer.first_ms is not None
        assert 0 < answer.first_ms < 3000
    assert server.refusals == []
    assert server.command_syncs == 1
    assert [each["name"] for each in server.commands] == ["echo", "show", "slow"]
    assert server.called("POST", "/callback")[0].json["type"] == 4


async def test_completion_proposes(server: DiscordServer) -> None:
    async with connected(server, app()):
        choices = await server.autocomplete("echo", "words", "bli")
    assert [(each.name, each.value) for each in choices] == [("bli!", "blix")]


async def test_people_can_only_type_what_is_registered(server: DiscordServer) -> None:
    server.patience = 0.05
    async with connected(server, app()):
        with pytest.raises(LookupError, match="not registered"):
            await server.command("nothing")
        with pytest.raises(LookupError, match="no option"):
            await server.command("echo", {"words": "a", "colour": "red"})
        with pytest.raises(ValueError, match="required"):
            await server.command("echo")


async def test_interactions_say_who_asks_and_where(server: DiscordServer) -> None:
    client = BareClient()
    seen: list[tuple[object, ...]] = []

    @client.tree.command(description="Who and where")
    async def whoami(interaction: Interaction) -> None:
        place = (interaction.guild_id, interaction.channel_id, interaction.context.dm_channel)
        seen.append((interaction.user.id, interaction.user.display_name, str(interaction.locale), *place))
        await interaction.response.send_message("noted")

    async with connected(server, client):
        await server.command("whoami", user=1002, locale="zh-CN")
        await server.command("whoami", guild=None)
    assert seen[0] == (1002, "Grace", "zh-CN", 3001, 2001, False)
    assert seen[1] == (1001, "Ada", "en-US", None, server.world.direct(1001).id, True)


async def test_a_layout_is_read_and_its_buttons_work_after_a_restart(server: DiscordServer) -> None:
    async with connected(server, app()):
        shown = await server.command("show")
    assert shown.text() == "The text\nA section\nOpen\nTimeline\nSources"
    assert [(each.label, each.custom_id, each.url) for each in shown.buttons()] == [
        ("Open", None, "https://example.org/a"),
        ("Timeline", "press:timeline", None),
        ("Sources", "press:sources", None),
    ]
    async with connected(server, app()):
        pressed = await server.press(shown.messages[0], "Timeline")
        assert pressed.callback_type == 7
        assert pressed.messages == shown.messages
        assert pressed.text().startswith("Pressed timeline")
        again = await server.press(shown.messages[0], custom_id="press:sources")
        assert again.text().startswith("Pressed sources")
    assert shown.messages[0].edited == 2
    assert server.refusals == []


async def test_only_a_button_that_is_seen_can_be_pressed(server: DiscordServer) -> None:
    client = app()

    @client.tree.command(description="For your eyes")
    async def mine(interaction: Interaction) -> None:
        view = ui.View()
        view.add_item(ui.Button(label="Off", custom_id="off", disabled=True))
        await interaction.response.send_message("Mine", view=view, ephemeral=True)

    async with connected(server, client):
        message = (await server.command("mine")).messages[0]
        with pytest.raises(LookupError, match="disabled"):
            await server.press(message, "Off")
        with pytest.raises(LookupError, match="does not see"):
            await server.press(message, "Off", user=1002)
        with pytest.raises(LookupError, match="no such control"):
            await server.press(message, "On")


async def test_a_deferral_is_filled_by_its_follow_up_and_stays_private(server: DiscordServer) -> None:
    client = BareClient()

    @client.tree.command(description="Later")
    async def later(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.sleep(0.05)
        await interaction.followup.send("First")
        await interaction.followup.send("Second", ephemeral=True)
        await interaction.edit_original_response(content="First, edited")

    async with connected(server, client):
        answer = await server.command("later")
        assert answer.callback_type == 5
        assert answer.shown() == []
        await answer.wait(count=2)
        await until(lambda: answer.messages[0].edited == 1)
    assert [each.text() for each in answer.messages] == ["First, edited", "Second"]
    assert answer.messages[0].versions[0]["content"] == "First"
    assert answer.ephemeral


async def test_an_answer_that_comes_too_late_is_gone() -> None:
    async with DiscordServer(interaction_timeout=0.1) as server:
        client = app()
        async with connected(server, client):
            answer = await server.command("slow", {"seconds": 0.2})
            assert not answer.responded
            assert answer.error == "The application did not respond"
            await asyncio.sleep(0.3)
            with pytest.raises(TimeoutError, match="0 of 1 messages"):
                await answer.wait(timeout=0.05)
    assert client.failures == [10062]  # type: ignore[attr-defined]  # set by app()


async def test_a_first_response_is_taken_once(server: DiscordServer) -> None:
    client = BareClient()
    codes: list[int] = []

    @client.tree.command(description="Answer twice")
    async def twice(interaction: Interaction) -> None:
        await interaction.response.send_message("Once")
        interaction.response._response_type = None  # let it believe that it has not answered
        try:
            await interaction.response.send_message("Twice")
        except discord.HTTPException as error:
            codes.append(error.code)

    async with connected(server, client):
        answer = await server.command("twice")
        await until(lambda: bool(codes))
    assert codes == [40060]
    assert answer.text() == "Once"


async def test_a_rate_limited_response_is_sent_again(server: DiscordServer) -> None:
    async with connected(server, app()):
        server.fail("POST", "/interactions/*/callback", status=429, retry_after=0.2)
        answer = await server.command("echo", {"words": "patience"})
    assert answer.text() == "You said: patience"
    assert answer.first_ms is not None
    assert answer.first_ms >= 200
    assert len(server.called("POST", "/callback")) == 2


async def test_a_private_app_may_follow_up_five_times(server: DiscordServer) -> None:
    client = BareClient()
    codes: list[int] = []

    @client.tree.command(description="Go on and on")
    async def chatter(interaction: Interaction) -> None:
        await interaction.response.send_message("0")
        try:
            for index in range(1, 8):
                await interaction.followup.send(str(index))
        except discord.HTTPException as error:
            codes.append(error.code)

    async with connected(server, client):
        ours = await server.command("chatter", owner="user")
        await ours.wait(6)
        theirs = await server.command("chatter")
        await theirs.wait(8)
    assert codes == [40094]
    assert len(ours.messages) == 6


async def test_an_outdated_client_may_send_what_is_no_longer_registered(server: DiscordServer) -> None:
    client = BareClient()
    met: list[type[Exception]] = []

    @client.tree.error
    async def on_error(_interaction: Interaction, error: app_commands.AppCommandError) -> None:
        met.append(type(error))

    server.interactions.timeout = 0.1
    async with connected(server, client):
        assert not (await server.command("gone", {"word": "x"}, outdated=True)).responded
    assert met == [app_commands.CommandNotFound]


async def test_an_address_that_is_not_there_is_noted_as_refused(server: DiscordServer) -> None:
    client = app()
    async with connected(server, client):
        with pytest.raises(discord.NotFound):
            await client.http.request(discord.http.Route("GET", "/nowhere"))
    assert [(call, each.message) for call, each in server.refusals] == [("GET /nowhere", "404: Not Found")]
