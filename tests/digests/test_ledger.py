"""From a plan to a message: what is claimed, in which order, and what results make of it."""

from bot.contract import Sent, Target
from bot.digests.model import State
from bot.digests.records import NoticeKind, Progress, Refuse, Reopen, Revoke, SentResult, Uncertain, Unknown
from tests.digests.rig import LEASE, SETTLE, Rig


async def test_an_edition_is_planned_claimed_and_sent_once(rig: Rig) -> None:
    subscription = await rig.subscribe()
    assert await rig.plan() == []
    rig.clock.on(minutes=31)
    assert len(await rig.plan()) == 1
    assert await rig.plan() == []
    (claimed,) = await rig.claim()
    assert (claimed.subscription, claimed.slot) == (subscription.id, "2026-11-26T07:00")
    assert claimed.target == Target("slack", "T1", "C1")
    assert (claimed.in_doubt, claimed.first_try, claimed.attempts) == (False, None, 1)
    assert claimed.part.body == '{"part": 1}'
    assert await rig.claim() == ()
    assert await rig.post(claimed) == frozenset()
    assert await rig.claim() == ()
    (recent,) = await rig.ledger.status(subscription.id, 5)
    assert recent.progress is Progress.SENT
    assert recent.sent == (Sent(f"m-{claimed.part.key}"),)
    (after,) = await rig.subscriptions.everywhere()
    assert (after.last_slot, after.seen) == ("2026-11-26T07:00", "snapshot-2026-11-26T07:00")


