"""`/digest` about another channel of the server: forums, threads and whatever else takes editions, if one sees it."""

from collections.abc import AsyncIterator

import pytest

from bot.commands.router import Router
from bot.contract import Target
from bot.library.vocabulary import Audience
from bot.platforms.discord.commands import CHANNELS
from tests.commands.memory_desk import MemoryDesk
from tests.platforms.discord.rig import connected
from tests.samples import NOW, library
from tests.wire.discord import Answer, DiscordServer, places
from tests.wire.discord.places import GUILD
from tests.wire.discord.world import CHANNEL

MANAGE_SERVER = 1 << 5
MANAGE_THREADS = 1 << 34
GRACE, EDITORS = 1002, 4001
OTHER, FORUM, THREAD, HIDDEN, PRIVATE, VOICE, NEWS = 2002, 2010, 2012, 2013, 2014, 2015, 2016


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@pytest.fixture
async def server(desk: MemoryDesk) -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        running.add_channel(FORUM, "digests", type=places.FORUM)
        running.add_channel(THREAD, "a thread", type=places.PUBLIC_THREAD, parent=OTHER, owner=1001)
        running.add_channel(PRIVATE, "a secret thread", type=12, parent=OTHER, owner=1001)
        running.add_channel(HIDDEN, "staff", hidden=True, let_in=(EDITORS,))
        running.add_channel(NEWS, "news", type=places.ANNOUNCEMENT)
        running.add_channel(VOICE, "stage", type=places.VOICE)
        running.world.roles = {EDITORS: "Editors"}
        running.world.allowed[GRACE] = str(MANAGE_SERVER)
        router = Router(library, lambda: NOW, desk=lambda: desk)
        async with connected(running, router, audience=Audience.INTERNAL):
            yield running
        assert running.pings == []


async def subscribe(server: DiscordServer, channel: int, user: int = GRACE) -> Answer:
    options = {"time": "8:00", "zone": "UTC", "channel": channel}
    return await server.command("digest subscribe", options, user=user)


def there(channel: int) -> Target:
    return Target("discord", str(GUILD), str(channel))


@pytest.mark.parametrize(
    ("channel", "name"),
    [(OTHER, "briefings"), (FORUM, "digests"), (THREAD, "a thread"), (VOICE, "stage"), (PRIVATE, "a secret thread")],
)
async def test_whatever_takes_editions_can_be_chosen(
    server: DiscordServer, desk: MemoryDesk, channel: int, name: str
) -> None:
    server.world.allowed[GRACE] = str(MANAGE_SERVER | MANAGE_THREADS)
    shown = (await subscribe(server, channel)).text().replace("\\", "")
    assert f"Subscribed in #{name}" in shown
    assert list(desk.kept) == [there(channel)]


async def test_a_private_thread_is_not_chosen_by_who_only_sees_its_parent(
    server: DiscordServer, desk: MemoryDesk
) -> None:
    assert "no such channel that both you and I can see" in (await subscribe(server, PRIVATE)).text()
    assert desk.kept == {}


async def test_every_subcommand_takes_it(server: DiscordServer, desk: MemoryDesk) -> None:
    await subscribe(server, FORUM)
    for what in ("list", "preview", "now", "status", "pause", "resume", "unsubscribe"):
        answer = await server.command(f"digest {what}", {"channel": FORUM}, user=GRACE)
        assert "No digest comes here" not in answer.text()
        assert all(message.ephemeral for message in answer.messages)
    assert desk.kept == {}


async def test_channels_are_offered_by_what_they_are(server: DiscordServer) -> None:
    (command,) = (each for each in server.commands if each["name"] == "digest")
    chosen = [option for sub in command["options"] for option in sub["options"] if option["name"] == "channel"]
    assert len(chosen) == len(command["options"])
    assert {tuple(each["channel_types"]) for each in chosen} == {tuple(kind.value for kind in CHANNELS)}
    assert places.FORUM in chosen[0]["channel_types"]
    assert places.CATEGORY not in chosen[0]["channel_types"]


async def test_who_may_not_manage_the_server_may_not_elsewhere(server: DiscordServer, desk: MemoryDesk) -> None:
    server.world.allowed[GRACE] = str(places.VIEW)
    shown = (await subscribe(server, FORUM)).text().replace("\\", "")
    assert "You may not change the digest in #digests." in shown
    assert "Only those who may manage the server may." in shown
    assert desk.kept == {}


