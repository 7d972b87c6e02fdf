"""The table of commands becomes Discord's commands, all of it and within Discord's limits."""

import json
import re
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.commands.spec import COMMANDS, COMPLETED, Command, OptionKind
from bot.platforms.discord.commands import CHANNELS, CommandTree
from bot.platforms.discord.sync import fingerprint


class Heard:
    """Answers nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, dict[str, str]]] = []
        self.completions: list[tuple[str, str, str]] = []

    async def command(self, interaction: discord.Interaction[Any], name: str, options: dict[str, str]) -> None:
        self.commands.append((name, options))

    async def complete(
        self, interaction: discord.Interaction[Any], command: str, option: str, partial: str
    ) -> list[app_commands.Choice[str]]:
        self.completions.append((command, option, partial))
        return []

    async def fail(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        raise error


@pytest.fixture
def tree() -> CommandTree:
    return CommandTree(discord.AutoShardedClient(intents=discord.Intents.none()), Heard())


def payloads(tree: CommandTree) -> dict[str, dict[str, Any]]:
    return {command.name: command.to_dict(tree) for command in tree.get_commands()}


def test_every_command_and_option_is_there_in_order(tree: CommandTree) -> None:
    sent = payloads(tree)
    assert set(sent) == {command.name for command in COMMANDS}
    for command in COMMANDS:
        assert sent[command.name]["description"] == command.summary
        below = [(each, sent[command.name]["options"][place]) for place, each in enumerate(command.subcommands)]
        for each, subcommand in below:
            assert (subcommand["name"], subcommand["description"]) == (each.last, each.summary)
            assert subcommand["type"] == discord.AppCommandOptionType.subcommand.value
        assert len(sent[command.name]["options"]) == len(below) or not below
        for each, made in below or [(command, sent[command.name])]:
            check_options(each, made["options"])


def check_options(command: Command, options: list[dict[str, Any]]) -> None:
    for option, wanted in zip(options, _required_first(command), strict=True):
        assert option["name"] == wanted.name
        assert option["description"] == wanted.help
        assert option["required"] == wanted.required
        is_channel = wanted.kind is OptionKind.CHANNEL
        kind = discord.AppCommandOptionType.channel if is_channel else discord.AppCommandOptionType.string
        assert option["type"] == kind.value
        assert option.get("channel_types", []) == ([each.value for each in CHANNELS] if is_channel else [])
        assert option.get("autocomplete", False) == (wanted.kind in COMPLETED)
        assert [choice["value"] for choice in option.get("choices", ())] == list(wanted.choices)


def _required_first(command: Command) -> list[Any]:
    return sorted(command.options, key=lambda option: not option.required)


def test_commands_work_everywhere_for_servers_and_for_people(tree: CommandTree) -> None:
    for sent in payloads(tree).values():
        assert sent["contexts"] == [0, 1, 2]
        assert sent["integration_types"] == [0, 1]
        assert sent["default_member_permissions"] is None


def test_names_and_lengths_are_what_discord_takes(tree: CommandTree) -> None:
    name = re.compile(r"[-_\w]{1,32}")
    for sent in payloads(tree).values():
        inner = [option for each in sent["options"] for option in each.get("options", ())]
        for part in (sent, *sent["options"], *inner):
            assert name.fullmatch(part["name"])
            assert part["name"] == part["name"].lower()
            assert 1 <= len(part["description"]) <= 100
        assert len(sent["options"]) <= 25
        assert len(json.dumps(sent)) <= 8_000


def test_the_fingerprint_sees_what_users_see_and_nothing_else(tree: CommandTree) -> None:
    ours = list(payloads(tree).values())
    theirs = [
        {
            **command,
            "id": "9",
            "application_id": "1",
            "version": "7",
            "dm_permission": None,
            "name_localizations": None,
            "contexts": list(reversed(command["contexts"])),
            "options": [{key: value for key, value in option.items() if value} for option in command["options"]],
        }
        for command in reversed(ours)
    ]
    assert fingerprint(theirs) == fingerprint(ours)


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Other words"},
        {"contexts": [0]},
        {"integration_types": [0]},
        {"default_member_permissions": "0"},
        {"nsfw": True},
        {"options": []},
    ],
)
def test_the_fingerprint_changes_with_anything_that_users_see(tree: CommandTree, change: dict[str, Any]) -> None:
    first, *rest = payloads(tree).values()
    assert fingerprint([first | change, *rest]) != fingerprint([first, *rest])


def test_the_fingerprint_changes_with_the_kinds_of_channels_that_are_offered(tree: CommandTree) -> None:
    sent = list(payloads(tree).values())
    other = json.loads(json.dumps(sent).replace(str([each.value for each in CHANNELS]), "[0]"))
    assert other != sent
    assert fingerprint(other) != fingerprint(sent)
