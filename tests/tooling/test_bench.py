"""What the measurements write by themselves still fits the tables: a column that was added stopped them unnoticed."""

import pytest

from bot.contract import Target
from tests.bench import editions, ledger_load


async def test_the_ledgers_load_is_planned_and_delivered_beside_a_past(migrated_url: str) -> None:
    await ledger_load.subscribe(migrated_url, 6, 2, groups=2)
    await ledger_load.remember(migrated_url, 3)
    planned = await ledger_load.plan(migrated_url, 0)
    delivered = await ledger_load.deliver(migrated_url, 0)
    assert (planned.count, delivered.count) == (6, 6)


@pytest.mark.parametrize("groups", [1, 3])
async def test_channels_can_be_subscribed_twice_in_a_minute(migrated_url: str, groups: int) -> None:
    for number in range(2):
        targets = [Target("slack", "T1", f"C{number}{place}") for place in range(4)]
        await editions.subscribe(migrated_url, targets, groups)
    assert await editions.editions_in(migrated_url) == 0
