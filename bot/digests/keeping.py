"""What channels have seen, and the words entries had then: kept once, however many channels saw the same."""

from collections.abc import Collection, Mapping

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import revisions, snapshots
from bot.storage.upsert import insert_for


async def keep_snapshots(connection: AsyncConnection, now: int, bodies: Mapping[str, str]) -> None:
    """Keep snapshots by key; `now` in milliseconds marks them as in use, against being cleared away meanwhile."""
    if not bodies:
        return
    insert = insert_for(connection, snapshots)
    rows = [{"key": key, "body": body, "used_at": now} for key, body in sorted(bodies.items())]
    await connection.execute(
        insert.on_conflict_do_update(index_elements=["key"], set_={"used_at": insert.excluded.used_at}), rows
    )


async def load_snapshots(connection: AsyncConnection, keys: Collection[str]) -> dict[str, str]:
    """Return the snapshots that are kept under `keys`."""
    query = select(snapshots.c.key, snapshots.c.body).where(snapshots.c.key.in_(set(keys) - {""}))
    return {row.key: row.body for row in await connection.execute(query)}


async def keep_revisions(connection: AsyncConnection, now: int, documents: Mapping[tuple[str, str], str]) -> None:
    """Keep entries' words by entry and content hash, served first at `now` if they are new."""
    if not documents:
        return
    rows = [
        {"entry": entry, "hash": content_hash, "first_served_at": now, "document": document}
        for (entry, content_hash), document in sorted(documents.items())
    ]
    await connection.execute(insert_for(connection, revisions).on_conflict_do_nothing(), rows)


async def load_revisions(
    connection: AsyncConnection, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Return the words that are kept for these entries and content hashes."""
    if not wanted:
        return {}
    query = select(revisions.c.entry, revisions.c.hash, revisions.c.document).where(
        tuple_(revisions.c.entry, revisions.c.hash).in_(list(wanted))
    )
    return {(row.entry, row.hash): row.document for row in await connection.execute(query)}
