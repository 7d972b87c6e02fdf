"""Times and days of the week as people type them, and as they are told."""

import re
import unicodedata
from datetime import UTC, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from bot.digests.model import EVERY_DAY
from bot.errors import BadRequestError

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_NOON, _MIDNIGHT = time(12), time(0)
_NAMED = {"noon": _NOON, "midday": _NOON, "midnight": _MIDNIGHT, "中午": _NOON, "正午": _NOON, "午夜": _MIDNIGHT}
_CLOCK = re.compile(
    r"(?P<part>凌晨|早上|早晨|上午|早|中午|下午|傍晚|晚上|晚)?"
    r"(?P<hour>\d{1,2})"
    r"(?:(?:[:.h时點点 ](?P<minute>\d{2})分?)|(?P<half>[点點时]半)|(?:[h时點点]|\s?o'?clock)|(?P<bare>\d{2}))?"
    r"\s?(?P<half_day>[ap]\.?m?\.?)?(?:\s?(?:hrs?|hours))?"
)
_HALVES = dict.fromkeys(("下午", "傍晚", "晚上", "晚", "中午"), "p")
_NIGHT = frozenset({"凌晨", "晚上", "晚"})
_HALF_DAY, _HOURS, _MINUTES = 12, 24, 60
_TIME_ADVICE = "Write it as 07:30, 7:30am, 19h30 or noon."
_GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "every day": EVERY_DAY,
    "all days": EVERY_DAY,
    "all": EVERY_DAY,
    "weekdays": _WEEKDAYS,
    "weekday": _WEEKDAYS,
    "workdays": _WEEKDAYS,
    "working days": _WEEKDAYS,
    "business days": _WEEKDAYS,
    "weekends": _WEEKEND,
    "weekend": _WEEKEND,
    "每天": EVERY_DAY,
    "每日": EVERY_DAY,
    "工作日": _WEEKDAYS,
    "周末": _WEEKEND,
    "週末": _WEEKEND,
}
_LONG_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_NAMES = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAYS_ADVICE = "Write them as mon-fri, mon,wed,fri, weekdays, weekends or daily."
_JOIN = re.compile(r"\s*(?:[,;、/&+]|\band\b|\s|和)\s*")
_RANGE = re.compile(r"\s*(?:-|\bto\b|\bthrough\b|至|到)\s*")
_LONGEST = 40


def read_time(words: str) -> time | None:
    """Return the time of day that `words` are (``7``, ``07:30``, ``7:30am``, ``19h30``, ``noon``), or None."""
    typed = _plain(words).removeprefix("at ").strip()
    if typed in _NAMED:
        return _NAMED[typed]
    found = _CLOCK.fullmatch(typed)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["bare"] or (30 if found["half"] else 0))
    if hour >= _HOURS or minute >= _MINUTES:
        return None
    half = (found["half_day"] or "")[:1] or _HALVES.get(found["part"] or "", "")
    if found["part"] in _NIGHT and hour == _HALF_DAY:
        return _MIDNIGHT.replace(minute=minute)
    if half == "a" and not 1 <= hour <= _HALF_DAY:
        return None
    if half and hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    return time(hour, minute)


def parse_time(words: str) -> time:
    """Return the time of day that `words` are. Raises BadRequestError, with the nearest right ones, for none."""
    found = read_time(words)
    if found is not None:
        return found
    near = nearest_times(words)
    offered = f"Did you mean {_either(near)}? " if near else ""
    raise BadRequestError(f"“{words[:_LONGEST]}” is no time of day.", f"{offered}{_TIME_ADVICE}")


