"""The log: one line an event, for people or for machines, our own and the libraries' alike, and never a secret."""

import logging
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.redact import Redactor
from bot.settings import LogSettings

_OURS = ("briefbot", "bot")
_FOREIGN_MESSAGE = 300
"""Characters kept of a library's message."""


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that configuring again replaces it and leaves other handlers alone."""


def configure_logging(log: LogSettings, secrets: Iterable[SecretStr] = (), stream: TextIO | None = None) -> None:
    """Set up logging for the process, on standard error or `stream`; a second call replaces the first.

    What any line holds of `secrets`, or in the shape of a platform's token, is cut out after rendering, so that
    tracebacks, reprs and libraries' messages are covered too. Libraries log from warnings upwards only: at lower levels
    slack_bolt logs the bodies of requests. It copies the root logger's level, hence the level is set there.
    """
    out = sys.stderr if stream is None else stream
    level = logging.getLevelNamesMapping()[log.level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            _named,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = _Handler(out)
    redaction = _Redaction(Redactor(secret.get_secret_value() for secret in secrets))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _tame, _named],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(log, out),
                redaction,
            ],
        )
    )
    _attach(handler, level, log)


def _attach(handler: logging.Handler, level: int, log: LogSettings) -> None:
    """Put `handler` in the place of the one that an earlier call left, and set the levels."""
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, _Handler)] + [handler]
    root.setLevel(level if log.level == "debug" else max(level, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)


def _renderers(log: LogSettings, out: TextIO) -> list[Processor]:
    if log.format == "console" or (log.format == "auto" and out.isatty()):
        # The plain traceback: the pretty one shows variables, and breaks words that redaction looks for.
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=plain)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


class _Redaction:
    """The last step of the chain: takes the rendered line."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def __call__(self, _logger: WrappedLogger, _method: str, line: Any) -> str:
        return self._redactor(line)


def _named(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Give every line an action; a library's is the name of its logger."""
    event.setdefault("action", event.get("logger", ""))
    return event


def _tame(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep the first line of a library's message: what follows is a dump or a lecture."""
    first, _, _ = str(event.get("event", "")).strip().partition("\n")
    event["event"] = first if len(first) <= _FOREIGN_MESSAGE else first[:_FOREIGN_MESSAGE] + "…"
    return event
