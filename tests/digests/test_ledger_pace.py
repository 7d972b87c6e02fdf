"""Pace and turns: replicas share a budget, and a slow or dead workspace delays no other."""

import itertools
from collections import Counter
from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from bot.contract import Pace, Scope
from bot.digests.ledger import Ledger
from bot.digests.records import Claimed, Reopen
from tests.digests.rig import LEASE, SETTLE, Rig, planned_for

Paces = dict[str, Pace]
DISCORD: Paces = {"discord": Pace({Scope.PLATFORM: 50.0}), "slack": Pace({})}
UNKNOWN: Paces = {"slack": Pace({Scope.CHANNEL: 1.0}, begins=2.0)}
SLACK: Paces = {"slack": Pace({Scope.CHANNEL: 1.0, Scope.WORKSPACE: 5.0})}


class Filled(Protocol):
    """Makes a ledger with an edition planned for so many channels of each (platform, workspace)."""

    async def __call__(self, paces: Paces, channels: dict[tuple[str, str], int], parts: int = 1) -> Rig: ...


@pytest.fixture
async def filled(migrated_url: str) -> AsyncIterator[Filled]:
    opened: list[Rig] = []

    async def fill(paces: Paces, channels: dict[tuple[str, str], int], parts: int = 1) -> Rig:
        rig = await Rig.open(migrated_url, paces)
        opened.append(rig)
        for (platform, workspace), count in channels.items():
            for number in range(count):
                await rig.subscribe(f"C{number}", workspace, platform)
        rig.clock.on(minutes=31)
        await rig.plan(parts)
        return rig

    yield fill
    for rig in opened:
        await rig.database.close()


async def test_replicas_share_the_whole_platforms_pace(filled: Filled) -> None:
    rig = await filled(DISCORD, {("discord", f"G{number}"): 15 for number in range(16)})
    replicas = [Ledger(rig.database, DISCORD) for _ in range(3)]
    sent: list[float] = []
    for turn in range(17):
        claims = await replicas[turn % 3].claim(("discord",), 30, LEASE, SETTLE)
        assert all(each.send_in <= 1.0 for each in claims.taken)
        sent += [turn * 0.25 + each.send_in for each in claims.taken]
        await rig.post(*claims.taken)
        rig.clock.on(seconds=0.25)
    gaps = [after - before for before, after in itertools.pairwise(sent)]
    assert min(gaps) == pytest.approx(0.02, abs=1e-4)
    assert len([each for each in sent if each <= 4]) >= 0.95 * 50 * 4


async def test_a_workspace_has_its_own_pace_and_keeps_nobody_else_waiting(filled: Filled) -> None:
    rig = await filled(SLACK, {("slack", "T1"): 40, ("slack", "T2"): 3, ("slack", "T3"): 2})
    claimed = await rig.claim(limit=20)
    assert Counter(each.target.workspace for each in claimed) == {"T1": 5, "T2": 3, "T3": 2}
    times = sorted(each.send_in for each in claimed if each.target.workspace == "T1")
    assert times == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])
    assert await rig.claim() == ()
    rig.clock.on(seconds=1)
    assert len(await rig.claim()) == 5


async def test_a_dead_workspace_does_not_fill_the_claims(filled: Filled) -> None:
    """Its editions are as old as any, and far more than a claim takes."""
    counts = {("slack", "T0"): 150, **{("slack", f"T{number}"): 1 for number in range(1, 9)}}
    rig = await filled({"slack": Pace({})}, counts)
    taken = await rig.claim(limit=20)
    dead = [each for each in taken if each.target.workspace == "T0"]
    assert {each.target.workspace for each in taken} >= {f"T{number}" for number in range(1, 9)}
    await rig.post(*(each for each in taken if each not in dead))
    await rig.ledger.flush([Reopen(each.id, each.lease, 60.0, Scope.WORKSPACE) for each in dead])
    await rig.subscribe("C9", "T9", hour=8)
    rig.clock.on(hours=1)
    await rig.plan()
    claims = await rig.ledger.claim(("slack",), 1, LEASE, SETTLE)
    for _ in range(3):
        if "T9" in {each.target.workspace for each in claims.taken}:
            break
        claims = await rig.ledger.claim(("slack",), 1, LEASE, SETTLE)
    assert "T9" in {each.target.workspace for each in claims.taken}


async def test_many_workspaces_all_have_their_turn(filled: Filled) -> None:
    rig = await filled({"slack": Pace({})}, {("slack", f"T{number:03}"): 2 for number in range(70)})
    first = [each for _ in range(14) for each in await rig.claim(limit=5)]
    assert len({each.target.workspace for each in first}) == 70
    rest = [each for _ in range(14) for each in await rig.claim(limit=5)]
    assert len({each.id for each in (*first, *rest)}) == 140


