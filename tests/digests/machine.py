"""The ledger against a model: replicas that post, lose answers, crash and are frozen, on a platform that remembers.

Workers keep the rules: they look before they post where there is doubt, and post nothing after the lease's end. What is
on its way lands within the time it is given to settle.
"""

import asyncio
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.contract import Pace, Scope, Sent
from bot.digests.ledger import Ledger
from bot.digests.model import State
from bot.digests.records import (
    Claimed,
    Progress,
    Refuse,
    Release,
    Reopen,
    Result,
    Revoke,
    SentResult,
    Uncertain,
    Unknown,
)
from tests.digests.rig import LEASE, SETTLE, Rig

PACED = {"slack": Pace({Scope.CHANNEL: 1.0, Scope.WORKSPACE: 4.0}), "discord": Pace({Scope.PLATFORM: 20.0})}
PLATFORMS = ("slack", "discord")
Work = tuple[str, bool, float]
WORK = st.tuples(
    st.sampled_from(["ok", "ok", "ok", "answer lost", "answer lost", "never came", "too many", "untried", "refused"]),
    st.sampled_from([True, True, False]),
    st.floats(0, SETTLE * 0.99),
)
"""How work on a part ends, whether the ledger hears of it, and after how many seconds what is on its way lands."""
DAY = 86_400.0
MOMENTS = (0.2, 1.0, SETTLE, LEASE * 0.9, LEASE, LEASE + SETTLE, 3600.0, DAY, DAY)


@dataclass
class Held:
    """A part a worker has, and when it claimed it."""

    claimed: Claimed
    since: datetime


@dataclass
class Landing:
    """A message on its way."""

    at: datetime
    key: str


@dataclass
class World:
    """What the platforms have, and what is on its way to them."""

    messages: Counter[str] = field(default_factory=Counter)
    coming: list[Landing] = field(default_factory=list)

    def land(self, now: datetime) -> None:
        for each in [landing for landing in self.coming if landing.at <= now]:
            self.messages[each.key] += 1
            self.coming.remove(each)


