"""Orders to a loopback Discord of another process, over HTTP: what a torture test arranges there, and looks at.

GET  /_control/messages   {"messages": [{id, channel, parent, guild, nonce, key, time, deleted}…], "late": 0}
GET  /_control/stats      {"calls": …, "limited": …, "met": {"after": …}, "sessions": …}
POST /_control/channels   {"count": 100, "kind": "text"}  →  {"channels": [{"workspace", "channel"}…]}
POST /_control/faults     any of the fields of Weather, nonce_seconds, global_per_second (null: no ceiling),
                          channel_limit ([5, 5.0], null: none)  →  all of them
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.wire.discord import places
from tests.wire.discord.records import Message
from tests.wire.discord.rest import Bucket
from tests.wire.discord.server import DiscordServer

PREFIX = "/_control"
KINDS = {"text": places.TEXT, "announcement": places.ANNOUNCEMENT, "forum": places.FORUM, "media": places.MEDIA}
_MARK = re.compile(r"^(?:-# )?Edition ([a-z0-9-]{1,40})$", re.MULTILINE)
_CHANNELS_A_GUILD = 400  # Discord's most is 500
_MESSAGES = "/channels/*/messages"


class Control:
    """The endpoints below /_control."""

    def __init__(self, server: DiscordServer) -> None:
        """Take the server that they control."""
        self._server = server
        self._free: tuple[int, int] = (0, 0)

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get(f"{PREFIX}/messages", self._messages)
        app.router.add_get(f"{PREFIX}/stats", self._stats)
        app.router.add_post(f"{PREFIX}/channels", _told(self._channels))
        app.router.add_post(f"{PREFIX}/faults", _told(self._faults))

    async def _messages(self, _request: web.Request) -> web.Response:
        shown = [self._message(each) for each in self._server.messages]
        return web.json_response({"messages": shown, "late": len(self._server.rest.late)})

    def _message(self, message: Message) -> dict[str, Any]:
        keys = _MARK.findall(message.text())
        place = self._server.world.channels[message.channel_id]
        return {
            "id": str(message.id),
            "channel": str(message.channel_id),
            "parent": "" if place.parent is None else str(place.parent),
            "guild": "" if message.guild_id is None else str(message.guild_id),
            "nonce": message.nonce,
            "key": keys[-1] if keys else None,
            "time": message.at,
            "deleted": message.deleted,
        }

    async def _stats(self, _request: web.Request) -> web.Response:
        rest = self._server.rest
        counts = {"calls": rest.count, "limited": rest.limited, "met": dict(rest.weather.met)}
        return web.json_response({**counts, "sessions": len(self._server.gateway.sessions)})

    async def _channels(self, given: dict[str, Any]) -> dict[str, Any]:
        """Make channels, in servers of their own that every connected bot is told of."""
        kind, count = KINDS[given.get("kind", "text")], int(given["count"])
        world, made = self._server.world, list[dict[str, str]]()
        for start in range(0, count, _CHANNELS_A_GUILD):
            guild = world.snowflake()
            world.guilds[guild] = f"Server {len(world.guilds)}"
            for _ in range(start, min(count, start + _CHANNELS_A_GUILD)):
                channel = self._server.add_channel(world.snowflake(), f"channel-{len(made)}", guild, type=kind)
                made.append({"workspace": str(guild), "channel": str(channel.id)})
            await self._server.gateway.dispatch("GUILD_CREATE", world.guild(guild), guild=guild, intent=1)
        return {"channels": made}

    async def _faults(self, given: dict[str, Any]) -> dict[str, Any]:
        server, rest = self._server, self._server.rest
        if "nonce_seconds" in given:
            server.channels.nonce_seconds = float(given.pop("nonce_seconds"))
        if "global_per_second" in given:
            most = given.pop("global_per_second")
            rest.everywhere = None if most is None else Bucket("global", "", int(most), 1.0)
        if "channel_limit" in given:
            limit = given.pop("channel_limit")
            del rest.buckets[1:]
            if limit is not None:
                server.limit("POST", _MESSAGES, int(limit[0]), float(limit[1]))
        rest.weather.change(given)
        everywhere, own = rest.everywhere, rest.buckets[1:]
        return {
            **rest.weather.values(),
            "nonce_seconds": server.channels.nonce_seconds,
            "global_per_second": None if everywhere is None else everywhere.most,
            "channel_limit": [own[0].most, own[0].per] if own else None,
        }


def _told(
    act: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the handler of an order: JSON in, JSON out, 400 with what is wrong about an order that makes no sense."""

    async def handle(request: web.Request) -> web.Response:
        try:
            return web.json_response(await act(await request.json()))
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": repr(error)}, status=400)

    return handle
