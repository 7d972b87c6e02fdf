"""Dates as people type them in chat: ISO forms first, then the usual English ones."""

import re
from datetime import date, datetime, timedelta

from bot.errors import BadRequestError
from bot.library.when import parse_when

_DAY_FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%Y.%m.%d")
_MONTH_FORMATS = ("%B %Y", "%b %Y")
_ADVICE = "Write it as 2023-06-18, 18 June 2023, June 2023 or 2023."
_SPAN_ADVICE = "Write FROM..TO, for example 2023-02..2023-06, 2023.. or just 2023."


def parse_point(words: str, today: date) -> tuple[date, date]:
    """Return the first and the last day that `words` can mean; raise ValueError when they are no date.

    Knows ISO days, months and years, ``18 June 2023``, ``June 18, 2023``, ``June 2023``, ``today``, ``yesterday``.
    """
    words = " ".join(words.split())
    relative = {"today": today, "now": today, "yesterday": today - timedelta(days=1)}.get(words.casefold())
    if relative is not None:
        return relative, relative
    for layout in _DAY_FORMATS:
        day = _strptime(words, layout)
        if day is not None:
            return day, day
    for layout in _MONTH_FORMATS:
        day = _strptime(words, layout)
        if day is not None:
            words = f"{day:%Y-%m}"
    when = parse_when(words)
    return when.first, when.last


def _strptime(words: str, layout: str) -> date | None:
    try:
        return datetime.strptime(words, layout).date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        return None


def parse_day(words: str, today: date) -> date:
    """Return the day an answer is asked for; of a month or a year, its last day, but never one still to come.

    Raises BadRequestError when `words` are no date or lie in the future.
    """
    try:
        first, last = parse_point(words, today)
    except ValueError as error:
        raise BadRequestError(f"I cannot read “{words[:40]}” as a date.", _ADVICE) from error
    if first > today:
        raise BadRequestError(f"{first.isoformat()} is still to come.", "Ask for a day up to today, or leave it out.")
    return min(last, today)


def parse_span(words: str, today: date) -> tuple[date | None, date | None]:
    """Return both ends of ``FROM..TO``, either of which may be open; one date is a span of its own.

    Raises BadRequestError when an end is no date, or when the span ends before it starts.
    """
    if not words:
        return None, None
    start, dots, end = (part.strip() for part in re.sub(r"\.{3,}|…", "..", words).partition(".."))
    try:
        first = parse_point(start, today) if start else None
        last = parse_point(end, today) if end else None
    except ValueError as error:
        raise BadRequestError(f"I cannot read “{words[:60]}” as dates.", _SPAN_ADVICE) from error
    if not dots:
        return first or (None, None)
    low, high = first[0] if first else None, last[1] if last else None
    if low and high and high < low:
        raise BadRequestError(f"“{words[:60]}” ends before it starts.", _SPAN_ADVICE)
    return low, high
