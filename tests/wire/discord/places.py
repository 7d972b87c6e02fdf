"""Channels and threads as Discord's JSON, and what the bot may do in them.

Shapes: https://docs.discord.com/developers/resources/channel#channel-object; permissions:
https://docs.discord.com/developers/topics/permissions.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GUILD = 3001
TEXT, DM, VOICE, CATEGORY, ANNOUNCEMENT, PUBLIC_THREAD, FORUM, MEDIA = 0, 1, 2, 4, 5, 11, 15, 16
THREADS = frozenset({10, PUBLIC_THREAD, 12})
THREAD_ONLY = frozenset({FORUM, MEDIA})

VIEW, SEND, EMBED, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 16
MANAGE_THREADS, SEND_IN_THREADS = 1 << 34, 1 << 38
GRANTED = VIEW | SEND | EMBED | HISTORY | SEND_IN_THREADS | 1 << 31
"""What the bot's own role allows in every server, unless a channel denies it."""
_REQUIRE_TAG = 1 << 4


@dataclass(slots=True)
class Channel:
    """A channel; `guild` is None for a direct message, whose other side is then `recipient`.

    Attributes:
        denied: permissions that the bot lacks here; a thread has those of its `parent`.
        owner: of a thread, who began it.
        archived: of a thread: put away; the next message brings it back, unless it is `locked` as well.
        archived_at: when, in seconds of the epoch.
        tag_required: of a forum: a thread has to bring a tag.
        hidden: only the server's owner, the bot and who has one of the roles `let_in` see it.
    """

    id: int
    name: str
    guild: int | None = GUILD
    type: int = TEXT
    recipient: int | None = None
    denied: int = 0
    parent: int | None = None
    owner: int | None = None
    archived: bool = False
    archived_at: float = 0.0
    locked: bool = False
    tag_required: bool = False
    hidden: bool = False
    let_in: tuple[int, ...] = ()

    @property
    def thread(self) -> bool:
        """Whether it is a thread."""
        return self.type in THREADS


def role_of(guild: int) -> int:
    """Give the role that the bot has in a server."""
    return guild + 1


def shown(channel: Channel, *, last: int | None = None) -> dict[str, Any]:
    """Give a channel of a server, or a thread, as its JSON; `last` is its newest message."""
    common: dict[str, Any] = {
        "id": str(channel.id),
        "type": channel.type,
        "guild_id": str(channel.guild),
        "name": channel.name,
        "parent_id": None if channel.parent is None else str(channel.parent),
        "last_message_id": None if last is None else str(last),
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    return common | (_thread(channel) if channel.thread else _guild_channel(channel))


def _guild_channel(channel: Channel) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "position": 0,
        "permission_overwrites": _overwrites(channel),
        "topic": None,
        "nsfw": False,
    }
    if channel.type in THREAD_ONLY:
        fields |= {"available_tags": [], "default_auto_archive_duration": 4320, "default_reaction_emoji": None}
        fields |= {"default_sort_order": None, "default_forum_layout": 0}
        fields["flags"] = _REQUIRE_TAG if channel.tag_required else 0
    if channel.type == VOICE:
        fields |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    return fields


def _overwrites(channel: Channel) -> list[dict[str, Any]]:
    own = {"id": str(role_of(channel.guild or 0)), "type": 0, "allow": "0", "deny": str(channel.denied)}
    if not channel.hidden:
        return [own] if channel.denied else []
    own["allow"] = str(VIEW & ~channel.denied)
    nobody = {"id": str(channel.guild), "type": 0, "allow": "0", "deny": str(VIEW)}
    return [nobody, own, *({**nobody, "id": str(role), "allow": str(VIEW), "deny": "0"} for role in channel.let_in)]


def _thread(channel: Channel) -> dict[str, Any]:
    began = datetime.fromtimestamp(((channel.id >> 22) + 1_420_070_400_000) / 1000, UTC).isoformat()
    metadata = {
        "archived": channel.archived,
        "auto_archive_duration": 4320,
        "archive_timestamp": datetime.fromtimestamp(channel.archived_at, UTC).isoformat()
        if channel.archived
        else began,
        "locked": channel.locked,
        "create_timestamp": began,
    }
    counts = {"message_count": 0, "member_count": 1, "total_message_sent": 0}
    return {"owner_id": str(channel.owner), "thread_metadata": metadata, "applied_tags": [], **counts}
