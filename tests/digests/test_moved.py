"""A subscription that is moved to another time or zone, in the database: no local time has its edition twice."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.contract import Target
from bot.digests import schedule
from bot.digests.model import Schedule, Wants
from bot.digests.planning import Planning
from bot.digests.schedule import due, upcoming
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from tests.digests.daily import Hands
from tests.digests.rig import planned_for

HERE = Target("slack", "T1", "C1")
SEVEN = time(7)


class Channel:
    """One subscribed channel, and a planner."""

    def __init__(self, database: Database, clock: Hands) -> None:
        self.clock = clock
        self._subscriptions = Subscriptions(database, schedule)
        self._planning = Planning(database, schedule)

    async def subscribe(self, zone: str, hour: time = SEVEN) -> tuple[str, ...]:
        """Subscribe or move it, and return the keys of the next two slots as the reply tells them."""
        order = {"owner": "U1", "wants": Wants(), "audience": Audience.PUBLIC}
        added = await self._subscriptions.add(HERE, schedule=Schedule(hour, zone), **order)  # type: ignore[arg-type]
        last = added.subscription.last_slot
        return tuple(slot.key for slot in upcoming(Schedule(hour, zone), self.clock.now, 2, last))

    async def plan(self, now: str) -> list[str]:
        """Plan what is due at `now`, and return the slots that got an edition."""
        self.clock.now = datetime.fromisoformat(now).astimezone(UTC)
        slots: list[str] = []
        while True:
            async with self._planning.take() as batch:
                if batch is None:
                    return slots
                found = [(each, due(each.schedule, each.last_slot, batch.now)) for each in batch.subscriptions]
                planned = [planned_for(each, which.slot.key) for each, which in found if which]
                await batch.store(planned)
                slots += [each.slot for each in planned]


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    clock = Hands(datetime(2026, 11, 25, 12, tzinfo=UTC))
    database = await Database.open(f"sqlite:///{tmp_path / 'test.db'}", clock)
    yield Channel(database, clock)
    await database.close()


async def test_a_zone_where_the_same_time_is_still_to_come_goes_on_the_day_after(channel: Channel) -> None:
    await channel.subscribe("Asia/Shanghai")
    assert await channel.plan("2026-11-26T07:00+08:00") == ["2026-11-26T07:00"]
    assert await channel.subscribe("America/New_York") == ("2026-11-27T07:00", "2026-11-28T07:00")
    assert await channel.plan("2026-11-26T07:01-05:00") == []
    assert await channel.plan("2026-11-27T07:01-05:00") == ["2026-11-27T07:00"]


async def test_a_later_time_of_the_same_day_comes_that_day(channel: Channel) -> None:
    await channel.subscribe("Asia/Shanghai")
    assert await channel.plan("2026-11-26T07:00+08:00") == ["2026-11-26T07:00"]
    assert await channel.subscribe("Asia/Shanghai", time(9)) == ("2026-11-26T09:00", "2026-11-27T09:00")
    assert await channel.plan("2026-11-26T09:00+08:00") == ["2026-11-26T09:00"]


async def test_going_back_and_forth_posts_once_a_day(channel: Channel) -> None:
    await channel.subscribe("Asia/Shanghai")
    assert await channel.plan("2026-11-26T07:00+08:00") == ["2026-11-26T07:00"]
    for zone in ("Pacific/Honolulu", "Pacific/Kiritimati", "Asia/Shanghai"):
        assert (await channel.subscribe(zone))[0] == "2026-11-27T07:00"
    assert await channel.plan("2026-11-27T06:59+08:00") == []
    assert await channel.plan("2026-11-27T07:00+08:00") == ["2026-11-27T07:00"]
