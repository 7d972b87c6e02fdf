"""Days and spans as people type them in chat, whichever way they say from when to when."""

import re
from datetime import date

from bot.commands.patterns import pattern
from bot.commands.points import ADVICE, DAY_NUMBER, MONTH, POINT, RELATIVE, Days, plain, read_point
from bot.errors import BadRequestError

_SPAN_ADVICE = "Write FROM..TO, for example 2023-02..2023-06, 2023.. or just 2023."
_DOTS = r"(?:\.{2,}|…)"
_POINT = f"(?:{POINT}|{RELATIVE})"
_PART = rf"(?:{DAY_NUMBER}(?:\s{MONTH})?|{MONTH}(?:\s{DAY_NUMBER})?)"
_JOIN = r"(?:\s?[-~〜/至到]\s?|\s(?:to|until|till|through|and)\s)"
_LIMIT = (
    r"(?:since|from|starting|after|until|till|up\sto|through|to|before|by|as[\s_-]?of)(?:\s(?:in|on))?[\s:]\s?"
    r"|(?:in|on|during)\s"
)
_RANGE = rf"(?:(?:from|between)\s)?(?:{_POINT}|{_PART}){_JOIN}{_POINT}"
_LIMITED = rf"(?:{_LIMIT}){_POINT}|{POINT}\s(?:onwards?|and\safter)"
_DOTTED = rf"(?:{POINT}\s?)?{_DOTS}(?:\s?{POINT})?"
SPAN = rf"(?:{_RANGE}|{_DOTTED}|{_LIMITED}|{POINT})"
"""A span inside other words, on one line and `plain`."""
DAY = rf"(?:{_RANGE}|{_POINT})"
"""A day inside other words, or a span that somebody gave instead of one."""

_READ_RANGE = rf"(?:(?:from|between)\s)?({_POINT}|{_PART}){_JOIN}({_POINT})"
_READ_LIMITED = rf"({_LIMIT})({_POINT})|({POINT})\s(?:onwards?|and\safter)"
_NOTHING = r"(?:as[\s_-]?of)?[\W_]*"


def parse_day(words: str, today: date) -> date:
    """Return the day an answer is asked for; of a month or a year, its last day, but never one still to come.

    Raises BadRequestError when there is no date in `words`, not one day, or one that lies in the future.
    """
    typed = _tidy(words)
    if pattern(_NOTHING).fullmatch(typed):
        raise BadRequestError("The date is missing behind as-of.", ADVICE)
    days = read_point(typed, today)
    if days is None and (pattern(_READ_RANGE).fullmatch(typed) or re.search(_DOTS, typed)):
        raise BadRequestError(f"An answer is for one day, and “{words[:40]}” is a span.", ADVICE)
    if days is None:
        raise BadRequestError(f"I cannot read “{words[:40]}” as a date.", ADVICE)
    first, last = days
    if first > today:
        raise BadRequestError(f"{first.isoformat()} is still to come.", "Ask for a day up to today, or leave it out.")
    return min(last, today)


def parse_span(words: str, today: date) -> tuple[date | None, date | None]:
    """Return both ends of a span, either of which may be open; one date is a span of its own.

    Raises BadRequestError when an end is no date, or when the span ends before it starts.
    """
    typed = _tidy(words)
    if not typed:
        return None, None
    low, high = _ends(typed, today) or _unreadable(words)
    if low and high and high < low:
        raise BadRequestError(f"“{words[:60]}” ends before it starts.", _SPAN_ADVICE)
    return low, high


def _tidy(words: str) -> str:
    """Return `words` on one line without quotation marks around them or a full stop behind."""
    words = " ".join(plain(words).split()).strip(" \"'")
    return words[:-1].rstrip(" \"'") if words.endswith((".", ",", ";")) and not words.endswith("..") else words


def _unreadable(words: str) -> tuple[date | None, date | None]:
    raise BadRequestError(f"I cannot read “{words[:60]}” as dates.", _SPAN_ADVICE)


def _ends(typed: str, today: date) -> tuple[date | None, date | None] | None:
    """Return the ends of the span `typed`, or None when it is none."""
    dotted = re.split(_DOTS, typed, maxsplit=1)
    if len(dotted) > 1:
        return _between(dotted[0].strip(), dotted[1].strip(), today)
    days = read_point(typed, today)
    if days:
        return days
    joined = pattern(_READ_RANGE).fullmatch(typed)
    if joined:
        return _between(joined[1], joined[2], today)
    limited = pattern(_READ_LIMITED).fullmatch(typed)
    days = read_point(limited[2] or limited[3], today) if limited else None
    return _limited(limited[1] or "since", days) if limited and days else None


def _between(start: str, end: str, today: date) -> tuple[date | None, date | None] | None:
    first, last = _start(start, end, today), read_point(end, today) if end else None
    if (start and first is None) or (end and last is None):
        return None
    return first[0] if first else None, last[1] if last else None


def _start(start: str, end: str, today: date) -> Days | None:
    """Return the days of `start`, which may leave to `end` what both share: 18 - 19 June 2023, June to July 2023."""
    if not start:
        return None
    rest = end.split()
    readings = (read_point(" ".join((start, *rest[place:])), today) for place in range(1, len(rest)))
    return read_point(start, today) or next((days for days in readings if days), None)


def _limited(limit: str, days: Days) -> tuple[date | None, date | None]:
    """Return the span that begins or ends with `days`; only "before" and "after" leave them out."""
    word, (first, last) = limit.split(maxsplit=1)[0].casefold(), days
    if word == "after":
        return _shifted(last, 1), None
    if word == "before":
        return None, _shifted(first, -1)
    if word in {"since", "from", "starting"}:
        return first, None
    return days if word in {"in", "on", "during"} else (None, last)


def _shifted(day: date, by: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))
