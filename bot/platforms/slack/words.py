"""What somebody says to the bot in a message, as a command and its text."""

import re

from bot.commands import spec

_ADDRESSING = ":,：， "
"""What may stand between the bot's name and what it is asked."""
_LINK = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


def asked(message: str, bot_user: str) -> tuple[str, str]:
    """Return the command and the text that `message` amounts to; without a command it is a question for the first one.

    The bot's own mentions are left out, links are read as they are shown, Slack's three escapes are undone
    (https://docs.slack.dev/messaging/formatting-message-text). Nothing at all asks for help.
    """
    words = _LINK.sub(lambda found: _shown(found, bot_user), message)
    words = " ".join(words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split())
    words = words.lstrip(_ADDRESSING)
    name, _, rest = words.removeprefix("/").partition(" ")
    if words.startswith("/") or spec.command(name.lower()):
        return name.lower(), rest
    return spec.COMMANDS[0].name, words or "help"


def _shown(found: re.Match[str], bot_user: str) -> str:
    target, label = found["target"], found["label"]
    if target == f"@{bot_user}":
        return " "
    if label:
        return label
    return found[0] if target[0] in "@#!" else target.removeprefix("mailto:")
