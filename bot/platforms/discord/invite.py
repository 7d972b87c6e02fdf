"""The link that adds the bot to a server, and why it asks for what it asks for.

Answers to commands and buttons are responses to interactions: they need no permission in a server, neither to read nor
to write (https://docs.discord.com/developers/interactions/receiving-and-responding). Editions do, in the channels that
get them (https://docs.discord.com/developers/topics/permissions); a post in a forum needs no other permission than a
message (https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
"""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import urlencode

import discord

AUTHORIZE = "https://discord.com/oauth2/authorize"


@dataclass(frozen=True, slots=True)
class Asked:
    """A scope or a permission that the link asks for, and the reason."""

    name: str
    reason: str


SCOPES = (
    Asked("bot", "so that the bot is a member of the server and Discord sends it the server's commands"),
    Asked("applications.commands", "so that /brief, /timeline, /briefings and /digest appear in the server"),
)
PERMISSIONS = (
    Asked("view_channel", "so that it knows the channels that get editions"),
    Asked("send_messages", "so that editions can be posted, in forums too"),
    Asked("send_messages_in_threads", "so that they can be posted in threads, and go on in the posts of a forum"),
    Asked("embed_links", "so that long ones, which are embeds, are shown"),
    Asked("read_message_history", "so that one whose answer was lost is found among the bot's own, not posted twice"),
)
"""Names as discord.py's `Permissions` has them."""


def invite_url(application_id: int | str) -> str:
    """Return the address at which somebody with Manage Server adds the application to a server.

    Raises ValueError when `application_id` is no id of Discord's (17 to 20 digits).
    """
    words = str(application_id).strip()
    if not (words.isascii() and words.isdigit() and 17 <= len(words) <= 20):  # noqa: PLR2004 - snowflakes have as many
        raise ValueError(f"{words[:30]!r} is no application id; it has 17 to 20 digits")
    permissions = discord.Permissions(**{asked.name: True for asked in PERMISSIONS})
    scopes = " ".join(asked.name for asked in SCOPES)
    return f"{AUTHORIZE}?{urlencode({'client_id': words, 'scope': scopes, 'permissions': permissions.value})}"


def application_id(token: str) -> int | None:
    """Return the application's id that a bot token begins with, or None when `token` does not look like one.

    The first of a token's three parts is the id in Base64; the secret is in the others.
    """
    first, dot, _ = token.strip().partition(".")
    if not dot:
        return None
    try:
        words = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(words) if words.isdigit() else None
