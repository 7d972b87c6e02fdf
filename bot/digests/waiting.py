"""Editions that wait for a platform that is away: given up by the next slot's, which tells what they would have."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.records import Progress
from bot.digests.rows import NEWEST
from bot.digests.stopping import UNSEEN
from bot.digests.verdict import GIVEN_UP, MISSED
from bot.storage.tables import editions, subscriptions

_WAITING = (editions.c.state == Progress.OPEN.value, UNSEEN)


async def give_up_waiting(connection: AsyncConnection, ids: Sequence[int], before: int) -> None:
    """End what subscriptions have open since before the instant `before` (ms), with whatever waits behind it.

    Only where nothing of it can have been posted. What is planned next goes on from what the channel saw before it.
    """
    behind = (
        select(subscriptions.c.id)
        .select_from(
            subscriptions.join(editions, editions.c.id == NEWEST)
        )  # editions go out in order: where none waits behind, none waits
        .where(subscriptions.c.id.in_(ids), *_WAITING)
    )
    held = list((await connection.execute(behind)).scalars())
    if not held:
        return
    open_ones = select(editions).where(editions.c.subscription.in_(held), *_WAITING).with_for_update()
    rows = await connection.execute(open_ones.order_by(editions.c.subscription, editions.c.id))
    for subscription, waiting in groupby(rows, lambda row: row.subscription):
        await _give_up(connection, subscription, tuple(waiting), before)


async def _give_up(connection: AsyncConnection, subscription: int, waiting: Sequence[Row[Any]], before: int) -> None:
    first = waiting[0]
    if first.created_at >= before:
        return
    await connection.execute(
        update(editions)
        .where(editions.c.subscription == subscription, editions.c.id.in_([each.id for each in waiting]))
        .values(
            state=Progress.FAILED.value,
            reason=GIVEN_UP,
            bodies="[]",
            seen=first.seen_before,
            spotlit=first.spotlit_before,
            missed=MISSED,
        )
    )
