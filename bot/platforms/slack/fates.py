"""What Slack's errors mean for an edition, and the words in which its owner hears of it.

Source: the error tables of https://docs.slack.dev/reference/methods/chat.postMessage and conversations.history.
"""

from collections.abc import Mapping
from http import HTTPStatus

from slack_sdk.errors import SlackApiError

from bot.contract import Fate, Scope, SendError
from bot.platforms.slack.errors import OURS, SILENT, TOKEN, WAIT, Trouble, code, failure, status_of
from bot.platforms.slack.exchange import retry_after

LATER = 60.0
"""Seconds to wait where the whole workspace posts too much and Slack does not say for how long."""
_RESUME = ", then /digest resume."
_INVITE = f"Add me with /invite @briefbot{_RESUME}"
_RUNNER = "Whoever runs the bot"
_INSTALL = f"{_RUNNER} installs the app again and gives it the new token{_RESUME}"

Words = tuple[str, str]
"""What happened, and what to do about it."""

_REFUSED: Mapping[str, Words] = {
    "channel_not_found": (
        "The channel is gone, or it is private and I am not in it.",
        "If it is still there, add me with /invite @briefbot, then /digest resume.",
    ),
    "channel_is_limited_access": (
        "Access to the channel is limited, and I have none.",
        f"Ask whoever manages the channel to let me in{_RESUME}",
    ),
    "ekm_access_denied": (
        "Administrators have suspended the posting of messages.",
        f"Ask them to allow it again{_RESUME}",
    ),
    "is_archived": ("The channel is archived.", f"Unarchive it{_RESUME}"),
    "messages_tab_disabled": (
        "I may not write direct messages: the messages tab of the app is switched off.",
        f"{_RUNNER} switches it on in the app's settings, under App Home{_RESUME}",
    ),
    "no_permission": ("Slack gives me no permission to post in the channel.", _INVITE),
    "not_in_channel": ("I am not in the channel.", _INVITE),
    "restricted_action": (
        "A setting of the workspace keeps me from posting in the channel.",
        f"Ask an admin to let me post there{_RESUME}",
    ),
    "restricted_action_read_only_channel": (
        "The channel is read-only for me.",
        f"Ask an admin to let me post there{_RESUME}",
    ),
    "restricted_action_thread_only_channel": (
        "The channel takes nothing but replies in threads, and an edition is none.",
        f"Subscribe another channel, or ask an admin to change that{_RESUME}",
    ),
}
_MOVING = "The workspace is being moved into an organisation, and takes no messages meanwhile."
_REVOKED: Mapping[str, Words] = {
    "access_denied": ("Slack denies me access to the workspace.", f"Ask an admin to allow the app{_RESUME}"),
    "accesslimited": (
        "The workspace takes nothing from the network that the bot is on.",
        f"Ask an admin to allow that network{_RESUME}",
    ),
    "enterprise_is_restricted": (
        "The organisation does not let the app post.",
        f"Ask an admin of the organisation to allow it{_RESUME}",
    ),
    "missing_scope": (
        "The app lacks a permission it needs (missing_scope).",
        f"{_RUNNER} gives the app the scopes that briefbot slack manifest lists, and installs it again{_RESUME}",
    ),
    "org_login_required": (_MOVING, f"Wait until it is done{_RESUME}"),
    "team_access_not_granted": (
        "The app was not granted access to this workspace.",
        f"Ask an admin of the organisation to grant it{_RESUME}",
    ),
    "team_added_to_org": (_MOVING, f"Wait until it is done{_RESUME}"),
    "two_factor_setup_required": (
        "Slack asks for a second factor to be set up before the app may post.",
        f"{_RUNNER} sets it up{_RESUME}",
    ),
}
_MALFORMED = OURS | frozenset(
    {
        "as_user_not_supported",
        "attachment_payload_limit_exceeded",
        "deprecated_endpoint",
        "invalid_arg_name",
        "invalid_array_arg",
        "invalid_attachments",
        "invalid_charset",
        "invalid_form_data",
        "invalid_json",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "invalid_post_type",
        "json_not_object",
        "markdown_text_conflict",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "method_deprecated",
        "missing_post_type",
        "unknown_method",
    }
)
_LONG_WAIT = "message_limit_exceeded"
"""What everybody in the workspace posts is too much, not what we do."""
_NO_WORD = "http_"
"""What a code begins with that is not Slack's own, but stands for an answer without one."""


