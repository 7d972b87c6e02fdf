"""chat.*: post, change, delete, and find the address of messages, with the errors each method has.

https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours.
"""

from typing import TYPE_CHECKING, Any

from tests.wire.slack.checks import check_message
from tests.wire.slack.describe import as_event
from tests.wire.slack.records import Message
from tests.wire.slack.workspace import SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

Args = dict[str, Any]


async def chat_post_message(slack: "SlackServer", args: Args) -> Args:
    """Post in a channel, or to a person."""
    channel = slack.workspace.writable(args.get("channel"))
    slack.paces.posting(channel.id)
    slack.refuse("chat.postMessage", check_message(args, "chat.postMessage"))
    message = slack.workspace.post(channel.id, args, "chat.postMessage")
    return {"channel": channel.id, "ts": message.ts, "message": as_event(slack.workspace, message)}


async def chat_post_ephemeral(slack: "SlackServer", args: Args) -> Args:
    """Post for one person's eyes; event metadata is dropped."""
    channel = slack.workspace.writable(args.get("channel"))
    user = args.get("user")
    if user not in slack.workspace.users:
        raise SlackError("user_not_in_channel")
    slack.refuse("chat.postEphemeral", check_message(args, "chat.postEphemeral"))
    shown = {name: value for name, value in args.items() if name != "metadata"}
    message = slack.workspace.post(channel.id, shown, "chat.postEphemeral", ephemeral_to=user)
    return {"message_ts": message.ts}


def _own(slack: "SlackServer", args: Args, error: str) -> Message:
    channel = slack.workspace.channel(args.get("channel"))
    message = slack.workspace.message(channel.id, args.get("ts"))
    if message.user != slack.workspace.bot_user:
        raise SlackError(error)
    return message


async def chat_update(slack: "SlackServer", args: Args) -> Args:
    """Change a message of the bot's own; blocks that are not sent again stay, an empty list removes them."""
    message = _own(slack, args, "cant_update_message")
    slack.refuse("chat.update", check_message(args, "chat.update"))
    slack.workspace.change(message, {"blocks": message.blocks, "text": message.text, **args})
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": as_event(slack.workspace, message),
    }


async def chat_delete(slack: "SlackServer", args: Args) -> Args:
    """Delete a message of the bot's own."""
    message = _own(slack, args, "cant_delete_message")
    slack.workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


async def chat_get_permalink(slack: "SlackServer", args: Args) -> Args:
    """Give the address of a message."""
    channel = slack.workspace.channel(args.get("channel"))
    message = slack.workspace.message(channel.id, args.get("message_ts"))
    where = f"https://{slack.workspace.team_domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": where}
