"""What Discord's errors mean for an edition, and what its owner is told.

Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json.
"""

from dataclasses import dataclass

import discord

from bot.contract import Fate, Scope, SendError
from bot.platforms.discord.once import Attempt, LimitedError

MINUTE, HOUR = 60.0, 3600.0
_AGAIN = 5.0
"""Seconds until the next try where nothing says how many."""
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _SERVER_ERRORS = 401, 403, 404, 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an error means, in words."""

    fate: Fate
    sentence: str
    advice: str = ""
    wait: float = 0.0
    scope: Scope = Scope.CHANNEL

    def error(self, code: str) -> SendError:
        """Return it as an error with Discord's own word for it."""
        return SendError(self.fate, code, self.sentence, self.advice, wait=self.wait, scope=self.scope)


PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""The permissions that editions need, by discord.py's names, as Discord's settings call them."""
_NEEDED = ", ".join([*PERMISSIONS.values()][:-1]) + " and " + [*PERMISSIONS.values()][-1]
_RESUME = "then `/digest resume`"
_ALLOW = f"Allow the bot {_NEEDED} in this channel, {_RESUME}."
_OPERATOR = "Whoever runs this bot has been told."

_GONE = Verdict(
    Fate.REFUSED, "Discord knows this channel no longer.", "Subscribe another channel if editions are still wanted."
)
_KIND = Verdict(Fate.REFUSED, "Messages cannot be posted in this kind of channel.", "Subscribe a text channel.")
_ACCESS = Verdict(Fate.REFUSED, "The bot cannot see this channel.", _ALLOW)
_PERMISSION = Verdict(Fate.REFUSED, "The bot may not post in this channel.", _ALLOW)
_LOCKED = Verdict(
    Fate.REFUSED, "This thread is locked or archived for good.", f"Unlock it, {_RESUME}; or subscribe another place."
)
_TAG = Verdict(
    Fate.REFUSED,
    "This forum takes only posts with a tag, and the bot does not choose tags.",
    f"Switch off “Require people to select tags when posting” there, {_RESUME}; or subscribe another channel.",
)
_DIRECT = Verdict(
    Fate.REFUSED,
    "This person takes no direct messages from the bot.",
    f"Allow direct messages from members of a server that has the bot, {_RESUME}; or subscribe a channel.",
)
_MODERATED = Verdict(
    Fate.NOT_YET,
    "AutoMod of this server blocks the edition.",
    "Exempt the bot's role or this channel from the rule; the edition is tried again in two hours.",
    wait=2 * HOUR,
)
_BUSY = Verdict(
    Fate.NOT_YET, "Discord takes no more messages in this channel for now.", "It is tried again later.", wait=HOUR
)
_BUSY_SERVER = Verdict(
    Fate.NOT_YET,
    "Discord takes no more messages on this server for now.",
    "It is tried again later.",
    wait=HOUR,
    scope=Scope.WORKSPACE,
)
_PAUSED = Verdict(Fate.NOT_YET, "Discord has switched this off for now.", "It is tried again later.", wait=10 * MINUTE)
OURS = Verdict(Fate.OURS, "Discord would not take the edition as it was drawn.", _OPERATOR)
_LEFT = Verdict(
    Fate.REVOKED, "The bot is no longer on this server.", f"Add it again with its invitation link, {_RESUME}."
)
REVOKED = Verdict(Fate.REVOKED, "Discord no longer takes the bot's token.", _OPERATOR, scope=Scope.PLATFORM)
UNCERTAIN = Verdict(Fate.UNCERTAIN, "Discord did not say whether it has taken the edition.", "It is looked for.")
UNREACHED = Verdict(
    Fate.NOT_YET, "Discord could not be reached.", "It is tried again.", wait=_AGAIN, scope=Scope.PLATFORM
)
_WAITING = Verdict(Fate.NOT_YET, "Other messages to this channel go first.", "It is tried again.", wait=_AGAIN)
_REFUSED_NOW = Verdict(
    Fate.NOT_YET, "Discord no longer takes the bot's token.", _OPERATOR, wait=MINUTE, scope=Scope.PLATFORM
)
_UNANSWERED = Verdict(Fate.NOT_YET, "Discord did not answer.", "It is tried again.", wait=_AGAIN)
_CEILING = "Discord takes no more messages for the moment."

HIDDEN = Verdict(
    Fate.UNREADABLE,
    "The bot may not read what it has posted in this channel, so it cannot tell whether the edition arrived.",
    f"Allow it {PERMISSIONS['read_message_history']} there.",
)
CROWDED = Verdict(
    Fate.UNREADABLE,
    "So much was posted in this channel since that the bot cannot tell whether the edition arrived.",
    "Look for it there; a channel of its own makes it easier.",
)

DELETED = "10008"
"""Unknown message: of posting, that the message with this nonce was posted and has been deleted since."""

CLOSED = frozenset({"10003", "160005", "50083"})
"""Of posting into a thread: it is gone, or locked."""

CODES = {
    10003: _GONE,
    10004: _LEFT,
    50001: _ACCESS,
    50013: _PERMISSION,
    50008: _KIND,
    50024: _KIND,
    40058: _KIND,
    160005: _LOCKED,
    50083: _LOCKED,
    40067: _TAG,
    50007: _DIRECT,
    50278: _DIRECT,
    50035: OURS,
    50006: OURS,
    40005: OURS,
    200000: _MODERATED,
    200001: _MODERATED,
    20016: _BUSY,
    20028: _BUSY,
    20029: _BUSY_SERVER,
    160006: _BUSY_SERVER,
    40003: _BUSY,
    40006: _PAUSED,
}
"""Discord's JSON error codes; what is not here goes by its status."""


