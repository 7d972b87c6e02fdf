"""Claimed parts are posted once: what is in doubt is looked for, nothing goes past its lease, the rest goes back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.contract import Fate, SendError, Sent
from bot.digests import deliver, lease
from bot.digests.deliver import Deliverer, Safety
from bot.digests.lease import Terms
from bot.digests.records import Claims, Progress
from bot.digests.verdict import GIVEN_UP, MISSED
from bot.library.vocabulary import Audience
from tests.digests.postbox import Fault, Postbox, lost_answer, lost_request, refused, silence
from tests.digests.rig import Rig, planned_for

TERMS = Terms(lease=30.0, settle=5.0, timeout=0.2)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for work twenty times as often, so that nobody waits for that and what must not happen has more chances."""
    monkeypatch.setattr(deliver, "BUSY", 0.02)
    monkeypatch.setattr(deliver, "IDLE", 0.05)


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@asynccontextmanager
async def delivering(rig: Rig, box: Postbox, safety: Safety | None = None) -> AsyncIterator[Deliverer]:
    """Deliver while the context lasts, and finish."""
    deliverer = Deliverer(rig.ledger, {"slack": box}, terms=TERMS, safety=safety)
    running = asyncio.create_task(deliverer.run())
    yield deliverer
    await deliverer.close(1.0)
    await running


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(40):
        while not condition():
            await asyncio.sleep(0.01)


async def progress(rig: Rig, subscription: int) -> Progress:
    (recent,) = await rig.ledger.status(subscription, 1)
    return recent.progress


async def ends(rig: Rig, subscription: int, wanted: Progress) -> None:
    """Wait until the edition of `subscription` has come so far."""
    async with asyncio.timeout(40):
        while await progress(rig, subscription) is not wanted:
            await asyncio.sleep(0.02)


async def ends_once_settled(rig: Rig, subscription: int, wanted: Progress) -> None:
    """Let time go on until the edition of `subscription` has come so far.

    Again and again: when an outcome in doubt is written down, and waits from then on, is up to the machine.
    """
    async with asyncio.timeout(40):
        while await progress(rig, subscription) is not wanted:
            rig.clock.on(seconds=6)
            await asyncio.sleep(0.5)


async def planned(rig: Rig, parts: int = 1) -> int:
    """Subscribe a channel and plan its edition; return the subscription."""
    subscription = await rig.subscribe()
    rig.clock.on(hours=1)
    await rig.plan(parts)
    return subscription.id


async def test_an_edition_arrives_part_by_part_and_once(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig, parts=3)
    async with delivering(rig, box):
        for number in range(1, 4):
            await until(lambda wanted=number: len(box.posted) == wanted)  # type: ignore[misc]  # bound on purpose
            await asyncio.sleep(0.2)
            rig.clock.on(seconds=2)
        await ends(rig, subscription, Progress.SENT)
    assert [key[-1] for key in box.keys] == ["1", "2", "3"]
    assert box.looked == []


@pytest.mark.parametrize("fault", [lost_answer, lost_request, silence])
async def test_what_may_have_arrived_is_looked_for_before_it_is_posted_again(
    rig: Rig, box: Postbox, fault: Fault
) -> None:
    subscription = await planned(rig)
    box.faults.append(fault)
    async with delivering(rig, box):
        await until(lambda: not box.faults)
        await asyncio.sleep(0.7)
        assert box.looked == []  # it may still land: settle first
        await ends_once_settled(rig, subscription, Progress.SENT)
    assert len(box.looked) == 1
    assert len(box.posted) == 1


