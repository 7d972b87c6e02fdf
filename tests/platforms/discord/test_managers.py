"""`/digest` in Discord: real subcommands with completion, and who may manage by permission, role or own messages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.commands import spec
from bot.commands.router import Router
from bot.contract import Target
from bot.digests.model import OnEmpty
from bot.library.vocabulary import Kind
from tests.commands.memory_desk import MemoryDesk
from tests.platforms.discord.rig import connected
from tests.platforms.discord.script import Script
from tests.samples import NOW, library
from tests.wire.discord import Answer, DiscordServer
from tests.wire.discord.places import GUILD
from tests.wire.discord.world import CHANNEL

MANAGE_SERVER, ADMINISTRATOR, MANAGE_CHANNELS = "32", "8", "16"
EDITORS, OTHERS = 4001, 4002
HERE = Target("discord", str(GUILD), str(CHANNEL))


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@asynccontextmanager
async def bot(server: DiscordServer, desk: MemoryDesk, *roles: str) -> AsyncIterator[None]:
    async with connected(server, Router(library, lambda: NOW, desk=lambda: desk), roles=roles):
        yield


async def subscribe(server: DiscordServer, **options: str) -> Answer:
    return await server.command("digest subscribe", {"time": "8:00", "zone": "UTC", **options})


@pytest.mark.parametrize(
    ("permissions", "may"),
    [(MANAGE_SERVER, True), (ADMINISTRATOR, True), (MANAGE_CHANNELS, False), ("0", False), (None, False)],
)
async def test_managing_the_server_is_what_it_takes(
    server: DiscordServer, desk: MemoryDesk, permissions: str | None, may: bool
) -> None:
    if permissions is not None:
        server.world.allowed[1001] = permissions
    async with bot(server, desk):
        shown = (await subscribe(server)).text()
    assert ("Subscribed" in shown) == may
    assert ("Only those who may manage the server may." in shown) == (not may)
    assert list(desk.kept) == ([HERE] if may else [])


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        (("Editors",), True),
        (("editors",), True),
        (("@Editors",), True),
        (("4001",), True),
        (("4002",), False),
        (("Others", "Nobody"), False),
        (("Edit",), False),
        (("",), False),
    ],
)
async def test_a_role_may_be_named_by_name_or_id(
    server: DiscordServer, desk: MemoryDesk, roles: tuple[str, ...], may: bool
) -> None:
    server.world.roles = {EDITORS: "Editors", OTHERS: "Others"}
    server.world.held[1001] = (EDITORS,)
    async with bot(server, desk, *roles):
        shown = (await subscribe(server)).text()
    assert ("Subscribed" in shown) == may
    assert ("a role that the bot's settings name" in shown) == (not may)


async def test_a_role_that_the_server_does_not_have_lets_nobody_in(server: DiscordServer, desk: MemoryDesk) -> None:
    server.world.held[1001] = (EDITORS,)
    async with bot(server, desk, "4001", "Editors"):
        assert "You may not change" in (await subscribe(server)).text()


async def test_in_direct_messages_everybody_has_their_own(server: DiscordServer, desk: MemoryDesk) -> None:
    async with bot(server, desk):
        answer = await server.command("digest subscribe", {"zone": "UTC"}, guild=None)
    assert "Subscribed" in answer.text()
    (target,) = desk.kept
    assert (target.platform, target.workspace) == ("discord", "")


async def test_buttons_are_checked_when_they_are_pressed(server: DiscordServer, desk: MemoryDesk) -> None:
    server.world.allowed[1001] = MANAGE_SERVER
    async with bot(server, desk):
        answer = await subscribe(server)
        server.world.allowed[1001] = "0"
        refused = await server.press(answer.messages[0], label="Pause")
        assert "You may not change" in refused.text()
        server.world.allowed[1001] = MANAGE_SERVER
        asked = await server.press(answer.messages[0], label="Unsubscribe")
        assert "End the digest here?" in asked.messages[0].text()
        ended = await server.press(asked.messages[0], label="Yes, end it")
    assert "has ended" in ended.messages[0].text()
    assert all(message.ephemeral for message in (*answer.messages, *refused.messages, *ended.messages))
    assert desk.kept == {}


async def test_options_arrive_by_name(server: DiscordServer, desk: MemoryDesk) -> None:
    server.world.allowed[1001] = MANAGE_SERVER
    options = {"time": "19h30", "zone": "北京", "days": "weekends", "topics": "diplomacy", "kinds": "people,events"}
    async with bot(server, desk):
        answer = await server.command("digest subscribe", {**options, "on-empty": "note", "duties": "yes"})
    assert "Sat 28 Nov 19:30 (UTC+8) · Sun 29 Nov 19:30 (UTC+8) · Sat 5 Dec 19:30 (UTC+8)" in answer.text().replace(
        "\\", ""
    )
    wants = desk.kept[HERE].wants
    assert (wants.topics, wants.kinds) == (("diplomacy",), (Kind.PERSON, Kind.EVENT))
    assert (wants.on_empty, wants.duties) == (OnEmpty.NOTE, True)


async def test_every_subcommand_is_offered_and_arrives(server: DiscordServer) -> None:
    script = Script()
    async with connected(server, script):
        for each in spec.DIGEST:
            await server.command(each.name)
    assert [name for name, _, _ in script.asked] == [each.name for each in spec.DIGEST]


async def test_zones_topics_and_kinds_complete(server: DiscordServer, desk: MemoryDesk) -> None:
    async with bot(server, desk):
        zones = await server.autocomplete("digest subscribe", "zone", "shang")
        topics = await server.autocomplete("digest subscribe", "topics", "dip")
        kinds = await server.autocomplete("digest subscribe", "kinds", "people,ev", options={"zone": "UTC"})
        many = await server.autocomplete("digest subscribe", "zone", "")
    assert zones[0].value == "Asia/Shanghai"
    assert [each.value for each in topics] == ["diplomacy"]
    assert [each.value for each in kinds] == ["people,events"]
    assert 10 < len(many) <= 25


async def test_without_a_zone_it_is_asked_for(server: DiscordServer, desk: MemoryDesk) -> None:
    server.world.allowed[1001] = MANAGE_SERVER
    async with bot(server, desk):
        answer = await server.command("digest subscribe", {"time": "7:30"})
    assert "Whose time?" in answer.text()
    assert desk.kept == {}
