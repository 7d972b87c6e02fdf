"""Takes results down, many in one transaction, each only from whoever holds the lease.

What stops a subscription holds its row before it holds editions, as everything does that needs both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract import Pace, Scope
from bot.digests import budget
from bot.digests.buckets import NO_PACE, bucket_name, held_buckets, keep_buckets
from bot.digests.budget import Bucket
from bot.digests.model import State
from bot.digests.outcome import After, Leased, outcome
from bot.digests.records import NoticeKind, Progress, Refuse, Reopen, Result, Revoke, Unknown
from bot.digests.stopping import cancel_open
from bot.digests.verdict import GIVEN_UP, MISSED
from bot.storage.database import Database
from bot.storage.tables import editions, notices, subscriptions
from bot.storage.upsert import insert_for

_WRITTEN = ("state", "part", "visible_at", "doubt", "attempts", "first_try", "messages", "reason")
_UPDATE = (
    update(editions)
    .where(editions.c.id == bindparam("id_"))
    .values(
        lease=None,
        bodies=case((bindparam("over_") == 1, "[]"), else_=editions.c.bodies),
        seen=case((bindparam("unseen_") == 1, editions.c.seen_before), else_=editions.c.seen),
        spotlit=case((bindparam("unseen_") == 1, editions.c.spotlit_before), else_=editions.c.spotlit),
        missed=case((bindparam("given_up_") == 1, MISSED), else_=editions.c.missed),
        **{name: bindparam(f"{name}_") for name in _WRITTEN},
    )
)


class Flusher:
    """Writes results."""

    def __init__(self, database: Database, paces: Mapping[str, Pace]) -> None:
        """Keep the database, and what each platform takes."""
        self._database = database
        self._paces = paces

    async def flush(self, results: Sequence[Result]) -> frozenset[int]:
        """Take `results` down in one transaction; return the editions whose lease was not ours any more.

        Nothing of those was written: somebody else has the part, or its subscription is gone.
        """
        if not results:
            return frozenset()
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            stopped = await _hold_subscriptions(connection, results)
            rows = await _leased(connection, results, stopped)
            leases = {each.id: each for each in reversed(results)}  # of two about one part, the first
            ours = [(rows[id_], each) for id_, each in leases.items() if id_ in rows and rows[id_].lease == each.lease]
            if ours:
                changes = [_values(row, self._outcome(row, result, now)) for row, result in ours]
                await connection.execute(_UPDATE, changes)
            await _stop(connection, ours, now)
            await self._slow_down(connection, ours, now)
        written = {row.id for row, _ in ours}
        return frozenset(each.id for each in results if each.id not in written)

    async def distrust(self) -> None:
        """Put the next part of every open edition in doubt."""
        first_try = func.coalesce(editions.c.first_try, editions.c.created_at)
        is_open = editions.c.state == Progress.OPEN.value
        async with self._database.write() as connection:
            await connection.execute(update(editions).where(is_open).values(doubt=1, first_try=first_try))

    def _outcome(self, row: Row[Any], result: Result, now: int) -> After:
        each_second = self._paces.get(row.platform, NO_PACE).per_second.get(Scope.CHANNEL)
        before = Leased(
            state=row.state,
            part=row.part,
            parts=row.parts,
            doubt=row.doubt,
            attempts=row.attempts,
            first_try=row.first_try,
            messages=row.messages,
            reason=row.reason,
        )
        return outcome(before, result, now, 1 / each_second if each_second else 0.0)

    async def _slow_down(self, connection: AsyncConnection, ours: Sequence[tuple[Row[Any], Result]], now: int) -> None:
        """Hold back whatever is under the budgets that were refused, and lower their ceilings for a while."""
        waits: dict[str, tuple[float, float | None, float | None]] = {}
        for row, result in ours:
            if isinstance(result, Reopen) and result.scope in {Scope.WORKSPACE, Scope.PLATFORM}:
                of_all = result.scope is Scope.PLATFORM
                name = bucket_name(row.platform, None if of_all else row.workspace)
                pace = self._paces.get(row.platform, NO_PACE)
                longest = max(result.wait, waits[name][0] if name in waits else 0.0)
                waits[name] = (longest, pace.per_second.get(result.scope), None if of_all else pace.begins)
        if not waits:
            return
        held = await held_buckets(connection, waits, making=waits)
        await keep_buckets(
            connection,
            [
                budget.slowed(budget.sought(held.get(name, Bucket(name)), begins), top, now, wait)
                for name, (wait, top, begins) in waits.items()
            ],
        )


async def _hold_subscriptions(connection: AsyncConnection, results: Sequence[Result]) -> Sequence[int]:
    """Hold the subscriptions that results will stop, or have something to tell of; return their ids."""
    refused = [each.id for each in results if isinstance(each, Refuse | Unknown)]
    revoked = [each.id for each in results if isinstance(each, Revoke)]
    if not refused and not revoked:
        return ()
    of_refused = select(editions.c.subscription).where(editions.c.id.in_(refused))
    of_revoked = (
        select(subscriptions.c.id)
        .join(
            editions,
            (editions.c.platform == subscriptions.c.platform) & (editions.c.workspace == subscriptions.c.workspace),
        )
        .where(editions.c.id.in_(revoked))
    )
    query = (
        select(subscriptions.c.id)
        .where(subscriptions.c.id.in_(of_refused.union(of_revoked)))
        .order_by(subscriptions.c.id)
        .with_for_update(key_share=True)
    )
    return (await connection.execute(query)).scalars().all()


async def _leased(
    connection: AsyncConnection, results: Sequence[Result], stopped: Sequence[int]
) -> dict[int, Row[Any]]:
    """Return the editions results are about, by id; held together with what is open of subscriptions to be stopped."""
    asked = editions.c.id.in_([each.id for each in results])
    others = and_(editions.c.subscription.in_(stopped), editions.c.state == Progress.OPEN.value)
    names = ("id", "subscription", "slot", "platform", "workspace", "lease", *_WRITTEN, "parts")
    query = (
        select(*(editions.c[name] for name in names))
        .where(or_(asked, others) if stopped else asked)
        .order_by(editions.c.id)
        .with_for_update()
    )
    return {row.id: row for row in await connection.execute(query)}


def _values(row: Row[Any], after: After) -> dict[str, Any]:
    written = {f"{name}_": getattr(after, name) for name in _WRITTEN}
    given_up = after.unseen and after.reason == GIVEN_UP
    flags = {"over_": int(after.over), "unseen_": int(after.unseen), "given_up_": int(given_up)}
    return {"id_": row.id, **flags, **written}


async def _stop(connection: AsyncConnection, ours: Sequence[tuple[Row[Any], Result]], now: int) -> None:
    """Pause what was refused, and leave word for the owners."""
    told: list[dict[str, Any]] = []
    for row, result in ours:
        if isinstance(result, Unknown):
            told.append(_notice(row, NoticeKind.UNKNOWN, f"unknown/{row.id}", result.reason, now))
        elif isinstance(result, Refuse) and result.pause:
            if await _pause(connection, subscriptions.c.id == row.subscription, result.reason):
                told.append(_notice(row, NoticeKind.PAUSED, f"paused/{row.id}", result.reason, now))
        elif isinstance(result, Revoke):
            within = (subscriptions.c.platform == row.platform) & (subscriptions.c.workspace == row.workspace)
            owners = {owner: id_ for id_, owner in reversed(await _pause(connection, within, result.reason))}
            for owner, id_ in sorted(owners.items()):
                notice = _notice(row, NoticeKind.WORKSPACE, f"workspace/{row.id}/{owner}", result.reason, now)
                told.append({**notice, "subscription": id_})
    if told:
        await connection.execute(insert_for(connection, notices).on_conflict_do_nothing(), told)


async def _pause(connection: AsyncConnection, condition: Any, reason: str) -> list[tuple[int, str]]:
    """Pause active subscriptions with what is planned for them; return their ids and owners."""
    paused = await connection.execute(
        update(subscriptions)
        .where(condition, subscriptions.c.state == State.ACTIVE.value)
        .values(state=State.PAUSED.value, paused_reason=reason)
        .returning(subscriptions.c.id, subscriptions.c.owner)
    )
    rows = sorted((row.id, row.owner) for row in paused)
    await cancel_open(connection, [id_ for id_, _ in rows])
    return rows


def _notice(row: Row[Any], kind: NoticeKind, about: str, reason: str, now: int) -> dict[str, Any]:
    return {
        "subscription": row.subscription,
        "about": about,
        "kind": kind.value,
        "slot": row.slot,
        "reason": reason,
        "created_at": now,
        "visible_at": now,
    }
