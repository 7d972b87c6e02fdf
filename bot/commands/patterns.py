"""Patterns of dates, compiled when the first date is read: they are many and long, and a start reads none."""

import re
from functools import cache


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Return `text` as a pattern that takes no notice of case."""
    return re.compile(text, re.IGNORECASE)
