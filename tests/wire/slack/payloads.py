"""The payloads that Slack sends to an app: commands, interactions, events.

https://docs.slack.dev/interactivity/implementing-slash-commands, .../reference/interaction-payloads and
.../apis/events-api/#event-envelope.
"""

import time
from typing import Any

from tests.wire.slack.describe import as_event, as_view
from tests.wire.slack.reading import Element
from tests.wire.slack.records import Message, View
from tests.wire.slack.workspace import Channel, Workspace

VERIFICATION_TOKEN = "verification"  # deprecated, but still sent


def command(
    space: Workspace, name: str, text: str, user: str, channel: Channel, *, response_url: str, trigger_id: str
) -> dict[str, Any]:
    """Build a slash command; every value is a string, as forms have them."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": space.team_id,
        "team_domain": space.team_domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": space.users[user].name,
        "command": name,
        "text": text,
        "api_app_id": space.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def _base(space: Workspace, kind: str, user: str) -> dict[str, Any]:
    name = space.users[user].name
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": space.users[user].team_id},
        "api_app_id": space.app_id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": space.team_id, "domain": space.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _held(space: Workspace, holder: Message | View) -> dict[str, Any]:
    """Say where the element stood: in a view, or in a message, which is left out when it is ephemeral."""
    if isinstance(holder, View):
        return {"container": {"type": "view", "view_id": holder.id}, "view": as_view(space, holder)}
    channel = space.channels[holder.channel]
    held: dict[str, Any] = {
        "container": {
            "type": "message",
            "message_ts": holder.ts,
            "channel_id": channel.id,
            "is_ephemeral": holder.ephemeral_to is not None,
        },
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": holder.values},
    }
    if holder.thread_ts is not None:
        held["container"]["thread_ts"] = holder.thread_ts
    if holder.ephemeral_to is None:
        held["message"] = as_event(space, holder)
    return held


def action(element: Element, chosen: dict[str, Any]) -> dict[str, Any]:
    """Build one entry of `actions`."""
    built: dict[str, Any] = {
        "type": element.type,
        "action_id": element.action_id,
        "block_id": element.block_id,
        "action_ts": f"{time.time():.6f}",
        **chosen,
    }
    for name in ("text", "value", "style", "placeholder"):
        if name in element.raw:
            built.setdefault(name, element.raw[name])
    return built


def block_actions(
    space: Workspace,
    user: str,
    holder: Message | View,
    actions: list[dict[str, Any]],
    *,
    trigger_id: str,
    response_url: str | None,
) -> dict[str, Any]:
    """Build what a pressed button or a made choice sends; there is a response_url for messages only."""
    built = {
        **_base(space, "block_actions", user),
        **_held(space, holder),
        "trigger_id": trigger_id,
        "actions": actions,
    }
    if response_url is not None:
        built["response_url"] = response_url
    return built


def block_suggestion(
    space: Workspace, user: str, holder: Message | View | None, *, element: Element | None, action_id: str, value: str
) -> dict[str, Any]:
    """Build what typing into an external select sends."""
    held = {} if holder is None else _held(space, holder)
    held.pop("state", None)
    return {
        **_base(space, "block_suggestion", user),
        **held,
        "action_id": action_id,
        "block_id": "b" if element is None else element.block_id,
        "value": value,
    }


def view_submission(
    space: Workspace, user: str, view: View, values: dict[str, Any], *, trigger_id: str
) -> dict[str, Any]:
    """Build what a modal's submit button sends; `values` is block_id -> action_id -> the element's state."""
    filled = {**view.values}
    for block_id, states in values.items():
        filled[block_id] = {**filled.get(block_id, {}), **states}
    described = {**as_view(space, view), "state": {"values": filled}}
    return {
        **_base(space, "view_submission", user),
        "trigger_id": trigger_id,
        "view": described,
        "response_urls": [],
    }


def event_callback(space: Workspace, event: dict[str, Any], event_id: str) -> dict[str, Any]:
    """Wrap an event."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": space.team_id,
        "api_app_id": space.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": space.team_id,
                "user_id": space.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
