"""The loopback Discord's limits for commands and choices, and how it keeps what was registered."""

from typing import Any

import discord
import pytest
from discord import app_commands

from tests.wire.discord import DiscordServer, Refusal, check_choices, check_commands
from tests.wire.discord.bare import BareClient, connected

Made = dict[str, Any]
LENGTH, BETWEEN = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"


def codes(refusals: list[Refusal]) -> set[str | int]:
    return {each.code for each in refusals}


@pytest.mark.parametrize(
    ("name", "value", "passes"),
    [
        ("n" * 100, "v" * 100, True),
        ("n", 5, True),
        ("n" * 101, "v", False),
        ("n", "v" * 101, False),
        ("", "v", False),
        ("n", "", False),
        ("n", True, False),
        ("n", None, False),
    ],
)
def test_choices_have_a_name_and_a_value_of_1_to_100(name: str, value: object, passes: bool) -> None:
    assert (check_choices([{"name": name, "value": value}]) == []) is passes


def command(**parts: Any) -> Made:
    return {"name": "brief", "description": "Look it up", **parts}


def option(**parts: Any) -> Made:
    return {"type": 3, "name": "query", "description": "What", **parts}


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ([command(options=[option(required=True, autocomplete=True), option(name="as-of")])], None),
        ([command(name="简报")], None),
        ([command(type=2, name="Look Up", description="")], None),
        ([command(name="n" * 33)], BETWEEN),
        ([command(name="Brief")], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(name="two words")], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(description="")], BETWEEN),
        ([command(description="x" * 101)], BETWEEN),
        ([command(), command()], "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ([command(name=f"c{index}") for index in range(101)], 30032),
        ([command(options=[option(name=f"o{index}") for index in range(26)])], LENGTH),
        (
            [command(options=[option(), option(name="b", required=True)])],
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        ([command(options=[option(), option()])], "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        ([command(options=[option(type=12)])], "NUMBER_TYPE_MAX"),
        ([command(options=[option(choices=[{"name": str(each), "value": "v"} for each in range(26)])])], LENGTH),
        (
            [command(options=[option(autocomplete=True, choices=[{"name": "n", "value": "v"}])])],
            "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES",
        ),
        ([command(name_localizations={"zh-CN": "简报"})], None),
        ([command(name_localizations={"xx": "brief"})], "BASE_TYPE_CHOICES"),
        ([command(contexts=[0, 1, 2], integration_types=[0, 1])], None),
        ([command(contexts=[3])], "BASE_TYPE_CHOICES"),
        (
            [
                command(
                    options=[
                        option(
                            name=f"o{index}",
                            choices=[{"name": f"{each:0100}", "value": f"{each:0100}"} for each in range(25)],
                        )
                        for index in range(2)
                    ]
                )
            ],
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
    ],
)
def test_commands_are_taken_or_refused_as_a_whole(commands: list[Made], code: str | int | None) -> None:
    found = codes(check_commands(commands))
    assert found == set() if code is None else code in found


async def test_commands_keep_their_ids_and_come_back_with_defaults() -> None:
    async with DiscordServer() as server:
        client = BareClient()

        @client.tree.command(description="Look it up")
        @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
        async def brief(interaction: discord.Interaction[Any], query: str, day: str = "") -> None:
            await interaction.response.send_message(query + day)

        async with connected(server, client):
            first = await client.tree.fetch_commands()
            again = await client.tree.sync()
            assert [each.id for each in first] == [each.id for each in again]
            assert server.command_syncs == 2
            required = [option.to_dict().get("required") for option in first[0].options]
            assert required == [True, False]
            assert (await server.command("brief", {"query": "a"})).text() == "a"
    assert server.commands[0]["contexts"] == [0, 1]
    assert "required" not in server.commands[0]["options"][1]


async def test_a_refused_overwrite_changes_nothing() -> None:
    async with DiscordServer() as server:
        client = BareClient()
        async with connected(server, client):
            server_side = client.http
            await server_side.bulk_upsert_global_commands(client.application_id or 0, [command()])
            with pytest.raises(discord.HTTPException) as refused:
                await server_side.bulk_upsert_global_commands(client.application_id or 0, [command(name="No")])
            assert (refused.value.status, refused.value.code) == (400, 50035)
        assert [each["name"] for each in server.commands] == ["brief"]
        assert server.refusals[0][1].path == "0.name"


async def test_subcommands_are_used_by_their_whole_name() -> None:
    async with DiscordServer() as server:
        client = BareClient()
        group = app_commands.Group(name="briefings", description="All of them")

        @group.command(name="list", description="Browse")
        async def browse(interaction: discord.Interaction[Any], topic: str) -> None:
            await interaction.response.send_message(f"About {topic}")

        client.tree.add_command(group)
        async with connected(server, client):
            assert (await server.command("briefings list", {"topic": "trade"})).text() == "About trade"
