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
_CHINESE_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?年\s?(?:(?P<month>\d{1,2})\s?月(?:份|底|初)?\s?(?:(?P<day>\d{1,2})\s?[日号號]\s?)?)?"
)
_LONG = {name: max((each for each in MONTHS if each.startswith(name)), key=len) for name in _MONTHS}
"""The whole name of each month, by its short one."""


def with_dates_said(query: str) -> str:
    """Return `query` with its Chinese dates in English: 2023年6月 is June 2023."""
    return _CHINESE_DATE.sub(_said, query) if "年" in query else query


def _said(found: re.Match[str]) -> str:
    number = int(found["month"] or 0)
    month = _MONTHS[number - 1] if 0 < number <= len(_MONTHS) else ""
    return f" {found['day'] or ''} {_LONG[month]} {found['year']} " if month else f" {found['year']} "


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
