"""A ceiling that nobody tells: sought from below, and kept to once it is known. Pure; the ledger keeps the buckets.

Slack says of its ceiling for a workspace only that there is one. So the rate begins low and grows with each message
that is promised, as senders on the Internet begin slowly, until one is refused. It then falls, and what is refused next
tells the ceiling itself: whoever refuses has no room left, so between two refusals just as much went through as there
was room for. From then on the rate stays a little below that, and grows so slowly that a refusal is rare.
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

LEAST_PER_SECOND: Final = 0.2
MOST_PER_SECOND: Final = 200.0
"""A rate grows no further: messages that are promised while a platform is away go nowhere, and are promised again.
That is some thirty times what Slack speaks of, several hundred a minute (https://docs.slack.dev/apis/web-api/rate-limits)."""
IDLE_MS: Final = 2_000
"""After so long without messages there may be room for a burst: what goes through then says nothing of the ceiling."""
TOGETHER_MS: Final = 1_000
"""Refusals so soon after what was promised before the first of them are about the same moment."""
ENOUGH: Final = 16
"""Messages between two refusals that tell a ceiling, to a few hundredths."""


class Phase(IntEnum):
    """How much is known of a ceiling that is sought."""

    NONE = 0  # it is not sought: it is told, or nobody asked
    SEEKING = 1  # nothing was refused yet
    NEAR = 2  # something was refused, once
    LEARNT = 3


GROWTH: Final = {Phase.SEEKING: 0.3, Phase.NEAR: 0.01, Phase.LEARNT: 0.0003}
"""What a message adds to the rate, in messages a second: used to the full, it grows by that part each second.

At first fast: a workspace with a thousand channels has them within twenty seconds where Slack lets it; where it does
not, one in ten of the first minute's messages is refused for that, and sent again."""
_FAR: Final = 0.15
"""The part by which a rate has to have grown between two refusals for the second to tell the ceiling by itself."""
_FALL, _AGAIN, _RESTED, _BELOW = 0.7, 0.85, 0.95, 0.98
"""What is left of a rate that was refused for the first time, soon again, and after a rest; and of a ceiling."""


@dataclass(frozen=True, slots=True)
class Search:
    """How far the search for a ceiling has come. Instants are milliseconds; rates are messages a second."""

    phase: Phase
    rate: float
    refused_at: int = 0
    count: int = 0
    """Messages promised since `since`."""
    since: float = 0.0
    """When there was last certainly no room left; 0 where that is not known any more."""

    def used(self, count: int, tat: float, now: int) -> "Search":
        """Return the search after `count` more messages were promised; those before them reached until `tat`."""
        rested = now - tat > IDLE_MS
        return replace(
            self,
            rate=max(self.rate, min(MOST_PER_SECOND, self.rate + GROWTH[self.phase] * count)),
            count=self.count + count,
            since=0.0 if rested else self.since,
        )

    def refused(self, tat: float, now: int, seconds: float) -> "Search":
        """Return the search after a refusal that asks to wait `seconds`, while messages are promised until `tat`."""
        if self.refused_at and now < max(self.refused_at + max(1.0, seconds) * 1000, self.since + TOGETHER_MS):
            return self
        if self.phase is Phase.SEEKING:
            phase, rate = Phase.NEAR, self.rate * _FALL
        else:
            phase, rate = self._measured(tat, now)
        # What was promised still goes out, as far as there is room: none is left at its end.
        return Search(phase, max(LEAST_PER_SECOND, rate), refused_at=now, since=max(tat, now))

    def _measured(self, tat: float, now: int) -> tuple[Phase, float]:
        """Return the rate after another refusal."""
        if not self.since:
            return self.phase, self.rate * _RESTED
        ahead = max(0.0, tat - now) / 1000 * self.rate
        through = self.count - ahead - 1
        if through < ENOUGH:
            # Where nothing went through for a while everything is refused, which tells no ceiling: it is sought again.
            everything = through < 1 and now - self.since > IDLE_MS
            return Phase.NEAR if everything else Phase.LEARNT, self.rate * _AGAIN
        grown = GROWTH[self.phase] * self.count
        if grown > _FAR * (self.rate - grown):  # it came from far below, and there was room left over on the way
            return Phase.LEARNT, self.rate * _RESTED
        ceiling = through / ((now - self.since) / 1000)
        return Phase.LEARNT, min(max(_BELOW * ceiling, _FALL * self.rate), _BELOW * self.rate)
