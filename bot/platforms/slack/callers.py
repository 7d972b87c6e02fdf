"""Slack's payloads, read: who asks, where, and what was pressed.

Source: https://docs.slack.dev/interactivity/implementing-slash-commands,
https://docs.slack.dev/reference/interaction-payloads and https://docs.slack.dev/apis/events-api
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.commands.request import Caller, Person
from bot.library.vocabulary import Audience
from bot.platforms.slack.people import People

Body = Mapping[str, Any]


class Access(NamedTuple):
    """What people may see: members of our own workspace what the settings say, anybody else the public's share.

    Others come by way of shared channels (https://docs.slack.dev/apis/slack-connect); whose workspace is not told is
    one of them.
    """

    team: str
    audience: Audience
    people: People | None = None

    def home(self, workspace: str) -> str:
        """Return our own workspace where somebody belongs to another, `workspace`."""
        return "" if workspace == self.team else self.team

    def person(self, user: str, workspace: str, place: str) -> Person | None:
        """Return whom to ask about `user` of `workspace`, who did something in `place`."""
        return self.people.of(user, workspace, place) if self.people and user else None

    def of(self, workspace: str) -> Audience:
        """Return the audience that somebody of `workspace` belongs to."""
        return self.audience if workspace and workspace == self.team else Audience.PUBLIC


def of_command(body: Body, access: Access) -> Caller:
    """Return the caller of a slash command."""
    workspace, user = str(body.get("team_id") or ""), str(body.get("user_id", ""))
    place = str(body.get("channel_id", ""))
    return Caller(
        platform="slack",
        user=user,
        place=place,
        workspace=workspace,
        name=str(body.get("user_name", "")),
        audience=access.of(workspace),
        home=access.home(workspace),
        person=access.person(user, workspace, place),
    )


def of_interaction(body: Body, access: Access) -> Caller:
    """Return the caller of a button or a menu; the user's own team, which in shared channels is another one."""
    user = _part(body, "user")
    workspace = str(user.get("team_id") or _part(body, "team").get("id") or "")
    place = str(_part(body, "channel").get("id") or container(body).get("channel_id") or "")
    return Caller(
        platform="slack",
        user=str(user.get("id", "")),
        place=place,
        workspace=workspace,
        name=str(user.get("username") or user.get("name") or ""),
        audience=access.of(workspace),
        home=access.home(workspace),
        person=access.person(str(user.get("id", "")), workspace, place),
    )


def of_event(body: Body, access: Access) -> Caller:
    """Return the caller of a mention, a message or a visit; where others read along, they set the audience."""
    found = event(body)
    shared = bool(body.get("is_ext_shared_channel"))
    workspace = str(found.get("user_team") or found.get("team") or ("" if shared else body.get("team_id")) or "")
    return Caller(
        platform="slack",
        user=str(found.get("user", "")),
        place=str(found.get("channel", "")),
        workspace=workspace,
        audience=Audience.PUBLIC if shared else access.of(workspace),
        home=access.home(workspace),
        person=access.person(str(found.get("user", "")), workspace, str(found.get("channel", ""))),
    )


def readable(body: object) -> bool:
    """Return whether `body` is an object whose event or actions, if any, are such, which Bolt takes for granted."""
    if not isinstance(body, Mapping) or not isinstance(body.get("event", {}), Mapping):
        return False
    return "actions" not in body or bool(action(body))


def action(body: Body) -> Body:
    """Return what was pressed or chosen; empty when nothing was."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return first if isinstance(first, Mapping) else {}


def event(body: Body) -> Body:
    """Return the event itself."""
    return _part(body, "event")


def container(body: Body) -> Body:
    """Return what holds the thing that was pressed: a message or a view."""
    return _part(body, "container")


def on_home(body: Body) -> bool:
    """Return whether it was pressed on the Home tab: the container says so, or else there is a view."""
    return (container(body).get("type") or ("view" if _part(body, "view") else "")) == "view"


def thread(body: Body) -> str | None:
    """Return the thread in which a button was pressed, or None."""
    found = container(body).get("thread_ts") or _part(body, "message").get("thread_ts")
    return str(found) if found else None


def _part(body: Body, name: str) -> Body:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}
