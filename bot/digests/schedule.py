"""Which slot is due: a pure function of the schedule, the slot that was planned last, and the clock.

A slot is called by its local date and time *as written*. So an autumn hour that comes twice is one slot, its first; a
spring hour that does not exist comes at the first instant after the gap; and a day that a zone left out when it moved
the date line (Apia's 30 December 2011) has no slot. Keys only ever grow, also where clocks or zones are changed.
Instants are compared in UTC: two times of one zone compare without their fold
(https://docs.python.org/3/reference/datamodel.html, PEP 495).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.digests.model import Schedule

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_WEEK = 7
_AROUND = 2
"""Days that a local date may be away from what the clock says, for gaps and for zones on both sides of the line."""
_KEPT = 4096
_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time that an edition is meant for: its local date and time as written, and the instant it comes."""

    key: str
    """``2026-11-26T07:00``; keys of one schedule sort as the slots do."""
    at: datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Due:
    """The newest slot that is due, and how many older ones it stands for."""

    slot: Slot
    skipped: int
    oldest: str
    """Key of the first slot skipped; empty for none."""


def due(schedule: Schedule, last_slot: str, now: datetime) -> Due | None:
    """Return the newest slot at or before `now` that comes after `last_slot`, or None.

    Slots between the two are skipped: a bot that slept three days posts once. With an empty `last_slot` none are.
    Raises ValueError for a `last_slot` that is no key or a schedule without days, ZoneInfoNotFoundError for its zone.
    """
    newest = _newest(schedule, now)
    if newest is None or newest.key <= last_slot:
        return None
    skipped = 0
    oldest = ""
    for slot in _after(schedule, last_slot) if last_slot else ():
        if slot.key >= newest.key:
            break
        skipped += 1
        oldest = oldest or slot.key
    return Due(newest, skipped, oldest)


def upcoming(schedule: Schedule, after: datetime, count: int, last_slot: str = "") -> tuple[Slot, ...]:
    """Return the next `count` slots later than the instant `after`, and than `last_slot` where it is given.

    Raises as `due` does.
    """
    found: list[Slot] = []
    for slot in _from(schedule, _local_day(schedule, after) - _AROUND * _DAY):
        if len(found) >= count:
            break
        if slot.at > after and slot.key > last_slot:
            found.append(slot)
    return tuple(found)


def next_due(schedule: Schedule, last_slot: str) -> datetime:
    """Return the instant of the first slot after `last_slot`; long past where `last_slot` is empty: due at once.

    Raises as `due` does.
    """
    return next(_after(schedule, last_slot)).at if last_slot else _AT_ONCE


def preset(schedule: Schedule, now: datetime, last_slot: str = "") -> str:
    """Return the last slot of a subscription that is new, changed or resumed `now`: so that it does not post at once.

    `last_slot` is what it had before (see `later`). Raises as `due` does.
    """
    newest = _newest(schedule, now)
    key = newest.key if newest is not None else _key(schedule, _local_day(schedule, now) - _DAY)
    return later(key, last_slot)


def later(key: str, last_slot: str) -> str:
    """Return the later of two slots: `key`, from which a changed schedule goes on, and the `last_slot` planned before.

    A change of zone can lead back to a local time that already had its edition, which would be a slot planned twice.
    One that is more than a week ahead is not kept: the clock must have been wrong.
    """
    farthest = datetime.fromisoformat(key).date() + (_WEEK + _AROUND) * _DAY
    return max(key, last_slot) if last_slot[: len("2026-11-26")] <= farthest.isoformat() else key


def _key(schedule: Schedule, day: date) -> str:
    return f"{day.isoformat()}T{schedule.time:%H:%M}"


def _local_day(schedule: Schedule, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(schedule.zone)).date()


def _after(schedule: Schedule, key: str) -> Iterator[Slot]:
    """Yield the slots after `key`, in order; the key may be of another schedule."""
    first = datetime.fromisoformat(key).date()
    return (slot for slot in _from(schedule, first) if slot.key > key)


def _from(schedule: Schedule, day: date) -> Iterator[Slot]:
    """Yield the slots from `day` on, for ever."""
    if not schedule.weekdays:
        raise ValueError("a schedule has days of the week")
    while True:
        slot = _slot(schedule, day)
        if slot is not None:
            yield slot
        day += _DAY


def _newest(schedule: Schedule, now: datetime) -> Slot | None:
    """Return the newest slot at or before `now`; None where none of the last days had one."""
    if not schedule.weekdays:
        raise ValueError("a schedule has days of the week")
    day = _local_day(schedule, now) + _DAY
    for _ in range(2 * _WEEK + _AROUND):  # the one day of a week may be a day left out
        slot = _slot(schedule, day)
        if slot is not None and slot.at <= now:
            return slot
        day -= _DAY
    return None


@lru_cache(_KEPT)
def _slot(schedule: Schedule, day: date) -> Slot | None:
    """Return the slot of `day`; None where the schedule has none, or the zone left the day out.

    Kept, since thousands of subscriptions have one schedule.
    """
    if day.weekday() not in schedule.weekdays:
        return None
    zone = ZoneInfo(schedule.zone)
    written = datetime.combine(day, schedule.time.replace(second=0, microsecond=0, fold=0), tzinfo=zone)
    at = written.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != written.replace(tzinfo=None):
        # In a gap the first reading has the offset from before it, and lies behind it; the second lies before it.
        before = written.replace(fold=1).astimezone(UTC)
        if at - before >= _DAY:
            return None
        at = _change(zone, before, at)
    return Slot(_key(schedule, day), at)


def _change(zone: ZoneInfo, before: datetime, behind: datetime) -> datetime:
    """Return the first second at which `zone` has the offset of `behind`, given that it changes once in between."""
    offset = behind.astimezone(zone).utcoffset()
    low, high = 0, (behind - before) // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * _SECOND).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return before + high * _SECOND
