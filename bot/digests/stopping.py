"""Editions that are stopped before they are out, and what their channels have then not seen."""

from collections.abc import Sequence

from sqlalchemy import and_, case, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.records import Progress
from bot.storage.tables import editions

UNSEEN = and_(editions.c.part == 1, editions.c.doubt == 0, editions.c.lease.is_(None))
"""Nothing of it can have been posted."""


async def cancel_open(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Stop the open editions of subscriptions.

    One that is being posted keeps its lease: its result is still taken down, but it is not tried again. The caller
    holds the subscriptions; editions are held in the order of ids, as whoever takes results down does.
    """
    is_open = and_(editions.c.subscription.in_(ids), editions.c.state == Progress.OPEN.value)
    await connection.execute(select(editions.c.id).where(is_open).order_by(editions.c.id).with_for_update())
    await connection.execute(
        update(editions)
        .where(is_open)
        .values(
            state=Progress.CANCELLED.value,
            seen=case((UNSEEN, editions.c.seen_before), else_=editions.c.seen),
            spotlit=case((UNSEEN, editions.c.spotlit_before), else_=editions.c.spotlit),
        )
    )
