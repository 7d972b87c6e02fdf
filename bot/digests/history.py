"""What became of editions: for `/digest status`, for metrics, and cleared away when it is old."""

import json
from typing import Any, Final

from sqlalchemy import Row, delete, func, select, update

from bot.contract import Sent
from bot.digests.records import Counts, Progress, Recent
from bot.storage.database import Database
from bot.storage.instants import from_ms
from bot.storage.tables import editions, notices, snapshots, subscriptions

CONTENT_DAYS: Final = 30
"""How long is kept what was in an edition, and what it was compared with."""
ROW_DAYS: Final = 400
"""How long is kept that there was one."""
_DAY_MS: Final = 86_400_000


class History:
    """Past and present editions. Raises BriefbotError where the database is in the way."""

    def __init__(self, database: Database) -> None:
        """Keep where they are."""
        self._database = database

    async def status(self, subscription: int, count: int) -> tuple[Recent, ...]:
        """Return the subscription's newest editions, newest first."""
        query = (
            select(editions).where(editions.c.subscription == subscription).order_by(editions.c.id.desc()).limit(count)
        )
        async with self._database.read() as connection:
            return tuple(_recent(row) for row in await connection.execute(query))

    async def counts(self) -> Counts:
        """Return how things stand now."""
        is_open = editions.c.state == Progress.OPEN.value
        waiting = (
            select(
                editions.c.platform,
                func.count().label("open"),
                func.sum(editions.c.doubt).label("in_doubt"),
                func.min(editions.c.created_at).label("oldest"),
            )
            .where(is_open)
            .group_by(editions.c.platform)
        )
        standing = select(subscriptions.c.platform, subscriptions.c.state, func.count().label("total")).group_by(
            subscriptions.c.platform, subscriptions.c.state
        )
        async with self._database.read() as connection:
            now = await self._database.now(connection)
            rows = (await connection.execute(waiting)).all()
            states = (await connection.execute(standing)).all()
            untold = select(func.count()).where(notices.c.told_at.is_(None)).select_from(notices)
            return Counts(
                open={row.platform: row.open for row in rows},
                in_doubt={row.platform: row.in_doubt for row in rows},
                oldest_seconds={row.platform: (now - row.oldest) / 1000 for row in rows},
                subscriptions={(row.platform, row.state): row.total for row in states},
                untold=(await connection.execute(untold)).scalar_one(),
            )

    async def prune(self, content_days: int = CONTENT_DAYS, row_days: int = ROW_DAYS) -> None:
        """Clear away what is old. A subscription's newest edition stays whole: it holds what the channel has seen."""
        later = editions.alias("later")
        newer = (
            select(later.c.id)
            .where(later.c.subscription == editions.c.subscription, later.c.id > editions.c.id)
            .exists()
        )
        past = (newer, editions.c.state != Progress.OPEN.value, editions.c.lease.is_(None))
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            await connection.execute(delete(editions).where(editions.c.created_at < now - row_days * _DAY_MS, *past))
            await connection.execute(
                update(editions)
                .where(editions.c.created_at < now - content_days * _DAY_MS, editions.c.contents != "", *past)
                .values(contents="", seen="", seen_before="", spotlit="[]", spotlit_before="[]", messages="[]")
            )
            await connection.execute(delete(notices).where(notices.c.told_at < now - content_days * _DAY_MS))
            used = select(editions.c.seen).union(select(editions.c.seen_before), select(subscriptions.c.seen))
            await connection.execute(
                delete(snapshots).where(snapshots.c.used_at < now - _DAY_MS, snapshots.c.key.not_in(used))
            )


def _recent(row: Row[Any]) -> Recent:
    return Recent(
        id=row.id,
        slot=row.slot,
        created_at=from_ms(row.created_at),
        progress=Progress(row.state),
        reason=row.reason,
        sent=tuple(Sent(message, link) for message, link in json.loads(row.messages)),
        of=row.parts,
        in_doubt=bool(row.doubt),
        attempts=row.attempts,
        items=row.contents,
    )
