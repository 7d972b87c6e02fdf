"""Dates that contradict each other: ends before starts, facts after the last check, forecasts overtaken by time."""

from collections.abc import Iterator
from datetime import date

from bot.library.document import Path
from bot.library.entry import Entry
from bot.library.finding import Finding, error, warning
from bot.library.when import When

_Day = date | When | None


def date_findings(entry: Entry) -> Iterator[Finding]:
    """Yield every contradiction among the dates of one entry."""
    yield from _spans(entry)
    yield from _calendar(entry)
    yield from _claims(entry)


def _spans(entry: Entry) -> Iterator[Finding]:
    pairs: list[tuple[Path, str, _Day, _Day]] = []
    for place, claim in enumerate(entry.claims):
        pairs.append((("claims", place, "valid_until"), "valid_until", claim.valid_from, claim.valid_until))
    for name in ("names", "roles", "former_bottom_lines"):
        for place, each in enumerate(getattr(entry, name)):
            pairs.append(((name, place, "until"), "until", each.valid_from, each.valid_until))
    for path, name, start, end in pairs:
        if start is not None and end is not None and _last(end) < _first(start):
            yield error(path, f"{name} lies before its beginning, {_first(start)}", "change one of the two")


def _first(day: date | When) -> date:
    return day.first if isinstance(day, When) else day


def _last(day: date | When) -> date:
    return day.last if isinstance(day, When) else day


def _calendar(entry: Entry) -> Iterator[Finding]:
    if entry.as_of > entry.last_checked:
        yield error(
            ("as_of",), f"as_of lies after last_checked, {entry.last_checked}", "it was checked before it was so?"
        )
    if entry.review_by and entry.review_by < entry.as_of:
        yield error(("review_by",), f"review_by lies before as_of, {entry.as_of}", "set the next review")
    if entry.expires and entry.expires < entry.as_of:
        yield error(("expires",), f"expires lies before as_of, {entry.as_of}", "change one of the two")
    for place, correction in enumerate(entry.corrections):
        if correction.date > entry.last_checked:
            yield error(("corrections", place, "date"), "a correction after last_checked", "update last_checked")


def _claims(entry: Entry) -> Iterator[Finding]:
    for place, claim in enumerate(entry.claims):
        if claim.forecast is None:
            if claim.date and claim.date.first > entry.last_checked:
                hint = "a claim about the future is a forecast: add forecast: {outcome: pending}"
                yield warning(("claims", place, "date"), f"claim {claim.id} is dated after last_checked", hint)
            continue
        due = claim.forecast.date or claim.valid_until or claim.date
        if claim.forecast.outcome == "pending" and due and _last(due) < entry.last_checked:
            hint = "say what became of it under forecast"
            yield warning(("claims", place, "forecast"), f"claim {claim.id} is pending, and its time is over", hint)
