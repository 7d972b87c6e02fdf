"""What the calendar brings: what lies ahead, and what happened on this day of an earlier year."""

from calendar import isleap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.digests.edition import Candidate, Section
from bot.digests.lines import claim_words
from bot.library.entry import Claim, Entry
from bot.library.library import Library
from bot.library.when import Precision, When
from bot.reply import Action, Span, text
from bot.wording import counted, dated, day_words

HORIZON = timedelta(days=14)
"""How far ahead an edition looks."""
_EXACT = frozenset({Precision.DAY, Precision.MINUTE})
_LEAP_DAY = (2, 29)
_ROUND = 5
"""Anniversaries of so many years, and multiples, come before others."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """Something with a date, from its first day to its last, and how it is told."""

    first: date
    last: date
    words: str
    entry: Entry
    claim: Claim | None = None
    note: str = ""


def coming_up(library: Library, entries: Iterable[Entry], today: date) -> list[Candidate]:
    """Return what `entries` have for `today` and the days of `HORIZON`, the nearest first, an event once.

    Dated claims, forecasts that are not settled, claims that cease to hold, entries that expire.
    """
    found = [
        *_once(library, entries, lambda entry, claim: _claim_ahead(entry, claim, today)),
        *_expiring(entries, today),
    ]
    found.sort(key=lambda each: (_next(each, today), each.entry.title.casefold()))
    return [_coming(each, today) for each in found]


def on_this_day(library: Library, entries: Iterable[Entry], today: date) -> list[Candidate]:
    """Return what `entries` tell of this day of earlier years, an event once; round anniversaries first, then newest.

    Only claims whose day is known exactly; no forecasts, which may not have come true, and nothing superseded.
    """
    found = list(_once(library, entries, lambda entry, claim: _past(entry, claim, today)))
    found.sort(key=lambda each: (_years(each, today) % _ROUND != 0, _years(each, today)))
    return [_anniversary(each, today) for each in found]


def _once(
    library: Library, entries: Iterable[Entry], tell: Callable[[Entry, Claim], _Dated | None]
) -> Iterator[_Dated]:
    """Yield what `tell` makes of the claims; of an event told twice the one that the others point to, if it is in."""
    found: dict[str, _Dated] = {}
    for entry in entries:
        for claim in entry.claims:
            told = tell(entry, claim)
            if told is None:
                continue
            event = library.event(entry, claim)
            if event not in found or event == f"{entry.id}#{claim.id}":
                found[event] = told
    yield from found.values()


def _claim_ahead(entry: Entry, claim: Claim, today: date) -> _Dated | None:
    """Return what `claim` says of the days ahead, if it does."""
    until = claim.valid_until
    if claim.superseded_by:
        return None
    if claim.forecast is not None:
        due = claim.forecast.date or claim.date
        if claim.forecast.outcome != "pending":
            return None
        if due and _near(due, today):
            return _Dated(due.first, due.last, str(due), entry, claim, "Forecast, not yet settled.")
    elif claim.date and _near(claim.date, today) and (claim.date.first >= today or claim.date.end):
        words = dated(claim.date, approximate=claim.approximate)
        return _Dated(claim.date.first, claim.date.last, words, entry, claim)
    if until and today <= until <= today + HORIZON:
        return _Dated(until, until, f"until {day_words(until)}", entry, claim, "Holds until then.")
    return None


def _near(when: When, today: date) -> bool:
    """Return whether `when` begins or ends in the days ahead; of a year only its end is told."""
    days = (when.last,) if when.start.precision is Precision.YEAR else (when.first, when.last)
    return any(today <= day <= today + HORIZON for day in days)


def _expiring(entries: Iterable[Entry], today: date) -> Iterator[_Dated]:
    for entry in entries:
        if entry.expires and today <= entry.expires <= today + HORIZON:
            yield _Dated(entry.expires, entry.expires, day_words(entry.expires), entry)


def _next(each: _Dated, today: date) -> date:
    """Return the day that is still to come: the first, or the last of what has begun."""
    return each.first if each.first >= today else each.last


def _when(each: _Dated, today: date) -> str:
    """Return how far away it is: ``today``, ``in 3 days``, ``ends in 3 days`` of what has begun."""
    days = (_next(each, today) - today).days
    ends = "ends " if each.first < today else ""
    return f"{ends}in {counted(days, 'day')}" if days else f"{ends}today"


def _coming(each: _Dated, today: date) -> Candidate:
    entry = each.entry
    if each.claim is None:
        told = text("expires; after that day only its bottom line and its sources are shown.")
    else:
        told = text(*claim_words(entry, each.claim), Span(f" {each.note}" if each.note else "", italic=True))
    return Candidate(
        Section.COMING,
        entry.id,
        entry.title,
        f"dated {each.words}: within the {HORIZON.days} days ahead",
        text(Span(f"{each.words} ({_when(each, today)})", bold=True), " · ", Span(entry.title, bold=True), ": ", *told),
        why=entry.why_it_matters or "",
        for_today=each.claim is not None and _exact(each.claim, today),
    )


def _exact(claim: Claim, today: date) -> bool:
    """Return whether a date of `claim` is this very day, rather than a month or an interval that it lies in."""
    dates = [when for when in (claim.date, claim.forecast.date if claim.forecast else None) if when]
    return claim.valid_until == today or any(
        (when.start.precision in _EXACT and when.first == today) or (when.end is not None and when.last == today)
        for when in dates
    )


def _past(entry: Entry, claim: Claim, today: date) -> _Dated | None:
    when = claim.date
    if when is None or when.start.precision not in _EXACT or claim.approximate:
        return None
    if claim.forecast is not None or claim.superseded_by or when.first.year >= today.year:
        return None
    return _Dated(when.first, when.last, str(when), entry, claim) if _same_day(when.first, today) else None


def _same_day(day: date, today: date) -> bool:
    """Return whether `today` is the anniversary of `day`; that of 29 February is the 28th where there is no 29th."""
    if (day.month, day.day) == _LEAP_DAY and not isleap(today.year):
        return (today.month, today.day) == (2, 28)
    return (day.month, day.day) == (today.month, today.day)


def _years(each: _Dated, today: date) -> int:
    return today.year - each.first.year


def _anniversary(each: _Dated, today: date) -> Candidate:
    entry, claim = each.entry, each.claim
    assert claim is not None  # noqa: S101 - `_past` makes none without
    ago = f"{counted(_years(each, today), 'year')} ago"
    span = f"{each.first}..{each.first}"
    return Candidate(
        Section.ON_THIS_DAY,
        entry.id,
        entry.title,
        f"dated {each.words}: {ago} today",
        text(
            Span(f"{each.words} ({ago})", bold=True),
            " · ",
            Span(entry.title, bold=True),
            ": ",
            *claim_words(entry, claim),
        ),
        why=entry.why_it_matters or "",
        behind=Action("dates", day_words(each.first), ("", span, "0")),
        for_today=True,
    )
