"""What Slack's errors mean for us: wait, leave that place, stop for good, mend our message, or don't know.

Source: the error tables of https://docs.slack.dev/reference/methods/auth.test, apps.connections.open, chat.postMessage
and views.publish; https://docs.slack.dev/interactivity/handling-user-interaction#message_responses for response_url.
"""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import RefusedError

UNREACHABLE = (aiohttp.ClientError, OSError)
"""What a call raises that got no answer; a timeout is an OSError too."""
_UNSENT = (
    aiohttp.ClientConnectorError,  # refused, no such host, no trust in the certificate
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,  # while connecting, or while waiting for a connection to be free
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
"""Those of them that were raised before anything was sent."""
_APPS = "https://api.slack.com/apps"


class Trouble(StrEnum):
    """What to do about an error."""

    WAIT = "wait"  # too many requests; certainly not taken
    PLACE = "place"  # not here: no member, archived, no such channel, a used-up response_url
    TOKEN = "token"  # noqa: S105 - no secret: refused for good
    OURS = "ours"  # what we sent is wrong
    UNSENT = "unsent"  # no connection: certainly not taken
    UNKNOWN = "unknown"  # may have been taken; sending again could show it twice


TOKEN = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""The token will never be taken again."""
_SCOPE = frozenset({"missing_scope", "no_permission"})
OURS = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_payload",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
        "view_too_large",
    }
)
"""What we sent is wrong."""
WAIT = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
"""Too many requests; certainly not taken."""
SILENT = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""It may have been taken all the same."""
_KINDS: Mapping[Trouble, frozenset[str]] = {
    Trouble.WAIT: WAIT,
    Trouble.TOKEN: TOKEN,
    Trouble.OURS: OURS,
    Trouble.UNKNOWN: SILENT,
}


def code(error: SlackApiError) -> str:
    """Return Slack's own word for the error; the response behind it comes in three shapes, and may hold none."""
    data = getattr(error.response, "data", error.response)
    found = data.get("error") if isinstance(data, dict) else None
    return found if isinstance(found, str) else f"http_{status_of(error)}"


def trouble(word: str, status: int = HTTPStatus.OK) -> Trouble:
    """Return what to do about the error `word` that came with an HTTP `status`; an unknown one concerns the place."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Trouble.WAIT
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Trouble.UNKNOWN
    return next((kind for kind, words in _KINDS.items() if word in words), Trouble.PLACE)


def trouble_of(error: SlackApiError) -> Trouble:
    """Return what to do about an error of the Web API; an answer that cannot be read leaves open what happened."""
    word = code(error)
    return Trouble.UNKNOWN if word == f"http_{HTTPStatus.OK}" else trouble(word, status_of(error))


def failure(error: Exception) -> Trouble:
    """Return what to do where there was no answer at all: only what was never sent may go another way."""
    return Trouble.UNSENT if isinstance(error, _UNSENT) else Trouble.UNKNOWN


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status that the error came with."""
    for name in ("status_code", "status"):  # the SDK's response, or aiohttp's own
        found = getattr(error.response, name, None)
        if isinstance(found, int):
            return found
    return HTTPStatus.OK


def refusal(error: SlackApiError, variable: str) -> RefusedError | None:
    """Return the refusal to stop for when Slack will never take the token in `variable`; None when it may heal."""
    word = code(error)
    if word not in TOKEN | _SCOPE:
        return None
    return RefusedError(
        f"Slack refused the token in {variable} ({word}).",
        f"Copy it again from your app's page at {_APPS}, reinstall the app if its scopes changed, and restart.",
    )


def revoked() -> RefusedError:
    """Return the refusal to stop for when Slack tells that the app was removed or its token revoked."""
    return RefusedError(
        "Slack has revoked the token in BRIEFBOT_SLACK__BOT_TOKEN, or the app was removed.",
        f"Install the app again from {_APPS}, set the new token, and restart.",
    )
