"""What Slack's errors mean for us: refused for good, or worth another try.

Source: the error tables of https://docs.slack.dev/reference/methods/auth.test, apps.connections.open, chat.postMessage.
"""

from slack_sdk.errors import SlackApiError

from bot.errors import RefusedError

_TOKEN_ERRORS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
_APPS = "https://api.slack.com/apps"


def code(error: SlackApiError) -> str:
    """Return Slack's own word for the error; the response behind it comes in three shapes, and may hold none."""
    data = getattr(error.response, "data", error.response)
    found = data.get("error") if isinstance(data, dict) else None
    return found if isinstance(found, str) else f"http_{getattr(error.response, 'status_code', 'error')}"


def refusal(error: SlackApiError, variable: str) -> RefusedError | None:
    """Return the refusal to stop for when Slack will never take the token in `variable`; None when it may heal."""
    word = code(error)
    if word not in _TOKEN_ERRORS:
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
