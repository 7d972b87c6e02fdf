"""Settings that are allowed one by one and wrong together."""

from collections.abc import Iterator, Mapping

from bot.settings.given import Given
from bot.settings.model import Settings, SlackSettings
from bot.settings.problem import SettingProblem

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ANY = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def conflicts(settings: Settings, given: Mapping[str, Given]) -> Iterator[SettingProblem]:
    """Yield what stops the start; `given` has what was given, by name."""
    slack = settings.slack
    if slack.bot_token is not None:
        yield from _missing_partner(slack, given)
    else:
        for key, what in (("app_token", "app-level token"), ("signing_secret", "signing secret")):
            if getattr(slack, key) is not None:
                yield SettingProblem(
                    "slack.bot_token",
                    _place(given, f"slack.{key}"),
                    f"must be set too: the {what} alone connects to nothing",
                    "set BRIEFBOT_SLACK__BOT_TOKEN",
                )
    if slack.bot_token is not None and slack.mode == "http" and _same_socket(settings):
        yield SettingProblem(
            "slack.port",
            next((given[name].place for name in ("slack.port", "web.port") if name in given), "defaults"),
            f"must differ from web.port, and both are {slack.port}",
            "set BRIEFBOT_SLACK__PORT or BRIEFBOT_WEB__PORT",
        )


def advice(settings: Settings) -> tuple[SettingProblem, ...]:
    """Return what looks like a slip and is allowed all the same; to be logged as warnings at the start."""
    return tuple(_slips(settings))


def _missing_partner(slack: SlackSettings, given: Mapping[str, Given]) -> Iterator[SettingProblem]:
    place = _place(given, "slack.bot_token")
    if slack.mode == "socket" and slack.app_token is None:
        yield SettingProblem(
            "slack.app_token",
            place,
            "must be set too: Socket Mode needs the app-level token",
            "set BRIEFBOT_SLACK__APP_TOKEN (xapp-…), or BRIEFBOT_SLACK__MODE=http" + _mixed_up(slack),
        )
    if slack.mode == "http" and slack.signing_secret is None:
        yield SettingProblem(
            "slack.signing_secret",
            place,
            "must be set too: HTTP mode checks every request against it",
            "set BRIEFBOT_SLACK__SIGNING_SECRET, or BRIEFBOT_SLACK__MODE=socket" + _mixed_up(slack),
        )


def _place(given: Mapping[str, Given], name: str) -> str:
    return given[name].place if name in given else name


def _mixed_up(slack: SlackSettings) -> str:
    if slack.bot_token is not None and slack.bot_token.get_secret_value().startswith("xapp-"):
        return "; the bot token begins with xapp-, as app-level tokens do"
    return ""


def _slips(settings: Settings) -> Iterator[SettingProblem]:
    for key, other, begins in (("bot_token", "app_token", "xapp-"), ("app_token", "bot_token", "xoxb-")):
        token = getattr(settings.slack, key)
        if token is not None and token.get_secret_value().startswith(begins):
            message = f"begins with {begins}, as slack.{other} does"
            yield SettingProblem(f"slack.{key}", f"BRIEFBOT_SLACK__{key.upper()}", message, "are the two mixed up?")
    if settings.web.page and settings.web.host not in _LOOPBACK:
        message = "is on and can be reached from other machines"
        yield SettingProblem("web.page", "BRIEFBOT_WEB__HOST", message, "it has no log-in: keep it behind one")


def _same_socket(settings: Settings) -> bool:
    slack, web = settings.slack, settings.web
    if not slack.port or slack.port != web.port:
        return False
    return slack.host == web.host or slack.host in _ANY or web.host in _ANY
