"""A part of the year that `make torture` lets go by, and that its figures would show what they look for."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.digests.model import Schedule
from tests.digests.test_year import expected
from tests.postgres import Postgres
from tests.torture.year import START, Year, tally, year

pytestmark = pytest.mark.timeout(300)
ORDERS = {1: Schedule(time(7), "Asia/Shanghai"), 2: Schedule(time(2, 30), "America/New_York", (6,))}
END = START + timedelta(days=100)
ROWS = [(id_, slot, "sent") for id_, wanted in ORDERS.items() for slot in expected(wanted, START, END)]
ARRIVED = {f"{id_}/{slot}": 1 for id_, slot, _ in ROWS}


def clean(found: Year) -> None:
    assert found.clean, found
    assert found.slots > 0
    assert 0 < found.letters <= found.slots


async def test_days_on_sqlite_have_every_slot_once(tmp_path: Path) -> None:
    clean(await year(f"sqlite:///{tmp_path / 'briefbot.db'}", 1, count=40, days=9))


async def test_days_on_postgresql_have_every_slot_once(postgres: Postgres) -> None:
    clean(await year(postgres.database(), 2, count=40, days=9))


def test_what_is_as_it_should_be_is_clean() -> None:
    found = tally(ORDERS, ROWS, ARRIVED, END)
    clean(found)
    assert found.slots == 100 + 14


def test_a_slot_that_is_missing_or_comes_twice_or_early_or_does_not_arrive_shows() -> None:
    assert tally(ORDERS, ROWS[1:], ARRIVED, END).lost == 1
    assert tally(ORDERS, [*ROWS, ROWS[-1]], ARRIVED, END).twice == 1
    assert tally(ORDERS, [*ROWS, (1, "2026-01-01T07:30", "sent")], ARRIVED, END).twice == 1
    assert tally(ORDERS, [ROWS[1], ROWS[0], *ROWS[2:]], ARRIVED, END).reordered == 1
    assert tally(ORDERS, [(1, ROWS[0][1], "open"), *ROWS[1:]], ARRIVED, END).lost == 1
    assert tally(ORDERS, ROWS, dict(list(ARRIVED.items())[1:]), END).lost == 1
    again = {**ARRIVED, next(iter(ARRIVED)): 2}
    assert tally(ORDERS, ROWS, again, END).twice == 1
