"""Who somebody is in the workspace, asked of Slack when it matters: their time zone, and whether they may manage.

Slack does not send either along with a command. What it says is remembered for some minutes; where it says nothing,
nobody may manage. Source: https://docs.slack.dev/reference/methods/users.info (scope ``users:read``),
https://docs.slack.dev/reference/objects/user-object and https://docs.slack.dev/reference/methods/conversations.members
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from cachetools import TTLCache
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.request import Elsewhere
from bot.errors import BadRequestError
from bot.platforms.slack.errors import UNREACHABLE, code

_log = structlog.get_logger("briefbot")

_KEPT, FRESH = 4096, 300.0
"""People remembered, and the seconds that what Slack said of one holds."""
_PATIENCE = 10.0
_UNKNOWN = "Slack does not tell me at the moment who you are. Try again in a minute."
_OTHERS = "Only members of this workspace may, not guests or people of other workspaces."
_ADMINS = "Only admins and owners of this workspace may. Ask one of them."
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|([^<>]*))?>|([CG](?=[A-Z]*[0-9]|[A-Z]{8})[A-Z0-9]{1,20})")
"""A channel as Slack writes it where it escapes, or its id alone, as buttons of ours carry it.

Ids of nine letters without a digit are rare and there are some; a shorter word in capitals is none."""
_UNNAMED = "Slack does not tell me which channel that is."
_CHOOSE = "Type # and choose it from Slack's list; of a private channel I have to be a member. Its id does, too."
_STRANGER = "There is no such channel that both you and I are in."
_JOIN = "Invite me there with /invite @briefbot, or name a channel of which you are a member."
_CROWD = "That channel has so many members that I cannot find you among them."
_PAGE, _PAGES = 1_000, 20
"""Members of one page, and the pages that are looked through: Slack has no way to ask for one member."""

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
        self._members: TTLCache[tuple[str, str], bool] = TTLCache(_KEPT, FRESH)

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

    async def name(self, place: str) -> str:
        """Return what the channel `place` is called, ``#news``; empty where Slack does not say."""
        found = (await self._ask("conversations.info", "channel", place)).get("name")
        return f"#{found}" if isinstance(found, str) and found else ""

    async def belongs(self, user: str, place: str) -> bool:
        """Return whether `user` is a member of the channel `place`, as Slack said within the last minutes.

        Raises BadRequestError where the channel has more members than can be looked through.
        """
        if (user, place) in self._members:
            return True
        cursor = ""
        for _ in range(_PAGES):
            more = {"limit": str(_PAGE), **({"cursor": cursor} if cursor else {})}
            answer = await self._answer("conversations.members", {"channel": place, **more})
            if user in (answer.get("members") or ()):
                self._members[user, place] = True
                return True
            told = answer.get("response_metadata")
            cursor = str(told.get("next_cursor") or "") if isinstance(told, Mapping) else ""
            if not cursor:
                return False
        raise BadRequestError(_CROWD, "Type the command in the channel itself.")

    async def _ask(self, method: str, what: str, which: str) -> Json:
        """Return what Slack says of the `what` called `which`; empty where it says nothing."""
        found = (await self._answer(method, {what: which})).get(what)
        return found if isinstance(found, Mapping) else {}

    async def _answer(self, method: str, params: Mapping[str, str]) -> Json:
        """Return Slack's answer; empty where there is none."""
        try:
            async with asyncio.timeout(_PATIENCE):  # which is an error of the operating system's, as others are
                answer = await self._web.api_call(method, http_verb="GET", params=dict(params))
        except SlackApiError as error:
            word = code(error)
        except UNREACHABLE as error:
            word = type(error).__name__
        else:
            return answer.data if isinstance(answer.data, dict) else {}
        told = {name: value for name, value in params.items() if name in {"user", "channel"}}
        _log.warning("Slack does not say", action=f"slack.{method}", error=word, **told)
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

    async def there(self, channel: str) -> Elsewhere:
        """Return another channel of the workspace. Raises BadRequestError where they and the bot are not both in one.

        What is not a member's business is not told apart: that there is no such channel, or that it is a private one.
        """
        found = _CHANNEL.fullmatch(channel)
        if found is None:
            raise BadRequestError(_UNNAMED, _CHOOSE)
        place = found[1] or found[3]
        if place != self.place and not await self.people.belongs(self.user, place):
            raise BadRequestError(_STRANGER, _JOIN)
        name = f"#{found[2]}" if found[2] else await self.people.name(place) or "that channel"
        return Elsewhere(place, name, Somebody(self.people, self.user, self.workspace, place))


def _workspaces(told: Json) -> frozenset[str]:
    """Return the workspaces somebody belongs to: their own, and those of their organisation that they are in."""
    organisation = told.get("enterprise_user")
    teams = organisation.get("teams") if isinstance(organisation, Mapping) else None
    others = [each for each in teams if isinstance(each, str)] if isinstance(teams, list) else []
    return frozenset((str(told.get("team_id") or ""), *others))
