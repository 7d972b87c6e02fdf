"""The rate buckets in the database: read and held in order of name, so that nobody waits in a circle."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract import Pace, Scope
from bot.digests.budget import Bucket
from bot.digests.seeking import Phase, Search
from bot.storage.tables import rate_buckets
from bot.storage.upsert import insert_for

NO_PACE: Final = Pace({})


def bucket_name(platform: str, workspace: str | None = None) -> str:
    """Return the name of a platform's bucket, or of a workspace's."""
    return platform if workspace is None else f"{platform}/{workspace}"


def ceiling(pace: Pace, scope: Scope) -> float | None:
    """Return a scope's messages a second, None for no limit."""
    return pace.per_second.get(scope)


async def held_buckets(
    connection: AsyncConnection, wanted: Collection[str], *, making: Collection[str] = (), skip_held: bool = False
) -> dict[str, Bucket]:
    """Return the buckets of these names that exist, held until the transaction ends.

    Those of `making` that do not exist are made, once the others are held: who has made one waits for no other. With
    `skip_held` those that another process holds are left out.
    """
    held = await _hold(connection, wanted, skip_held=skip_held)
    missing = set(making) - set(held)
    if missing:
        rows = [{"name": name, "tat": 0.0, "rate_at": 0} for name in sorted(missing)]
        await connection.execute(insert_for(connection, rate_buckets).on_conflict_do_nothing(), rows)
        held |= await _hold(connection, missing)
    return held


async def _hold(connection: AsyncConnection, names: Collection[str], *, skip_held: bool = False) -> dict[str, Bucket]:
    query = (
        select(rate_buckets)
        .where(rate_buckets.c.name.in_(list(names)))
        .order_by(rate_buckets.c.name)
        .with_for_update(skip_locked=skip_held)
    )
    found = await connection.execute(query)
    return {row.name: _bucket(row) for row in found}


async def keep_buckets(connection: AsyncConnection, buckets: Iterable[Bucket]) -> None:
    """Write buckets, made or changed."""
    rows = [_row(each) for each in sorted(buckets, key=lambda each: each.name)]
    if rows:
        insert = insert_for(connection, rate_buckets)
        changed = {name: insert.excluded[name] for name in rows[0] if name != "name"}
        await connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=changed), rows)


def _bucket(row: Row[Any]) -> Bucket:
    if row.phase == Phase.NONE:
        return Bucket(row.name, row.tat, row.rate, row.rate_at)
    search = Search(Phase(row.phase), row.rate, row.rate_at, row.promised, row.since)
    return Bucket(row.name, row.tat, search=search)


def _row(bucket: Bucket) -> dict[str, Any]:
    search = bucket.search
    if search is None:
        known = {"rate": bucket.rate, "rate_at": bucket.rate_at, "phase": Phase.NONE.value, "promised": 0, "since": 0.0}
    else:
        known = {
            "rate": search.rate,
            "rate_at": search.refused_at,
            "phase": search.phase.value,
            "promised": search.count,
            "since": search.since,
        }
    return {"name": bucket.name, "tat": bucket.tat, **known}
