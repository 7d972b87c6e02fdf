"""A year of 500 subscriptions in 40 zones by an injected clock: every slot once, whatever the clock and people do."""

import heapq
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests.model import Schedule
from bot.digests.schedule import due, next_due, preset, upcoming

ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage"),
    *("Pacific/Honolulu", "America/St_Johns", "America/Halifax", "America/Sao_Paulo", "America/Caracas"),
    *("America/Nuuk", "America/Havana", "Atlantic/Azores", "Africa/Casablanca", "Africa/Cairo", "Africa/Lagos"),
    *("Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Asia/Beirut"),
    *("Asia/Jerusalem", "Asia/Tehran", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Asia/Yangon", "Asia/Shanghai", "Asia/Taipei", "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney"),
    *("Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "UTC"),
)
WEEKS = ((0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4), (5, 6), (0, 2, 4), (6,))
HOURS = (time(7), time(2, 30), time(1, 30), time(0), time(23, 30), time(2, 15), time(12, 5))
WAKE = timedelta(minutes=30)


@dataclass
class Order:
    """What the database keeps of a subscription, and what it planned."""

    schedule: Schedule
    last: str
    due_at: datetime
    planned: list[str] = field(default_factory=list)
    skipped: int = 0

    def wake(self, now: datetime) -> None:
        if self.due_at > now:
            return
        found = due(self.schedule, self.last, now)
        assert found is not None
        self.planned.append(found.slot.key)
        self.skipped += found.skipped
        self.last, self.due_at = found.slot.key, next_due(self.schedule, found.slot.key)


def orders(count: int, start: datetime, dice: random.Random) -> list[Order]:
    made = []
    for number in range(count):
        schedule = Schedule(dice.choice(HOURS), ZONES[number % len(ZONES)], dice.choice(WEEKS))
        last = preset(schedule, start)
        made.append(Order(schedule, last, next_due(schedule, last)))
    return made


class Planner:
    """Wakes whoever is due, as an index over `due_at` finds them."""

    def __init__(self, subscribed: list[Order]) -> None:
        self.subscribed = subscribed
        self.index = [(order.due_at, number) for number, order in enumerate(subscribed)]
        heapq.heapify(self.index)

    def wake(self, now: datetime) -> None:
        while self.index[0][0] <= now:
            _, number = heapq.heappop(self.index)
            self.subscribed[number].wake(now)
            heapq.heappush(self.index, (self.subscribed[number].due_at, number))


def expected(schedule: Schedule, start: datetime, end: datetime) -> list[str]:
    """The keys of a schedule found without it, from the calendar; no zone here leaves out a day of the year."""
    zone, keys = ZoneInfo(schedule.zone), []
    for number in range((end - start).days + 4):
        day = start.date() + timedelta(days=number - 2)
        came = datetime.combine(day, schedule.time, tzinfo=zone).astimezone(UTC)
        if day.weekday() in schedule.weekdays and start < came <= end:
            keys.append(f"{day}T{schedule.time:%H:%M}")
    return keys


def test_a_year_has_every_slot_once() -> None:
    dice = random.Random(1)  # noqa: S311 - a simulation, to be repeated
    start, end = datetime(2026, 1, 1, 0, 10, tzinfo=UTC), datetime(2027, 1, 1, 0, 10, tzinfo=UTC)
    assert len(ZONES) == 40
    subscribed, now = orders(500, start, dice), start
    planner = Planner(subscribed)
    while now < end:
        now += WAKE
        planner.wake(now)
    for order in subscribed:
        assert order.planned == expected(order.schedule, start, end)
        assert order.skipped == 0


def test_a_year_of_naps_and_wrong_clocks_loses_and_doubles_nothing() -> None:
    dice = random.Random(4)  # noqa: S311 - a simulation, to be repeated
    start, end = datetime(2026, 1, 1, 0, 10, tzinfo=UTC), datetime(2027, 1, 1, 0, 10, tzinfo=UTC)
    subscribed, now = orders(500, start, dice), start
    planner = Planner(subscribed)
    while now < end:
        now += dice.choices((WAKE, timedelta(hours=7), timedelta(days=3)), (50, 5, 1))[0]
        wrong = now - timedelta(hours=dice.choice((0, 0, 0, 1, 30)))  # a clock set back, and put right later
        planner.wake(wrong)
    for order in subscribed:
        order.wake(now)
        passed = expected(order.schedule, start, now)
        assert max(Counter(order.planned).values()) == 1
        assert set(order.planned) <= set(passed)
        assert len(order.planned) + order.skipped == len(passed)
        assert order.planned[-1] == passed[-1]


def test_a_year_of_changed_minds_never_plans_a_key_twice_nor_posts_at_once() -> None:
    dice = random.Random(5)  # noqa: S311 - a simulation, to be repeated
    start = datetime(2026, 1, 1, 0, 10, tzinfo=UTC)
    subscribed, now = orders(60, start, dice), start
    while now < datetime(2027, 1, 1, tzinfo=UTC):
        now += WAKE
        for order in subscribed:
            order.wake(now)
            if dice.random() < 1 / 300:
                changed = replace(order.schedule, time=dice.choice(HOURS), zone=dice.choice(ZONES))
                order.last = preset(changed, now, order.last)
                order.schedule, order.due_at = changed, next_due(changed, order.last)
                assert order.due_at > now
                assert [slot.at for slot in upcoming(changed, now, 1, order.last)] == [order.due_at]
    for order in subscribed:
        assert order.planned == sorted(set(order.planned))
        assert order.skipped == 0
