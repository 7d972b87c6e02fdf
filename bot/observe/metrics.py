"""Metrics for Prometheus, in a registry of their own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from bot.digests.records import Counts

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
        self._by_command: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}
        self._entries = Gauge("briefbot_library_entries", "Entries in the library.", registry=self.registry)
        self._problems = Gauge("briefbot_library_problems", "Problems in the library's files.", registry=self.registry)
        self._reloads = Counter(
            "briefbot_library_reload_total", "Reloads of the library.", ("result",), registry=self.registry
        )
        self._up = Gauge(
            "briefbot_platform_up", "Whether commands can arrive (1 or 0).", ("platform",), registry=self.registry
        )
        self._count_digests()

    def _count_digests(self) -> None:
        self._deliveries = Counter(
            "briefbot_deliveries_total",
            "Attempts to post a part of an edition, by how they ended.",
            ("platform", "outcome"),
            registry=self.registry,
        )
        by_platform = ("platform",)
        self._open = Gauge("briefbot_editions_open", "Editions not out yet.", by_platform, registry=self.registry)
        self._in_doubt = Gauge(
            "briefbot_editions_in_doubt", "Editions that may have been posted.", by_platform, registry=self.registry
        )
        self._oldest = Gauge(
            "briefbot_editions_oldest_seconds", "How long the oldest waits.", by_platform, registry=self.registry
        )
        self._subscriptions = Gauge(
            "briefbot_subscriptions", "Subscriptions.", ("platform", "state"), registry=self.registry
        )
        self._untold = Gauge("briefbot_notices_untold", "Notices that no owner got yet.", registry=self.registry)

    def delivery(self, platform: str, outcome: str) -> None:
        """Count one attempt to post a part of an edition, and how it ended."""
        self._deliveries.labels(platform, outcome).inc()

    def digests(self, counts: "Counts") -> None:
        """Say how editions and subscriptions stand."""
        for gauge, by in (
            (self._open, counts.open),
            (self._in_doubt, counts.in_doubt),
            (self._oldest, counts.oldest_seconds),
        ):
            gauge.clear()
            for platform, number in by.items():
                gauge.labels(platform).set(number)
        self._subscriptions.clear()
        for (platform, state), number in counts.subscriptions.items():
            self._subscriptions.labels(platform, state).set(number)
        self._untold.set(counts.untold)

    def command(self, command: str, platform: str, outcome: str, seconds: float) -> None:
        """Count one command (``button`` for a button) that took `seconds`; names outside the table are ``unknown``."""
        counter, histogram = self._of_command(command if command in _LABELLED else "unknown", platform, outcome)
        counter.inc()
        histogram.observe(seconds)

    def _of_command(self, label: str, platform: str, outcome: str) -> tuple[Counter, Histogram]:
        """Return what counts such commands; finding it by its labels each time would cost more than counting."""
        found = self._by_command.get((label, platform, outcome))
        if found is None:
            found = self._commands.labels(label, platform, outcome), self._seconds.labels(label, platform)
            self._by_command[label, platform, outcome] = found
        return found

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
