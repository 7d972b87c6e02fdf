"""When: a date as sources give it, from a year to a minute, or an interval of two.

ISO 8601 reduced forms (year, month), calendar dates, instants with an offset, and ``start/end`` intervals. Dates stay
text in YAML: YAML's own timestamps lose the position of an impossible date.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?P<zone>Z|[+-]\d{2}:\d{2}))?)?)?",
    re.ASCII,
)
_KEPT = 4_096
"""Dates that are kept once they were read: the same days stand in many places, and take room only once."""
FORMS = "2023, 2023-06, 2023-06-18, 2023-06-18T07:30+08:00, or two of them with a slash"
_TWO = "[0-9]{2}"
_POINT_PATTERN = f"[0-9]{{4}}(-{_TWO}(-{_TWO}(T{_TWO}:{_TWO}(Z|[+-]{_TWO}:{_TWO}))?)?)?"
_PATTERN = f"^{_POINT_PATTERN}(/{_POINT_PATTERN})?$"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Precision(StrEnum):
    """How exactly a point in time is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class Point(NamedTuple):
    """One end of a `When`: the first day it can mean, how exactly it is known, and the instant if there is one.

    Both are tuples, for a library holds thousands and hands them from process to process.
    """

    first: date
    precision: Precision
    instant: datetime | None = None

    @property
    def last(self) -> date:
        """The last day the point can mean."""
        if self.precision is Precision.YEAR:
            return date(self.first.year, 12, 31)
        if self.precision is Precision.MONTH:
            return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])
        return self.first

    def __str__(self) -> str:
        """Return the point in words, e.g. ``18 June 2023``, ``June 2023``, ``18 June 2023, 07:30 (UTC+08:00)``."""
        month = _MONTHS[self.first.month - 1]
        match self.precision:
            case Precision.YEAR:
                return str(self.first.year)
            case Precision.MONTH:
                return f"{month} {self.first.year}"
            case Precision.DAY:
                return f"{self.first.day} {month} {self.first.year}"
            case Precision.MINUTE:
                assert self.instant is not None  # noqa: S101 - a minute is only ever parsed together with its instant
                return f"{self.first.day} {month} {self.first.year}, {self.instant:%H:%M} ({self.instant.tzname()})"


class When(NamedTuple):
    """A point in time or an interval, as written in the file (`iso`)."""

    start: Point
    end: Point | None
    iso: str

    @property
    def first(self) -> date:
        """The first day it can mean; what timelines sort by."""
        return self.start.first

    @property
    def last(self) -> date:
        """The last day it can mean."""
        return (self.end or self.start).last

    def __str__(self) -> str:
        """Return it in words; an interval shares what its ends have in common: ``18–19 June 2023``."""
        if self.end is None:
            return str(self.start)
        one, two = self.start, self.end
        if one.precision is two.precision is Precision.DAY and one.first.year == two.first.year:
            if one.first.month == two.first.month:
                return f"{one.first.day}–{two}"
            return f"{one.first.day} {_MONTHS[one.first.month - 1]} – {two}"
        return f"{one} – {two}"


def parse_when(value: Any) -> When:
    """Return the `When` that `value` writes; raise ValueError naming the allowed forms or the impossible part."""
    if isinstance(value, When):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(f"a date is written as {FORMS}")
    return _parse_when(value)


@lru_cache(_KEPT)
def _parse_when(value: str) -> When:
    points = [_parse_point(part) for part in value.split("/")]
    if len(points) > 2:  # noqa: PLR2004 - an interval has two ends
        raise ValueError(f"an interval has two ends: {FORMS}")
    start, end = points[0], points[1] if len(points) > 1 else None
    if end is not None and _ends_too_soon(start, end):
        raise ValueError(f"the interval ends ({end}) before it starts ({start})")
    return When(start, end, value)


def _ends_too_soon(start: Point, end: Point) -> bool:
    if start.instant is not None and end.instant is not None:
        return end.instant < start.instant
    return end.last < start.first


def _parse_point(part: str) -> Point:
    found = _POINT.fullmatch(part)
    if found is None:
        raise ValueError(f"not a date: {part[:40]!r} (write {FORMS})")
    try:
        if found["hour"]:
            instant = datetime.fromisoformat(part)
            return Point(instant.date(), Precision.MINUTE, instant)
        first = date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError as error:
        raise ValueError(f"no such date: {part} ({error})") from None
    if found["day"]:
        return Point(first, Precision.DAY)
    return Point(first, Precision.MONTH if found["month"] else Precision.YEAR)


def parse_day(value: Any) -> date:
    """Return a calendar day from ``2023-06-18``; raise ValueError otherwise."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("a day is written as 2023-06-18")
    return _parse_day(value)


@lru_cache(_KEPT)
def _parse_day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"no such date: {value} ({error})") from None


WhenField = Annotated[
    When,
    PlainValidator(parse_when),
    PlainSerializer(lambda when: when.iso, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": _PATTERN}, {"type": "integer", "minimum": 1000, "maximum": 9999}],
            "description": f"A date or an interval: {FORMS}.",
        }
    ),
]
DayField = Annotated[
    date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date", "description": "A calendar day: 2023-06-18."}),
]
