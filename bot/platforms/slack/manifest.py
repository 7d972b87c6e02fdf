"""The app manifest, made from the table of commands: what an operator pastes at Slack, and no more than is used.

Source: https://docs.slack.dev/reference/app-manifest
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.commands.spec import COMMANDS, Command

_LOOK = "to look whether an edition has arrived, where Slack has not said so: in "
_FIND = "to see before subscribing whether editions can be posted, and who is a member: in "
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "to hear when it is mentioned",
    "channels:history": f"{_LOOK}channels",
    "channels:read": f"{_FIND}channels",
    "chat:write": "to answer mentions and direct messages, and to post editions",
    "commands": "slash commands",
    "groups:history": f"{_LOOK}private channels",
    "groups:read": f"{_FIND}private channels",
    "im:history": f"to hear direct messages; {_LOOK}them",
    "im:read": f"{_FIND}direct messages",
    "metadata.message:read": "to recognise an edition by the key it carries",
    "mpim:history": f"{_LOOK}group messages",
    "mpim:read": f"{_FIND}group messages",
    "users:read": "to know the time zone of who subscribes, and who is an admin",
}
"""Every scope the bot asks for, and what it is for."""
PATH = "/slack/events"
"""Where the bot takes Slack's requests."""
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
_DESCRIPTION = "Sourced briefings on US-China relations"
_LONG = (
    "Ask for a person, an issue, an event or a place with /brief, in English, Chinese or pinyin, and get a short "
    "answer: the bottom line, claims with numbered sources, who says so, and as of when. Where two sides disagree, "
    "both are told. What it does not know, it says."
)


def manifest(mode: str, url: str | None = None) -> dict[str, Any]:
    """Return the manifest for ``socket``, or for ``http`` with the address at which Slack reaches the bot.

    An address without a path gets the one at which the bot listens; another path is left to whoever forwards it.
    Raises ValueError for another mode, or an address that does not fit the mode.
    """
    if mode not in {"socket", "http"}:
        raise ValueError(f"the mode is socket or http, not {mode!r}.")
    if (mode == "http") != (url is not None):
        raise ValueError("http needs --url https://…/slack/events, and socket needs none.")
    if url is not None and not url.startswith("https://"):
        raise ValueError("Slack calls only addresses that start with https://.")
    if url is not None and not urlsplit(url).path.strip("/"):
        url = url.rstrip("/") + PATH
    address = {"request_url": url} if url else {}
    menu = {"message_menu_options_url": url} if url else {}
    return {
        "display_information": {"name": "briefbot", "description": _DESCRIPTION, "long_description": _LONG},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "briefbot", "always_online": True},
            "slash_commands": [_slash_command(command, url) for command in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **address, **menu},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def _slash_command(command: Command, url: str | None) -> dict[str, Any]:
    return {
        "command": f"/{command.name}",
        "description": command.summary,
        "usage_hint": command.hint,
        "should_escape": command.takes_channel,  # else a channel would arrive as a name alone
        **({"url": url} if url else {}),
    }


def manifest_text(mode: str = "socket", url: str | None = None) -> str:
    """Return the manifest as JSON to paste."""
    return json.dumps(manifest(mode, url), ensure_ascii=False, indent=2) + "\n"
