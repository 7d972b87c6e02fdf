"""What somebody says to the bot in a message, as a command and its text."""

import re

from bot.commands import spec

_ADDRESSING = ":,：， "
"""What may stand between the bot's name and what it is asked."""
_LINK = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


def asked(message: str, bot_user: str) -> tuple[str, str]:
    """Return the command and the text that `message` amounts to; without a command it is a question for the first one.

    The bot's own mentions are left out, links are read as they are shown, Slack's three escapes are undone
    (https://docs.slack.dev/messaging/formatting-message-text). Nothing at all asks for help. To a command that takes
    channels they are left as Slack writes them.
    """
    command, text = _read(message, bot_user)
    known = spec.command(command)
    return _read(message, bot_user, channels=True) if known is not None and known.takes_channel else (command, text)


def unescaped(text: str) -> str:
    """Return the text of a command for which Slack escapes, but for the channels in it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read(message: str, bot_user: str, *, channels: bool = False) -> tuple[str, str]:
    words = _LINK.sub(lambda found: _shown(found, bot_user, channels=channels), message)
    words = " ".join(unescaped(words).split())
    words = words.lstrip(_ADDRESSING)
    name, _, rest = words.removeprefix("/").partition(" ")
    if words.startswith("/") or spec.command(name.lower()):
        return name.lower(), rest
    return spec.COMMANDS[0].name, words or "help"


def _shown(found: re.Match[str], bot_user: str, *, channels: bool) -> str:
    target, label = found["target"], found["label"]
    if target == f"@{bot_user}":
        return " "
    if label and not (channels and target[0] == "#"):
        return label
    return found[0] if target[0] in "@#!" else target.removeprefix("mailto:")
