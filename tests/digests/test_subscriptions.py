"""Subscriptions: kept as they were given, one for a channel, and never making a slot of the past due."""

import asyncio
from datetime import UTC, datetime, time

from bot.contract import Target
from bot.digests.model import OnEmpty, Schedule, State, Wants
from bot.digests.records import Refuse
from bot.library.vocabulary import Audience, Kind
from tests.digests.daily import at
from tests.digests.rig import START, Rig

TARGET = Target("discord", "", "D1")
WANTS = Wants(topics=("trade", "taiwan"), kinds=(Kind.PERSON,), on_empty=OnEmpty.NOTE, duties=True)
SCHEDULE = Schedule(time(7, 30), "Asia/Shanghai", (0, 2, 4))


async def test_it_is_kept_as_it_was_given(rig: Rig) -> None:
    added = await rig.subscriptions.add(TARGET, owner="U1", schedule=SCHEDULE, wants=WANTS, audience=Audience.INTERNAL)
    assert not added.replaced
    kept = added.subscription
    assert (kept.target, kept.owner, kept.schedule, kept.wants) == (TARGET, "U1", SCHEDULE, WANTS)
    assert (kept.audience, kept.state, kept.paused_reason) == (Audience.INTERNAL, State.ACTIVE, "")
    assert (kept.seen, kept.spotlit, kept.missed, kept.created_at) == ("", (), "", START)
    assert await rig.subscriptions.of_channel(TARGET) == kept
    assert await rig.subscriptions.get(kept.id) == kept
    assert await rig.subscriptions.everywhere() == (kept,)
    assert await rig.subscriptions.of_channel(Target("slack", "", "D1")) is None


async def test_a_new_one_waits_for_its_next_slot(rig: Rig) -> None:
    await rig.subscribe(hour=6)
    assert await rig.plan() == []
    rig.clock.on(days=1)
    assert len(await rig.plan()) == 1


async def test_a_channel_that_subscribes_again_gets_the_other_order_and_keeps_what_it_saw(rig: Rig) -> None:
    first = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    await rig.post(*await rig.claim())
    await rig.subscriptions.pause(first.id, "Away.")
    added = await rig.subscriptions.add(first.target, owner="U2", schedule=at(9), wants=WANTS, audience=Audience.PUBLIC)
    assert added.replaced
    assert (added.subscription.id, added.subscription.owner) == (first.id, "U2")
    assert (added.subscription.state, added.subscription.paused_reason) == (State.ACTIVE, "")
    assert added.subscription.seen == "snapshot-2026-11-26T07:00"
    assert added.subscription.last_slot == "2026-11-26T07:00"


async def test_two_who_subscribe_a_channel_at_once_make_one(rig: Rig) -> None:
    made = await asyncio.gather(*(rig.subscribe("C1", owner=f"U{number}") for number in range(4)))
    assert len({each.id for each in made}) == 1


async def test_another_time_counts_from_the_next_slot(rig: Rig) -> None:
    subscription = await rig.subscribe(hour=7)
    rig.clock.on(hours=2)
    await rig.plan()
    changed = await rig.subscriptions.change(subscription.id, schedule=at(8))
    assert changed is not None
    assert (changed.schedule, changed.last_slot) == (at(8), "2026-11-26T08:00")
    assert changed.seen == "snapshot-2026-11-26T07:00"
    assert await rig.plan() == []
    rig.clock.on(days=1)
    assert [each.slot for each in await rig.plan()] == ["2026-11-27T08:00"]


async def test_other_wishes_leave_the_schedule_alone(rig: Rig) -> None:
    subscription = await rig.subscribe()
    changed = await rig.subscriptions.change(subscription.id, wants=WANTS, owner="U2", audience=Audience.RESTRICTED)
    assert changed is not None
    assert (changed.wants, changed.owner, changed.audience) == (WANTS, "U2", Audience.RESTRICTED)
    rig.clock.on(minutes=31)
    assert len(await rig.plan()) == 1


async def test_what_was_planned_before_a_change_is_still_sent(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    await rig.subscriptions.change(subscription.id, schedule=at(12), wants=WANTS)
    assert len(await rig.claim()) == 1


async def test_a_clock_that_was_ahead_does_not_keep_a_schedule_waiting(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(days=400)
    await rig.plan()
    rig.clock.now = datetime(2026, 11, 26, 6, 45, tzinfo=UTC)
    await rig.subscriptions.resume(subscription.id)
    rig.clock.on(minutes=20)
    assert [each.slot for each in await rig.plan()] == ["2026-11-26T07:00"]


async def test_what_a_refused_edition_held_is_new_again(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    await rig.post(*await rig.claim())
    rig.clock.on(days=1)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Refuse(claimed.id, claimed.lease, "Archived.")])
    resumed = await rig.subscriptions.resume(subscription.id)
    assert resumed is not None
    assert resumed.seen == "snapshot-2026-11-26T07:00"
    assert resumed.spotlit == ("entry-2026-11-26T07:00",)


async def test_a_refusal_of_the_second_part_leaves_seen_what_was_seen(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan(parts=2)
    await rig.post(*await rig.claim())
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Refuse(claimed.id, claimed.lease, "Archived.")])
    after = await rig.subscriptions.get(subscription.id)
    assert after is not None
    assert after.seen == "snapshot-2026-11-26T07:00"


async def test_our_own_mistake_pauses_nobody(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Refuse(claimed.id, claimed.lease, "invalid_blocks", pause=False)])
    after = await rig.subscriptions.get(subscription.id)
    assert after is not None
    assert (after.state, after.seen) == (State.ACTIVE, "")
    assert await rig.notices.claim(("slack",)) == ()


async def test_one_that_is_removed_leaves_nothing_and_its_number_never_comes_again(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    removed = await rig.subscriptions.remove(subscription.id)
    assert removed is not None
    assert removed.target == subscription.target
    assert await rig.post(claimed) == {claimed.id}
    assert await rig.subscriptions.everywhere() == ()
    assert (await rig.subscribe()).id > subscription.id
    assert await rig.plan() == []


async def test_one_that_is_not_there_is_none(rig: Rig) -> None:
    assert await rig.subscriptions.get(99) is None
    assert await rig.subscriptions.pause(99) is None
    assert await rig.subscriptions.resume(99) is None
    assert await rig.subscriptions.change(99, owner="U1") is None
    assert await rig.subscriptions.change(99, schedule=at(7)) is None
    assert await rig.subscriptions.remove(99) is None
