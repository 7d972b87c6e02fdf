"""The little Discord that the bot lives in: an application, a server, channels and people, as Discord's JSON."""

import itertools
import time
from datetime import UTC, datetime
from typing import Any

from tests.wire.discord.places import DM, GRANTED, GUILD, VIEW, Channel, role_of, shown
from tests.wire.discord.records import Message

APPLICATION = 100
CHANNEL = 2001
OWNER = 1001
"""Who owns every server."""
_EPOCH_MS = 1_420_070_400_000


class World:
    """Everybody and everything that has an id."""

    def __init__(self) -> None:
        """Set up the server 3001 with the channels 2001 and 2002, and people who appear as they are named."""
        self._counter = itertools.count()
        self.people: dict[int, str] = {1001: "Ada", 1002: "Grace"}
        self.allowed: dict[int, str] = {}
        """What people may do in a channel, where it is not what most may."""
        self.roles: dict[int, str] = {}
        """The server's roles beside @everyone, by id."""
        self.held: dict[int, tuple[int, ...]] = {}
        """The roles that people have."""
        self.guilds: dict[int, str] = {GUILD: "Newsroom"}
        self.channels: dict[int, Channel] = {}
        for number, name in ((CHANNEL, "general"), (2002, "briefings")):
            self.channels[number] = Channel(number, name)
        self.messages: dict[int, Message] = {}
        self.in_channel: dict[int, list[Message]] = {}
        self.granted: dict[int, int] = {}
        """Permissions of the bot's role by server, where they are not the usual ones."""

    def keep(self, message: Message) -> None:
        """Keep a message."""
        self.messages[message.id] = message
        self.in_channel.setdefault(message.channel_id, []).append(message)

    def permissions(self, channel: Channel) -> int:
        """Give what the bot may do in a channel; everything in direct messages."""
        if channel.guild is None:
            return ~0
        place = self.channels.get(channel.parent or 0, channel) if channel.thread else channel
        return self.granted.get(channel.guild, GRANTED) & ~place.denied

    def sees(self, user: int, channel: Channel) -> bool:
        """Whether a person sees a channel of a server; of a private thread that is not told here."""
        place = self.channels.get(channel.parent or 0, channel) if channel.thread else channel
        return user == OWNER or not place.hidden or not set(place.let_in).isdisjoint(self.held.get(user, ()))

    def snowflake(self) -> int:
        """Give a new id; like the real ones it tells its time, which discord.py reads from it."""
        elapsed = int(time.time() * 1000) - _EPOCH_MS
        return elapsed << 22 | next(self._counter) & 0x3FFFFF

    def direct(self, user: int) -> Channel:
        """Give the channel of direct messages with a person."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        channel = Channel(self.snowflake(), "", None, DM, user)
        self.channels[channel.id] = channel
        return channel

    def bot(self) -> dict[str, Any]:
        """Give the bot's own user."""
        return {**self.user(APPLICATION), "username": "briefbot", "global_name": None, "bot": True}

    def user(self, user: int) -> dict[str, Any]:
        """Give a user."""
        name = self.people.setdefault(user, f"person{user}")
        fields = {"id": str(user), "username": name.lower(), "global_name": name, "discriminator": "0"}
        return {**fields, "avatar": None, "public_flags": 0}

    def member(self, user: int, *, permissions: str = "2147483648") -> dict[str, Any]:
        """Give a user as a member of a server."""
        return {
            "user": self.user(user),
            "roles": [str(role) for role in self.held.get(user, ())],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "premium_since": None,
            "nick": None,
            "avatar": None,
            "pending": False,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "communication_disabled_until": None,
            "permissions": self.allowed.get(user, permissions),
        }

    def application(self) -> dict[str, Any]:
        """Give the application."""
        return {
            "id": str(APPLICATION),
            "name": "briefbot",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.user(1001),
            "team": None,
            "flags": 0,
            "summary": "",
            "bot": self.bot(),
        }

    def channel(self, channel: Channel) -> dict[str, Any]:
        """Give a channel."""
        said = self.in_channel.get(channel.id)
        last = said[-1].id if said else None
        if channel.guild is not None:
            return shown(channel, last=last)
        common: dict[str, Any] = {"id": str(channel.id), "type": channel.type, "flags": 0}
        return {**common, "last_message_id": last and str(last), "recipients": [self.user(channel.recipient or 0)]}

    def guild(self, guild: int) -> dict[str, Any]:
        """Give a server as GUILD_CREATE brings it."""
        everyone = {"id": str(guild), "name": "@everyone", "color": 0, "hoist": False, "position": 0, "flags": 0}
        everyone |= {"permissions": str(1 << 31 | VIEW), "managed": False, "mentionable": False}
        own = {**everyone, "id": str(role_of(guild)), "permissions": str(self.granted.get(guild, GRANTED))}
        places = [each for each in self.channels.values() if each.guild == guild]
        member = {**self.member(APPLICATION), "user": self.bot(), "roles": [str(role_of(guild))]}
        others = [{**everyone, "id": str(role), "name": name, "position": 1} for role, name in self.roles.items()]
        return {
            "id": str(guild),
            "name": self.guilds[guild],
            "icon": None,
            "owner_id": str(OWNER),
            "features": [],
            "roles": [everyone, own, *others],
            "emojis": [],
            "stickers": [],
            "channels": [self.channel(each) for each in places if not each.thread],
            "threads": [self.channel(each) for each in places if each.thread and not each.archived],
            "members": [member],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "member_count": 3,
            "large": False,
            "unavailable": False,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "preferred_locale": "en-US",
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "system_channel_flags": 0,
            "afk_timeout": 300,
        }

    def message(self, message: Message) -> dict[str, Any]:
        """Give a message."""
        at, pings = datetime.fromtimestamp(message.at, UTC).isoformat(), message.pings()
        shown: dict[str, Any] = {
            "id": str(message.id),
            "channel_id": str(message.channel_id),
            "author": self.bot(),
            "content": message.content,
            "embeds": [{"type": "rich", **embed} for embed in message.embeds],
            "components": message.components,
            "attachments": [_attachment(message, each) for each in message.attachments],
            "flags": message.flags,
            "timestamp": at,
            "edited_timestamp": at if message.edited else None,
            "tts": False,
            "pinned": False,
            "mention_everyone": any(ping.kind == "everyone" for ping in pings),
            "mentions": [self.user(int(each.target)) for each in pings if each.kind == "users"],
            "mention_roles": [each.target for each in pings if each.kind == "roles"],
            "type": 0 if message.interaction_id is None else 20,
            **message.extra,
        }
        if message.nonce is not None:
            shown["nonce"] = message.nonce
        if message.interaction_id is not None:
            shown |= {"webhook_id": str(APPLICATION), "application_id": str(APPLICATION)}
        return shown


def _attachment(message: Message, attachment: dict[str, Any]) -> dict[str, Any]:
    number = str(message.id + 1 + int(attachment["id"]))
    address = f"https://cdn.example.org/attachments/{message.channel_id}/{number}/{attachment['filename']}"
    return {"size": 0, **attachment, "id": number, "url": address, "proxy_url": address}
