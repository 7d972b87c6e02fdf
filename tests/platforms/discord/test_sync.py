"""Discord's list of our commands is overwritten when it differs from ours, and only then."""

import copy
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import structlog

from bot.commands.spec import COMMANDS
from bot.platforms.discord.client import BriefClient, build_client, use_api
from bot.platforms.discord.sync import FIRST_DELAY, LONGEST_DELAY, keep_in_step
from tests.platforms.discord.rig import connected, until
from tests.platforms.discord.script import Script
from tests.wire.discord import DiscordServer

Commands = list[dict[str, Any]]
NAMES = {command.name for command in COMMANDS}


def leaves(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the options of a command, or of its subcommands."""
    for option in command["options"]:
        yield from leaves(option) if option["type"] == 1 and option.get("options") else (option,)


async def start(server: DiscordServer) -> None:
    """Start the bot once, until it has compared the commands."""
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script()):
            await until(lambda: any(line.get("action") == "discord.sync" for line in log))


async def test_commands_are_sent_at_the_first_start_and_never_again(server: DiscordServer) -> None:
    for _ in range(3):
        await start(server)
    assert {each["name"] for each in server.commands} == NAMES
    assert len(server.called("PUT", "/commands")) == server.command_syncs == 1
    assert [(each["contexts"], each["integration_types"]) for each in server.commands] == [([0, 1, 2], [0, 1])] * len(
        COMMANDS
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda commands: commands[0].update(description="Other words"),
        lambda commands: commands[0].update(contexts=[0, 1]),
        lambda commands: commands[0].update(integration_types=[0]),
        lambda commands: commands[0]["options"][0].update(description="Other words"),
        lambda commands: commands[0]["options"][0].update(autocomplete=False),
        lambda commands: commands[0]["options"][0].update(max_length=10),
        lambda commands: commands[0]["options"].pop(),
        lambda commands: commands.append({**copy.deepcopy(commands[0]), "id": "7", "name": "retired"}),
        lambda commands: commands.append({"id": "7", "name": "Look it up", "type": 3}),
        lambda commands: commands.pop(),
        lambda commands: commands.clear(),
    ],
)
async def test_what_another_version_left_is_replaced_once(
    server: DiscordServer, change: Callable[[Commands], object]
) -> None:
    await start(server)
    change(server.commands)
    for _ in range(2):
        await start(server)
    assert server.command_syncs == 2
    assert {each["name"] for each in server.commands} == NAMES


@pytest.mark.parametrize(
    "variant",
    [
        {"contexts": None},
        {"name_localizations": None, "description_localizations": None},
        {"name_localizations": {}, "version": "9", "handler": 1, "something_new": {"a": [1]}},
        {"integration_types": [1, 0], "contexts": [2, 1, 0], "dm_permission": True},
        {"nsfw": None, "default_permission": True},
    ],
)
async def test_the_same_said_otherwise_is_left_alone(server: DiscordServer, variant: dict[str, Any]) -> None:
    await start(server)
    for command in server.commands:
        command.update(variant)
        command.pop("nsfw", None)
        command.pop("default_member_permissions")
        for option in leaves(command):
            kept = option.get("choices") or None
            option.update(required=bool(option.get("required")), name_localizations=None, choices=kept, options=[])
    server.commands.reverse()
    await start(server)
    assert server.command_syncs == 1


@pytest.fixture
async def client(server: DiscordServer) -> AsyncIterator[BriefClient]:
    use_api(server.api_base)
    client = build_client(Script())
    async with client:
        yield client


async def logged_in(server: DiscordServer, client: BriefClient) -> BriefClient:
    """Log in without comparing anything by itself."""

    async def nothing() -> None: ...

    client.setup_hook = nothing  # type: ignore[method-assign]
    await client.login(server.token)
    return client


async def test_whatever_fails_is_logged_and_tried_again_ever_later(server: DiscordServer, client: BriefClient) -> None:
    await logged_in(server, client)
    server.fail("GET", "/applications/*/commands", status=503, times=2)
    server.fail("GET", "/applications/*/commands", status=403, times=6)
    server.fail("PUT", "/applications/*/commands", status=400, code=50035)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    with structlog.testing.capture_logs() as log:
        await keep_in_step(client.tree, pause=pause)
    assert pauses == [min(FIRST_DELAY * 2**step, LONGEST_DELAY) for step in range(9)]
    assert pauses[-1] == LONGEST_DELAY
    failures = [line for line in log if line["event"] == "failed"]
    assert {line["action"] for line in failures} == {"discord.sync"}
    assert len(failures) == 9
    assert server.command_syncs == 1


async def test_a_list_that_makes_no_sense_is_tried_again_too(server: DiscordServer, client: BriefClient) -> None:
    await logged_in(server, client)
    server.commands.append({"name": "odd", "options": 5})

    async def pause(_seconds: float) -> None:
        server.commands.clear()

    with structlog.testing.capture_logs() as log:
        await keep_in_step(client.tree, pause=pause)
    assert [type(line["exc_info"]).__name__ for line in log if line["event"] == "failed"] == ["TypeError"]
    assert server.command_syncs == 1
