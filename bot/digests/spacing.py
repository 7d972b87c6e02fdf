"""Messages that were promised times apart stay apart, even where this process was late with some of them.

A process that was held up for a moment would otherwise send all that has become due at once, into a ceiling that is
counted second by second. Pure: the clock is handed in.
"""

from typing import Final

CATCH_UP: Final = 0.97
"""What distances shrink to while this process is late: it makes up for three hundredths of the time."""
TOLERATED: Final = 0.005
"""Seconds late that are not worth keeping a distance for: clocks and loops are no more exact."""


class Spacing:
    """The messages of one platform that this process sends, of which there are at most `per_second`."""

    def __init__(self, per_second: float) -> None:
        """Begin without anything sent."""
        self._distance = CATCH_UP / per_second
        self._last = float("-inf")

    def wait(self, now: float) -> float:
        """Note a message whose turn has come, and return the seconds that it has to wait all the same; 0 for none."""
        due = max(now - TOLERATED, self._last + self._distance)
        self._last = due
        return max(0.0, due - now)
