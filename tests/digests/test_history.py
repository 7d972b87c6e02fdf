"""What is told of editions afterwards, and what is cleared away without anything being sent again."""

from sqlalchemy import text

from bot.digests.history import History
from bot.digests.records import Counts, Progress, Refuse, Uncertain
from tests.digests.rig import SETTLE, Rig, planned_for


async def test_counts_tell_how_things_stand(rig: Rig) -> None:
    for number in range(3):
        await rig.subscribe(f"C{number}")
    paused = await rig.subscribe("C1", "G1", "discord")
    await rig.subscriptions.pause(paused.id)
    rig.clock.on(minutes=31)
    await rig.plan()
    first, second, third = await rig.claim()
    await rig.post(first)
    await rig.ledger.flush([Uncertain(second.id, second.lease, SETTLE), Refuse(third.id, third.lease, "Archived.")])
    rig.clock.on(seconds=90)
    assert await rig.ledger.counts() == Counts(
        open={"slack": 1},
        in_doubt={"slack": 1},
        oldest_seconds={"slack": 90.0},
        subscriptions={("slack", "active"): 2, ("slack", "paused"): 1, ("discord", "paused"): 1},
        untold=1,
    )


async def test_status_is_the_newest_first(rig: Rig) -> None:
    subscription = await rig.subscribe()
    for _ in range(3):
        rig.clock.on(days=1)
        await rig.plan()
        await rig.post(*await rig.claim())
    recent = await rig.ledger.status(subscription.id, 2)
    assert [each.slot for each in recent] == ["2026-11-28T07:00", "2026-11-27T07:00"]
    assert {each.progress for each in recent} == {Progress.SENT}


async def test_bodies_are_kept_only_as_long_as_they_may_be_posted(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    await rig.post(*await rig.claim())
    async with rig.database.read() as connection:
        assert (await connection.execute(text("SELECT bodies FROM editions"))).scalar_one() == "[]"


async def test_clearing_away_keeps_what_the_channel_has_seen(rig: Rig) -> None:
    subscription = await rig.subscribe()
    history = History(rig.database)
    for day in range(3):
        rig.clock.on(days=1)
        async with rig.planning.take() as batch:
            assert batch is not None
            await batch.keep({f"snapshot-2026-11-{26 + day}T07:00": "{}"})
            (each,) = batch.subscriptions
            await batch.store([planned_for(each, f"2026-11-{26 + day}T07:00")])
        await rig.post(*await rig.claim())
    rig.clock.on(days=40)
    await history.prune()
    async with rig.database.read() as connection:
        kept = (await connection.execute(text("SELECT key FROM snapshots"))).scalars().all()
        contents = (await connection.execute(text("SELECT contents FROM editions ORDER BY id"))).scalars().all()
    assert kept == ["snapshot-2026-11-27T07:00", "snapshot-2026-11-28T07:00"]
    assert contents == ["", "", "[]"]
    (after,) = await rig.subscriptions.everywhere()
    assert after.seen == "snapshot-2026-11-28T07:00"
    rig.clock.on(days=400)
    await history.prune()
    assert len(await rig.ledger.status(subscription.id, 9)) == 1
    assert [each.slot for each in await rig.plan()] == ["2028-02-11T07:00"]


async def test_a_slot_that_was_cleared_is_not_sent_again_by_a_clock_set_back(rig: Rig) -> None:
    subscription = await rig.subscribe()
    for _ in range(3):
        rig.clock.on(days=1)
        await rig.plan()
        await rig.post(*await rig.claim())
    rig.clock.on(days=40)
    await History(rig.database).prune()
    rig.clock.on(days=-42)
    assert await rig.plan() == []
    assert await rig.claim() == ()
    assert len(await rig.ledger.status(subscription.id, 9)) == 3
