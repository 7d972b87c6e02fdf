"""Discord's list of our commands is kept equal to ours: asked for once at the start, overwritten only if it differs.

Nothing is remembered locally, so replicas and restarts agree: what Discord has is compared with what we would send.
Compared is Discord's own JSON: discord.py's objects lose part of it (2.7.1 reads contexts 0, 1, 2 as 0, 1), and would
have every start overwrite. A bulk overwrite counts against a daily limit of creations, and commands not in it are
deleted (https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands).
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.errors import report

_log = structlog.get_logger("briefbot")

FIRST_DELAY = 30.0
LONGEST_DELAY = 3_600.0
_EVERYWHERE = (0, 1, 2)
_SERVERS = (0,)
"""What Discord takes `contexts` and `integration_types` to be where a command leaves them out."""

Tree = app_commands.CommandTree[discord.AutoShardedClient]
Pause = Callable[[float], Awaitable[None]]


async def keep_in_step(tree: Tree, *, pause: Pause = asyncio.sleep) -> None:
    """Synchronise once; whatever fails is logged and tried again, in `FIRST_DELAY` seconds and then ever later."""
    delay = FIRST_DELAY
    while True:
        try:
            await synchronise(tree)
        except Exception as error:  # noqa: BLE001 - the border: nobody awaits this task, so nobody else would tell
            report(error, action="discord.sync")
        else:
            return
        await pause(delay)
        delay = min(delay * 2, LONGEST_DELAY)


async def synchronise(tree: Tree) -> bool:
    """Overwrite Discord's commands with ours if they differ, and return whether they did.

    Raises what discord.py raises: HTTPException and its family, aiohttp's and the operating system's errors.
    """
    client = tree.client
    if client.application_id is None:
        raise app_commands.MissingApplicationID
    ours = fingerprint(command.to_dict(tree) for command in tree.get_commands())
    theirs = fingerprint(await client.http.get_global_commands(client.application_id))
    if ours == theirs:
        _log.info("commands in step", action="discord.sync", fingerprint=ours)
        return False
    await tree.sync()
    _log.info("commands replaced", action="discord.sync", fingerprint=ours, before=theirs)
    return True


def fingerprint(commands: Iterable[Mapping[str, Any]]) -> str:
    """Return a short hash of what users see of `commands`, whatever their order, ids and defaults left out."""
    normal = sorted((_normal(command) for command in commands), key=lambda each: (each["type"], each["name"]))
    return hashlib.sha256(json.dumps(normal, sort_keys=True).encode()).hexdigest()[:12]


def _normal(command: Mapping[str, Any]) -> dict[str, Any]:
    permissions = command.get("default_member_permissions")
    return _named(command) | {
        "type": command.get("type") or 1,
        "nsfw": bool(command.get("nsfw")),
        "default_member_permissions": None if permissions is None else str(permissions),
        "contexts": sorted(_given(command.get("contexts"), _EVERYWHERE)),
        "integration_types": sorted(_given(command.get("integration_types"), _SERVERS)),
        "options": [_normal_option(option) for option in command.get("options") or ()],
    }


def _normal_option(option: Mapping[str, Any]) -> dict[str, Any]:
    return _named(option) | {
        "type": option.get("type"),
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "channel_types": sorted(option.get("channel_types") or ()),
        "choices": [(choice.get("name"), choice.get("value")) for choice in option.get("choices") or ()],
        "bounds": [option.get(bound) for bound in ("min_length", "max_length", "min_value", "max_value")],
        "options": [_normal_option(inner) for inner in option.get("options") or ()],
    }


def _named(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": part.get("name") or "",
        "description": part.get("description") or "",
        "name_localizations": part.get("name_localizations") or {},
        "description_localizations": part.get("description_localizations") or {},
    }


def _given(places: Iterable[int] | None, otherwise: Iterable[int]) -> Iterable[int]:
    return otherwise if places is None else places
