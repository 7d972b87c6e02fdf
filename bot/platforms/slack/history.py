"""What stands in a channel: an edition is recognised by the key in its message's metadata, which only apps can read.

Source: https://docs.slack.dev/reference/methods/conversations.history and https://docs.slack.dev/messaging/message-metadata
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms.slack import fates
from bot.platforms.slack.handlers import Identity

EVENT_TYPE = "briefbot_digest"
METADATA = "metadata.message:read"
"""The scope without which the metadata of messages is left out, and every edition would seem to be missing."""
MARGIN = timedelta(minutes=10)
"""By how much Slack's clock may be behind ours, which may have been wrong at the time: a message that is overlooked is
posted twice, one page more costs a call."""
PAGE = 15
"""Messages of the first page: the most that an app sold outside the Marketplace may ask for; nearly always enough."""
FURTHER = 200
"""Messages of each page after it; Slack may give fewer."""
PAGES = 10
"""Pages that are read before giving up."""
_GRANTED = "x-oauth-scopes"

Json = dict[str, Any]
Read = Callable[[Json], Awaitable[AsyncSlackResponse]]
"""Calls conversations.history with these arguments; raises SendError."""


def metadata(key: str) -> Json:
    """Return the metadata of a message that carries `key`; any app of the workspace may read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"k": key}}


def scopes_for(conversation: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the scopes that posting to a conversation of conversations.info, and looking there, need."""
    kind = "groups" if conversation.get("is_private") or conversation.get("is_group") else "channels"
    for name in ("im", "mpim"):
        kind = name if conversation.get(f"is_{name}") else kind
    return ("chat:write", f"{kind}:history", METADATA)


def lacking(headers: Mapping[str, str], needed: Iterable[str]) -> list[str]:
    """Return which of the scopes `needed` the token has not, by an answer's headers; none where they do not say."""
    granted = next((value for name, value in headers.items() if name.lower() == _GRANTED), None)
    if granted is None:
        return []
    return [scope for scope in needed if scope not in {each.strip() for each in granted.split(",")}]


async def look(read: Read, identity: Identity, channel: str, key: str, since: datetime) -> str | None:
    """Return the identifier of our own message that carries `key` and is not older than `since`; None for none.

    Raises SendError: what `read` raises, and UNREADABLE where too much was written since to be gone through.
    """
    oldest = f"{(since - MARGIN).timestamp():.6f}"
    asked: Json = {"channel": channel, "oldest": oldest, "limit": PAGE, "include_all_metadata": True}
    for _ in range(PAGES):
        answer = await read(asked)
        if missing := lacking(answer.headers, (METADATA,)):
            raise fates.lacking(missing)
        messages = [each for each in answer.get("messages") or () if isinstance(each, Mapping)]
        ts = next((str(each["ts"]) for each in messages if _carries(each, key, identity)), None)
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if ts is not None or not (answer.get("has_more") or cursor):
            return ts
        # Without a cursor the next page is what is older than this one.
        further = {"cursor": cursor} if cursor else {"latest": messages[-1]["ts"]} if messages else {}
        if not further:
            break
        asked = {**asked, **further, "limit": FURTHER}
    raise fates.unreadable("too_much_since", "Too much was written in the channel since.", "See whether it is there.")


def _carries(message: Mapping[str, Any], key: str, identity: Identity) -> bool:
    """Return whether a message is the bot's own and carries `key`: others could copy it."""
    own = message.get("bot_id") == identity.bot if identity.bot else message.get("user") == identity.user
    found = message.get("metadata")
    if not own or not isinstance(found, Mapping) or found.get("event_type") != EVENT_TYPE:
        return False
    payload = found.get("event_payload")
    return isinstance(payload, Mapping) and payload.get("k") == key
