"""A month of it in a database: 500 subscriptions in 40 zones, every slot one edition, whoever looks however often."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.contract import Target
from bot.digests import schedule
from bot.digests.model import Schedule, Wants
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from bot.storage.tables import editions
from tests import samples
from tests.digests.daily import Hands
from tests.digests.postbox import Postbox
from tests.digests.test_year import HOURS, WEEKS, ZONES, expected

pytestmark = pytest.mark.timeout(600)
COUNTS = {"sqlite": 500, "postgresql": 80}
"""Subscriptions; fewer where each look goes to another process."""
START = datetime(2026, 3, 5, 0, 10, tzinfo=UTC)
"""Days before the clocks of North America go forward; Europe's and Lord Howe's follow within the month."""
DAYS = 33


async def subscribed(database: Database, count: int, dice: random.Random) -> dict[int, Schedule]:
    """Subscribe channels; return their schedules by the subscription's id."""
    kept = Subscriptions(database, schedule)
    found: dict[int, Schedule] = {}
    for number in range(count):
        wanted = Schedule(dice.choice(HOURS), ZONES[number % len(ZONES)], dice.choice(WEEKS))
        target = Target("slack", f"T{number % 7}", f"C{number}")
        added = await kept.add(target, owner="U1", schedule=wanted, wants=Wants(), audience=Audience.PUBLIC)
        found[added.subscription.id] = wanted
    return found


async def test_every_slot_of_a_month_of_changing_clocks_has_one_edition(database_url: str) -> None:
    dice, clock = random.Random(5), Hands(START)  # noqa: S311 - a seed makes it repeatable
    database = await Database.open(database_url, clock)
    orders = await subscribed(database, COUNTS[database_url.partition(":")[0]], dice)
    library, box = samples.library(), Postbox()
    replicas = [Planner(Planning(database, schedule), lambda: library, {"slack": box}) for _ in range(2)]
    end = START + timedelta(days=DAYS)
    while clock.now < end:
        clock.now = min(end, clock.now + timedelta(minutes=dice.choice((30, 60, 90))))
        await dice.choice(replicas).plan()
    async with database.read() as connection:
        rows = (await connection.execute(select(editions.c.subscription, editions.c.slot))).all()
    await database.close()
    planned: dict[int, list[str]] = {id_: [] for id_ in orders}
    for row in rows:
        planned[row.subscription].append(row.slot)
    for id_, wanted in orders.items():
        assert sorted(planned[id_]) == expected(wanted, START, end), wanted
