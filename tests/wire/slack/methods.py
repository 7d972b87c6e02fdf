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
from tests.wire.slack.conversation_methods import (
    conversations_history,
    conversations_info,
    conversations_members,
    conversations_open,
    conversations_replies,
)
from tests.wire.slack.describe import as_person
from tests.wire.slack.view_methods import blocks_validate, views_open, views_publish, views_update
from tests.wire.slack.workspace import SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

Args = dict[str, Any]
Method = Callable[["SlackServer", Args], Awaitable[Args]]


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
    "conversations.members": conversations_members,
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
