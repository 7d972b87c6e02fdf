"""Slack's pace, where a test asks for it: messages a second by channel and over all, readings of history a minute.

https://docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel, short bursts are let pass; a ceiling
for the whole workspace, whose number is not published; history once a minute where an app is sold outside the
Marketplace. Each refusal says the whole seconds to wait.
"""

import math
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.wire.slack.workspace import SlackError


class RateLimitedError(SlackError):
    """A call that came too soon: answered with HTTP 429 and `Retry-After`."""

    def __init__(self, wait: float) -> None:
        """Take the seconds until there is room."""
        super().__init__("ratelimited")
        self.retry_after = max(1, math.ceil(wait))


@dataclass(slots=True)
class Bucket:
    """So many a second, and so many at once after a pause."""

    per_second: float
    burst: float
    _full_at: float = 0.0

    def wait(self, now: float) -> float:
        """Give the seconds until there is room for one more; 0 for now."""
        return max(0.0, self._full_at - now - (self.burst - 1) / self.per_second)

    def take(self, now: float) -> None:
        """Use the room for one."""
        self._full_at = max(self._full_at, now) + 1 / self.per_second


@dataclass(slots=True)
class Paces:
    """What is enforced; None is nothing. What it refused is counted in `refused`, by whose pace it was."""

    channel: float | None = None
    burst: float = 3.0
    workspace: float | None = None
    workspace_burst: float = 5.0
    history: float | None = None
    """Calls a minute."""
    refused: Counter[str] = field(default_factory=Counter)
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def posting(self, channel: str) -> None:
        """Count a message to a channel, or raise RateLimitedError; what is refused uses up nothing."""
        limits = [("channel", channel, self.channel, self.burst)]
        limits += [("workspace", "", self.workspace, self.workspace_burst)]
        self._take(limits)

    def reading(self) -> None:
        """Count a reading of history, or raise RateLimitedError."""
        self._take([("history", "", None if self.history is None else self.history / 60, 1.0)])

    def _take(self, limits: list[tuple[str, str, float | None, float]]) -> None:
        now, taken = time.monotonic(), []
        for whose, of, per_second, burst in limits:
            if per_second is None:
                continue
            bucket = self._buckets.setdefault(f"{whose}:{of}", Bucket(per_second, burst))
            bucket.per_second, bucket.burst = per_second, burst
            if wait := bucket.wait(now):
                self.refused[whose] += 1
                raise RateLimitedError(wait)
            taken.append(bucket)
        for bucket in taken:
            bucket.take(now)