def verdict(error: Exception, made: Attempt) -> SendError:
    """Return what `error` of a call means for what it would have posted; `made` is what is known of the call.

    A request that never left has posted nothing. One that left and was not answered, or with 5xx, may have.
    """
    return _answered(made.error or error) or _unanswered(error, sent=made.sent)


def _answered(error: Exception) -> SendError | None:
    match error:
        case LimitedError():
            return ceiling(error.seconds, error.scope)
        case discord.LoginFailure():
            return REVOKED.error("401")
        case discord.HTTPException():
            return _of(error)
        case _:
            return None


def _unanswered(error: Exception, *, sent: bool) -> SendError:
    code = "timeout" if isinstance(error, TimeoutError) else type(error).__name__
    if sent:
        return UNCERTAIN.error(code)
    match error:
        case TimeoutError():
            return _WAITING.error(code)
        case ValueError() | TypeError() | LookupError() | AttributeError():
            return OURS.error(code)
        case _:  # no connection, or discord.py's has been closed
            return UNREACHED.error(code)


def _of(error: discord.HTTPException) -> SendError:
    """Return what an answer means; 5xx says nothing about the effect, whatever its body says."""
    if error.status >= _SERVER_ERRORS:
        return UNCERTAIN.error(str(error.status))
    if error.status == _UNAUTHORIZED:
        return REVOKED.error("401")
    by_status = {_FORBIDDEN: _PERMISSION, _NOT_FOUND: _GONE}.get(error.status, OURS)
    return CODES.get(error.code, by_status).error(str(error.code or error.status))


def ceiling(seconds: float, scope: Scope = Scope.PLATFORM) -> SendError:
    """Return the refusal of what is one too many: `seconds` to wait, about `scope`."""
    return SendError(Fate.NOT_YET, "429", _CEILING, "It is tried again.", wait=seconds, scope=scope)


def of_reading(error: SendError) -> SendError:
    """Return what `error` means where nothing was to be changed: what is uncertain can be done again."""
    return _UNANSWERED.error(error.code) if error.fate is Fate.UNCERTAIN else error


def of_looking(error: SendError) -> SendError:
    """Return what `error` means for a message that is looked for: that it is not known, now or ever."""
    if error.fate is Fate.REVOKED and error.scope is Scope.PLATFORM:
        return _REFUSED_NOW.error(error.code)
    if error.fate in {Fate.REFUSED, Fate.REVOKED, Fate.OURS}:
        return SendError(Fate.UNREADABLE, error.code, error.sentence, error.advice)
    return error


def lacking(missing: list[str]) -> SendError:
    """Return the refusal for permissions that are missing, by discord.py's names, of which there is at least one."""
    words = [PERMISSIONS[name] for name in missing]
    named = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    plural = "s" if len(words) > 1 else ""
    sentence = f"The bot lacks the permission{plural} {named} in this channel."
    return SendError(Fate.REFUSED, "50013", sentence, f"Allow it {named} in the channel's settings, {_RESUME}.")
