"""A loopback Discord: the real discord.py runs against it over real sockets, and is refused as Discord would.

`DiscordServer` is the server and the people in it; the checks are pure functions, for property tests.
"""

from tests.wire.discord.commands import check_commands
from tests.wire.discord.payloads import check_choices, check_interaction_response, check_message
from tests.wire.discord.records import Answer, Button, Choice, Message, RestCall
from tests.wire.discord.refusal import Refusal
from tests.wire.discord.server import DiscordServer

__all__ = [
    "Answer",
    "Button",
    "Choice",
    "DiscordServer",
    "Message",
    "Refusal",
    "RestCall",
    "check_choices",
    "check_commands",
    "check_interaction_response",
    "check_message",
]
