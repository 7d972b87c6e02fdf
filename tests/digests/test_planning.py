"""What is planned: every due subscription once, by whoever comes first, and none lost to a mistake in one of them."""

import asyncio
from datetime import timedelta

import pytest

from bot.digests.keeping import load_revisions, load_snapshots
from bot.digests.planning import Planning
from bot.digests.records import Planned, Progress
from tests.digests.daily import DailyCalendar
from tests.digests.rig import Rig, planned_for


async def _take_all(rig: Rig, limit: int) -> list[int]:
    """Plan in batches of `limit`; return the subscriptions in the order they came."""
    order: list[int] = []
    while True:
        async with rig.planning.take(limit) as batch:
            if batch is None:
                return order
            assert len(batch.subscriptions) <= limit
            planned = [
                planned_for(each, DailyCalendar().preset(each.schedule, batch.now)) for each in batch.subscriptions
            ]
            await batch.store(planned)
            order += [each.subscription for each in planned]


async def test_a_schedule_with_many_subscriptions_is_planned_in_batches(rig: Rig) -> None:
    made = [(await rig.subscribe(f"C{number}")).id for number in range(7)]
    rig.clock.on(minutes=31)
    assert await _take_all(rig, 3) == made
    rig.clock.on(days=1)
    assert await _take_all(rig, 7) == made


async def test_a_batch_is_gathered_from_several_schedules(rig: Rig) -> None:
    made = [(await rig.subscribe(f"C{number}", hour=number)).id for number in range(6)]
    rig.clock.on(days=1)
    async with rig.planning.take(10) as batch:
        assert batch is not None
        assert sorted(each.id for each in batch.subscriptions) == made


async def test_what_fails_is_undone_and_comes_again(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)

    async def fail() -> None:
        async with rig.planning.take() as batch:
            assert batch is not None
            await batch.store([planned_for(batch.subscriptions[0], "2026-11-26T07:00")])
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await rig.claim() == ()
    assert len(await rig.plan()) == 1


async def test_one_that_cannot_be_planned_comes_again_soon_and_alone(rig: Rig) -> None:
    broken, other = await rig.subscribe("C1"), await rig.subscribe("C2")
    rig.clock.on(minutes=31)
    async with rig.planning.take() as batch:
        assert batch is not None
        batch.postpone(broken.id, 60)
        await batch.store(
            [planned_for(each, "2026-11-26T07:00") for each in batch.subscriptions if each.id == other.id]
        )
    assert await rig.plan() == []
    rig.clock.on(seconds=59)
    assert await rig.plan() == []
    rig.clock.on(seconds=1)
    (planned,) = await rig.plan()
    assert planned.subscription == broken.id
    assert await rig.planning.next_due() == rig.clock.now.replace(hour=7, minute=0, second=0) + timedelta(days=1)


async def test_a_postponed_one_is_not_forgotten_in_a_pass_of_many_batches(rig: Rig) -> None:
    broken = await rig.subscribe("C0")
    for number in range(1, 5):
        await rig.subscribe(f"C{number}")
    rig.clock.on(minutes=31)
    async with rig.planning.take(2) as batch:
        assert batch is not None
        batch.postpone(broken.id, 60)
    await _take_all(rig, 2)
    rig.clock.on(minutes=2)
    assert broken.id in await _take_all(rig, 2)


async def test_a_slot_that_has_an_edition_is_left_out(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    async with rig.planning.extra(subscription.id) as batch:  # noqa: S610  # not Django's
        await batch.store([planned_for(batch.subscriptions[0], "2026-11-26T07:00", parts=3)])
    (recent,) = await rig.ledger.status(subscription.id, 9)
    assert recent.of == 1


async def test_an_edition_beside_the_schedule_leaves_its_slots_alone(rig: Rig) -> None:
    subscription = await rig.subscribe()
    for _ in range(2):
        async with rig.planning.extra(subscription.id) as batch:  # noqa: S610  # not Django's
            (before,) = batch.subscriptions
            await batch.store([planned_for(before, "now-17")])
    (after,) = await rig.subscriptions.everywhere()
    assert (after.last_slot, after.seen) == (subscription.last_slot, "snapshot-now-17")
    rig.clock.on(minutes=31)
    assert [each.slot for each in await rig.plan()] == ["2026-11-26T07:00"]
    async with rig.planning.extra(99) as batch:  # noqa: S610  # not Django's
        assert batch.subscriptions == ()


async def test_a_day_without_news_is_kept_with_its_reason(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    async with rig.planning.take() as batch:
        assert batch is not None
        await batch.store(
            [Planned(subscription.id, "2026-11-26T07:00", (), "same", ("a",), missed="Two days.", skipped="No news.")]
        )
    assert await rig.claim() == ()
    (recent,) = await rig.ledger.status(subscription.id, 5)
    assert (recent.progress, recent.reason, recent.sent) == (Progress.SKIPPED, "No news.", ())
    (after,) = await rig.subscriptions.everywhere()
    assert (after.last_slot, after.spotlit, after.missed) == ("2026-11-26T07:00", ("a",), "Two days.")
    rig.clock.on(days=1)
    assert len(await rig.plan()) == 1
    (claimed,) = await rig.claim()
    assert claimed.slot == "2026-11-27T07:00"


async def test_what_was_seen_is_kept_once_and_found_again(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    async with rig.planning.take() as batch:
        assert batch is not None
        for _ in range(2):
            await batch.keep({"k1": "{}", "k2": "[]"}, {("blinken", "h1"): "words", ("blinken", "h2"): "others"})
        assert await load_snapshots(batch.connection, {"k1", "k9", ""}) == {"k1": "{}"}
        wanted = {("blinken", "h2"), ("blinken", "h9")}
        assert await load_revisions(batch.connection, wanted) == {("blinken", "h2"): "others"}
        assert await load_revisions(batch.connection, ()) == {}


async def test_replicas_that_plan_at_once_plan_each_slot_once(rig: Rig) -> None:
    for number in range(30):
        await rig.subscribe(f"C{number}", hour=number % 3)
    rig.clock.on(days=1)
    again = Rig(**{**vars(rig), "planning": Planning(rig.database, DailyCalendar())})
    done = await asyncio.gather(_take_all(rig, 4), _take_all(again, 4))
    assert sorted(id_ for ids in done for id_ in ids) == [each.id for each in await rig.subscriptions.everywhere()]


async def test_the_earliest_schedule_is_what_to_wake_for(rig: Rig) -> None:
    await rig.subscribe("C3", hour=9)
    await rig.subscribe("C1", hour=7)
    assert await rig.planning.next_due() == rig.clock.now.replace(hour=7, minute=0)
