"""The methods of the Web API that the loopback Slack knows, with the errors each one has.

https://docs.slack.dev/reference/methods. An unknown method is "unknown_method", as it is at Slack.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.wire.slack.chat_methods import (
    chat_delete,
    chat_get_permalink,
    chat_post_ephemeral,
    chat_post_message,
    chat_update,
)
from tests.wire.slack.describe import as_event, as_person
from tests.wire.slack.records import Message
from tests.wire.slack.view_methods import blocks_validate, views_open, views_publish, views_update
from tests.wire.slack.workspace import Channel, SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

Args = dict[str, Any]
Method = Callable[["SlackServer", Args], Awaitable[Args]]

HISTORY_MOST = 1000


async def auth_test(slack: "SlackServer", _args: Args) -> Args:
    """Say whose token it is."""
    space = slack.workspace
    return {
        "url": f"https://{space.team_domain}.slack.com/",
        "team": "Loopback",
        "user": space.users[space.bot_user].name,
        "team_id": space.team_id,
        "user_id": space.bot_user,
        "bot_id": space.bot_id,
        "is_enterprise_install": False,
    }


async def apps_connections_open(slack: "SlackServer", _args: Args) -> Args:
    """Hand out an address for one WebSocket."""
    return {"url": slack.sockets.new_address()}


def _limit(args: Args, default: int) -> int:
    try:
        limit = int(args.get("limit") or default)
    except (TypeError, ValueError):
        raise SlackError("invalid_limit") from None
    if not 0 < limit <= HISTORY_MOST:
        raise SlackError("invalid_limit")
    return limit


def _within(args: Args, message: Message) -> bool:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    when = float(message.ts)
    return oldest <= when <= latest if args.get("inclusive") else oldest < when < latest


def _read(slack: "SlackServer", args: Args) -> Channel:
    channel = slack.workspace.channel(args.get("channel"))
    if not channel.is_member:
        raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    return channel


async def conversations_history(slack: "SlackServer", args: Args) -> Args:
    """List a channel's messages, newest first: no replies in threads, nothing ephemeral."""
    channel = _read(slack, args)
    limit = _limit(args, 100)
    found = [
        each
        for each in reversed(slack.workspace.timeline)
        if each.channel == channel.id
        and each.ephemeral_to is None
        and not each.deleted
        and (each.thread_ts in (None, each.ts) or each.reply_broadcast)
        and _within(args, each)
    ]
    listed = [
        as_event(slack.workspace, each, metadata=args.get("include_all_metadata") is True) for each in found[:limit]
    ]
    return {"messages": listed, "has_more": len(found) > limit, "pin_count": 0}


async def conversations_replies(slack: "SlackServer", args: Args) -> Args:
    """List a thread, its first message first."""
    channel = _read(slack, args)
    root = slack.workspace.message(channel.id, args.get("ts"))
    found = [
        each
        for each in slack.workspace.timeline
        if each.channel == channel.id
        and not each.deleted
        and each.ephemeral_to is None
        and (each is root or each.thread_ts == root.ts)
    ]
    listed = [as_event(slack.workspace, each, metadata=args.get("include_all_metadata") is True) for each in found]
    return {"messages": listed[: _limit(args, 1000)], "has_more": False}


async def conversations_info(slack: "SlackServer", args: Args) -> Args:
    """Describe a channel."""
    channel = slack.workspace.channel(args.get("channel"))
    described = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_im,
        "is_im": channel.is_im,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": channel.is_member,
    }
    if channel.im_user is not None:
        described["user"] = channel.im_user
    return {"channel": described}


async def conversations_open(slack: "SlackServer", args: Args) -> Args:
    """Open direct messages with one person."""
    wanted = args.get("users") or ""
    people = wanted if isinstance(wanted, list) else [each for each in str(wanted).split(",") if each]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    return {"channel": {"id": slack.workspace.im(people[0]).id}}


async def users_info(slack: "SlackServer", args: Args) -> Args:
    """Describe a person; the locale only when asked for."""
    user = slack.workspace.users.get(str(args.get("user")))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": as_person(user, locale=args.get("include_locale") is True)}


METHODS: dict[str, Method] = {
    "auth.test": auth_test,
    "blocks.validate": blocks_validate,
    "chat.postMessage": chat_post_message,
    "chat.postEphemeral": chat_post_ephemeral,
    "chat.update": chat_update,
    "chat.delete": chat_delete,
    "chat.getPermalink": chat_get_permalink,
    "conversations.history": conversations_history,
    "conversations.replies": conversations_replies,
    "conversations.info": conversations_info,
    "conversations.open": conversations_open,
    "users.info": users_info,
    "views.open": views_open,
    "views.publish": views_publish,
    "views.update": views_update,
}
APP_METHODS: dict[str, Method] = {"apps.connections.open": apps_connections_open}
"""The methods that take the app-level token."""
OPEN_METHODS = frozenset({"blocks.validate"})
"""The methods that take no token at all."""
