"""Channels and their messages, as a bot reads and writes them with its token.

Rules: https://docs.discord.com/developers/resources/message, .../resources/channel.
"""

import time
from typing import Any

from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import check_edit, kept_flags
from tests.wire.discord.payloads import CROSSPOSTED, check_message
from tests.wire.discord.places import (
    ANNOUNCEMENT,
    CATEGORY,
    EMBED,
    HISTORY,
    SEND,
    SEND_IN_THREADS,
    THREAD_ONLY,
    VIEW,
    Channel,
)
from tests.wire.discord.records import Message
from tests.wire.discord.rest import ApiError, Call, FormError, Reply, Rest
from tests.wire.discord.world import World

NONCE_SECONDS = 180.0
_GUILD_MESSAGES, _DIRECT_MESSAGES = 1 << 9, 1 << 12
_PAGE = 50


class Channels:
    """The endpoints below /channels."""

    def __init__(self, world: World, rest: Rest, gateway: Gateway) -> None:
        """Add the routes."""
        self._world, self._gateway = world, gateway
        self.nonce_seconds = NONCE_SECONDS
        """How long a nonce is remembered."""
        self.closed: set[int] = set()
        """People who take no direct messages of the bot."""
        self._nonces: dict[str, tuple[float, Message]] = {}
        one, all_ = "/channels/{channel}/messages/{message}", "/channels/{channel}/messages"
        rest.route("GET", "/channels/{channel}", self._get_channel)
        rest.route("POST", "/users/@me/channels", self._open_direct)
        rest.route("POST", all_, self._create)
        rest.route("GET", all_, self._list)
        rest.route("GET", one, self._get)
        rest.route("PATCH", one, self._edit)
        rest.route("DELETE", one, self._delete)
        rest.route("POST", f"{one}/crosspost", self._crosspost)

    def visible(self, call: Call) -> Channel:
        """Give the channel of a call; refuse one that the bot does not see."""
        number = call.path["channel"]
        channel = self._world.channels.get(int(number)) if number.isdecimal() else None
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        if channel.guild is not None and channel.guild not in self._world.guilds:
            raise ApiError(403, 50001, "Missing Access")
        if not self._world.permissions(channel) & VIEW:
            raise ApiError(403, 50001, "Missing Access")
        return channel

    def require(self, channel: Channel, permissions: int) -> None:
        """Refuse what the bot may not do in a channel."""
        if permissions & ~self._world.permissions(channel):
            raise ApiError(403, 50013, "Missing Permissions")

    def _message(self, call: Call) -> Message:
        channel, number = self.visible(call), call.path["message"]
        message = self._world.messages.get(int(number)) if number.isdecimal() else None
        # An ephemeral message can be reached by its interaction's token alone.
        if message is None or message.deleted or message.ephemeral or message.channel_id != channel.id:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    async def _get_channel(self, call: Call) -> Reply:
        return 200, self._world.channel(self.visible(call))

    async def _open_direct(self, call: Call) -> Reply:
        return 200, self._world.channel(self._world.direct(int(call.body["recipient_id"])))

    async def _create(self, call: Call) -> Reply:
        channel, body = self.visible(call), call.body
        self._check_sending(channel, body)
        refusals = check_message(body)
        if refusals:
            raise FormError(refusals)
        nonce = None if body.get("nonce") is None else str(body["nonce"])
        before = self._same(nonce) if body.get("enforce_nonce") else None
        if before is not None:
            if before.deleted:
                raise ApiError(404, 10008, "Unknown Message")
            return 200, self._world.message(before)
        message, shown = await self.say(channel, body, nonce=nonce)
        if nonce is not None:
            self._nonces[nonce] = (time.monotonic(), message)
        return 200, shown

    def _check_sending(self, channel: Channel, body: Any) -> None:
        if channel.type in THREAD_ONLY:
            raise ApiError(400, 40058, "Cannot send messages in a forum channel")
        if channel.type == CATEGORY:
            raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
        if channel.recipient in self.closed:
            raise ApiError(403, 50007, "Cannot send messages to this user")
        self.require(channel, SEND_IN_THREADS if channel.thread else SEND)
        if isinstance(body, dict) and body.get("embeds"):
            self.require(channel, EMBED)
        if channel.archived and channel.locked:
            raise ApiError(403, 160005, "Thread is locked")

    async def say(
        self, channel: Channel, body: dict[str, Any], *, nonce: str | None = None
    ) -> tuple[Message, dict[str, Any]]:
        """Put a checked message of the bot into a channel, and tell who listens; an archived thread comes back.

        Give the message, and its JSON.
        """
        channel.archived = False
        # The first message of a thread that was begun with it has the thread's id.
        first = channel.thread and channel.id not in self._world.in_channel
        number = channel.id if first else self._world.snowflake()
        message = Message(number, channel.id, channel.guild, nonce=nonce, at=time.time())
        message.change(body, edit=False)
        self._world.keep(message)
        shown = self._world.message(message)
        await self._tell(message, "MESSAGE_CREATE", shown)
        return message, shown

    def _same(self, nonce: str | None) -> Message | None:
        """Give the bot's message with a nonce, in whichever channel, while Discord remembers it."""
        at, message = self._nonces.get(nonce or "", (0.0, None))
        return message if message is not None and time.monotonic() - at < self.nonce_seconds else None

    async def _list(self, call: Call) -> Reply:
        channel, query = self.visible(call), call.query
        limit = int(query.get("limit", _PAGE))
        if not 1 <= limit <= 100:
            raise ApiError(400, 50035, "Invalid Form Body")
        if not self._world.permissions(channel) & HISTORY:
            return 200, []  # that is how Discord says that the history may not be read
        after, before = int(query.get("after", 0)), int(query.get("before", 2**63))
        found = [
            each
            for each in self._world.in_channel.get(channel.id, ())
            if not (each.deleted or each.ephemeral) and after < each.id < before
        ]
        found = found[:limit] if "after" in query else found[-limit:]
        return 200, [self._world.message(each) for each in reversed(found)]

    async def _get(self, call: Call) -> Reply:
        self.require(self.visible(call), HISTORY)
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

    async def _crosspost(self, call: Call) -> Reply:
        message = self._message(call)
        if self._world.channels[message.channel_id].type != ANNOUNCEMENT:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        if message.flags & CROSSPOSTED:
            raise ApiError(400, 40033, "This message has already been crossposted")
        message.flags |= CROSSPOSTED
        return 200, self._world.message(message)

    async def _tell(self, message: Message, event: str, data: dict[str, Any]) -> None:
        where = {} if message.guild_id is None else {"guild_id": str(message.guild_id)}
        intent = _DIRECT_MESSAGES if message.guild_id is None else _GUILD_MESSAGES
        await self._gateway.dispatch(event, {**data, **where}, guild=message.guild_id, intent=intent)
