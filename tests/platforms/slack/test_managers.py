"""Who may manage a channel's digest in Slack, asked of users.info, and the command as a member uses it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from cachetools import TTLCache

from bot.commands.request import Caller
from bot.commands.router import Router
from bot.contract import Target
from bot.digests.desk import Desk
from bot.library.vocabulary import Audience
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.exchange import new_session, web_client
from bot.platforms.slack.people import FRESH, Managers, People
from tests.commands.memory_desk import MemoryDesk
from tests.platforms.slack.rig import connected, running, seen, settings
from tests.platforms.slack.script import Script
from tests.samples import NOW, library
from tests.wire.slack import SlackServer


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


def router(desk: Desk) -> Router:
    return Router(library, lambda: NOW, desk=lambda: desk)


@asynccontextmanager
async def workspace(
    slack: SlackServer, desk: MemoryDesk, managers: Managers = Managers.MEMBERS
) -> AsyncIterator[SlackPlatform]:
    platform = SlackPlatform(settings(slack), router(desk), managers=managers)
    async with running(platform):
        yield platform


@pytest.mark.parametrize(
    ("user", "managers", "may"),
    [
        ("U1", Managers.MEMBERS, True),
        ("U2", Managers.MEMBERS, True),
        ("U1", Managers.ADMINS, True),
        ("U2", Managers.ADMINS, False),
        ("UOWNER", Managers.ADMINS, True),
        ("UGUEST", Managers.MEMBERS, False),
        ("UGUEST", Managers.ADMINS, False),
        ("UOTHER", Managers.MEMBERS, False),
    ],
)
async def test_who_may(slack: SlackServer, desk: MemoryDesk, user: str, managers: Managers, may: bool) -> None:
    slack.add_user("UOWNER", "olga", is_owner=True)
    slack.add_user("UGUEST", "gus", is_restricted=True, is_admin=True)
    slack.add_user("UOTHER", "oto", team_id="T2", is_admin=True)
    async with workspace(slack, desk, managers):
        answer = await slack.command("/digest", "subscribe 8 utc", user=user)
        shown = seen(answer.messages)
    assert ("Subscribed" in shown) == may
    assert ("You may not change the digest here." in shown) == (not may)
    assert bool(desk.kept) == may
    if not may:
        assert ("guests or people of other workspaces" in shown) == (user != "U2")
        assert ("Only admins and owners" in shown) == (user == "U2")


async def test_somebody_of_another_workspace_may_look_and_not_change(slack: SlackServer, desk: MemoryDesk) -> None:
    slack.add_user("UOTHER", "oto", team_id="T2")
    async with workspace(slack, desk):
        await slack.command("/digest", "subscribe 8 utc")
        told = await slack.command("/digest", "list", user="UOTHER", team_id="T2")
        pressed = await slack.press(told, label="Pause", user="UOTHER")
        claiming = await slack.command("/digest", "pause", user="UOTHER", team_id="T1")
    assert "08:00" in seen(told.messages)
    assert "You may not change" in seen(pressed.messages)
    assert "You may not change" in seen(claiming.messages)
    assert list(desk.kept) == [Target("slack", "T1", "C1")]


@pytest.mark.parametrize(
    "how",
    [
        {"error": "user_not_found"},
        {"error": "missing_scope"},
        {"status": 500},
        {"broken_json": True},
        {"reset": True},
        {"body": '{"ok": true}', "content_type": "application/json"},
        {"body": '{"ok": true, "user": []}', "content_type": "application/json"},
    ],
)
async def test_where_slack_does_not_say_nobody_may(
    slack: SlackServer, desk: MemoryDesk, how: dict[str, object]
) -> None:
    async with workspace(slack, desk):
        slack.fail("users.info", times=9, **how)
        refused = await slack.command("/digest", "subscribe 8 utc")
        assert "Slack does not tell me at the moment who you are." in seen(refused.messages)
        slack.faults.clear()
        await slack.command("/digest", "subscribe 8 utc")
    assert len(desk.kept) == 1, "a failure is not remembered"


async def test_slack_is_asked_once_for_some_minutes(slack: SlackServer, desk: MemoryDesk) -> None:
    async with workspace(slack, desk):
        for words in ("subscribe 8", "pause", "resume"):
            await slack.command("/digest", words)
        assert len(slack.called("users.info")) == 1
        await slack.command("/digest", "pause", user="U2")
    assert len(slack.called("users.info")) == 2
    assert FRESH <= 300


async def test_what_slack_said_is_forgotten_after_a_while(slack: SlackServer) -> None:
    now = [0.0]
    async with new_session() as session:
        people = People(web_client(slack.bot_token, slack.base_url, session), "T1", Managers.ADMINS)
        people._known = TTLCache(8, FRESH, timer=lambda: now[0])
        assert await people.of("U1", "T1", "C1").may_not_manage() == ""
        slack.workspace.users["U1"].is_admin = False
        now[0] = FRESH - 1
        assert await people.of("U1", "T1", "C1").may_not_manage() == ""
        now[0] = FRESH + 1
        assert "Only admins" in await people.of("U1", "T1", "C1").may_not_manage()


async def test_looking_asks_slack_nothing(slack: SlackServer, desk: MemoryDesk) -> None:
    async with workspace(slack, desk):
        for words in ("", "list", "preview", "help"):
            await slack.command("/digest", words)
        await slack.command("/brief", "blinken")
    assert slack.called("users.info") == []


async def test_the_zone_is_the_callers_own(slack: SlackServer, desk: MemoryDesk) -> None:
    async with workspace(slack, desk):
        shown = await slack.command("/digest", "subscribe 7:30", user="U2")
    assert "Asia/Shanghai" in seen(shown.messages)
    assert "(UTC+8)" in seen(shown.messages)


async def test_buttons_change_the_message_they_stand_in(slack: SlackServer, desk: MemoryDesk) -> None:
    async with workspace(slack, desk):
        answer = await slack.command("/digest", "subscribe 8 utc")
        await slack.press(answer, label="Unsubscribe")
        assert "End the digest here?" in seen(answer.messages)
        assert "Next:" not in seen(answer.messages)
        await slack.press(answer, label="Yes, end it")
        assert "has ended" in seen(answer.messages)
    assert desk.kept == {}
    assert all(message.ephemeral_to == "U1" for message in answer.messages)


async def test_a_mention_is_answered_to_the_one_alone_and_a_direct_message_as_ever(
    slack: SlackServer, desk: MemoryDesk
) -> None:
    async with workspace(slack, desk):
        mentioned = await slack.mention("<@UBOT> digest subscribe 8 utc")
        await mentioned.wait(1)
        direct = await slack.direct_message("digest list")
        await direct.wait(1)
        other = await slack.mention("<@UBOT> blinken")
        await other.wait(1)
    assert [message.ephemeral_to for message in mentioned.messages] == ["U1"]
    assert "Subscribed" in seen(mentioned.messages)
    assert "No digest comes here yet" in seen(direct.messages)
    assert [message.ephemeral_to for message in other.messages] == [None]


@pytest.mark.parametrize(
    ("shared", "error", "audience"),
    [(False, None, Audience.INTERNAL), (True, None, Audience.PUBLIC), (False, "missing_scope", Audience.PUBLIC)],
)
async def test_in_a_channel_shared_with_others_a_digest_holds_what_is_public(
    slack: SlackServer, desk: MemoryDesk, shared: bool, error: str | None, audience: Audience
) -> None:
    slack.workspace.channels["C1"].is_ext_shared = shared
    if error:
        slack.fail("conversations.info", error=error)
    platform = SlackPlatform(settings(slack), router(desk), audience=Audience.INTERNAL)
    async with running(platform):
        await slack.command("/digest", "subscribe 8 utc")
    assert [each.audience for each in desk.kept.values()] == [audience]


async def test_who_asks_is_the_same_whether_or_not_they_may(slack: SlackServer) -> None:
    script = Script()
    async with connected(slack, script):
        await slack.command("/digest", "list")
    (_, _, caller) = script.asked[0]
    assert caller == Caller("slack", "U1", "C1", "T1", "ada")
    assert caller.target == Target("slack", "T1", "C1")
