"""Where an edition goes: which kind of channel it is, and what the bot may do there.

The `guilds` intent keeps servers, channels, threads and the bot's own roles up to date in discord.py's cache. What is
not there (an archived thread, a server that is still to come) is asked for, and remembered for ten minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import discord
from cachetools import TTLCache

from bot.contract import Fate, SendError, Target
from bot.platforms.discord.fates import CODES, lacking
from bot.platforms.discord.rest import RestClient

_KEPT, _KEPT_SECONDS = 10_000, 600.0
_UNKNOWN_CHANNEL = 10003
_WRONG_KIND, _LOCKED, _TAG = 50024, 160005, 40067


class Kind(Enum):
    """How a message gets there."""

    TEXT = "text"
    ANNOUNCEMENT = "announcement"  # published as well
    THREAD = "thread"
    FORUM = "forum"  # a thread of its own for each edition
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel: its kind, and the bot's permissions there (None where they are not known)."""

    id: int
    kind: Kind
    channel: Any
    """discord.py's channel; None of a direct message."""
    permissions: discord.Permissions | None

    @property
    def readable(self) -> bool | None:
        """Whether its past messages can be read; None where that is not known."""
        if self.kind is Kind.DIRECT:
            return True
        return None if self.permissions is None else self.permissions.read_message_history

    def require(self) -> None:
        """Raise SendError (REFUSED) where it is known that editions cannot be posted here, or not looked for."""
        has = self.permissions
        _check_settings(self.channel)
        if has is None:
            return
        if not has.view_channel:  # without it discord.py says that everything is missing
            raise lacking(["view_channel"])
        send = ["send_messages_in_threads"] if self.kind is Kind.THREAD else ["send_messages"]
        if self.kind is Kind.FORUM:  # the first part begins a thread, the others follow in it
            send.append("send_messages_in_threads")
        may_send = all(getattr(has, name) for name in send)
        needed = [*send, *(["embed_links"] if may_send else []), "read_message_history"]
        missing = [name for name in needed if not getattr(has, name)]
        if missing:
            raise lacking(missing)


class Places:
    """Finds out where editions go."""

    def __init__(self, rest: RestClient, gateway: Callable[[], discord.Client | None]) -> None:
        """Take the REST client, and what gives the connected client with its cache."""
        self._rest, self._gateway = rest, gateway
        self._asked: TTLCache[int, Any] = TTLCache(_KEPT, _KEPT_SECONDS)

    async def of(self, target: Target, *, fresh: bool = False) -> Place:
        """Return the place of `target`; `fresh` asks Discord where only what was remembered is at hand.

        Raises SendError, REFUSED where there is no such channel in the workspace, or none that takes messages.
        """
        if not (target.channel.isdecimal() and (target.workspace.isdecimal() or not target.workspace)):
            raise CODES[_UNKNOWN_CHANNEL].error(str(_UNKNOWN_CHANNEL))
        number = int(target.channel)
        if not target.workspace:
            return Place(number, Kind.DIRECT, None, None)
        guild = self._guild(int(target.workspace))
        channel = guild.get_channel_or_thread(number) if guild is not None else None
        if channel is None:
            channel = await self._ask(number, fresh=fresh)
        if getattr(getattr(channel, "guild", None), "id", None) != int(target.workspace):
            raise SendError(Fate.REFUSED, str(_UNKNOWN_CHANNEL), "This channel is not on this server.")
        return Place(number, _kind(channel), channel, _permissions(channel, guild))

    async def check_direct(self, place: Place) -> None:
        """Raise SendError where `place` is no conversation of the bot with one person."""
        channel = await self._ask(place.id, fresh=True)
        if not isinstance(channel, discord.DMChannel):
            raise SendError(Fate.REFUSED, str(_UNKNOWN_CHANNEL), "This is no direct message.")

    def _guild(self, number: int) -> discord.Guild | None:
        client = self._gateway()
        guild = client.get_guild(number) if client is not None else None
        return None if guild is None or guild.unavailable else guild

    async def _ask(self, number: int, *, fresh: bool) -> Any:
        channel = None if fresh else self._asked.get(number)
        if channel is None:
            channel = self._asked[number] = await self._rest.read(lambda client: client.fetch_channel(number))
        return channel


def _check_settings(channel: Any) -> None:
    """Raise SendError (REFUSED) where a thread takes no messages, or a forum none without a tag."""
    if isinstance(channel, discord.Thread) and channel.locked:
        raise CODES[_LOCKED].error(str(_LOCKED))
    if isinstance(channel, discord.ForumChannel) and channel.flags.require_tag:
        raise CODES[_TAG].error(str(_TAG))


def _kind(channel: Any) -> Kind:
    match channel:
        case discord.Thread():
            return Kind.THREAD
        case discord.ForumChannel():
            return Kind.FORUM
        case discord.TextChannel():
            return Kind.ANNOUNCEMENT if channel.is_news() else Kind.TEXT
        case discord.VoiceChannel() | discord.StageChannel():
            return Kind.TEXT
        case _:
            raise CODES[_WRONG_KIND].error(str(_WRONG_KIND))


def _permissions(channel: Any, guild: discord.Guild | None) -> discord.Permissions | None:
    """Return the bot's permissions in `channel`, where the cache has it; a thread has its parent's.

    A channel that was asked for comes with a server that knows no roles.
    """
    if guild is None or guild.me is None:
        return None
    thread = isinstance(channel, discord.Thread)
    place = guild.get_channel(channel.parent_id if thread else channel.id)
    if place is None:
        return None
    # The channel's own class takes away what goes with Send Messages, which a thread does not need.
    return discord.abc.GuildChannel.permissions_for(place, guild.me) if thread else place.permissions_for(guild.me)
