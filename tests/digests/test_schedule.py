"""When editions are due: by hand-written tables of zones that do odd things, and by rules that hold anywhere."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.model import Schedule
from bot.digests.schedule import Due, Slot, due, next_due, preset, upcoming

NEW_YORK, SHANGHAI = "America/New_York", "Asia/Shanghai"
WEEK = (0, 1, 2, 3, 4, 5, 6)


def at(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(UTC)


def daily(zone: str, hour: int, minute: int = 0, days: tuple[int, ...] = WEEK) -> Schedule:
    return Schedule(time(hour, minute), zone, days)


@pytest.mark.parametrize(
    ("zone", "written", "after", "slots"),
    [
        # New York, spring: 02:00 becomes 03:00, so 02:30 comes at 03:00 summer time; the days around it are as ever.
        (
            NEW_YORK,
            (2, 30),
            "2026-03-07T03:00-05:00",
            [("2026-03-08T02:30", "2026-03-08T03:00-04:00"), ("2026-03-09T02:30", "2026-03-09T02:30-04:00")],
        ),
        # New York, autumn: 01:30 comes twice, and the first is the slot.
        (
            NEW_YORK,
            (1, 30),
            "2026-10-31T02:00-04:00",
            [("2026-11-01T01:30", "2026-11-01T01:30-04:00"), ("2026-11-02T01:30", "2026-11-02T01:30-05:00")],
        ),
        # Shanghai has one time all the year.
        (
            SHANGHAI,
            (7, 0),
            "2026-03-08T00:00Z",
            [("2026-03-09T07:00", "2026-03-08T23:00Z"), ("2026-03-10T07:00", "2026-03-09T23:00Z")],
        ),
        # Lord Howe moves by half an hour: 02:15 does not exist on 4 October, 01:45 comes twice on 5 April.
        ("Australia/Lord_Howe", (2, 15), "2026-10-03T00:00Z", [("2026-10-04T02:15", "2026-10-04T02:30+11:00")]),
        (
            "Australia/Lord_Howe",
            (1, 45),
            "2026-04-04T00:00Z",
            [("2026-04-05T01:45", "2026-04-05T01:45+11:00"), ("2026-04-06T01:45", "2026-04-06T01:45+10:30")],
        ),
        # Casablanca puts its clock back for Ramadan: 03:00 becomes 02:00 on 15 February, and on again on 22 March.
        (
            "Africa/Casablanca",
            (2, 30),
            "2026-02-14T12:00Z",
            [("2026-02-15T02:30", "2026-02-15T02:30+01:00"), ("2026-02-16T02:30", "2026-02-16T02:30+00:00")],
        ),
        ("Africa/Casablanca", (2, 30), "2026-03-21T12:00Z", [("2026-03-22T02:30", "2026-03-22T03:00+01:00")]),
        # Apia left out 30 December 2011.
        (
            "Pacific/Apia",
            (7, 0),
            "2011-12-28T18:00Z",
            [("2011-12-29T07:00", "2011-12-29T07:00-10:00"), ("2011-12-31T07:00", "2011-12-31T07:00+14:00")],
        ),
        # Kwajalein left out 21 August 1993.
        (
            "Pacific/Kwajalein",
            (7, 0),
            "1993-08-20T00:00Z",
            [("1993-08-20T07:00", "1993-08-20T07:00-12:00"), ("1993-08-22T07:00", "1993-08-22T07:00+12:00")],
        ),
        # Nuuk changes an hour before midnight: what was written on Saturday comes as Sunday begins.
        ("America/Nuuk", (23, 30), "2026-03-28T12:00Z", [("2026-03-28T23:30", "2026-03-29T00:00-01:00")]),
        # Beirut changes at midnight.
        ("Asia/Beirut", (0, 0), "2026-03-28T12:00Z", [("2026-03-29T00:00", "2026-03-29T01:00+03:00")]),
    ],
)
def test_odd_hours_and_days(zone: str, written: tuple[int, int], after: str, slots: list[tuple[str, str]]) -> None:
    schedule = daily(zone, *written)
    assert upcoming(schedule, at(after), len(slots)) == tuple(Slot(key, at(instant)) for key, instant in slots)
    for key, instant in slots:
        before = upcoming(schedule, at(instant) - timedelta(days=3), 1)[0].key
        assert next_due(schedule, before) <= at(instant)
        assert due(schedule, key, at(instant) + timedelta(hours=2)) is None, "a slot comes once"
        found = due(schedule, before, at(instant))
        assert found is not None
        assert found.slot == Slot(key, at(instant))


def test_a_day_left_out_is_not_counted_as_skipped() -> None:
    schedule = daily("Pacific/Apia", 7)
    assert due(schedule, "2011-12-28T07:00", at("2012-01-01T07:00+14:00")) == Due(
        Slot("2012-01-01T07:00", at("2012-01-01T07:00+14:00")), 2, "2011-12-29T07:00"
    )


def test_friday_in_apia_was_never_that_week() -> None:
    schedule = daily("Pacific/Apia", 7, days=(4,))  # 30 December 2011 would have been a Friday
    assert upcoming(schedule, at("2011-12-24T00:00Z"), 1)[0].key == "2012-01-06T07:00"
    assert preset(schedule, at("2012-01-04T00:00Z")) == "2011-12-23T07:00"


@pytest.mark.parametrize(
    ("days", "keys"),
    [
        ((0, 1, 2, 3, 4), ["2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01"]),
        ((5, 6), ["2026-11-28", "2026-11-29", "2026-12-05", "2026-12-06"]),
        ((3,), ["2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"]),
    ],
)
def test_days_are_the_local_ones(days: tuple[int, ...], keys: list[str]) -> None:
    # 07:00 on Thursday in Shanghai is still Wednesday in UTC.
    found = upcoming(daily(SHANGHAI, 7, days=days), at("2026-11-25T22:00Z"), 4)
    assert [slot.key for slot in found] == [f"{key}T07:00" for key in keys]


def test_nothing_is_due_before_its_time_and_one_slot_at_it() -> None:
    schedule = daily(SHANGHAI, 7)
    assert due(schedule, "2026-11-25T07:00", at("2026-11-26T06:59:59+08:00")) is None
    assert due(schedule, "2026-11-25T07:00", at("2026-11-26T07:00+08:00")) == Due(
        Slot("2026-11-26T07:00", at("2026-11-25T23:00Z")), 0, ""
    )
    assert next_due(schedule, "2026-11-25T07:00") == at("2026-11-25T23:00Z")


def test_three_days_asleep_give_one_edition_and_count_the_others() -> None:
    schedule = daily(NEW_YORK, 7)
    found = due(schedule, "2026-11-22T07:00", at("2026-11-26T09:00-05:00"))
    assert found == Due(Slot("2026-11-26T07:00", at("2026-11-26T12:00Z")), 3, "2026-11-23T07:00")
    assert due(schedule, found.slot.key, at("2026-11-26T09:00-05:00")) is None


def test_a_clock_set_back_brings_no_slot_again() -> None:
    schedule = daily(NEW_YORK, 7)
    for back in (timedelta(minutes=30), timedelta(hours=25), timedelta(days=40)):
        assert due(schedule, "2026-11-26T07:00", at("2026-11-26T07:00-05:00") - back) is None
    assert next_due(schedule, "2026-11-26T07:00") == at("2026-11-27T12:00Z")
    assert preset(schedule, at("2026-11-25T09:00-05:00"), "2026-11-26T07:00") == "2026-11-26T07:00"


def test_a_clock_that_was_years_ahead_does_not_silence_a_changed_subscription() -> None:
    assert preset(daily(NEW_YORK, 7), at("2026-11-26T09:00-05:00"), "2031-01-01T07:00") == "2026-11-26T07:00"


def test_nothing_planned_yet_makes_the_newest_due_alone() -> None:
    schedule = daily(NEW_YORK, 7)
    now = at("2026-11-26T09:00-05:00")
    assert due(schedule, "", now) == Due(Slot("2026-11-26T07:00", at("2026-11-26T12:00Z")), 0, "")
    assert next_due(schedule, "") < now


def test_a_time_moved_between_slots_posts_at_the_new_one_only() -> None:
    now = at("2026-11-26T08:00-05:00")
    later = daily(NEW_YORK, 9)
    last = preset(later, now, "2026-11-26T07:00")
    assert due(later, last, now) is None
    assert due(later, last, at("2026-11-26T09:00-05:00")) == Due(
        Slot("2026-11-26T09:00", at("2026-11-26T14:00Z")), 0, ""
    )
    earlier = daily(NEW_YORK, 6)
    assert due(earlier, preset(earlier, now, "2026-11-26T07:00"), now) is None


def test_a_zone_changed_never_brings_the_same_local_time_twice() -> None:
    # 07:00 in Shanghai has passed; in New York the same morning is still to come.
    now = at("2026-11-26T07:30+08:00")
    moved = daily(NEW_YORK, 7)
    last = preset(moved, now, "2026-11-26T07:00")
    assert last == "2026-11-26T07:00"
    assert [slot.key for slot in upcoming(moved, now, 2, last)] == ["2026-11-27T07:00", "2026-11-28T07:00"]


def test_seconds_of_a_time_do_not_count() -> None:
    schedule = Schedule(time(7, 0, 59), "UTC")
    assert upcoming(schedule, at("2026-11-26T00:00Z"), 1)[0] == Slot("2026-11-26T07:00", at("2026-11-26T07:00Z"))


def test_what_is_no_schedule_is_refused() -> None:
    now = at("2026-11-26T00:00Z")
    with pytest.raises(ValueError, match="days of the week"):
        due(Schedule(time(7), "UTC", ()), "", now)
    with pytest.raises(ValueError, match="days of the week"):
        upcoming(Schedule(time(7), "UTC", ()), now, 1)
    with pytest.raises(ZoneInfoNotFoundError):
        preset(Schedule(time(7), "Europe/Atlantis"), now)


ZONES = st.sampled_from(
    (
        *(
            "America/New_York",
            "Asia/Shanghai",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Pacific/Apia",
            "Asia/Beirut",
        ),
        *("Pacific/Kwajalein", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Europe/Dublin", "UTC"),
        *("Pacific/Chatham", "Asia/Tehran", "America/Nuuk", "Antarctica/Troll", "Asia/Pyongyang", "America/Caracas"),
    )
)
SCHEDULES = st.builds(
    Schedule,
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    ZONES,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them bare


@given(SCHEDULES, INSTANTS)
def test_slots_come_in_order_and_each_once(schedule: Schedule, start: datetime) -> None:
    slots = upcoming(schedule, start, 12)
    assert [slot.key for slot in slots] == sorted({slot.key for slot in slots})
    assert all(one.at < two.at for one, two in pairwise(slots))
    zone = ZoneInfo(schedule.zone)
    for slot in slots:
        written, shown = datetime.fromisoformat(slot.key), slot.at.astimezone(zone).replace(tzinfo=None)
        assert timedelta() <= shown - written <= timedelta(hours=2), "as written, or as soon after it as can be"
        assert written.weekday() in schedule.weekdays
        assert due(schedule, "", slot.at) == Due(slot, 0, "")
        earlier = due(schedule, "", slot.at - timedelta(seconds=1))
        assert earlier is None or earlier.slot.key < slot.key


@given(SCHEDULES, INSTANTS, st.lists(st.integers(0, 20 * 86_400), min_size=1, max_size=8))
def test_whenever_it_is_asked_every_slot_is_planned_or_counted(
    schedule: Schedule, start: datetime, waits: list[int]
) -> None:
    last, now, planned, skipped = preset(schedule, start), start, [], 0
    for wait in waits:
        now += timedelta(seconds=wait)
        found = due(schedule, last, now)
        assert (found is None) == (next_due(schedule, last) > now)
        if found is not None:
            planned.append(found.slot)
            skipped += found.skipped
            last = found.slot.key
    passed = [slot for slot in upcoming(schedule, start, len(planned) + skipped + 1) if slot.at <= now]
    assert len(planned) + skipped == len(passed)
    assert set(planned) <= set(passed)


@given(SCHEDULES, SCHEDULES, INSTANTS, st.timedeltas(timedelta(), timedelta(days=3)))
def test_a_change_posts_nothing_at_once_and_no_key_twice(
    before: Schedule, after: Schedule, start: datetime, ago: timedelta
) -> None:
    changed = start + ago
    first = due(before, preset(before, start), changed)
    had = first.slot.key if first else preset(before, start)
    last = preset(after, changed, had)
    assert due(after, last, changed) is None
    following = upcoming(after, changed, 1, last)[0]
    assert following.key > had
    assert next_due(after, last) == following.at


@given(SCHEDULES, INSTANTS)
def test_the_fold_of_the_clock_makes_no_difference(schedule: Schedule, now: datetime) -> None:
    local = now.astimezone(ZoneInfo(schedule.zone))
    assert due(schedule, "", local) == due(schedule, "", now)