async def test_parts_come_one_after_the_other(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan(parts=3)
    keys = []
    for number in (1, 2, 3):
        (claimed,) = await rig.claim()
        assert (claimed.number, claimed.of) == (number, 3)
        assert await rig.claim() == ()
        await rig.post(claimed)
        keys.append(claimed.part.key)
    assert await rig.claim() == ()
    assert len(set(keys)) == 3


async def test_a_lease_that_ends_without_a_word_leaves_doubt(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (first,) = await rig.claim()
    began = rig.clock.now
    rig.clock.on(seconds=LEASE + SETTLE - 0.001)
    assert await rig.claim() == ()
    rig.clock.on(seconds=0.001)
    (second,) = await rig.claim()
    assert (second.in_doubt, second.first_try, second.attempts) == (True, began, 2)
    assert second.part == first.part
    assert await rig.post(first) == {first.id}
    assert await rig.post(second) == frozenset()


async def test_what_was_never_tried_is_handed_back_without_doubt(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.release([claimed])
    (again,) = await rig.claim()
    assert (again.in_doubt, again.first_try, again.attempts) == (False, None, 1)


async def test_a_doubt_from_earlier_survives_being_handed_back(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    began = rig.clock.now
    await rig.claim()
    rig.clock.on(seconds=LEASE + SETTLE)
    (doubtful,) = await rig.claim()
    await rig.ledger.release([doubtful])
    (again,) = await rig.claim()
    assert (again.in_doubt, again.first_try) == (True, began)


async def test_uncertain_is_looked_for_once_it_has_settled(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Uncertain(claimed.id, claimed.lease, SETTLE)])
    assert await rig.claim() == ()
    rig.clock.on(seconds=SETTLE)
    (again,) = await rig.claim()
    assert again.in_doubt
    await rig.ledger.flush([Reopen(again.id, again.lease)])
    (third,) = await rig.claim()
    assert not third.in_doubt


async def test_a_refusal_pauses_and_its_owner_hears_once(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Refuse(claimed.id, claimed.lease, "The channel is archived.")])
    after = await rig.subscriptions.get(subscription.id)
    assert after is not None
    assert (after.state, after.paused_reason, after.seen) == (State.PAUSED, "The channel is archived.", "")
    (recent,) = await rig.ledger.status(subscription.id, 5)
    assert (recent.progress, recent.reason) == (Progress.FAILED, "The channel is archived.")
    (notice,) = await rig.notices.claim(("slack",))
    assert (notice.kind, notice.owner, notice.reason) == (NoticeKind.PAUSED, "U1", "The channel is archived.")
    assert await rig.notices.claim(("slack",)) == ()
    await rig.notices.flush([notice])
    rig.clock.on(days=1)
    assert await rig.notices.claim(("slack",)) == ()
    assert await rig.plan() == []


async def test_a_revoked_workspace_is_paused_whole_and_each_owner_hears_once(rig: Rig) -> None:
    for channel, owner in (("C1", "U1"), ("C2", "U1"), ("C3", "U2")):
        await rig.subscribe(channel, owner=owner)
    elsewhere = await rig.subscribe("C1", "T2")
    rig.clock.on(minutes=31)
    await rig.plan()
    claimed = {each.target: each for each in await rig.claim()}
    revoked = [claimed[Target("slack", "T1", channel)] for channel in ("C1", "C2")]
    assert await rig.ledger.flush([Revoke(each.id, each.lease, "Uninstalled.") for each in revoked]) == frozenset()
    kept = await rig.subscriptions.everywhere()
    states = {each.state for each in kept if each.target.workspace == "T1"}
    assert states == {State.PAUSED}
    after = await rig.subscriptions.get(elsewhere.id)
    assert after is not None
    assert after.state is State.ACTIVE
    notices = await rig.notices.claim(("slack",))
    assert [each.owner for each in notices] == ["U1", "U2"]


async def test_unknown_is_told_and_never_tried_again(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Unknown(claimed.id, claimed.lease, "The bot may not read the channel.")])
    rig.clock.on(hours=1)
    assert await rig.claim() == ()
    (recent,) = await rig.ledger.status(subscription.id, 5)
    assert recent.progress is Progress.UNKNOWN
    (notice,) = await rig.notices.claim(("slack",))
    assert notice.kind is NoticeKind.UNKNOWN


async def test_a_pause_stops_what_is_not_out_yet_and_keeps_the_result_of_what_is(rig: Rig) -> None:
    first, second = await rig.subscribe("C1"), await rig.subscribe("C2")
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim(limit=1)
    for subscription in (first, second):
        await rig.subscriptions.pause(subscription.id)
    assert await rig.post(claimed) == frozenset()
    rig.clock.on(hours=1)
    assert await rig.claim() == ()
    progress = {
        subscription.id: (await rig.ledger.status(subscription.id, 1))[0].progress for subscription in (first, second)
    }
    posted = claimed.subscription
    assert progress[posted] is Progress.SENT
    assert progress[first.id + second.id - posted] is Progress.CANCELLED
    seen = {each.id: each.seen for each in await rig.subscriptions.everywhere()}
    assert seen[posted]
    assert not seen[first.id + second.id - posted]


async def test_resuming_never_makes_the_past_due(rig: Rig) -> None:
    subscription = await rig.subscribe()
    await rig.subscriptions.pause(subscription.id, "Away.")
    rig.clock.on(days=3, minutes=31)
    assert await rig.plan() == []
    await rig.subscriptions.resume(subscription.id)
    assert await rig.plan() == []
    rig.clock.on(days=1)
    (planned,) = await rig.plan()
    assert planned.slot == "2026-11-30T07:00"


async def test_days_asleep_are_caught_up_once(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(days=3, minutes=31)
    (planned,) = await rig.plan()
    assert planned.slot == "2026-11-29T07:00"
    assert await rig.plan() == []


async def test_the_same_claim_never_goes_to_two(rig: Rig) -> None:
    for number in range(20):
        await rig.subscribe(f"C{number}")
    rig.clock.on(minutes=31)
    await rig.plan()
    taken = [each.id for _ in range(4) for each in await rig.claim(limit=7)]
    assert len(taken) == len(set(taken)) == 20


async def test_sent_results_carry_the_link(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    sent = Sent("1764140000.000100", "https://example.slack.com/archives/C1/p1764140000000100")
    await rig.ledger.flush([SentResult(claimed.id, claimed.lease, sent)])
    (recent,) = await rig.ledger.status(subscription.id, 1)
    assert recent.sent == (sent,)
