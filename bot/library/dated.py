"""The date in a question about an office: "us ambassador to china 2023", "foreign minister of china in June 2023"."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from bot.library.common import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11), "winter": (1, 2, 12)}
_WHEN = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?"
    rf"(?:(?P<month>{_MONTH}) |(?:the )?(?P<season>{'|'.join(_SEASONS)})(?: of)? )?"
    rf"(?:(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)? )?"
    r"(?P<year>(?:19|20)\d\d)"
)
_DATE = re.compile(rf"(?:\b(?:back |early |late |mid )?(?:in|of|on|as of|by|during|since|at) )?\b{_WHEN}\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {name: 1 + place for place, name in enumerate(_MONTHS)}
_MONTH_SAID = {
    number: frozenset((f"{number:02d}", *(month for month in MONTHS if month.startswith(name))))
    for name, number in _NUMBERS.items()
}
_MIDDLE = 15


def dated(words: str) -> tuple[str, Sequence[date]]:
    """Return normal `words` without the date in them, and days that stand for it; none without a date.

    Of a month its first, middle and last day, of a season and a year the middle of each month: who held an office only
    between two of them is not whom the question means.
    """
    found = _DATE.search(words)
    rest = " ".join(f"{words[: found.start()]} {words[found.end() :]}".split()) if found else ""
    return (rest, _days(found)) if found and rest else (words, ())


def _days(found: re.Match[str]) -> Sequence[date]:
    year, month = int(found["year"]), found["month"]
    if found["season"]:
        return [date(year, each, _MIDDLE) for each in _SEASONS[found["season"]]]
    if not month:
        return [date(year, each, _MIDDLE) for each in _NUMBERS.values()]
    number = _NUMBERS[month[:3]]
    last = monthrange(year, number)[1]
    day = int(found["day"] or found["day_behind"] or 0)
    return [date(year, number, day)] if 0 < day <= last else [date(year, number, each) for each in (1, _MIDDLE, last)]


def when_said(words: str) -> tuple[frozenset[str], ...]:
    """Return for the year and the month of the date in normal `words` what a text says for it: "june", or "06"."""
    found = _DATE.search(words)
    if found is None:
        return ()
    month = _NUMBERS[found["month"][:3]] if found["month"] else 0
    return (frozenset({found["year"]}), *((_MONTH_SAID[month],) if month else ()))