async def test_platforms_take_turns(filled: Filled) -> None:
    rig = await filled({}, {("slack", "T1"): 20, ("discord", "G1"): 20})
    taken = [each for _ in range(2) for each in await rig.claim(limit=10)]
    assert Counter(each.target.platform for each in taken) == {"slack": 10, "discord": 10}


async def test_only_platforms_that_are_ready_are_claimed_for(filled: Filled) -> None:
    rig = await filled({}, {("slack", "T1"): 2, ("discord", "G1"): 2})
    claims = await rig.ledger.claim(("discord",), 10, LEASE, SETTLE)
    assert {each.target.platform for each in claims.taken} == {"discord"}
    assert (await rig.ledger.claim((), 10, LEASE, SETTLE)).taken == ()


async def test_a_ceiling_that_nobody_tells_is_sought_from_below_and_outlives_the_process(filled: Filled) -> None:
    rig = await filled(UNKNOWN, {("slack", "T1"): 400, ("slack", "T2"): 1})
    counts = []
    for turn in range(12):
        replica = Ledger(rig.database, UNKNOWN)  # each as if it had just been started
        claims = await replica.claim(("slack",), 100, LEASE, SETTLE)
        counts.append(sum(each.target.workspace == "T1" for each in claims.taken))
        if turn == 11:
            await rig.ledger.flush([Reopen(each.id, each.lease, 1.0, Scope.WORKSPACE) for each in claims.taken])
        else:
            await rig.post(*claims.taken)
        rig.clock.on(seconds=1)
    assert counts[0] == 2
    assert counts[11] >= 4
    assert counts == sorted(counts)
    rig.clock.on(seconds=2)
    claims = await Ledger(rig.database, UNKNOWN).claim(("slack",), 100, LEASE, SETTLE)
    assert 0 < len(claims.taken) < counts[11]


async def test_a_ceiling_is_learnt_from_refusals_and_outlives_the_process(filled: Filled) -> None:
    rig = await filled(SLACK, {("slack", "T1"): 60})
    (first, *rest) = await rig.claim()
    await rig.ledger.release(rest)
    await rig.ledger.flush([Reopen(first.id, first.lease, 2.0, Scope.WORKSPACE)])
    again = Ledger(rig.database, SLACK)
    assert (await again.claim(("slack",), 50, LEASE, SETTLE)).taken == ()
    rig.clock.on(seconds=3)
    claims = await again.claim(("slack",), 50, LEASE, SETTLE)
    assert len(claims.taken) == 4  # 4.5 a second for a while
    rig.clock.on(minutes=10)
    claims = await again.claim(("slack",), 50, LEASE, SETTLE)
    assert len(claims.taken) == 5


async def test_parts_of_one_edition_keep_the_channels_pace(filled: Filled) -> None:
    rig = await filled(SLACK, {("slack", "T1"): 1}, parts=2)
    (first,) = await rig.claim()
    await rig.post(first)
    assert await rig.claim() == ()
    rig.clock.on(seconds=0.999)
    assert await rig.claim() == ()
    rig.clock.on(seconds=0.001)
    (second,) = await rig.claim()
    assert second.number == 2


async def test_the_next_edition_of_a_channel_waits_for_the_one_before_it(filled: Filled) -> None:
    rig = await filled(SLACK, {("slack", "T1"): 1})
    await _extra(rig, "now-1")
    (first,) = await rig.claim()
    assert first.slot == "2026-11-26T07:00"
    assert await rig.claim() == ()
    await rig.post(first)
    assert await rig.claim() == ()
    rig.clock.on(seconds=1)
    (second,) = await rig.claim()
    assert second.slot == "now-1"


async def test_a_claim_says_when_to_come_again(filled: Filled) -> None:
    rig = await filled(SLACK, {("slack", "T1"): 12})

    async def claim(limit: int) -> tuple[tuple[Claimed, ...], float]:
        claims = await rig.ledger.claim(("slack",), limit, LEASE, SETTLE)
        return claims.taken, claims.again_in

    taken, again_in = await claim(2)
    assert (len(taken), again_in) == (2, 0.0)
    taken, again_in = await claim(100)
    assert len(taken) == 3
    assert again_in == pytest.approx(0.5)
    taken, again_in = await claim(100)
    assert taken == ()
    assert again_in == pytest.approx(0.5)


async def _extra(rig: Rig, slot: str) -> None:
    (subscription,) = await rig.subscriptions.everywhere()
    async with rig.planning.extra(subscription.id) as batch:  # noqa: S610  # not Django's
        await batch.store([planned_for(each, slot) for each in batch.subscriptions])
