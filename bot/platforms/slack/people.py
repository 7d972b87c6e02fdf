"""Who somebody is in the workspace, asked of Slack when it matters: their time zone, and whether they may manage.

Slack does not send either along with a command. What it says is remembered for some minutes; where it says nothing,
nobody may manage. Source: https://docs.slack.dev/reference/methods/users.info (scope ``users:read``) and
https://docs.slack.dev/reference/objects/user-object
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from cachetools import TTLCache
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.errors import UNREACHABLE, code

_log = structlog.get_logger("briefbot")

_KEPT, FRESH = 4096, 300.0
"""People remembered, and the seconds that what Slack said of one holds."""
_PATIENCE = 10.0
_UNKNOWN = "Slack does not tell me at the moment who you are. Try again in a minute."
_OTHERS = "Only members of this workspace may, not guests or people of other workspaces."
_ADMINS = "Only admins and owners of this workspace may. Ask one of them."

Json = Mapping[str, Any]


class Managers(StrEnum):
    """Who may manage what the workspace's channels are sent."""

    MEMBERS = "members"
    ADMINS = "admins"


class People:
    """The people of one workspace, by what Slack says of them."""

    def __init__(self, web: AsyncWebClient, team: str, managers: Managers = Managers.MEMBERS) -> None:
        """Take whom to ask, the workspace that the bot is in, and who may manage."""
        self._web = web
        self._team = team
        self._managers = managers
        self._known: TTLCache[str, Json] = TTLCache(_KEPT, FRESH)

    def of(self, user: str, workspace: str, place: str) -> "Somebody":
        """Return the person `user`, who belongs to `workspace` as Slack said when they did something in `place`."""
        return Somebody(self, user, workspace, place)

    async def told(self, user: str) -> Json:
        """Return what Slack says of `user`, of the last minutes; empty where it says nothing."""
        found = self._known.get(user)
        if found is None:
            found = await self._ask("users.info", "user", user)
            if found:
                self._known[user] = found
        return found

    def refusal(self, told: Json, workspace: str) -> str:
        """Return why somebody of whom Slack says what is `told` may not manage; empty where they may."""
        if not told:
            return _UNKNOWN
        outside = any(told.get(name) for name in ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted"))
        if outside or told.get("is_bot") or workspace != self._team or self._team not in _workspaces(told):
            return _OTHERS
        above = any(told.get(name) is True for name in ("is_admin", "is_owner", "is_primary_owner"))
        return "" if above or self._managers is Managers.MEMBERS else _ADMINS

    async def shared(self, place: str) -> bool:
        """Return whether the channel `place` is shared with other workspaces, or Slack does not say.

        Source: https://docs.slack.dev/apis/slack-connect (``is_ext_shared`` of a conversation).
        """
        found = await self._ask("conversations.info", "channel", place)
        return not found or bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))

    async def _ask(self, method: str, what: str, which: str) -> Json:
        """Return what Slack says of the `what` called `which`; empty where it says nothing."""
        try:
            async with asyncio.timeout(_PATIENCE):  # which is an error of the operating system's, as others are
                answer = await self._web.api_call(method, http_verb="GET", params={what: which})
        except SlackApiError as error:
            word = code(error)
        except UNREACHABLE as error:
            word = type(error).__name__
        else:
            found = answer.get(what)
            return found if isinstance(found, Mapping) else {}
        _log.warning("Slack does not say", action=f"slack.{method}", error=word, **{what: which})
        return {}


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person, as `bot.commands.request.Person` promises."""

    people: People
    user: str
    workspace: str
    place: str

    async def may_not_manage(self) -> str:
        """Return why they may not manage what a channel is sent; empty where they may."""
        return self.people.refusal(await self.people.told(self.user), self.workspace)

    async def zone(self) -> str:
        """Return their time zone as they have set it in Slack; empty where Slack does not say."""
        found = (await self.people.told(self.user)).get("tz")
        return found if isinstance(found, str) else ""

    async def overheard(self) -> bool:
        """Return whether people of other workspaces read along, or Slack does not say."""
        return await self.people.shared(self.place)


def _workspaces(told: Json) -> frozenset[str]:
    """Return the workspaces somebody belongs to: their own, and those of their organisation that they are in."""
    organisation = told.get("enterprise_user")
    teams = organisation.get("teams") if isinstance(organisation, Mapping) else None
    others = [each for each in teams if isinstance(each, str)] if isinstance(teams, list) else []
    return frozenset((str(told.get("team_id") or ""), *others))