def of_answer(error: SlackApiError) -> SendError:
    """Return what the Web API's error means for a message that was to be posted."""
    word = code(error)
    match fate(word, status_of(error)):
        case Fate.NOT_YET:
            wait = LATER if word == _LONG_WAIT else retry_after(getattr(error.response, "headers", {}))
            scope = Scope.WORKSPACE if word == _LONG_WAIT else Scope.CHANNEL
            return SendError(Fate.NOT_YET, word, "Slack asks for a pause.", wait=wait, scope=scope)
        case Fate.REVOKED:
            return revoked(word)
        case Fate.REFUSED:
            return refused(word)
        case Fate.OURS:
            return SendError(Fate.OURS, word, f"Slack could not read the edition ({word}).")
        case _:
            return silence(word)


def of_silence(error: Exception) -> SendError:
    """Return what it means that there was no answer at all: only what was never sent is certainly not posted."""
    word = type(error).__name__
    if failure(error) is Trouble.UNSENT:
        return SendError(Fate.NOT_YET, word, "Slack cannot be reached.")
    return silence(word)


def too_fast(error: SendError) -> bool:
    """Return whether Slack asks for a pause, rather than being out of reach."""
    return error.code in WAIT or error.code == f"{_NO_WORD}{HTTPStatus.TOO_MANY_REQUESTS}"


def fate(word: str, http_status: int = HTTPStatus.OK) -> Fate:
    """Return what the error `word` that came with an HTTP status means for a message.

    A word that is not known is Slack's no all the same, so the subscription is paused with it: nothing loops.
    """
    if http_status == HTTPStatus.TOO_MANY_REQUESTS or word in WAIT:
        return Fate.NOT_YET
    if http_status >= HTTPStatus.INTERNAL_SERVER_ERROR or word in SILENT or word.startswith(_NO_WORD):
        return Fate.UNCERTAIN
    if word in TOKEN or word in _REVOKED:
        return Fate.REVOKED
    return Fate.OURS if word in _MALFORMED else Fate.REFUSED


def silence(word: str) -> SendError:
    """Return the error for a message that may have been posted, since nothing tells."""
    return SendError(Fate.UNCERTAIN, word, "Slack has not said whether it took the edition.")


def refused(word: str) -> SendError:
    """Return the refusal of one channel, in words."""
    unknown = (f"Slack does not take the edition ({word}).", f"Ask an admin what stands in its way{_RESUME}")
    return SendError(Fate.REFUSED, word, *_REFUSED.get(word, unknown))


def revoked(word: str) -> SendError:
    """Return the refusal of a whole workspace, in words."""
    ended = (f"Slack takes the bot's token no longer ({word}): the app was removed, or its token revoked.", _INSTALL)
    return SendError(Fate.REVOKED, word, *_REVOKED.get(word, ended))


def of_looking(error: SendError) -> SendError:
    """Return what an error of a look at the channel's history means: what cannot be known now, and what never can."""
    if error.fate in {Fate.NOT_YET, Fate.UNCERTAIN}:
        return SendError(error.fate, error.code, error.sentence, wait=error.wait)
    if error.fate is Fate.REVOKED and error.code != "missing_scope":  # with the next token it can be known
        return SendError(Fate.NOT_YET, error.code, error.sentence, error.advice)
    return unreadable(error.code, error.sentence, error.advice)


def unreadable(word: str, why: str, advice: str) -> SendError:
    """Return the error for where nobody can tell whether an edition arrived."""
    return SendError(Fate.UNREADABLE, word, f"I cannot look whether the edition arrived. {why}", advice)


def lacking(scopes: list[str]) -> SendError:
    """Return the error for scopes without which nobody can tell whether an edition arrived."""
    why = f"The app lacks {' and '.join(scopes)}."
    return unreadable("missing_scope", why, _REVOKED["missing_scope"][1])
