"""Who asks, as Slack's payloads say it."""

from collections.abc import Mapping
from typing import Any

from bot.commands.request import Caller
from bot.library.entry import Audience


def of_command(body: Mapping[str, Any], audience: Audience) -> Caller:
    """Return the caller of a slash command."""
    return Caller(
        platform="slack",
        user=str(body.get("user_id", "")),
        place=str(body.get("channel_id", "")),
        workspace=str(body.get("team_id", "")),
        name=str(body.get("user_name", "")),
        audience=audience,
    )


def of_interaction(body: Mapping[str, Any], audience: Audience) -> Caller:
    """Return the caller of a button or a menu; the user's own team, which in shared channels is another one."""
    user = body.get("user") or {}
    return Caller(
        platform="slack",
        user=str(user.get("id", "")),
        place=str((body.get("channel") or {}).get("id", "")),
        workspace=str(user.get("team_id") or (body.get("team") or {}).get("id", "")),
        name=str(user.get("username") or user.get("name") or ""),
        audience=audience,
    )


def of_event(body: Mapping[str, Any], audience: Audience) -> Caller:
    """Return the caller of a mention or a message."""
    event = body.get("event") or {}
    return Caller(
        platform="slack",
        user=str(event.get("user", "")),
        place=str(event.get("channel", "")),
        workspace=str(event.get("team") or body.get("team_id", "")),
        audience=audience,
    )
