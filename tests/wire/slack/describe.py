"""How Slack describes a message, a person and a view in its answers and payloads."""

from typing import Any

from tests.wire.slack.records import Message, View
from tests.wire.slack.workspace import User, Workspace


def as_event(space: Workspace, message: Message, *, metadata: bool = False) -> dict[str, Any]:
    """Describe a message as Slack sends it; `metadata` keeps the payload of event metadata."""
    described: dict[str, Any] = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.user == space.bot_user:
        described |= {"bot_id": space.bot_id, "app_id": space.app_id}
    described["team"] = space.team_id
    for name in ("blocks", "attachments", "thread_ts"):
        if getattr(message, name):
            described[name] = getattr(message, name)
    if message.metadata is not None:
        kept = message.metadata if metadata else {"event_type": message.metadata["event_type"]}
        described["metadata"] = kept
    if message.versions:
        described["edited"] = {"user": message.user, "ts": message.ts}
    return described


def as_person(user: User, *, locale: bool) -> dict[str, Any]:
    """Describe a person as users.info does."""
    described = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.name.title(),
        "deleted": False,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset,
        "profile": {"real_name": user.name.title(), "display_name": user.name},
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
    }
    return {**described, "locale": user.locale} if locale else described


def as_view(space: Workspace, view: View) -> dict[str, Any]:
    """Describe a view as the views.* methods and the payloads do."""
    return {
        "id": view.id,
        "team_id": space.team_id,
        "app_id": space.app_id,
        "bot_id": space.bot_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": view.values},
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        **view.payload,
        "blocks": view.blocks,
    }
