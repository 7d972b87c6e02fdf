import io
import json
import logging
import warnings
from typing import Any

import pytest
import structlog
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.async_app import AsyncBoltRequest

from bot.errors import report
from bot.observe import configure_logging
from bot.settings import LogSettings

pytestmark = pytest.mark.usefixtures("logging_restored")

SECRET = 'made-up "secret"'


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def configured(stream: io.StringIO | None = None, **log: Any) -> io.StringIO:
    out = io.StringIO() if stream is None else stream
    configure_logging(LogSettings.model_validate(log), [SecretStr(SECRET)], out)
    return out


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_is_one_json_line_where_nobody_watches() -> None:
    out = configured()
    structlog.get_logger("briefbot").info("reloaded", action="library.reload", entries=12)
    (line,) = lines(out)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "reloaded",
        "action": "library.reload",
        "entries": 12,
        "level": "info",
        "logger": "briefbot",
    }


def test_a_terminal_gets_words_and_colours_and_a_file_does_not() -> None:
    out = configured(Terminal())
    structlog.get_logger("briefbot").info("reloaded", action="library.reload")
    assert "\x1b[" in out.getvalue()
    plain = configured(format="console")
    structlog.get_logger("briefbot").info("reloaded", action="library.reload")
    assert "reloaded" in plain.getvalue()
    assert "action=library.reload" in plain.getvalue()
    assert "\x1b[" not in plain.getvalue()


def test_a_terminal_can_have_json() -> None:
    out = configured(Terminal(), format="json")
    structlog.get_logger("briefbot").info("reloaded", action="library.reload")
    assert lines(out)[0]["event"] == "reloaded"


def test_configuring_again_replaces_the_first() -> None:
    first, second = configured(), configured()
    structlog.get_logger("briefbot").warning("once", action="test")
    assert first.getvalue() == ""
    assert len(lines(second)) == 1


@pytest.mark.parametrize(
    ("level", "ours", "theirs"),
    [
        ("debug", ["debug", "info", "warning", "error"], ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"], ["warning", "error"]),
        ("warning", ["warning", "error"], ["warning", "error"]),
        ("error", ["error"], ["error"]),
    ],
)
def test_levels(level: str, ours: list[str], theirs: list[str]) -> None:
    out = configured(level=level)
    for each in ("debug", "info", "warning", "error"):
        getattr(structlog.get_logger("briefbot"), each)("ours", action="test")
        getattr(logging.getLogger("discord.gateway"), each)("theirs")
    assert [line["level"] for line in lines(out) if line["event"] == "ours"] == ours
    assert [line["level"] for line in lines(out) if line["event"] == "theirs"] == theirs


def test_a_librarys_line_looks_like_ours_and_keeps_its_first_line_only() -> None:
    out = configured()
    logging.getLogger("slack_bolt.AsyncApp").warning("Unhandled %s\n---\nwords of a user", "request")
    logging.getLogger("discord.http").warning("x" * 1000)
    first, second = lines(out)
    assert (first["event"], first["action"]) == ("Unhandled request", "slack_bolt.AsyncApp")
    assert len(second["event"]) == 301


def test_warnings_go_to_the_log() -> None:
    out = configured()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)  # catch_warnings put its own in place
        logging.captureWarnings(capture=True)
        warnings.warn("old way", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)
    (line,) = lines(out)
    assert line["action"] == "py.warnings"
    assert "old way" in line["event"]


@pytest.mark.parametrize("form", ["json", "console"])
def test_secrets_are_cut_out_of_events_values_libraries_and_tracebacks(form: str) -> None:
    out = configured(format=form)
    log = structlog.get_logger("briefbot")
    log.warning(SECRET, action="test", nested={"list": [SECRET]}, shaped="line\nxoxb-1-test")
    logging.getLogger("discord").error("with %s", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        report(error, action="test", user="U1")
    text = out.getvalue()
    assert "secret]" in text
    assert "Traceback" in text
    assert 'made-up "secret"' not in text
    assert 'made-up \\"secret' not in text
    assert "xoxb" not in text


async def wrongly_signed(level: str) -> str:
    out = configured(level=level)
    app = AsyncApp(token="xoxb-test", signing_secret="signing-secret")
    body = "command=%2Fbrief&text=what+a+person+typed"
    headers = {"x-slack-request-timestamp": "1", "x-slack-signature": "v0=wrong"}
    answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))  # type: ignore[arg-type]  # one value each
    assert answer.status == 401
    return out.getvalue()


async def test_the_body_of_a_wrongly_signed_request_is_not_logged() -> None:
    assert "what+a+person+typed" not in await wrongly_signed("info")


async def test_debug_lets_the_libraries_speak() -> None:
    assert "what+a+person+typed" in await wrongly_signed("debug")
