"""The part of Slack's Web API that the bot calls, and its response_urls, writing into the readers' channels.

Source: https://docs.slack.dev/reference/methods and
https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.web.drawing import Json
from bot.web.loopback import slack_payloads as payloads
from bot.web.loopback.private import private, secret_path
from bot.web.loopback.venue import Form, Transcript

_KEPT = 256
"""Presses and commands whose response_url still works; a reader's channel that is still known."""


@dataclass(frozen=True, slots=True)
class _Hook:
    """Where a response_url leads: a channel, and the message whose button was pressed."""

    where: Transcript
    pressed: str


class SlackApi:
    """Slack's addresses under a secret path."""

    def __init__(self) -> None:
        """Begin with nobody known."""
        self.base = secret_path("slack")
        self._hooks: OrderedDict[str, _Hook] = OrderedDict()
        self._known: OrderedDict[int, Transcript] = OrderedDict()

    def response_path(self, where: Transcript, pressed: str = "") -> str:
        """Return a fresh path that takes answers to a command, or to a press in the post `pressed`."""
        key = payloads.timestamp()
        self._hooks[key] = _Hook(where, pressed)
        self.know(where)
        while len(self._hooks) > _KEPT:
            self._hooks.popitem(last=False)
        return f"{self.base}/response/{key}"

    def know(self, where: Transcript) -> None:
        """Let the bot reach the channel `where` by its id."""
        self._known[where.number] = where
        self._known.move_to_end(where.number)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [
            web.post(self.base + "/response/{key}", private(self._respond)),
            web.post(self.base + "/api/{method}", private(self._call)),
            web.get(self.base + "/api/{method}", private(self._call)),
        ]

    def take(self, where: Transcript, body: Json, pressed: str = "") -> None:
        """Take an answer that came in an acknowledgement or by a response_url."""
        if body.get("delete_original"):
            where.remove(pressed)
        elif body.get("replace_original") and (old := where.get(pressed)):
            where.post(pressed, body, private=old.private)
        elif body.get("text") or body.get("blocks"):
            where.post(payloads.timestamp(), body, private=body.get("response_type") != "in_channel")

    async def _respond(self, request: web.Request) -> web.Response:
        hook = self._hooks.get(request.match_info["key"])
        if hook is None:
            return web.Response(status=404, text="expired_url")
        self.take(hook.where, await _arguments(request), hook.pressed)
        return web.Response(text="ok")

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        answer = self._methods.get(method)
        if answer is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        return web.json_response(await answer(await _arguments(request)))

    @property
    def _methods(self) -> dict[str, Callable[[Json], Awaitable[Json]]]:
        return {
            "auth.test": _auth_test,
            "chat.postMessage": lambda given: self._post(given, private=False),
            "chat.postEphemeral": lambda given: self._post(given, private=True),
            "chat.update": self._update,
            "chat.delete": self._delete,
            "views.publish": self._publish,
            "conversations.history": self._history,
            "conversations.info": self._channel,
            "conversations.members": self._members,
            "users.info": self._user,
        }

    async def _post(self, given: Json, *, private: bool) -> Json:
        where = self._where(given.get("channel"))
        if where is None:
            return _error("channel_not_found")
        post_id = payloads.timestamp()
        where.post(post_id, given, private=private)
        return {"ok": True, "channel": given["channel"], "ts": post_id, "message_ts": post_id, "message": given}

    async def _update(self, given: Json) -> Json:
        where, post_id = self._where(given.get("channel")), str(given.get("ts", ""))
        old = where.get(post_id) if where else None
        if where is None or old is None:
            return _error("message_not_found")
        where.post(post_id, given, private=old.private)
        return {"ok": True, "channel": given["channel"], "ts": post_id, "text": given.get("text", "")}

    async def _delete(self, given: Json) -> Json:
        where = self._where(given.get("channel"))
        if where is None:
            return _error("channel_not_found")
        where.remove(str(given.get("ts", "")))
        return {"ok": True}

    async def _publish(self, given: Json) -> Json:
        where, view = self._where(given.get("user_id")), given.get("view")
        if where is None or not isinstance(view, dict):
            return _error("invalid_arguments")
        where.home(view)
        return {"ok": True, "view": {"id": "V0HOME", **view}}

    async def _channel(self, given: Json) -> Json:
        if self._where(given.get("channel")) is None:
            return _error("channel_not_found")
        flags = {"is_channel": True, "is_member": True, "is_archived": False, "is_ext_shared": False}
        return {"ok": True, "channel": {"id": given["channel"], "name": "daily-brief", **flags}}

    async def _members(self, given: Json) -> Json:
        where = self._where(given.get("channel"))
        if where is None:
            return _error("channel_not_found")
        return {"ok": True, "members": [payloads.reader(where.number), payloads.BOT_USER]}

    async def _history(self, given: Json) -> Json:
        """Return what everybody sees of the bot's, newest first, between `oldest` and `latest`; in one page."""
        where = self._where(given.get("channel"))
        if where is None:
            return _error("channel_not_found")
        oldest, latest = float(given.get("oldest", 0)), float(given.get("latest", "inf"))
        found = [
            {**payloads.message(each.id, payload), "metadata": payload.get("metadata") or {}}
            for each in reversed(tuple(where.posts))
            if each.form is Form.MESSAGE and not each.private and oldest < float(each.id) < latest
            for payload in [each.payload or {}]
        ]
        return {"ok": True, "messages": found, "has_more": False}

    async def _user(self, given: Json) -> Json:
        profile = {"display_name": "You", "real_name": "You"}
        told = {"id": given.get("user"), "team_id": payloads.TEAM, "name": "you", "locale": "en-US", "profile": profile}
        return {"ok": True, "user": {**told, "tz": "America/New_York", "is_admin": True, "is_owner": True}}

    def _where(self, place: object) -> Transcript | None:
        number = payloads.number_of(str(place))
        return self._known.get(number) if number is not None else None


async def _auth_test(_given: Json) -> Json:
    return {
        "ok": True,
        "url": "https://page.example/",
        "team": "page",
        "team_id": payloads.TEAM,
        "user": "briefbot",
        "user_id": payloads.BOT_USER,
        "bot_id": payloads.BOT,
        "is_enterprise_install": False,
    }


def _error(code: str) -> Json:
    return {"ok": False, "error": code}


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Return what a call was given, in the address, as JSON or as a form, whose nested values are JSON."""
    if request.method == "GET":
        return dict(request.query)
    if request.content_type == "application/json":
        value = await request.json()
        return value if isinstance(value, dict) else {}
    form = await request.post()
    return {name: _unpacked(str(value)) for name, value in form.items()}


def _unpacked(value: str) -> Any:
    if not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
