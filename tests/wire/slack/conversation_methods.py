"""conversations.*: what was said somewhere, and what is known of the place, with the errors each method has.

https://docs.slack.dev/reference/methods/conversations.history and its neighbours.
"""

import base64
import binascii
import time
from typing import TYPE_CHECKING, Any

from tests.wire.slack.describe import as_event
from tests.wire.slack.records import Message
from tests.wire.slack.scopes import METADATA
from tests.wire.slack.workspace import Channel, SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

Args = dict[str, Any]

HISTORY_MOST = 1000
_NEXT = "next_ts:"


def _limit(slack: "SlackServer", args: Args, default: int) -> int:
    most = HISTORY_MOST if slack.history_most is None else slack.history_most
    try:
        limit = int(args.get("limit") or default)
    except (TypeError, ValueError):
        raise SlackError("invalid_limit") from None
    if not 0 < limit <= HISTORY_MOST:
        raise SlackError("invalid_limit")
    return min(limit, most)


def _within(args: Args, message: Message) -> bool:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    when = float(message.ts)
    return oldest <= when <= latest if args.get("inclusive") else oldest < when < latest


def _read(slack: "SlackServer", args: Args) -> Channel:
    slack.paces.reading()
    channel = slack.workspace.channel(args.get("channel"))
    if not channel.is_member:
        raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    return channel


def _page(slack: "SlackServer", args: Args, found: list[Message], limit: int) -> Args:
    """Give the page that a cursor points to, and the cursor of the next one."""
    start = 0
    if cursor := args.get("cursor"):
        try:
            ts = base64.b64decode(str(cursor), validate=True).decode().removeprefix(_NEXT)
            start = next(place for place, each in enumerate(found) if each.ts == ts)
        except (binascii.Error, UnicodeDecodeError, StopIteration):
            raise SlackError("invalid_cursor") from None
    page, rest = found[start : start + limit], found[start + limit :]
    metadata = args.get("include_all_metadata") is True and METADATA in slack.scopes
    listed: Args = {"messages": [as_event(slack.workspace, each, metadata=metadata) for each in page]}
    listed["has_more"] = bool(rest)
    if rest:
        listed["response_metadata"] = {"next_cursor": base64.b64encode(f"{_NEXT}{rest[0].ts}".encode()).decode()}
    return listed


async def conversations_history(slack: "SlackServer", args: Args) -> Args:
    """List a channel's messages, newest first: no replies in threads, nothing ephemeral or younger than the lag."""
    channel = _read(slack, args)
    visible = time.time() - slack.history_lag
    found = [
        each
        for each in reversed(slack.workspace.by_channel.get(channel.id, []))
        if each.ephemeral_to is None
        and not each.deleted
        and each.at <= visible
        and (each.thread_ts in (None, each.ts) or each.reply_broadcast)
        and _within(args, each)
    ]
    return {**_page(slack, args, found, _limit(slack, args, 100)), "pin_count": 0}


async def conversations_replies(slack: "SlackServer", args: Args) -> Args:
    """List a thread, its first message first."""
    channel = _read(slack, args)
    root = slack.workspace.message(channel.id, args.get("ts"))
    found = [
        each
        for each in slack.workspace.by_channel[channel.id]
        if not each.deleted and each.ephemeral_to is None and (each is root or each.thread_ts == root.ts)
    ]
    return _page(slack, args, found, _limit(slack, args, 1000))


async def conversations_info(slack: "SlackServer", args: Args) -> Args:
    """Describe a channel; direct messages have no members to be one of."""
    channel = slack.workspace.channel(args.get("channel"))
    if channel.is_private and not channel.is_member:
        raise SlackError("channel_not_found")
    described: Args = {
        "id": channel.id,
        "is_channel": not (channel.is_im or channel.is_mpim or channel.is_private),
        "is_group": channel.is_private and not channel.is_mpim,
        "is_im": channel.is_im,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private or channel.is_im,
        "is_archived": channel.is_archived,
        "is_read_only": channel.post_error == "restricted_action_read_only_channel",
        "is_thread_only": channel.post_error == "restricted_action_thread_only_channel",
    }
    if channel.is_im:
        described["user"] = channel.im_user
    else:
        described |= {"name": channel.name, "is_member": channel.is_member, "is_ext_shared": channel.is_ext_shared}
    return {"channel": described}


async def conversations_members(slack: "SlackServer", args: Args) -> Args:
    """List who is in a channel, so many at a time; of a private one only where the bot is in it as well."""
    channel = slack.workspace.channel(args.get("channel"))
    if channel.is_private and not channel.is_member:
        raise SlackError("channel_not_found")
    inside = sorted(slack.workspace.users if channel.members is None else channel.members)
    try:
        start, limit = int(str(args.get("cursor") or 0)), int(args.get("limit") or 100)
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if not 0 < limit <= HISTORY_MOST:
        raise SlackError("invalid_limit")
    end = start + min(limit, slack.members_most)
    return {
        "members": inside[start:end],
        "response_metadata": {"next_cursor": str(end) if end < len(inside) else ""},
    }


async def conversations_open(slack: "SlackServer", args: Args) -> Args:
    """Open direct messages with one person."""
    wanted = args.get("users") or ""
    people = wanted if isinstance(wanted, list) else [each for each in str(wanted).split(",") if each]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    return {"channel": {"id": slack.workspace.im(people[0]).id}}
