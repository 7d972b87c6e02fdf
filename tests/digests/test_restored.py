"""After a backup was restored the database knows nothing of what was posted since: it is looked for first."""

from datetime import UTC, datetime

from bot.digests.records import Reopen
from tests.digests.rig import Rig, planned_for


async def test_what_is_open_is_in_doubt(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    await rig.ledger.distrust()
    (claimed,) = await rig.claim()
    assert (claimed.in_doubt, claimed.first_try) == (True, rig.clock.now)
    await rig.ledger.flush([Reopen(claimed.id, claimed.lease)])
    (again,) = await rig.claim()
    assert not again.in_doubt


async def test_what_is_due_since_then_is_planned_in_doubt(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(days=3)
    async with rig.planning.take(in_doubt=True) as batch:
        assert batch is not None
        await batch.store([planned_for(each, "2026-11-28T07:00") for each in batch.subscriptions])
    (claimed,) = await rig.claim()
    assert claimed.in_doubt
    assert claimed.first_try == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
    await rig.post(claimed)
    rig.clock.on(days=1)
    await rig.plan()
    (fresh,) = await rig.claim()
    assert not fresh.in_doubt
