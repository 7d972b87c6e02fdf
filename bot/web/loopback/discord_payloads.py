"""What Discord sends a bot, as far as discord.py reads it: interactions, and messages as they come back.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
"""

import itertools
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.web.drawing import Json

APPLICATION = "700000000000000001"
BOT: Mapping[str, Any] = {
    "id": APPLICATION,
    "username": "Briefbot",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
}
READER: Mapping[str, Any] = {
    "id": "700000000000000002",
    "username": "you",
    "discriminator": "0",
    "global_name": "You",
    "avatar": None,
}
_GUILD = "700000000000000003"
_FIRST_CHANNEL = 700_000_000_000_000_100
_COMMAND, _COMPONENT = 2, 3
_TEXT_OPTION, _SUBCOMMAND, _CHAT_INPUT = 3, 1, 1
_BUTTON = 2
_TEXT_CHANNEL = 0
_EVERYTHING = str((1 << 50) - 1)
_EPOCH_MS = 1_420_070_400_000
_counter = itertools.count()


def snowflake() -> str:
    """Return a fresh id that holds the present time, as Discord's do."""
    return str((int(time.time() * 1000) - _EPOCH_MS << 22) + next(_counter) % 4096)


def channel(number: int) -> str:
    """Return the id of a reader's channel."""
    return str(_FIRST_CHANNEL + number)


def command(name: str, options: Mapping[str, str], number: int, token: str) -> dict[str, Any]:
    """Return the interaction of a slash command; a subcommand's name stands behind a space."""
    root, _, below = name.partition(" ")
    sent: Sequence[Mapping[str, Any]] = [
        {"name": key, "type": _TEXT_OPTION, "value": value} for key, value in options.items()
    ]
    if below:
        sent = [{"name": below, "type": _SUBCOMMAND, "options": sent}]
    data = {"id": "700000000000000004", "name": root, "type": _CHAT_INPUT, "options": sent}
    return _interaction(_COMMAND, data, number, token)


def press(on: Mapping[str, Any], component: Json, value: str, number: int, token: str) -> dict[str, Any]:
    """Return the interaction of a button or a menu of the `message` `on`; `value` is what was chosen in the menu."""
    data: dict[str, Any] = {"custom_id": component["custom_id"], "component_type": component["type"]}
    if component["type"] != _BUTTON:
        data["values"] = [value]
    return _interaction(_COMPONENT, data, number, token) | {"message": on}


def message(post_id: str, payload: Json, number: int) -> dict[str, Any]:
    """Return a message of the bot as Discord gives it back."""
    return {
        "id": post_id,
        "channel_id": channel(number),
        "author": BOT,
        "content": payload.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": payload.get("embeds") or [],
        "components": payload.get("components") or [],
        "pinned": False,
        "type": 0,
        "flags": payload.get("flags") or 0,
        "application_id": APPLICATION,
    }


def text_channel(number: int) -> dict[str, Any]:
    """Return a reader's channel."""
    return {
        "id": channel(number),
        "guild_id": _GUILD,
        "type": _TEXT_CHANNEL,
        "name": "daily-brief",
        "position": 0,
        "permission_overwrites": [],
    }


def _interaction(kind: int, data: Mapping[str, Any], number: int, token: str) -> dict[str, Any]:
    return {
        "id": snowflake(),
        "application_id": APPLICATION,
        "type": kind,
        "data": data,
        "guild_id": _GUILD,
        "guild": {"id": _GUILD, "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "channel_id": channel(number),
        "channel": {**text_channel(number), "permissions": _EVERYTHING},
        "member": {
            "user": READER,
            "roles": [],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": _EVERYTHING,
        },
        "token": token,
        "version": 1,
        "app_permissions": _EVERYTHING,
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": _GUILD},
        "context": 0,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
