"""Threads: forums are made of nothing else, and a channel's threads can be listed while active, and when archived.

Rules: https://docs.discord.com/developers/topics/threads, .../resources/channel#start-thread-in-forum-or-media-channel.
There is no nonce on that endpoint: whoever calls it twice begins two threads.
"""

import time
from datetime import datetime
from typing import Any

from tests.wire.discord.channels import Channels
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.payloads import check_message
from tests.wire.discord.places import EMBED, HISTORY, PUBLIC_THREAD, SEND, THREAD_ONLY, VIEW, Channel
from tests.wire.discord.refusal import Form, Refusal
from tests.wire.discord.rest import ApiError, Call, FormError, Reply, Rest
from tests.wire.discord.world import APPLICATION, World

NAME = 100
_GUILDS = 1 << 0


class Threads:
    """The endpoints that begin threads and list them."""

    def __init__(self, world: World, rest: Rest, gateway: Gateway, channels: Channels) -> None:
        """Add the routes."""
        self._world, self._gateway, self._channels = world, gateway, channels
        rest.route("POST", "/channels/{channel}/threads", self._begin)
        rest.route("GET", "/guilds/{guild}/threads/active", self._active)
        rest.route("GET", "/channels/{channel}/threads/archived/public", self._archived)

    async def _begin(self, call: Call) -> Reply:
        forum, body = self._channels.visible(call), call.body
        if forum.type not in THREAD_ONLY:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        self._channels.require(forum, SEND)
        if isinstance(body, dict) and isinstance(body.get("message"), dict) and body["message"].get("embeds"):
            self._channels.require(forum, EMBED)
        refusals = _check(body)
        if refusals:
            raise FormError(refusals)
        if forum.tag_required and not body.get("applied_tags"):
            raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
        thread = self.add(forum, body["name"], owner=APPLICATION)
        _, shown = await self._channels.say(thread, body["message"])
        await self._gateway.dispatch("THREAD_CREATE", self._world.channel(thread), guild=forum.guild, intent=_GUILDS)
        return 201, {**self._world.channel(thread), "message": shown}

    def add(self, parent: Channel, name: str, *, owner: int) -> Channel:
        """Add a thread without a message."""
        number = self._world.snowflake()
        thread = Channel(number, name, parent.guild, PUBLIC_THREAD, parent=parent.id, owner=owner)
        self._world.channels[number] = thread
        return thread

    def archive(self, thread: Channel) -> None:
        """Put a thread away, as Discord does with one in which nothing happens for some time."""
        thread.archived, thread.archived_at = True, time.time()

    async def _active(self, call: Call) -> Reply:
        guild = int(call.path["guild"])
        if guild not in self._world.guilds:
            raise ApiError(403, 50001, "Missing Access")
        found = [
            each
            for each in self._world.channels.values()
            if each.thread and each.guild == guild and not each.archived and self._world.permissions(each) & VIEW
        ]
        return 200, {"threads": [self._world.channel(each) for each in found], "members": []}

    async def _archived(self, call: Call) -> Reply:
        forum = self._channels.visible(call)
        self._channels.require(forum, HISTORY)
        before = call.query.get("before")
        latest = float("inf") if before is None else datetime.fromisoformat(before).timestamp()
        limit = int(call.query.get("limit", 50))
        found = [
            each
            for each in self._world.channels.values()
            if each.parent == forum.id and each.archived and each.archived_at < latest
        ]
        found.sort(key=lambda each: each.archived_at, reverse=True)
        shown = [self._world.channel(each) for each in found[:limit]]
        return 200, {"threads": shown, "members": [], "has_more": len(found) > limit}


def _check(body: Any) -> list[Refusal]:
    refusals: list[Refusal] = []
    form = Form(body, "", refusals)
    form.text("name", NAME, least=1, required=True)
    if form.given("message", required=True) is not None:
        refusals += check_message(body["message"], path="message")
    return refusals