async def test_without_looking_it_arrives_twice(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.faults.append(lost_answer)
    async with delivering(rig, box, Safety(read_back=False)):
        await until(lambda: not box.faults)
        await asyncio.sleep(0.7)
        await ends_once_settled(rig, subscription, Progress.SENT)
    assert len(box.posted) == 2


async def test_what_another_process_claimed_and_left_is_in_doubt(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    (claimed,) = await rig.claim()
    await box.post(claimed.target, claimed.part, None)  # and then it was killed
    async with delivering(rig, box):
        rig.clock.on(seconds=36)
        await ends(rig, subscription, Progress.SENT)
    assert len(box.posted) == 1


async def test_a_process_that_was_frozen_past_its_lease_posts_nothing(
    rig: Rig, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planned(rig)
    thaw = asyncio.Event()

    async def frozen(self: Deliverer, seconds: float) -> bool:
        await thaw.wait()
        return True

    monkeypatch.setattr(Deliverer, "_turn", frozen)
    async with delivering(rig, box):
        await asyncio.sleep(0.3)
        monkeypatch.setattr(deliver, "ticks", lambda: lease.ticks() + 31)
        thaw.set()
        await asyncio.sleep(0.3)
        assert box.posted == []
        monkeypatch.undo()


async def test_where_nobody_can_look_it_is_unknown_and_its_owner_hears(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.faults.append(lost_answer)
    box.blind = SendError(Fate.UNREADABLE, "missing_scope", "I may not read here.", "Give me the scope.")
    async with delivering(rig, box):
        await until(lambda: not box.faults)
        await asyncio.sleep(0.7)
        await ends_once_settled(rig, subscription, Progress.UNKNOWN)
    assert len(box.posted) == 1
    (notice,) = await rig.notices.claim(("slack",))
    assert "I may not read here." in notice.reason


async def test_a_refusal_pauses_and_nothing_loops(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.faults += [refused(Fate.REFUSED)] * 5
    async with delivering(rig, box):
        await ends(rig, subscription, Progress.FAILED)
        rig.clock.on(hours=30)
        await rig.plan()
        await asyncio.sleep(0.5)
    assert len(box.faults) == 4
    kept = await rig.subscriptions.get(subscription)
    assert kept is not None
    assert kept.state == "paused"


async def test_a_fault_of_ours_pauses_nobody(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.faults.append(refused(Fate.OURS))
    async with delivering(rig, box):
        await ends(rig, subscription, Progress.FAILED)
    kept = await rig.subscriptions.get(subscription)
    assert kept is not None
    assert kept.state == "active"


async def test_too_many_requests_are_waited_out(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.faults.append(refused(Fate.NOT_YET))
    async with delivering(rig, box):
        await asyncio.sleep(0.5)
        assert box.posted == []
        rig.clock.on(seconds=4)
        await ends(rig, subscription, Progress.SENT)
    assert box.looked == []  # it was certainly not posted


async def test_closing_waits_for_what_is_on_its_way_and_hands_back_the_rest(rig: Rig, box: Postbox) -> None:
    """An answer that comes while closing counts; what was never begun is free for others, without doubt."""
    subscription = await planned(rig)
    answered = asyncio.Event()

    async def slow(carry_out: Callable[[], Sent]) -> Sent:
        sent = carry_out()
        answered.set()
        await asyncio.sleep(0.1)
        return sent

    box.faults.append(slow)
    async with delivering(rig, box):
        await answered.wait()
    assert await progress(rig, subscription) is Progress.SENT


async def test_closing_leaves_what_never_answers_in_doubt(rig: Rig, box: Postbox) -> None:
    await planned(rig)
    box.faults.append(silence)
    deliverer = Deliverer(rig.ledger, {"slack": box}, terms=Terms(lease=30, settle=5, timeout=20))
    running = asyncio.create_task(deliverer.run())
    await until(lambda: not box.faults)
    await deliverer.close(0.1)
    await running
    rig.clock.on(seconds=6)
    (claimed,) = await rig.claim()
    assert claimed.in_doubt


async def test_a_carrier_that_is_not_ready_is_left_alone(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.ready = False
    async with delivering(rig, box) as deliverer:
        await asyncio.sleep(0.3)
        assert await progress(rig, subscription) is Progress.OPEN
        box.ready = True
        deliverer.wake()
        await ends(rig, subscription, Progress.SENT)


async def test_what_waited_too_long_for_its_platform_is_given_up_and_the_newest_is_sent(rig: Rig, box: Postbox) -> None:
    """A platform that was away for days is not to get an edition for each of them when it comes back."""
    subscription = await planned(rig)
    box.ready = False
    for _ in range(3):
        rig.clock.on(days=1)
        await rig.plan()
    box.ready = True
    async with delivering(rig, box):
        await ends(rig, subscription, Progress.SENT)
        rig.clock.on(seconds=60)
        await asyncio.sleep(0.2)
    assert len(box.posted) == 1
    assert [each.progress for each in await rig.ledger.status(subscription, 9)] == [
        "sent",
        "failed",
        "failed",
        "failed",
    ]


async def test_what_is_given_up_before_the_next_slot_is_told_and_the_next_edition_says_so(
    rig: Rig, box: Postbox
) -> None:
    subscription = await planned(rig)
    rig.clock.on(seconds=TERMS.patience + 60)
    async with delivering(rig, box):
        await ends(rig, subscription, Progress.FAILED)
    assert box.posted == []
    (recent,) = await rig.ledger.status(subscription, 1)
    assert recent.reason == GIVEN_UP
    (kept,) = await rig.subscriptions.everywhere()
    assert (kept.missed, kept.seen) == (MISSED, "")


async def test_a_database_that_goes_away_for_a_while_stops_nothing_for_good(
    rig: Rig, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription = await planned(rig)
    claim, failures = rig.ledger.claim, [ConnectionResetError("gone"), ConnectionResetError("still gone")]

    async def away(*asked: Any) -> Claims:
        if failures:
            raise failures.pop()
        return await claim(*asked)

    monkeypatch.setattr(deliver, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(rig.ledger, "claim", away)
    async with delivering(rig, box) as deliverer:
        await until(lambda: deliverer.trouble == "ConnectionResetError")
        await ends(rig, subscription, Progress.SENT)
        assert deliverer.trouble == ""


async def test_an_inner_edition_does_not_go_where_outsiders_have_come_to_read(rig: Rig, box: Postbox) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(hours=1)
    async with rig.planning.take() as batch:
        assert batch is not None
        inner = replace(planned_for(batch.subscriptions[0], "2026-11-26T07:00"), audience=Audience.INTERNAL)
        await batch.store([inner])
    box.shared = True
    async with delivering(rig, box):
        await ends(rig, subscription.id, Progress.FAILED)
    assert box.posted == []
    kept = await rig.subscriptions.get(subscription.id)
    assert kept is not None
    assert "People from elsewhere" in kept.paused_reason


async def test_a_public_edition_goes_wherever_it_was_ordered(rig: Rig, box: Postbox) -> None:
    subscription = await planned(rig)
    box.shared = True
    async with delivering(rig, box):
        await ends(rig, subscription, Progress.SENT)
