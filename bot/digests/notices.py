"""What owners are told once, kept until somebody told them."""

import secrets
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, select, update

from bot.contract import Target
from bot.digests.records import Notice, NoticeKind
from bot.storage.database import Database
from bot.storage.tables import notices, subscriptions

ATTEMPTS: Final = 5
"""How often an owner is tried to be told."""
RETRY_SECONDS: Final = 300


class Notices:
    """The notices no owner has got yet. Raises BriefbotError where the database is in the way."""

    def __init__(self, database: Database) -> None:
        """Keep where they are."""
        self._database = database

    async def claim(
        self, platforms: Collection[str], *, limit: int = 20, lease_seconds: float = 60.0
    ) -> tuple[Notice, ...]:
        """Take up to `limit` notices for these platforms, ours to tell until the lease ends."""
        lease = secrets.token_hex(8)
        theirs = select(subscriptions.c.id).where(subscriptions.c.platform.in_(platforms))
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            due = (
                select(notices.c.id)
                .where(notices.c.told_at.is_(None), notices.c.visible_at <= now, notices.c.subscription.in_(theirs))
                .order_by(notices.c.visible_at)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            ids = (await connection.execute(due)).scalars().all()
            if not ids:
                return ()
            await connection.execute(
                update(notices)
                .where(notices.c.id.in_(ids))
                .values(lease=lease, visible_at=now + round(lease_seconds * 1000), attempts=notices.c.attempts + 1)
            )
            rows = await connection.execute(_with_owners(ids))
            return tuple(_notice(row, lease) for row in rows)

    async def flush(self, told: Sequence[Notice], failed: Sequence[Notice] = ()) -> None:
        """Note who was told; those it failed for come up again in a few minutes, a few times."""
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            for notice in (*told, *failed):
                given_up = notice in failed and notice.attempts >= ATTEMPTS
                values = (
                    {"told_at": now, "lease": None}
                    if notice in told or given_up
                    else {"visible_at": now + RETRY_SECONDS * 1000, "lease": None}
                )
                await connection.execute(
                    update(notices).where(notices.c.id == notice.id, notices.c.lease == notice.lease).values(**values)
                )


def _with_owners(ids: Sequence[int]) -> Select[Any]:
    of = subscriptions.c
    return (
        select(notices, of.platform, of.workspace, of.channel, of.owner)
        .join(subscriptions, of.id == notices.c.subscription)
        .where(notices.c.id.in_(ids))
        .order_by(notices.c.id)
    )


def _notice(row: Row[Any], lease: str) -> Notice:
    return Notice(
        id=row.id,
        lease=lease,
        kind=NoticeKind(row.kind),
        subscription=row.subscription,
        target=Target(row.platform, row.workspace, row.channel),
        owner=row.owner,
        slot=row.slot,
        reason=row.reason,
        attempts=row.attempts,
    )