def nearest_times(words: str) -> tuple[str, ...]:
    """Return times that `words` may have been meant for, as they would be typed; none where nothing is like them."""
    typed = _plain(words)
    numbers = [int(each) for each in re.findall(r"\d{1,2}", typed)][:2]
    if not numbers:
        from rapidfuzz import process  # here, since a start has no need of it

        return tuple(name for name, *_ in process.extract(typed, ("noon", "midnight"), score_cutoff=60))
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    minutes = (minute,) if minute < _MINUTES else (_MINUTES - 1, 0)
    if hour == _HOURS and minute < _MINUTES:  # the end of a day, which is the beginning of another
        return (f"00:{minute:02}", f"23:{minute or _MINUTES - 1:02}")
    # A digit too many or a wrong one, as in 25:00 or 77:00: its last digit, and the latest hour there is.
    hours = (hour,) if hour < _HOURS else (hour % 10, min(10 + hour % 10, _HOURS - 1))
    found = [f"{h:02}:{m:02}" for h in hours for m in minutes]
    if minute >= _MINUTES:
        found = [f"{h:02}:{_MINUTES - 1}" for h in hours] + [f"{(h + 1) % _HOURS:02}:00" for h in hours]
    return tuple(dict.fromkeys(found))[:3]


def read_days(words: str) -> tuple[int, ...] | None:
    """Return the days of the week that `words` are (Monday is 0, in order, each once), or None."""
    typed = _plain(words)
    if not typed:
        return None
    if typed in _GROUPS:
        return _GROUPS[typed]
    found: set[int] = set()
    for part in _JOIN.split(_RANGE.sub("-", typed)):
        days = _GROUPS.get(part) or _range(part)
        if days is None:
            return None
        found.update(days)
    return tuple(sorted(found))


def parse_days(words: str) -> tuple[int, ...]:
    """Return the days that `words` are. Raises BadRequestError, with the nearest right ones, for none."""
    found = read_days(words)
    if found is not None:
        return found
    from rapidfuzz import process  # here, since a start has no need of it

    known = (*_LONG_NAMES, *(each.casefold() for each in DAY_NAMES), "weekdays", "weekends", "daily")
    wrong = next((part for part in re.split(r"[^\w]+", _plain(words)) if part and part not in _day_names()), "")
    near = process.extractOne(wrong, known, score_cutoff=60) if wrong else None
    offered = f"Did you mean {near[0].capitalize()}? " if near else ""
    raise BadRequestError(f"“{words[:_LONGEST]}” are no days of the week.", f"{offered}{_DAYS_ADVICE}")


def days_words(days: tuple[int, ...]) -> str:
    """Return days in words: ``every day``, ``Monday to Friday``, ``Mon, Wed and Fri``."""
    if days == EVERY_DAY:
        return "every day"
    if days == _WEEKDAYS:
        return "Monday to Friday"
    names = [DAY_NAMES[day] for day in days]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "no day"


def date_words(instant: datetime, zone: str) -> str:
    """Return `instant` as the clocks of `zone` show it, with its offset: ``Fri 27 Nov 07:00 (UTC+8)``."""
    local = local_time(instant, zone)
    day = f"{DAY_NAMES[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    return f"{day} {local:%H:%M} ({offset_words(local)})"


def local_time(instant: datetime, zone: str) -> datetime:
    """Return `instant` in `zone`; in UTC where this machine has no rules for such a zone."""
    try:
        return instant.astimezone(ZoneInfo(zone))
    except (ValueError, KeyError, OSError):
        return instant.astimezone(UTC)


def offset_words(local: datetime) -> str:
    """Return how far `local`, which knows its zone, is from UTC: ``UTC``, ``UTC-5``, ``UTC+5:30``."""
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def _plain(words: str) -> str:
    """Return `words` in small letters of one width, with one sort of dash and single spaces."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.sub("[‐‑‒–—―−~〜]", "-", folded).split())


def _range(part: str) -> tuple[int, ...] | None:
    """Return the days of ``mon`` or ``mon-fri``, which may go over the end of the week."""
    ends = [_day_names().get(each) for each in part.split("-", 1)]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        return None
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


@cache
def _day_names() -> dict[str, int]:
    names = dict(_SHORT_NAMES)
    for place, name in enumerate(_LONG_NAMES):
        names |= dict.fromkeys((name, f"{name}s", name[:3], f"{name[:3]}s", f"{name[:3]}."), place)
    names |= dict.fromkeys(("mo", "周一", "週一", "星期一"), 0) | {"tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
    for place, sign in enumerate("一二三四五六日"):
        names |= dict.fromkeys((f"周{sign}", f"週{sign}", f"星期{sign}"), place)
    return names | dict.fromkeys(("周天", "週天", "星期天"), 6)


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