async def test_a_button_is_about_the_other_channel_as_long_as_one_sees_it(
    server: DiscordServer, desk: MemoryDesk
) -> None:
    server.world.held[GRACE] = (EDITORS,)
    answer = await subscribe(server, HIDDEN)
    assert "Subscribed" in answer.text()
    paused = await server.press(answer.messages[0], label="Pause", user=GRACE)
    assert "The digest in #staff is paused" in paused.text().replace("\\", "")
    server.world.held[GRACE] = ()
    server.world.allowed[1001] = str(MANAGE_SERVER)
    refused = await server.press(answer.messages[0], label="Unsubscribe", user=GRACE)
    assert "no such channel that both you and I can see" in refused.text()
    owner = await subscribe(server, HIDDEN, user=1001)
    assert "was changed" in owner.text()
    assert list(desk.kept) == [there(HIDDEN)]


@pytest.mark.parametrize(("permissions", "sees"), [(MANAGE_THREADS, True), (0, False)])
async def test_a_private_thread_is_seen_by_who_manages_threads(
    server: DiscordServer, permissions: int, sees: bool
) -> None:
    server.world.allowed[GRACE] = str(MANAGE_SERVER | MANAGE_THREADS)
    answer = await subscribe(server, PRIVATE)
    server.world.roles = {}
    server.world.held[GRACE] = (EDITORS,)
    guild = server.world.guild(GUILD)
    guild["roles"].append({**guild["roles"][0], "id": str(EDITORS), "name": "Editors", "permissions": str(permissions)})
    await server.gateway.dispatch("GUILD_CREATE", guild, guild=GUILD, intent=1)
    pressed = await server.press(answer.messages[0], label="Status", user=GRACE)
    assert ("Recent editions in" in pressed.text()) == sees


async def test_a_channel_written_into_the_line_is_one_too_and_a_name_alone_is_not(
    server: DiscordServer, desk: MemoryDesk
) -> None:
    shown = await server.command("digest subscribe", {"time": f"8:00 utc <#{FORUM}>"}, user=GRACE)
    assert "Subscribed in" in shown.text()
    assert list(desk.kept) == [there(FORUM)]
    named = await server.command("digest subscribe", {"time": "8:00 utc #digests"}, user=GRACE)
    assert "Choose it in the field “channel”." in named.text()
    hidden = await server.command("digest subscribe", {"time": f"8:00 utc <#{HIDDEN}>"}, user=GRACE)
    assert "no such channel" in hidden.text()
    assert list(desk.kept) == [there(FORUM)]


@pytest.mark.parametrize("written", [f"000{FORUM}", "\u0662\u0660\u0661\u0660", "\uff12\uff10\uff11\uff10"])
async def test_a_channel_has_one_id_however_it_is_written(
    server: DiscordServer, desk: MemoryDesk, written: str
) -> None:
    shown = await server.command("digest subscribe", {"time": f"8:00 utc channel {written}"}, user=GRACE)
    assert "Choose it in the field “channel”." in shown.text()
    assert desk.kept == {}


async def test_a_channel_of_another_server_is_none(server: DiscordServer, desk: MemoryDesk) -> None:
    server.world.guilds[3002] = "Elsewhere"
    server.add_channel(2099, "theirs", 3002)
    await server.gateway.dispatch("GUILD_CREATE", server.world.guild(3002), guild=3002, intent=1)
    shown = await server.command("digest subscribe", {"time": "8:00 utc <#2099>"}, user=GRACE)
    assert "no such channel" in shown.text()
    assert desk.kept == {}


async def test_what_other_servers_may_follow_gets_what_is_for_everybody(
    server: DiscordServer, desk: MemoryDesk
) -> None:
    await subscribe(server, OTHER)
    await subscribe(server, NEWS)
    assert {each.target: each.audience for each in desk.kept.values()} == {
        there(OTHER): Audience.INTERNAL,
        there(NEWS): Audience.PUBLIC,
    }
    desk.kept.clear()
    await server.command("digest subscribe", {"time": f"8:00 utc <#{NEWS}>"}, user=GRACE)
    assert desk.kept[there(NEWS)].audience is Audience.PUBLIC
    desk.kept.clear()
    await server.command("digest subscribe", {"time": "8:00 utc"}, user=GRACE, channel=NEWS)
    assert desk.kept[there(NEWS)].audience is Audience.PUBLIC


async def test_in_direct_messages_there_is_no_other(server: DiscordServer, desk: MemoryDesk) -> None:
    shown = await server.command("digest subscribe", {"time": f"8:00 utc <#{CHANNEL}>"}, guild=None)
    assert "In direct messages there is no other channel." in shown.text()
    assert desk.kept == {}
