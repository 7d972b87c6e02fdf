"""Discord's list of our commands is kept equal to ours: asked for once at the start, overwritten only if it differs.

Nothing is remembered locally, so replicas and restarts agree: what Discord has is compared with what we would send.
A bulk overwrite counts against a daily limit of creations, and commands not in it are deleted
(https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands).
"""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.errors import report

_log = structlog.get_logger("briefbot")

FIRST_DELAY = 30.0
LONGEST_DELAY = 3_600.0

Tree = app_commands.CommandTree[discord.AutoShardedClient]


async def keep_in_step(tree: Tree, *, delay: float = FIRST_DELAY) -> None:
    """Synchronise once; after a failure, log it and try again, in `delay` seconds and then ever later."""
    while True:
        try:
            await synchronise(tree)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            report(error, action="discord.sync")
        else:
            return
        await asyncio.sleep(delay)
        delay = min(delay * 2, LONGEST_DELAY)


async def synchronise(tree: Tree) -> bool:
    """Overwrite Discord's commands with ours if they differ, and return whether they did.

    Raises what discord.py raises: HTTPException and its family, aiohttp's and the operating system's errors.
    """
    ours = fingerprint(command.to_dict(tree) for command in tree.get_commands())
    theirs = fingerprint(_as_sent(command) for command in await tree.fetch_commands())
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
    return {
        "name": command["name"],
        "type": command.get("type") or 1,
        "description": command.get("description") or "",
        "nsfw": bool(command.get("nsfw")),
        "default_member_permissions": None if permissions is None else str(permissions),
        "contexts": sorted(command.get("contexts") or ()),
        "integration_types": sorted(command.get("integration_types") or ()),
        "options": [_normal_option(option) for option in command.get("options") or ()],
    }


def _normal_option(option: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": option["name"],
        "type": int(option["type"]),
        "description": option["description"],
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": [choice["value"] for choice in option.get("choices") or ()],
        "options": [_normal_option(inner) for inner in option.get("options") or ()],
    }


def _as_sent(command: app_commands.AppCommand) -> dict[str, Any]:
    """Return a command that Discord has in the form in which we would send it; `to_dict` leaves two fields out."""
    permissions = command.default_member_permissions
    return {
        **command.to_dict(),
        "nsfw": command.nsfw,
        "default_member_permissions": None if permissions is None else permissions.value,
    }
