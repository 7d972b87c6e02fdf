"""Work for the bots: channels whose digest is due at once, and afterwards what became of each edition."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from bot.contract import Target
from bot.digests import schedule
from bot.digests.claiming import part_key
from bot.digests.keeping import keep_snapshots
from bot.digests.model import Schedule, Wants
from bot.digests.records import Progress
from bot.digests.snapshot import Snapshot
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from bot.storage.tables import editions, subscriptions
from tests.torture.world import Arrived

LONG_EVERY = 6
"""One channel in so many has seen an empty library, so that its edition has several parts."""


class Yesterday:
    """The calendar of somebody who subscribed a day ago, so that today's slot is due."""

    def preset(self, of: Schedule, now: datetime) -> str:
        """Return yesterday's slot."""
        return schedule.preset(of, now - timedelta(days=1))

    def next_due(self, of: Schedule, last_slot: str) -> datetime:
        """Return the instant of the slot after `last_slot`."""
        return schedule.next_due(of, last_slot)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of all parts: every figure but `parts` is to be nought."""

    parts: int
    lost: int
    twice: int
    unknown: int
    reordered: int

    @property
    def clean(self) -> bool:
        """Whether each part arrived once, in order."""
        return not (self.lost or self.twice or self.unknown or self.reordered)


async def order(database: Database, targets: Sequence[Target]) -> None:
    """Subscribe `targets`; their digests are due now."""
    at = datetime.now(UTC) - timedelta(minutes=2)
    daily = Schedule(at.time().replace(second=0, microsecond=0), "UTC")
    kept = Subscriptions(database, Yesterday())
    long: list[int] = []
    for number, target in enumerate(targets):
        added = await kept.add(target, owner="U1", schedule=daily, wants=Wants(), audience=Audience.PUBLIC)
        if number % LONG_EVERY == 0:
            long.append(added.subscription.id)
    empty = Snapshot.of({})
    async with database.write() as connection:
        await keep_snapshots(connection, await database.now(connection), {empty.key: json.dumps({})})
        await connection.execute(update(subscriptions).where(subscriptions.c.id.in_(long)).values(seen=empty.key))


async def under_way(database: Database) -> tuple[int, int]:
    """Return how many editions are not out yet, and how many subscriptions have none so far."""
    planned = select(editions.c.subscription)
    async with database.read() as connection:
        waiting = await connection.execute(select(editions.c.id).where(editions.c.state == Progress.OPEN.value))
        unplanned = await connection.execute(select(subscriptions.c.id).where(subscriptions.c.id.not_in(planned)))
        return len(waiting.all()), len(unplanned.all())


async def in_hand(database: Database) -> int:
    """Return how many editions have a part that somebody has claimed."""
    claimed = select(func.count()).where(editions.c.state == Progress.OPEN.value, editions.c.lease.is_not(None))
    async with database.read() as connection:
        return int((await connection.execute(claimed)).scalar_one())


async def tally(database: Database, arrived: Iterable[Arrived]) -> Tally:
    """Compare what was planned with what arrived."""
    times: dict[str, list[int]] = defaultdict(list)
    for each in arrived:
        times[each.key].append(each.order)
    async with database.read() as connection:
        rows = (await connection.execute(select(editions))).all()
        ids = set((await connection.execute(select(subscriptions.c.id))).scalars())
    parts = lost = twice = reordered = 0
    for row in rows:
        target = Target(row.platform, row.workspace, row.channel)
        keys = [part_key(target, row.subscription, row.slot, number) for number in range(1, row.parts + 1)]
        found = [times[key] for key in keys]
        parts += len(keys)
        lost += sum(not each for each in found)
        twice += sum(max(0, len(each) - 1) for each in found)
        firsts = [each[0] for each in found if each]
        reordered += firsts != sorted(firsts)
    lost += len(ids - {row.subscription for row in rows})
    unknown = sum(row.state != Progress.SENT.value for row in rows)
    return Tally(parts, lost, twice, unknown, reordered)
