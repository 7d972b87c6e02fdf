"""How long a process may act on what it has claimed, by a clock that neither goes back nor stops.

A process that was frozen past its lease must not post any more: somebody else may have. The clock counts the time in
which the machine was asleep too, where the system has such a clock.
"""

import time
from dataclasses import dataclass

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def ticks() -> float:
    """Return seconds that only ever grow, asleep or awake; comparable within this process alone."""
    return time.clock_gettime(_CLOCK)


@dataclass(frozen=True, slots=True)
class Terms:
    """The times of a claim, in seconds.

    After `lease` without a result the row is somebody else's, in doubt; `settle` later it may be looked for. Settle has
    to be longer than a message may land late, plus the time until it can be read. Measured: 4 s held, 0 s did not.
    """

    lease: float = 60.0
    settle: float = 5.0
    timeout: float = 20.0
    """The longest that one post may take; what takes longer is in doubt."""

    patience: float = 12 * 3600.0
    """How long an edition may wait for its platform; what takes longer is given up."""

    @property
    def usable(self) -> float:
        """How long after the claim a post may still begin: one that begins then ends within the lease."""
        return self.lease - self.timeout
