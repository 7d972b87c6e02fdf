"""Editions in forums: each is a thread, begun with its first part; the other parts follow in it.

Beginning a thread has no nonce, so one in doubt is looked for among the bot's own threads, and nothing is ever repeated
on the way. Where the thread of a part's edition is: remembered, if this process began it; else the one that holds a
message with a key of that edition. The ledger hands out a part only once the one before it is known to have been
posted, so the thread is there, unless somebody has deleted or locked it: then the part begins one of its own.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, cast

import discord
from cachetools import LRUCache, TTLCache
from discord.utils import snowflake_time

from bot.contract import Part
from bot.platforms.discord.fates import CROWDED
from bot.platforms.discord.limits import THREAD_NAME, shorten
from bot.platforms.discord.parts import Ready, edition, keys
from bot.platforms.discord.places import Place
from bot.platforms.discord.rest import RestClient

_REMEMBERED = 1_000
_FORUM_SECONDS = 600.0
_THREADS, _MESSAGES = 50, 100
"""Threads of the bot's own that are looked at, newest first, and the messages at the beginning of each."""
_EDITION_TAKES = timedelta(days=2)
"""How long before a part the first one of its edition may have been posted."""


class Forums:
    """The threads of editions."""

    def __init__(self, rest: RestClient) -> None:
        """Take the REST client."""
        self._rest = rest
        self._threads: LRUCache[tuple[int, str], int] = LRUCache(_REMEMBERED)
        self._forums: TTLCache[int, discord.ForumChannel] = TTLCache(_REMEMBERED, _FORUM_SECONDS)

    async def thread_of(self, place: Place, part: Part, number: int, now: datetime) -> int | None:
        """Return the thread in which `part` belongs; None where it begins one.

        Raises SendError, never UNCERTAIN: nothing has been posted yet.
        """
        if number == 1:
            return None
        about = place.id, edition(part.key)
        if about not in self._threads:
            found = await self._first(place, now, lambda key: edition(key) == about[1])
            if found is None:
                return None
            self._threads[about] = found.channel.id
        return self._threads[about]

    async def begin(
        self, place: Place, part: Part, ready: Ready
    ) -> Callable[[discord.Client, dict[str, Any]], Awaitable[discord.Message]]:
        """Return what begins a thread with `part`, given a client and a message's arguments; raise SendError."""
        forum = await self._forum(place)
        name = ready.title if ready.number == 1 else shorten(f"{ready.number}: {ready.title}", THREAD_NAME)

        async def create(_: discord.Client, arguments: dict[str, Any]) -> discord.Message:
            message = (await forum.create_thread(name=name, **arguments)).message
            self._threads[place.id, edition(part.key)] = message.channel.id
            return message

        return create

    async def find(self, place: Place, part: Part, since: datetime) -> discord.Message | None:
        """Return the message of `part` where there is one in a thread of the bot's own; raise SendError."""
        return await self._first(place, since, lambda key: key == part.key)

    async def _first(self, place: Place, since: datetime, wanted: Callable[[str], bool]) -> discord.Message | None:
        """Return the first of the bot's own messages in its own threads that has a key as wanted."""
        forum = await self._forum(place)

        async def look(client: discord.Client) -> discord.Message | None:
            async for thread in _own_threads(forum, client.user, since - _EDITION_TAKES):
                async for message in thread.history(limit=_MESSAGES, oldest_first=True):
                    if message.author == client.user and any(map(wanted, keys(message))):
                        return message
            return None

        return await self._rest.read(look)

    async def _forum(self, place: Place) -> discord.ForumChannel:
        """Return the forum as the REST client has it: the other client's would repeat what fails."""
        if place.id not in self._forums:
            found = await self._rest.read(lambda client: client.fetch_channel(place.id))
            self._forums[place.id] = cast("discord.ForumChannel", found)
        return self._forums[place.id]


async def _own_threads(
    forum: discord.ForumChannel, user: discord.ClientUser | None, since: datetime
) -> AsyncIterator[discord.Thread]:
    """Yield the threads of `forum` that `user` began at or after `since`: the active ones, then the archived.

    Raises SendError (UNREADABLE) where there are too many.
    """
    count = 0
    async for thread in _threads(forum, since):
        if user is None or thread.owner_id != user.id or snowflake_time(thread.id) < since:
            continue
        count += 1
        if count > _THREADS:
            raise CROWDED.error("threads")
        yield thread


async def _threads(forum: discord.ForumChannel, since: datetime) -> AsyncIterator[discord.Thread]:
    for thread in reversed(await forum.guild.active_threads()):
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):  # those archived last come first
        if thread.archive_timestamp < since:
            return
        yield thread
