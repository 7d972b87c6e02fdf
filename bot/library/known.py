"""What could be told on a past day: nothing before it had happened, and nothing that leans on what came later.

A date that is no more exact than a month counts from its last day, an interval from its end: an answer for a past day
may leave out what was known by then, but never tells what was not.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.library.entry import Claim, Entry, Forecast, Judgment, Position, Quotation, Role
from bot.library.when import When


def known_since(claim: Claim) -> date | None:
    """Return the first day on which `claim` could be told as it is written, or None when nothing says so."""
    days = (claim.known_from, claim.valid_from, claim.date.last if claim.date else None)
    return max((day for day in days if day), default=None)


def told_on(claim: Claim, day: date) -> bool:
    """Return whether `claim` could be told on `day` and still held; without any date it is told for no past day."""
    since = known_since(claim)
    return since is not None and since <= day and not (claim.valid_until and claim.valid_until < day)


def happened_by(when: When | None, day: date) -> bool:
    """Return whether all of `when` lies on or before `day`; False when it is not dated."""
    return when is not None and when.last <= day


def settled_by(forecast: Forecast, day: date | None) -> bool:
    """Return whether the result of `forecast` was there on `day` (at all, for None)."""
    return forecast.outcome != "pending" and (day is None or happened_by(forecast.date, day))


def first_known(entry: Entry) -> date | None:
    """Return the earliest day for which `entry` has anything to tell, or None when nothing in it is dated."""
    days = [known_since(claim) for claim in entry.claims]
    days += [role.valid_from.last if role.valid_from else role.seen_first for role in entry.roles]
    days += [line.valid_from for line in entry.former_bottom_lines]
    return min((day for day in days if day), default=None)


def last_change(entry: Entry) -> date:
    """Return the day since which nothing that `entry` tells has changed; its `as_of` when nothing is dated."""
    return max(_changes(entry), default=entry.as_of)


def _changes(entry: Entry) -> Iterator[date]:
    for claim in entry.claims:
        since = known_since(claim) if claim.forecast is None else claim.known_from
        if since:
            yield since
        if claim.forecast and claim.forecast.outcome != "pending" and claim.forecast.date:
            yield claim.forecast.date.last
        if claim.valid_until:
            yield claim.valid_until + timedelta(days=1)
    for when in (end for role in entry.roles for end in (role.valid_from, role.valid_until)):
        if when:
            yield when.last
    yield from (each.date.last for each in sayings(entry) if each.date)


def sayings(entry: Entry) -> tuple[Position | Quotation | Judgment, ...]:
    """Return what the entry tells beside its claims: positions, quotations and judgments."""
    return (*entry.positions, *entry.quotations, *entry.judgments)


def held_on(role: Role, day: date, today: date) -> bool | None:
    """Return whether the office was held on `day`: yes, no, or None when the sources do not say exactly enough.

    On the day an office ends it is its successor's. One whose beginning is not known at all is told for today alone.
    """
    since = role.valid_from
    first, sure_from = (since.first, since.last) if since else (role.seen_first, role.seen_first)
    if first is None or sure_from is None:
        first = sure_from = today
    if day < first:
        return False
    if role.valid_until and day >= role.valid_until.last:
        exact = role.valid_until.first == role.valid_until.last
        return False if exact or day > role.valid_until.last else None
    unsure = day < sure_from or (role.valid_until and day >= role.valid_until.first)
    outlived = role.valid_until is None and role.seen_last and day > role.seen_last
    return None if unsure or outlived else True
