"""A ledger in a database whose clock the test sets, with subscriptions at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.contract import Pace, Sent, Target
from bot.digests.ledger import Ledger
from bot.digests.model import Subscription, Wants
from bot.digests.notices import Notices
from bot.digests.planning import Planning
from bot.digests.records import Claimed, Planned, SentResult
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from tests.digests.daily import DailyCalendar, Hands, at

START = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
LEASE, SETTLE = 30.0, 5.0
PACES: Mapping[str, Pace] = {"slack": Pace({}), "discord": Pace({})}


@dataclass
class Rig:
    """What a replica works with."""

    clock: Hands
    database: Database
    subscriptions: Subscriptions
    planning: Planning
    ledger: Ledger
    notices: Notices

    @classmethod
    async def open(cls, url: str, paces: Mapping[str, Pace] = PACES, clock: Hands | None = None) -> "Rig":
        hands = clock or Hands(START)
        database = await Database.open(url, hands)
        calendar = DailyCalendar()
        return cls(
            clock=hands,
            database=database,
            subscriptions=Subscriptions(database, calendar),
            planning=Planning(database, calendar),
            ledger=Ledger(database, paces),
            notices=Notices(database),
        )

    async def subscribe(
        self, channel: str = "C1", workspace: str = "T1", platform: str = "slack", hour: int = 7, owner: str = "U1"
    ) -> Subscription:
        added = await self.subscriptions.add(
            Target(platform, workspace, channel),
            owner=owner,
            schedule=at(hour),
            wants=Wants(),
            audience=Audience.PUBLIC,
        )
        return added.subscription

    async def plan(self, parts: int = 1) -> list[Planned]:
        """Plan whatever is due."""
        stored: list[Planned] = []
        while True:
            async with self.planning.take() as batch:
                if batch is None:
                    return stored
                planned = [
                    planned_for(each, slot, parts)
                    for each in batch.subscriptions
                    if (slot := DailyCalendar().preset(each.schedule, batch.now)) > each.last_slot
                ]
                await batch.store(planned)
                stored += planned

    async def claim(self, limit: int = 100) -> tuple[Claimed, ...]:
        claims = await self.ledger.claim(("slack", "discord"), limit, LEASE, SETTLE)
        return claims.taken

    async def post(self, *claimed: Claimed) -> frozenset[int]:
        """Say that these were posted."""
        return await self.ledger.flush(
            [SentResult(each.id, each.lease, Sent(f"m-{each.part.key}")) for each in claimed]
        )


def planned_for(subscription: Subscription, slot: str, parts: int = 1) -> Planned:
    return Planned(
        subscription=subscription.id,
        slot=slot,
        bodies=tuple(f'{{"part": {number}}}' for number in range(1, parts + 1)),
        snapshot=f"snapshot-{slot}",
        spotlit=(*subscription.spotlit, f"entry-{slot}"),
    )
