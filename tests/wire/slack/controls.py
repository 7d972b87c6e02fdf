"""Controls of a loopback Slack that runs in a process of its own: what came, and what is to go wrong, as JSON by HTTP.

GET  /_control/messages[?from=N]   the app's messages, oldest first, the first N left out: id, channel, key, at, …
GET  /_control/calls               calls by method, refusals by pace, misfortunes met, what was refused as malformed
POST /_control/faults              any of before, after, late (0 to 1), late_seconds, latency_ms, methods, seed;
                                   what is not given is off, so {} is fair weather
POST /_control/limits              any of channel, burst, workspace, workspace_burst (a second), history (a minute),
                                   history_most, history_lag (seconds); null is none
POST /_control/channels            {"number": 500, "prefix": "C9", …}: makes them, with the fields of Channel, and
                                   lists their ids; or {"id": "C1", "is_archived": true}: makes or changes one
POST /_control/command             {"command": "/brief", "text": "blinken", "user": "U1", "channel": "C1"}: types it
POST /_control/revoke              ends both tokens
"""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.slack.records import Message
from tests.wire.slack.weather import Weather
from tests.wire.slack.workspace import Channel

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

Json = dict[str, Any]
_PACES = ("channel", "burst", "workspace", "workspace_burst", "history")


class Controls:
    """The routes of one server."""

    def __init__(self, slack: "SlackServer") -> None:
        """Steer one server."""
        self._slack = slack

    def routes(self) -> list[web.RouteDef]:
        """List them for the router."""
        return [
            web.get("/_control/messages", self._messages),
            web.get("/_control/calls", self._calls),
            *(web.post(f"/_control/{name}", _asked(do)) for name, do in self._actions().items()),
        ]

    def _actions(self) -> dict[str, Callable[[Json], Awaitable[object]]]:
        return {
            "faults": self._faults,
            "limits": self._limits,
            "channels": self._channels,
            "command": self._command,
            "revoke": self._revoke,
        }

    async def _messages(self, request: web.Request) -> web.Response:
        start = int(request.query.get("from", "0"))
        return web.json_response([_described(each) for each in self._slack.messages[start:]])

    async def _calls(self, _request: web.Request) -> web.Response:
        slack = self._slack
        refused = [f"{via}: {reason}" for via, reason in slack.refusals]
        return web.json_response(
            {"calls": slack.counts, "limited": slack.paces.refused, "met": slack.weather.met, "refused": refused}
        )

    async def _faults(self, asked: Json) -> object:
        """Change the weather; how much was met goes on being counted."""
        latency = asked.pop("latency_ms", 0) / 1000
        methods = tuple(asked.pop("methods", ("chat.postMessage",)))
        self._slack.weather = Weather(**asked, latency=latency, methods=methods, met=self._slack.weather.met)
        return {}

    async def _limits(self, asked: Json) -> object:
        for name, value in asked.items():
            if name in _PACES:
                setattr(self._slack.paces, name, value)
            elif name == "history_most":
                self._slack.history_most = value
            elif name == "history_lag":
                self._slack.history_lag = float(value)
            else:
                raise ValueError(f"no such limit: {name}")
        return {}

    async def _channels(self, asked: Json) -> object:
        known = self._slack.workspace.channels
        if "id" in asked:
            channel = known.setdefault(asked["id"], Channel(asked["id"], asked.get("name", asked["id"].lower())))
            for name, value in asked.items():
                setattr(channel, name, value)
            return [channel.id]
        number, prefix = asked.pop("number"), asked.pop("prefix", "C9")
        made = [f"{prefix}{place:05d}" for place in range(number)]
        for each in made:
            self._slack.add_channel(each, each.lower(), **asked)
        return made

    async def _command(self, asked: Json) -> object:
        command, text = asked.pop("command"), asked.pop("text", "")
        answer = await self._slack.command(command, text, **asked)
        return {"acked": answer.acked, "error": answer.error, "text": answer.visible()}

    async def _revoke(self, _asked: Json) -> object:
        await self._slack.revoke_token()
        return {}


def _asked(do: Callable[[Json], Awaitable[object]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Hand the body to `do` and answer with what it returns; what it cannot use is said so."""

    async def handle(request: web.Request) -> web.Response:
        try:
            return web.json_response(await do(json.loads(await request.text() or "{}")))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    return handle


def _described(message: Message) -> Json:
    metadata = message.metadata or {}
    return {
        "id": message.ts,
        "channel": message.channel,
        "key": metadata.get("event_payload", {}).get("k"),
        "event_type": metadata.get("event_type"),
        "at": message.at,
        "via": message.via,
        "text": message.text[:200],
        "thread": message.thread_ts,
        "deleted": message.deleted,
    }
