"""Discord's `<t:SECONDS:STYLE>`: an instant that each reader sees in their own time; here in UTC.

Source: https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import htpy as h
from htpy import Node

_FORMS: Mapping[str, str] = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%d/%m/%Y",
    "D": "%-d %B %Y",
    "f": "%-d %B %Y %H:%M",
    "F": "%A, %-d %B %Y %H:%M",
}
_UNITS = (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def moment(seconds: int, style: str, now: datetime | None = None) -> Node:
    """Return the instant in one of the seven styles; None when it is outside the calendar."""
    try:
        instant = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    words = _ago(instant, now or datetime.now(UTC)) if style == "R" else instant.strftime(_FORMS[style])
    return h.time(".dc-time", datetime=instant.isoformat())[words]


def _ago(instant: datetime, now: datetime) -> str:
    seconds = round((instant - now).total_seconds())
    for unit, length in _UNITS:
        count = abs(seconds) // length
        if count:
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"in {words}" if seconds > 0 else f"{words} ago"
    return "now"
