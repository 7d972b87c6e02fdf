"""The part of Discord's REST API that the bot calls, writing what it is told into the readers' channels.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.web.drawing import Json
from bot.web.loopback import discord_payloads as payloads
from bot.web.loopback.discord_channels import Channels
from bot.web.loopback.discord_wire import ANSWERED, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, RefusalError, answer, played
from bot.web.loopback.private import secret_path
from bot.web.loopback.venue import Transcript

_KEPT = 256
"""Interactions that can still be answered."""
_EPHEMERAL = 1 << 6
_ANSWER, _WAIT, _WAIT_QUIETLY, _EDIT = 4, 5, 6, 7  # types of a first response


@dataclass(slots=True)
class _Interaction:
    """An interaction that can be answered: where, after which command, from which post, and how far it got."""

    where: Transcript
    used: str = ""
    pressed: str = ""
    original: str = ""
    answered: bool = False


class DiscordApi:
    """Discord's addresses under a secret path, and the interactions they may answer."""

    def __init__(self) -> None:
        """Begin with no interaction."""
        self.base = secret_path("discord")
        self._open: OrderedDict[str, _Interaction] = OrderedDict()
        self.channels = Channels(self.base)

    def open(self, where: Transcript, *, used: str = "", pressed: str = "") -> str:
        """Return the token of a new interaction: of the command `used`, or of a control of the post `pressed`."""
        self.channels.know(where)
        token = f"token-{payloads.snowflake()}"
        self._open[token] = _Interaction(where, used, pressed)
        while len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return token

    def give_up(self, token: str) -> None:
        """Say what Discord says when an interaction has not been answered in time."""
        found = self._open.get(token)
        if found is not None and not found.answered:
            found.answered = True
            found.where.note("The application did not respond" if found.used else "This interaction failed")

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        hook = self.base + "/webhooks/{application}/{token}"
        message = hook + "/messages/{message}"
        return [
            web.get(self.base + "/users/@me", played(_me)),
            web.get(self.base + "/oauth2/applications/@me", played(_application)),
            web.get(self.base + "/applications/{application}/commands", played(_no_commands)),
            web.put(self.base + "/applications/{application}/commands", played(_take_commands)),
            *self.channels.routes(),
            web.post(self.base + "/interactions/{interaction}/{token}/callback", played(self._first)),
            web.post(hook, played(self._follow_up)),
            web.get(message, played(self._get)),
            web.patch(message, played(self._edit)),
            web.delete(message, played(self._delete)),
        ]

    async def _first(self, request: web.Request) -> web.Response:
        found, body = self._found(request), await request.json()
        if found.answered:
            raise RefusalError(HTTPStatus.BAD_REQUEST, ANSWERED, "Interaction has already been acknowledged.")
        found.answered = True
        kind, data = body["type"], body.get("data") or {}
        if kind == _ANSWER:
            found.original = payloads.snowflake()
            found.where.post(found.original, data, private=_is_private(data), used=found.used)
        elif kind == _WAIT:
            found.original = payloads.snowflake()
            found.where.wait(found.original, private=_is_private(data), used=found.used)
        elif kind == _EDIT:
            found.original = found.pressed
            self._change(found, found.pressed, data)
        elif kind == _WAIT_QUIETLY:
            found.original = found.pressed
        else:
            found.where.note(f"The page cannot draw a response of type {kind}.")
        told = {"id": request.match_info["interaction"], "type": kind, "response_message_id": found.original or None}
        return answer({"interaction": told})

    async def _follow_up(self, request: web.Request) -> web.Response:
        found, data = self._found(request), await request.json()
        post_id = payloads.snowflake()
        found.where.post(post_id, data, private=_is_private(data))
        return answer(payloads.message(post_id, data, found.where.number))

    async def _get(self, request: web.Request) -> web.Response:
        found = self._found(request)
        post_id = self._post_id(request, found)
        return answer(payloads.message(post_id, self._payload(found, post_id), found.where.number))

    async def _edit(self, request: web.Request) -> web.Response:
        found, data = self._found(request), await request.json()
        post_id = self._post_id(request, found)
        self._change(found, post_id, data)
        return answer(payloads.message(post_id, self._payload(found, post_id), found.where.number))

    async def _delete(self, request: web.Request) -> web.Response:
        found = self._found(request)
        found.where.remove(self._post_id(request, found))
        return web.Response(status=HTTPStatus.NO_CONTENT)

    def _found(self, request: web.Request) -> _Interaction:
        found = self._open.get(request.match_info["token"])
        if found is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, UNKNOWN_WEBHOOK, "Unknown Webhook")
        return found

    def _post_id(self, request: web.Request, found: _Interaction) -> str:
        wanted = request.match_info["message"]
        post_id = found.original if wanted == "@original" else wanted
        if found.where.get(post_id) is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, UNKNOWN_MESSAGE, "Unknown Message")
        return post_id

    def _payload(self, found: _Interaction, post_id: str) -> Json:
        post = found.where.get(post_id)
        return post.payload or {} if post else {}

    def _change(self, found: _Interaction, post_id: str, data: Mapping[str, Any]) -> None:
        # An edit leaves alone what it does not mention; whether a message is private is settled when it is sent.
        before = self._payload(found, post_id)
        flags = int(before.get("flags") or 0) | int(data.get("flags") or 0)
        post = found.where.get(post_id)
        found.where.post(post_id, {**before, **data, "flags": flags}, private=bool(post and post.private))


async def _me(_request: web.Request) -> web.Response:
    return answer(payloads.BOT)


async def _application(_request: web.Request) -> web.Response:
    return answer(
        {
            "id": payloads.APPLICATION,
            "name": "Briefbot",
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "",
            "owner": payloads.READER,
            "flags": 0,
            "team": None,
        }
    )


async def _no_commands(_request: web.Request) -> web.Response:
    return answer([])


async def _take_commands(request: web.Request) -> web.Response:
    sent = await request.json()
    return answer(
        [
            {"id": payloads.snowflake(), "application_id": payloads.APPLICATION, "version": "1", **command}
            for command in sent
        ]
    )


def _is_private(data: Json) -> bool:
    return bool(int(data.get("flags") or 0) & _EPHEMERAL)
