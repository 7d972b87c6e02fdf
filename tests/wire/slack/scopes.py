"""Scopes: what a token has to be allowed for each method, by the kind of conversation where that matters.

https://docs.slack.dev/reference/scopes; each method's page names its own. The methods that are not here need none.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from tests.wire.slack.workspace import Channel, SlackError, Workspace

METADATA = "metadata.message:read"
_BY_METHOD = {
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "users.info": "users:read",
}
_BY_KIND = {
    "conversations.history": "history",
    "conversations.replies": "history",
    "conversations.info": "read",
    "conversations.members": "read",
}
_KINDS = ("channels", "groups", "im", "mpim")
EVERYTHING = (
    frozenset(_BY_METHOD.values()) | {METADATA} | {f"{kind}:{what}" for kind in _KINDS for what in _BY_KIND.values()}
)
"""What an app may have been granted that uses every method."""


def kind_of(channel: Channel) -> str:
    """Name the kind of a conversation as the scopes do."""
    if channel.is_im:
        return "im"
    if channel.is_mpim:
        return "mpim"
    return "groups" if channel.is_private else "channels"


def check_scope(method: str, args: Mapping[str, Any], space: Workspace, granted: AbstractSet[str]) -> None:
    """Refuse a call that the token's scopes do not cover.

    Raises:
        SlackError: missing_scope, with what was needed and what there is; channel_not_found.
    """
    needed = _BY_METHOD.get(method)
    if method in _BY_KIND:
        needed = f"{kind_of(space.channel(args.get('channel')))}:{_BY_KIND[method]}"
    if needed is not None and needed not in granted:
        raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(granted)))
