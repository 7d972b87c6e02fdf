"""Who sees what: the workspace's own members what the settings allow, people of others what is public."""

from bot.commands.request import Caller
from bot.library.vocabulary import Audience
from bot.platforms.slack.home import SEARCH
from tests.platforms.slack.rig import connected
from tests.platforms.slack.script import Script
from tests.platforms.slack.test_ways import until
from tests.wire.slack import Answer, SlackServer

MENTION = {"type": "app_mention", "channel": "C1", "text": "<@UBOT> blinken", "ts": "1.1"}


def audiences(script: Script) -> list[tuple[str, Audience]]:
    calls: list[Caller] = [
        *(caller for _, _, caller in script.asked),
        *(caller for _, caller in script.pressed),
        *(caller for _, _, _, caller in script.completed),
    ]
    return [(caller.user, caller.audience) for caller in calls]


async def use_all(slack: SlackServer, user: str, team: str) -> None:
    await slack.command("/brief", "blinken", user=user, team_id=team)
    asked = await slack.mention("<@UBOT> blinken", user=user)
    await slack.press(asked, label="Sources", user=user)
    await slack.suggest(SEARCH, "bli", user=user)


async def test_the_workspaces_own_members_see_what_the_settings_allow(slack: SlackServer) -> None:
    script = Script()
    async with connected(slack, script, audience=Audience.INTERNAL):
        await use_all(slack, "U1", "T1")
        await slack.open_home(user="U1")
    assert audiences(script) == [("U1", Audience.INTERNAL)] * 5


async def test_people_of_another_workspace_see_what_is_public(slack: SlackServer) -> None:
    slack.add_user("U7", "guest", team_id="T2")
    script = Script()
    async with connected(slack, script, audience=Audience.RESTRICTED):
        await use_all(slack, "U7", "T2")
    assert audiences(script) == [("U7", Audience.PUBLIC)] * 4


async def test_whoever_does_not_tell_a_workspace_sees_what_is_public(slack: SlackServer) -> None:
    script = Script()
    async with connected(slack, script, audience=Audience.INTERNAL):
        await slack.command("/brief", "blinken", team_id="")
    assert audiences(script) == [("U1", Audience.PUBLIC)]


async def test_in_a_channel_shared_with_others_everybody_is_answered_what_is_public(slack: SlackServer) -> None:
    script = Script()
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "is_ext_shared_channel": True}
    async with connected(slack, script, audience=Audience.INTERNAL):
        await slack.deliver(Answer("U1"), "events_api", {**body, "event": {**MENTION, "user": "U1", "team": "T1"}})
        await until(lambda: slack.called("chat.postMessage"))
    assert audiences(script) == [("U1", Audience.PUBLIC)]
