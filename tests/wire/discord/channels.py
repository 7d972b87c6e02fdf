"""Channels and their messages, as a bot reads and writes them with its token.

Rules: https://docs.discord.com/developers/resources/message, .../resources/channel.
"""

import time
from typing import Any

from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import check_edit, kept_flags
from tests.wire.discord.payloads import check_message
from tests.wire.discord.records import Message
from tests.wire.discord.rest import ApiError, Call, FormError, Reply, Rest
from tests.wire.discord.world import Channel, World

NONCE_SECONDS = 180.0
_GUILD_MESSAGES, _DIRECT_MESSAGES = 1 << 9, 1 << 12


class Channels:
    """The endpoints below /channels."""

    def __init__(self, world: World, rest: Rest, gateway: Gateway) -> None:
        """Add the routes."""
        self._world, self._gateway = world, gateway
        self._nonces: dict[str, tuple[float, Message]] = {}
        one, all_ = "/channels/{channel}/messages/{message}", "/channels/{channel}/messages"
        rest.route("GET", "/channels/{channel}", self._get_channel)
        rest.route("POST", "/users/@me/channels", self._open_direct)
        rest.route("POST", all_, self._create)
        rest.route("GET", all_, self._list)
        rest.route("GET", one, self._get)
        rest.route("PATCH", one, self._edit)
        rest.route("DELETE", one, self._delete)

    def _channel(self, call: Call) -> Channel:
        number = call.path["channel"]
        channel = self._world.channels.get(int(number)) if number.isdecimal() else None
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        return channel

    def _message(self, call: Call) -> Message:
        channel, number = self._channel(call), call.path["message"]
        message = self._world.messages.get(int(number)) if number.isdecimal() else None
        # An ephemeral message can be reached by its interaction's token alone.
        if message is None or message.deleted or message.ephemeral or message.channel_id != channel.id:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    async def _get_channel(self, call: Call) -> Reply:
        return 200, self._world.channel(self._channel(call))

    async def _open_direct(self, call: Call) -> Reply:
        return 200, self._world.channel(self._world.direct(int(call.body["recipient_id"])))

    async def _create(self, call: Call) -> Reply:
        channel, body = self._channel(call), call.body
        refusals = check_message(body)
        if refusals:
            raise FormError(refusals)
        nonce = None if body.get("nonce") is None else str(body["nonce"])
        before = self._same(nonce) if body.get("enforce_nonce") else None
        if before is not None:
            if before.deleted:
                raise ApiError(404, 10008, "Unknown Message")
            return 200, self._world.message(before)
        message = Message(self._world.snowflake(), channel.id, channel.guild, nonce=nonce, at=time.time())
        message.change(body, edit=False)
        self._world.messages[message.id] = message
        if nonce is not None:
            self._nonces[nonce] = (time.monotonic(), message)
        shown = self._world.message(message)
        await self._tell(message, "MESSAGE_CREATE", shown)
        return 200, shown

    def _same(self, nonce: str | None) -> Message | None:
        """Give the bot's message with a nonce, in whichever channel, while Discord remembers it."""
        at, message = self._nonces.get(nonce or "", (0.0, None))
        return message if message is not None and time.monotonic() - at < NONCE_SECONDS else None

    async def _list(self, call: Call) -> Reply:
        channel, query = self._channel(call), call.query
        limit = int(query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise ApiError(400, 50035, "Invalid Form Body")
        after, before = int(query.get("after", 0)), int(query.get("before", 2**63))
        found = [
            each
            for each in self._world.messages.values()
            if each.channel_id == channel.id and not (each.deleted or each.ephemeral) and after < each.id < before
        ]
        found = found[:limit] if "after" in query else found[-limit:]
        return 200, [self._world.message(each) for each in reversed(found)]

    async def _get(self, call: Call) -> Reply:
        return 200, self._world.message(self._message(call))

    async def _edit(self, call: Call) -> Reply:
        message = self._message(call)
        refusals = check_edit(message, call.body, interaction=False)
        if refusals:
            raise FormError(refusals)
        message.change({**call.body, "flags": kept_flags(call.body)})
        shown = self._world.message(message)
        await self._tell(message, "MESSAGE_UPDATE", shown)
        return 200, shown

    async def _delete(self, call: Call) -> Reply:
        message = self._message(call)
        message.deleted = True
        await self._tell(message, "MESSAGE_DELETE", {"id": str(message.id), "channel_id": str(message.channel_id)})
        return 204, None

    async def _tell(self, message: Message, event: str, data: dict[str, Any]) -> None:
        where = {} if message.guild_id is None else {"guild_id": str(message.guild_id)}
        intent = _DIRECT_MESSAGES if message.guild_id is None else _GUILD_MESSAGES
        await self._gateway.dispatch(event, {**data, **where}, guild=message.guild_id, intent=intent)
