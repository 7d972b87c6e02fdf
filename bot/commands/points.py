"""One date as people type it: ISO, English, European and Chinese forms, and what each of them can mean."""

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.commands.patterns import pattern
from bot.errors import BadRequestError
from bot.library.when import parse_when

Days = tuple[date, date]
"""The first and the last day that a date can mean."""

ADVICE = "Write it as 2023-06-18, 18 June 2023, June 2023 or 2023."
_LONGEST = 60
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
YEAR_OR_MONTH = rf"(?:{MONTH}[\s,-]*)?\d{{4}}(?!\d)"
_FORMS = (
    # Whole pattern, and in which order its numbers come; a month in words has none.
    (r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}", "ymd"),
    (r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号號]", "ymd"),
    (rf"\d{{4}}[\s,-]*{MONTH}[\s,-]*{DAY_NUMBER}", "yd"),
    (r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}", "dmy"),
    (r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}-\d{1,2}-\d{4}", "??y"),
    (rf"(?:the\s)?{DAY_NUMBER}[\s-]*(?:of\s)?{MONTH}[\s,-]*\d{{4}}", "dy"),
    (rf"{MONTH}[\s-]*{DAY_NUMBER}[\s,-]*\d{{4}}", "dy"),
    (r"\d{4}-\d{1,2}|\d{4}/\d{1,2}|\d{4}\.\d{1,2}|\d{4}\s?年\s?\d{1,2}\s?月", "ym"),
    (rf"{MONTH}[\s,-]*\d{{4}}|\d{{4}}\s{MONTH}", "y"),
    (r"\d{4}(?:\s?年)?", "y"),
)
POINT = "(?:" + "|".join(f"(?:{form})(?!\\d)" for form, _ in _FORMS) + ")"
RELATIVE = "(?:today|yesterday|now|present)"
_ALIKE = str.maketrans(
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
    | dict.fromkeys(map(ord, "“”„«»「」"), '"')
    | dict.fromkeys(map(ord, "‘’‚‹›"), "'")
    | {ord("。"): "."}
)


def plain(words: str) -> str:
    """Return `words` with one sort of dash, quotation mark and width; every character stays in its place."""
    return words.translate(_ALIKE)


def read_point(words: str, today: date) -> Days | None:
    """Return the days that `words` can mean, or None when they have no form of a date.

    Raises BadRequestError for what looks like a date and is none, such as 30 February.
    """
    words = " ".join(words.split())
    if len(words) > _LONGEST:
        return None
    if re.fullmatch(RELATIVE, words, re.IGNORECASE):
        day = today - timedelta(days=words.casefold() == "yesterday")
        return day, day
    for form, order in _FORMS:
        if pattern(form).fullmatch(words):
            return _days(words, order)
    return _instant(words)


def _days(words: str, order: str) -> Days:
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    if order == "??y":
        order = _day_or_month_first(words, numbers)
    parts = dict(zip(order, numbers, strict=True))
    month = pattern(MONTH).search(words)
    if month:
        parts["m"] = _MONTHS.index(month[0][:3].casefold()) + 1
    what = "day" if "d" in parts else "month" if "m" in parts else "year"
    try:
        first = date(parts["y"], parts.get("m", 1), parts.get("d", 1))
    except ValueError as error:
        raise BadRequestError(f"There is no such {what} as {words}.", ADVICE) from error
    if what == "year":
        return first, date(first.year, 12, 31)
    return first, first if what == "day" else first.replace(day=monthrange(first.year, first.month)[1])


def _day_or_month_first(words: str, numbers: list[int]) -> str:
    """Return the order of 18/6/2023 or 6/18/2023; Europeans and Americans read 6/7/2023 differently."""
    one, two, _ = numbers
    months = 12
    if one <= months and two <= months and one != two:
        raise BadRequestError(f"{words} can be read as two different days.", ADVICE)
    return "mdy" if two > months else "dmy"


def _instant(words: str) -> Days | None:
    """Return the day of an instant as files write it, 2023-06-18T07:30+08:00."""
    try:
        when = parse_when(words)
    except ValueError:
        return None
    return None if when.end else (when.first, when.last)
