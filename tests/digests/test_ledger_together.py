"""Replicas, planners, people and the clearing away, all at once: nobody waits in a circle, nothing stays undone."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from bot.contract import Pace, Scope, Sent
from bot.digests.history import History
from bot.digests.records import (
    Claimed,
    Progress,
    Refuse,
    Reopen,
    Result,
    Revoke,
    SentResult,
    Uncertain,
    Unknown,
)
from tests.digests.daily import Hands, at
from tests.digests.rig import LEASE, SETTLE, START, Rig, planned_for

PACES = {
    "slack": Pace({Scope.CHANNEL: 1000.0, Scope.WORKSPACE: 500.0}),
    "discord": Pace({Scope.PLATFORM: 2000.0}),
}
CHANNELS, ROUNDS, REPLICAS = 40, 40, 3


class Crowd:
    """Whoever works on one database, each by dice of its own."""

    def __init__(self, rig: Rig, seed: int) -> None:
        self.rig = rig
        self.dice = random.Random(seed)  # noqa: S311  # to be the same every time

    async def worker(self) -> None:
        claims = await self.rig.ledger.claim(PACES, 10, LEASE, SETTLE)
        results = [self._result(each) for each in claims.taken]
        self.dice.shuffle(results)
        await self.rig.ledger.flush(results)

    def _result(self, claimed: Claimed) -> Result:
        id_, lease = claimed.id, claimed.lease
        scope = self.dice.choice(list(Scope))
        endings: list[Result] = [
            Reopen(id_, lease, 0.01, scope),
            Uncertain(id_, lease, 0.0),
            Unknown(id_, lease, "Cannot be read."),
            Refuse(id_, lease, "Archived."),
            Revoke(id_, lease, "Uninstalled."),
        ]
        return self.dice.choice([*[SentResult(id_, lease, Sent("m"))] * 5, *endings])

    async def planner(self) -> None:
        self.rig.clock.on(hours=self.dice.choice([0.001, 0.01, 1, 3]))
        await self.rig.plan(parts=2)

    async def person(self) -> None:
        id_, subscriptions = self.dice.randint(1, CHANNELS), self.rig.subscriptions
        doing: list[Callable[[], Awaitable[object]]] = [
            lambda: subscriptions.resume(id_),
            lambda: subscriptions.resume(id_),
            lambda: subscriptions.pause(id_),
            lambda: subscriptions.pause(id_, "Away."),
            lambda: subscriptions.change(id_, schedule=at(self.dice.randint(7, 11))),
            lambda: self._extra(id_),
        ]
        await self.dice.choice(doing)()

    async def _extra(self, id_: int) -> None:
        slot = f"now-{self.dice.random()}"
        async with self.rig.planning.extra(id_) as batch:  # noqa: S610  # not Django's
            await batch.store([planned_for(each, slot) for each in batch.subscriptions])

    async def teller(self) -> None:
        await self.rig.notices.flush(
            await self.rig.notices.claim(
                ("slack", "discord"),
            )
        )

    async def cleaner(self) -> None:
        await History(self.rig.database).prune(content_days=2, row_days=4)


async def _rounds(doing: Callable[[], Awaitable[None]]) -> None:
    for _ in range(ROUNDS):
        await doing()
        await asyncio.sleep(0)


async def test_everybody_at_once(migrated_url: str) -> None:
    clock = Hands(START)
    rigs = [await Rig.open(migrated_url, PACES, clock) for _ in range(REPLICAS)]
    for number in range(CHANNELS):
        platform = ("slack", "discord")[number % 2]
        await rigs[0].subscribe(f"C{number}", f"T{number % 5}", platform, hour=7 + number % 3, owner=f"U{number % 4}")
    crowds = [Crowd(rig, seed) for seed, rig in enumerate(rigs)]
    loops = [
        _rounds(doing)
        for each in crowds
        for doing in (each.worker, each.worker, each.planner, each.person, each.person, each.teller)
    ]
    await asyncio.gather(*loops, _rounds(crowds[0].cleaner))
    await _finish(rigs[0])
    for subscription in await rigs[0].subscriptions.everywhere():
        recent = await rigs[0].ledger.status(subscription.id, 1000)
        assert Progress.OPEN not in {each.progress for each in recent}
        assert len({each.slot for each in recent}) == len(recent)
    for rig in rigs:
        await rig.database.close()


async def _finish(rig: Rig) -> None:
    """Post whatever is left."""
    while (await rig.ledger.counts()).open:
        rig.clock.on(seconds=LEASE + SETTLE)
        await rig.post(*await rig.claim())
