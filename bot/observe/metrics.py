"""Metrics for Prometheus, in a registry of their own."""

from collections.abc import Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.commands.spec import COMMANDS

CONTENT_TYPE = CONTENT_TYPE_LATEST

BUTTON = "button"
_LABELLED = frozenset(command.name for command in COMMANDS) | {BUTTON}
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Bounds of the buckets: answers take about a millisecond, and after three seconds the platforms wait no longer."""


class Metrics:
    """What is counted. Labels take few values: command, platform, outcome; never a user, a place or a query."""

    def __init__(self) -> None:
        """Start at zero, apart from every other `Metrics` in the process."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        by_command = ("command", "platform")
        self._commands = Counter(
            "briefbot_commands_total", "Commands answered.", (*by_command, "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "briefbot_command_seconds",
            "Time to make an answer.",
            by_command,
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._entries = Gauge("briefbot_library_entries", "Entries in the library.", registry=self.registry)
        self._problems = Gauge("briefbot_library_problems", "Problems in the library's files.", registry=self.registry)
        self._reloads = Counter(
            "briefbot_library_reload_total", "Reloads of the library.", ("result",), registry=self.registry
        )
        self._up = Gauge(
            "briefbot_platform_up", "Whether commands can arrive (1 or 0).", ("platform",), registry=self.registry
        )

    def command(self, command: str, platform: str, outcome: str, seconds: float) -> None:
        """Count one command (``button`` for a button) that took `seconds`; names outside the table are ``unknown``."""
        label = command if command in _LABELLED else "unknown"
        self._commands.labels(label, platform, outcome).inc()
        self._seconds.labels(label, platform).observe(seconds)

    def library(self, entries: int, problems: int) -> None:
        """Say how many entries the current library has, and how many problems its files."""
        self._entries.set(entries)
        self._problems.set(problems)

    def reload(self, result: str) -> None:
        """Count one reload: ``ok``, ``problems`` (some files kept at their last good version) or ``failed``."""
        self._reloads.labels(result).inc()

    def platform(self, name: str, connected: Callable[[], bool]) -> None:
        """Show whether `name` is connected, asked at each scrape so that it cannot grow stale."""
        self._up.labels(name).set_function(lambda: float(connected()))

    def render(self) -> bytes:
        """Return the metrics in Prometheus' text format; `CONTENT_TYPE` goes with them."""
        return generate_latest(self.registry)