class LedgerMachine(RuleBasedStateMachine):
    """Rules are what may happen; the invariants are what readers and owners rely on."""

    urls: ClassVar[Iterator[str]]
    looks: ClassVar[bool] = True
    """Whether workers look before they post where there is doubt."""
    minds_the_deadline: ClassVar[bool] = True
    """Whether workers post nothing after the lease's end."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.rig: Rig = self.loop.run(Rig.open(next(self.urls), PACED))
        self.replicas = [self.rig.ledger, Ledger(self.rig.database, PACED)]
        self.world = World()
        self.held: list[Held] = []
        self.lease: dict[int, str] = {}
        self.planned: Counter[tuple[int, str]] = Counter()
        self.ids: set[int] = set()
        self.stopped: set[int] = set()
        """Subscriptions that something happened to which ends editions."""
        self.channels = itertools.count()

    def teardown(self) -> None:
        try:
            self.loop.run(self._drain())
        finally:
            self.loop.run(self.rig.database.close())
            self.loop.close()

    # What people do.

    @initialize(count=st.integers(1, 4), parts=st.integers(1, 3))
    def begin(self, count: int, parts: int) -> None:
        for _ in range(count):
            self.subscribe("slack", 1)
        self.loop.run(self._pass(3600))
        self.plan(parts)

    @rule(platform=st.sampled_from(PLATFORMS), workspace=st.integers(1, 2))
    def subscribe(self, platform: str, workspace: int) -> None:
        made = self.loop.run(self.rig.subscribe(f"C{next(self.channels)}", f"T{workspace}", platform))
        self.ids.add(made.id)

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), what=st.sampled_from(["pause", "resume", "resume", "change", "remove"]))
    def manage(self, data: st.DataObject, what: str) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.ids)))
        if what == "pause":
            self.loop.run(self.rig.subscriptions.pause(id_, "Enough."))
            self.stopped.add(id_)
        elif what == "resume":
            self.loop.run(self.rig.subscriptions.resume(id_))
        elif what == "change":
            self.loop.run(self.rig.subscriptions.change(id_, owner="U9"))
        else:
            self.loop.run(self.rig.subscriptions.remove(id_))
            self.ids.discard(id_)
            gone = {held.claimed.id for held in self.held if held.claimed.subscription == id_}
            self.lease = {edition: lease for edition, lease in self.lease.items() if edition not in gone}

    @rule(seconds=st.sampled_from(MOMENTS))
    def wait(self, seconds: float) -> None:
        self.loop.run(self._pass(seconds))
        if seconds >= DAY:
            self.plan(1 + len(self.planned) % 3)

    @rule(parts=st.integers(1, 3))
    def plan(self, parts: int) -> None:
        for each in self.loop.run(self.rig.plan(parts)):
            self.planned[each.subscription, each.slot] += 1

    # What workers do.

    @rule(replica=st.integers(0, 1), limit=st.integers(1, 6))
    def claim(self, replica: int, limit: int) -> None:
        claims = self.loop.run(self.replicas[replica].claim(PLATFORMS, limit, LEASE, SETTLE))
        assert len(claims.taken) <= limit
        for each in claims.taken:
            self._took(each)

    @rule(replica=st.integers(0, 1), hows=st.lists(WORK, min_size=1, max_size=6))
    def deliver(self, replica: int, hows: list[Work]) -> None:
        """Claim, and work on what was claimed."""
        before = len(self.held)
        self.claim(replica, len(hows))
        for held, how in zip(self.held[before:], hows, strict=False):
            self.work_on(held, *how)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), how=WORK)
    def work(self, data: st.DataObject, how: Work) -> None:
        """Work on a part that has been waiting."""
        self.work_on(data.draw(st.sampled_from(self.held)), *how)

    def work_on(self, held: Held, how: str, told: bool, late: float = 0.0) -> None:
        """Work on a part; `told`: the ledger hears of it, or else the worker crashes."""
        self.held.remove(held)
        result = self._worked(held, how, late)
        if told:
            self._flush(result)

    @precondition(lambda self: self.held)
    @rule(how=WORK)
    def oversleep(self, how: Work) -> None:
        """Freeze with parts in hand until somebody else has them, then go on."""
        old = list(self.held)
        self.wait(LEASE + SETTLE)
        self.claim(1, 6)
        for held in old:
            self.work_on(held, *how)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        """Find that there is no way to know."""
        held = data.draw(st.sampled_from(self.held))
        if held.claimed.in_doubt:
            self.held.remove(held)
            self.stopped.add(held.claimed.subscription)
            self._flush(Unknown(held.claimed.id, held.claimed.lease, "Cannot be read."))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), luck=st.integers(0, 3))
    def uninstall(self, data: st.DataObject, luck: int) -> None:
        """Lose the whole workspace, now and then."""
        held = data.draw(st.sampled_from(self.held))
        if luck:
            return
        self.held.remove(held)
        target = held.claimed.target
        if self._flush(Revoke(held.claimed.id, held.claimed.lease, "Uninstalled.")):
            kept = self.loop.run(self.rig.subscriptions.everywhere())
            found = [each for each in kept if each.target[:2] == target[:2]]
            assert {each.state for each in found} <= {State.PAUSED}
            self.stopped |= {each.id for each in found}

    @rule()
    def crash(self) -> None:
        """Lose both replicas with all they had in hand."""
        self.held.clear()
        self.replicas = [Ledger(self.rig.database, PACED) for _ in range(2)]

    # What must hold.

    @invariant()
    def nothing_is_posted_twice(self) -> None:
        assert all(count == 1 for count in self.world.messages.values()), self.world.messages

    @invariant()
    def no_slot_is_planned_twice(self) -> None:
        assert all(count == 1 for count in self.planned.values()), self.planned

    def _took(self, claimed: Claimed) -> None:
        before = claimed.part.key.rpartition("-")[0]
        assert claimed.number == 1 or self.world.messages[f"{before}-{claimed.number - 1}"] == 1, "out of order"
        assert claimed.in_doubt or not self.world.messages[claimed.part.key], "doubt was forgotten"
        assert (claimed.first_try is not None) == claimed.in_doubt
        self.lease[claimed.id] = claimed.lease
        self.held.append(Held(claimed, self.rig.clock.now))

    def _worked(self, held: Held, how: str, late: float) -> Result:
        id_, lease, key = held.claimed.id, held.claimed.lease, held.claimed.part.key
        now = self.rig.clock.now
        frozen = now >= held.since + timedelta(seconds=LEASE)
        if how == "untried" or (frozen and self.minds_the_deadline):
            return Release(id_, lease)
        if self.looks and held.claimed.in_doubt and self.world.messages[key]:
            return SentResult(id_, lease, Sent(key))
        if how == "ok":
            self.world.messages[key] += 1
        elif how == "answer lost":
            self.world.coming.append(Landing(now + timedelta(seconds=late), key))
        elif how == "refused":
            self.stopped.add(held.claimed.subscription)
        results: dict[str, Result] = {
            "ok": SentResult(id_, lease, Sent(key)),
            "too many": Reopen(id_, lease, 2.0, Scope.WORKSPACE),
            "refused": Refuse(id_, lease, "Archived."),
        }
        return results.get(how, Uncertain(id_, lease, SETTLE))

    def _flush(self, result: Result) -> bool:
        """Flush one result, and hold the ledger to whose it was; return whether it was taken."""
        ours = self.lease.get(result.id) == result.lease
        fenced = self.loop.run(self.replicas[0].flush([result]))
        assert fenced == (frozenset() if ours else {result.id})
        if ours:
            del self.lease[result.id]
        return ours

    async def _pass(self, seconds: float) -> None:
        self.rig.clock.on(seconds=seconds)
        self.world.land(self.rig.clock.now)

    async def _drain(self) -> None:
        """Let an honest worker finish everything: then nothing may be missing."""
        self.held.clear()
        for _ in range(200):
            await self._pass(LEASE + SETTLE)
            claims = await self.replicas[0].claim(PLATFORMS, 100, LEASE, SETTLE)
            results: list[Result] = []
            for each in claims.taken:
                if not (each.in_doubt and self.world.messages[each.part.key]):
                    self.world.messages[each.part.key] += 1
                results.append(SentResult(each.id, each.lease, Sent(each.part.key)))
            assert await self.replicas[0].flush(results) == frozenset()
            if not claims.taken and not sum((await self.rig.ledger.counts()).open.values()):
                break
        self.nothing_is_posted_twice()
        for id_ in self.ids:
            for recent in await self.rig.ledger.status(id_, 1000):
                sent = [each.message for each in recent.sent]
                assert all(self.world.messages[key] == 1 for key in sent)
                assert [key.rpartition("-")[2] for key in sent] == [str(n + 1) for n in range(len(sent))]
                if id_ not in self.stopped:
                    assert (recent.progress, len(sent)) == (Progress.SENT, recent.of)
                assert recent.progress is not Progress.OPEN
