"""`/digest` about another channel of the workspace: as Slack writes it, for members of it alone."""

import pytest
from cachetools import TTLCache

from bot.commands.router import Router
from bot.contract import Target
from bot.errors import BadRequestError
from bot.library.vocabulary import Audience
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.exchange import new_session, web_client
from bot.platforms.slack.people import FRESH, Managers, People
from tests.commands.memory_desk import MemoryDesk
from tests.platforms.slack.rig import running, seen, settings
from tests.samples import NOW, library
from tests.wire.slack import SlackServer

THERE = Target("slack", "T1", "C2")


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


def platform(
    slack: SlackServer,
    desk: MemoryDesk,
    managers: Managers = Managers.MEMBERS,
    audience: Audience = Audience.PUBLIC,
) -> SlackPlatform:
    return SlackPlatform(
        settings(slack), Router(library, lambda: NOW, desk=lambda: desk), managers=managers, audience=audience
    )


async def typed(slack: SlackServer, words: str, user: str = "U1", team: str = "T1") -> str:
    answer = await slack.command("/digest", words, user=user, escape=True, team_id=team)
    return seen(answer.messages)


@pytest.mark.parametrize("words", ["#random 8 utc", "8 utc in #random", "8 utc channel C2"])
async def test_a_member_subscribes_another_channel(slack: SlackServer, desk: MemoryDesk, words: str) -> None:
    slack.workspace.channels["C2"].members = frozenset({"U1", "UBOT"})
    async with running(platform(slack, desk)):
        shown = await typed(slack, f"subscribe {words}")
    assert "Subscribed in #random" in shown
    assert list(desk.kept) == [THERE]


async def test_a_private_channel_comes_without_its_name_and_is_told_by_it(slack: SlackServer, desk: MemoryDesk) -> None:
    slack.add_channel("CSECRET1", "plans", is_private=True, members=frozenset({"U1", "UBOT"}))
    async with running(platform(slack, desk)):
        assert "Subscribed in #plans" in await typed(slack, "subscribe #plans 8 utc")
        assert "both you and I are in" in await typed(slack, "list #plans", user="U2")
    assert list(desk.kept) == [Target("slack", "T1", "CSECRET1")]


@pytest.mark.parametrize("what", ["subscribe 8 utc", "list", "preview", "now", "status", "pause", "unsubscribe"])
async def test_who_is_no_member_neither_changes_nor_hears_of_it(
    slack: SlackServer, desk: MemoryDesk, what: str
) -> None:
    slack.workspace.channels["C2"].members = frozenset({"U2", "UBOT"})
    async with running(platform(slack, desk)):
        await typed(slack, "subscribe #random 8 utc topics diplomacy", user="U2")
        before = dict(desk.kept)
        assert list(before) == [THERE]
        shown = await typed(slack, f"{what} #random")
    assert "There is no such channel that both you and I are in." in shown
    assert "diplomacy" not in shown
    assert desk.kept == before


@pytest.mark.parametrize("error", ["channel_not_found", "missing_scope", "fetch_members_failed"])
async def test_where_slack_does_not_say_who_is_in_it_nothing_is_done(
    slack: SlackServer, desk: MemoryDesk, error: str
) -> None:
    async with running(platform(slack, desk)):
        slack.fail("conversations.members", error=error)
        assert "no such channel" in await typed(slack, "subscribe #random 8 utc")
        assert desk.kept == {}
        assert "Subscribed" in await typed(slack, "subscribe #random 8 utc")


async def test_a_private_channel_without_the_bot_is_no_channel(slack: SlackServer, desk: MemoryDesk) -> None:
    slack.add_channel("CSECRET1", "plans", is_private=True, is_member=False)
    async with running(platform(slack, desk)):
        shown = await typed(slack, "subscribe #plans 8 utc")
    assert "There is no such channel that both you and I are in. Invite me there" in shown


async def test_a_name_that_slack_does_not_know_is_answered_in_words(slack: SlackServer, desk: MemoryDesk) -> None:
    async with running(platform(slack, desk)):
        shown = await typed(slack, "subscribe #nowhere 8 utc")
    assert "Slack does not tell me which channel that is." in shown
    assert "choose it from Slack's list" in shown
    assert slack.called("conversations.members") == []


