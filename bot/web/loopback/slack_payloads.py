"""What Slack sends a bot: commands, presses, searches, mentions, a visit to the App Home.

Source: https://docs.slack.dev/interactivity/implementing-slash-commands and
https://docs.slack.dev/reference/interaction-payloads
"""

import itertools
import time
from collections.abc import Mapping
from typing import Any

from bot.web.drawing import Json

APP, BOT, BOT_USER, TEAM = "A0PAGE", "B0PAGE", "U0BRIEFBOT", "T0PAGE"
_CHANNEL, _READER = "C0DAILY", "U0READER"
_counter = itertools.count()


def timestamp() -> str:
    """Return a fresh message id, which is the present time to Slack."""
    return f"{int(time.time())}.{next(_counter) % 1_000_000:06d}"


def channel(number: int) -> str:
    """Return the id of a reader's channel."""
    return f"{_CHANNEL}{number}"


def reader(number: int) -> str:
    """Return the id of a reader."""
    return f"{_READER}{number}"


def number_of(place: str) -> int | None:
    """Return whose channel, or which reader, has the id `place`; None when it is none of ours."""
    number = place.removeprefix(_CHANNEL).removeprefix(_READER)
    return int(number) if number.isdecimal() else None


def command(name: str, words: str, number: int, response_url: str) -> dict[str, Any]:
    """Return a slash command."""
    return {
        "command": f"/{name}",
        "text": words,
        "team_id": TEAM,
        "team_domain": "page",
        "channel_id": channel(number),
        "channel_name": "daily-brief",
        "user_id": reader(number),
        "user_name": "you",
        "response_url": response_url,
        "trigger_id": timestamp(),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "token": "page-token",
    }


def press(action: Mapping[str, Any], source: Mapping[str, Any], number: int, response_url: str) -> dict[str, Any]:
    """Return a press of a button or a choice in a menu; `source` is the message or the view that holds it."""
    body: dict[str, Any] = {
        "type": "block_actions",
        **_who(number),
        **source,
        "actions": [{**action, "action_ts": timestamp()}],
    }
    return body | {"response_url": response_url} if response_url else body


def search(block_id: str, action_id: str, partial: str, view: Json, number: int) -> dict[str, Any]:
    """Return what is asked while a reader types into a menu that the bot fills."""
    body = {"type": "block_suggestion", **_who(number), "block_id": block_id, "action_id": action_id, "value": partial}
    return body | from_view(view)


def from_message(post_id: str, payload: Json, number: int, *, private: bool) -> dict[str, Any]:
    """Return where a press came from: a message. Of a private one Slack does not send the contents along."""
    place = {"id": channel(number), "name": "daily-brief"}
    container = {
        "type": "message",
        "message_ts": post_id,
        "channel_id": channel(number),
        "is_ephemeral": private,
    }
    if private:
        return {"container": container, "channel": place}
    return {"container": container, "channel": place, "message": message(post_id, payload)}


def message(post_id: str, payload: Json) -> dict[str, Any]:
    """Return a message of the bot as Slack gives it back."""
    return {
        "type": "message",
        "user": BOT_USER,
        "bot_id": BOT,
        "ts": post_id,
        "text": payload.get("text", ""),
        "blocks": payload.get("blocks", []),
    }


def from_view(view: Json) -> dict[str, Any]:
    """Return where a press came from: the App Home."""
    return {"container": {"type": "view", "view_id": "V0HOME"}, "view": {"id": "V0HOME", "type": "home", **view}}


def mention(words: str, number: int) -> dict[str, Any]:
    """Return the event of a message that mentions the bot."""
    return _event(
        {
            "type": "app_mention",
            "user": reader(number),
            "text": f"<@{BOT_USER}> {words}",
            "ts": timestamp(),
            "channel": channel(number),
            "event_ts": timestamp(),
        }
    )


def home_opened(number: int) -> dict[str, Any]:
    """Return the event of a visit to the App Home; readers are told apart by their channel there as well."""
    return _event(
        {
            "type": "app_home_opened",
            "user": reader(number),
            "channel": channel(number),
            "tab": "home",
            "event_ts": timestamp(),
        }
    )


def _event(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "event_id": f"Ev{timestamp()}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}],
        "token": "page-token",
    }


def _who(number: int) -> dict[str, Any]:
    return {
        "user": {"id": reader(number), "username": "you", "name": "you", "team_id": TEAM},
        "api_app_id": APP,
        "token": "page-token",
        "trigger_id": timestamp(),
        "team": {"id": TEAM, "domain": "page"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