async def test_the_setting_and_the_workspace_hold_for_it_too(slack: SlackServer, desk: MemoryDesk) -> None:
    slack.add_user("UOTHER", "oto", team_id="T2")
    async with running(platform(slack, desk, Managers.ADMINS)):
        assert "You may not change the digest in #random." in await typed(slack, "subscribe #random 8", user="U2")
        told = await typed(slack, "subscribe #random 8 utc", user="UOTHER", team="T2")
        assert "guests or people of other workspaces" in told
    assert desk.kept == {}


async def test_whether_others_read_along_is_asked_of_the_other_channel(slack: SlackServer, desk: MemoryDesk) -> None:
    slack.workspace.channels["C2"].is_ext_shared = True
    async with running(platform(slack, desk, audience=Audience.INTERNAL)):
        await typed(slack, "subscribe #random 8 utc")
        await typed(slack, "subscribe 8 utc")
    kept = {target.channel: each.audience for target, each in desk.kept.items()}
    assert kept == {"C2": Audience.PUBLIC, "C1": Audience.INTERNAL}


async def test_buttons_are_about_the_other_channel(slack: SlackServer, desk: MemoryDesk) -> None:
    async with running(platform(slack, desk)):
        answer = await slack.command("/digest", "subscribe #random 8 utc", escape=True)
        await slack.press(answer, label="Unsubscribe")
        assert "End the digest in #random?" in seen(answer.messages)
        await slack.press(answer, label="Yes, end it")
        assert "The digest in #random has ended." in seen(answer.messages)
    assert desk.kept == {}


async def test_buttons_know_a_channel_whose_id_has_no_digit(slack: SlackServer, desk: MemoryDesk) -> None:
    slack.add_channel("CQWERTYUP", "older", members=frozenset({"U1", "UBOT"}))
    async with running(platform(slack, desk)):
        answer = await slack.command("/digest", "subscribe #older 8 utc", escape=True)
        await slack.press(answer, label="Pause")
    assert "The digest in #older is paused" in seen(answer.messages)


async def test_a_word_in_capitals_is_no_id(slack: SlackServer, desk: MemoryDesk) -> None:
    async with running(platform(slack, desk)):
        assert "does not tell me which channel" in await typed(slack, "subscribe 8 utc channel CHINA")


async def test_a_mention_names_channels_as_messages_do(slack: SlackServer, desk: MemoryDesk) -> None:
    async with running(platform(slack, desk)):
        answer = await slack.mention("<@UBOT> digest subscribe <#C2|random> 8 utc mon &amp; wed")
        await answer.wait(1)
    assert "Subscribed in #random" in seen(answer.messages)
    assert desk.kept[THERE].schedule.weekdays == (0, 2)


async def test_slacks_escapes_are_undone_in_a_command_too(slack: SlackServer, desk: MemoryDesk) -> None:
    async with running(platform(slack, desk)):
        await typed(slack, "subscribe 8 utc mon & wed")
    assert [each.schedule.weekdays for each in desk.kept.values()] == [(0, 2)]


async def test_members_are_looked_through_page_by_page_and_remembered_for_minutes(slack: SlackServer) -> None:
    inside = slack.workspace.channels["C2"]
    inside.members = frozenset({f"U{number:04d}" for number in range(9)} | {"U1"})
    slack.members_most = 2
    now = [0.0]
    async with new_session() as session:
        people = People(web_client(slack.bot_token, slack.base_url, session), "T1")
        people._members = TTLCache(8, FRESH, timer=lambda: now[0])
        assert await people.belongs("U1", "C2")
        assert len(slack.called("conversations.members")) == 5
        assert await people.belongs("U1", "C2")
        assert not await people.belongs("U2", "C2")
        assert len(slack.called("conversations.members")) == 10
        inside.members = frozenset({"U2"})
        now[0] = FRESH + 1
        assert not await people.belongs("U1", "C2")


async def test_a_crowd_is_not_looked_through_for_ever(slack: SlackServer) -> None:
    slack.workspace.channels["C2"].members = frozenset(f"UX{number:04d}" for number in range(30))
    slack.members_most = 1
    async with new_session() as session:
        people = People(web_client(slack.bot_token, slack.base_url, session), "T1")
        with pytest.raises(BadRequestError, match="so many members"):
            await people.belongs("UZ", "C2")
    assert len(slack.called("conversations.members")) == 20
