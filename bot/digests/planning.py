"""Which subscriptions are due, and the editions planned for them, in one transaction.

A schedule (local time, zone, days) knows when it is next due, and how far the planner has come with its subscriptions:
so that planning writes one row for each edition, and no other for each subscription. It is a mere index: what makes an
edition exist once is that subscription and slot are unique.
"""

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.calendar import Calendar
from bot.digests.keeping import keep_revisions, keep_snapshots
from bot.digests.model import Schedule, State, Subscription
from bot.digests.records import Planned, Progress
from bot.digests.rows import held_by_id, subscriptions_by_id
from bot.digests.setting_aside import NO_CALENDAR, row_reason, schedule_reason, set_aside
from bot.digests.waiting import give_up_waiting
from bot.storage.database import Database
from bot.storage.instants import from_ms, to_ms
from bot.storage.tables import editions, schedules, subscriptions
from bot.storage.upsert import insert_for

BATCH: Final = 500
_MS: Final = timedelta(milliseconds=1)
_LATER_MS: Final = 3_600_000
"""After how long a schedule is looked at again that cannot be reckoned with: its zone may have been installed."""
SCHEDULES: Final = 50
"""How many schedules one batch is gathered from at most."""


class Batch:
    """Subscriptions held for planning, until the block that took them ends."""

    def __init__(
        self, connection: AsyncConnection, now: int, subscriptions: Sequence[Subscription], *, extra: bool = False
    ) -> None:
        """Keep what was taken; `extra`: for an edition beside the schedule."""
        self.connection = connection
        self.now = from_ms(now)
        """The database's clock when they were taken."""
        self.subscriptions = tuple(subscriptions)
        """In the order of ids. Some may not be due: the calendar says so."""
        self.retries: dict[int, int] = {}
        """When subscriptions that were postponed come up again, in milliseconds."""
        self.first_tries: Mapping[int, int] = {}
        """When editions of subscriptions may first have been posted, where that is in doubt from the beginning."""
        self.broken: dict[int, str] = {}
        """Why subscriptions cannot be planned for at all, in words for their owners: they are paused with it."""
        self._now = now
        self._extra = extra
        self._by_id = {each.id: each for each in subscriptions}

    async def store(self, planned: Iterable[Planned]) -> None:
        """Keep editions for subscriptions of the batch; one whose slot has an edition already is left out."""
        rows = [self._row(each) for each in planned]
        if rows:
            await self.connection.execute(insert_for(self.connection, editions).on_conflict_do_nothing(), rows)

    async def keep(
        self, snapshots: Mapping[str, str] | None = None, revisions: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        """Keep snapshots by key, and revisions by entry and hash, which editions of the batch speak of."""
        await keep_snapshots(self.connection, self._now, snapshots or {})
        await keep_revisions(self.connection, self._now, revisions or {})

    def postpone(self, subscription: int, seconds: float = 60.0) -> None:
        """Have a subscription that cannot be planned now come up again after `seconds`."""
        self.retries[subscription] = self._now + round(seconds * 1000)

    def _row(self, planned: Planned) -> dict[str, Any]:
        before = self._by_id[planned.subscription]
        progress = Progress.SKIPPED if planned.skipped else Progress.OPEN
        return {
            "subscription": before.id,
            "slot": planned.slot,
            "platform": before.target.platform,
            "workspace": before.target.workspace,
            "channel": before.target.channel,
            "state": progress.value,
            "reason": planned.skipped,
            "created_at": self._now,
            "visible_at": self._now,
            "parts": len(planned.bodies),
            "doubt": int(before.id in self.first_tries),
            "first_try": self.first_tries.get(before.id),
            "last_slot": before.last_slot if self._extra else planned.slot,
            "seen": planned.snapshot,
            "seen_before": before.seen,
            "spotlit": json.dumps(planned.spotlit),
            "spotlit_before": json.dumps(before.spotlit),
            "missed": planned.missed,
            "revision": planned.revision,
            "audience": planned.audience.value,
            "contents": planned.items,
            "bodies": json.dumps(planned.bodies, ensure_ascii=False),
        }


@dataclass(frozen=True, slots=True)
class _Pass:
    """A due schedule, and the subscriptions of it that are planned for now; `done`: they are its last."""

    schedule: Row[Any]
    ids: Sequence[int]
    done: bool


class Planning:
    """Takes what is due. Any number of replicas may, at the same time."""

    def __init__(self, database: Database, calendar: Calendar) -> None:
        """Keep where subscriptions are and what knows the days."""
        self._database = database
        self._calendar = calendar

    @asynccontextmanager
    async def take(
        self, limit: int = BATCH, *, in_doubt: bool = False, patience: timedelta | None = None
    ) -> AsyncIterator[Batch | None]:
        """Give the next batch of at most `limit` active subscriptions whose schedules are due; None when none is.

        Everything the block does is one transaction: if it raises, nothing was planned. The batch may be empty, which
        does not mean that nothing else is due. What waited for its platform longer than `patience` is given up first.
        With `in_doubt` what is planned may have been posted before, by what a backup knows nothing of: it is looked
        for first.
        """
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            passes = await self._passes(connection, now, limit)
            if not passes:
                yield None
                return
            ids = await self._hold(connection, [id_ for each in passes for id_ in each.ids])
            if patience is not None:
                await give_up_waiting(connection, ids, now - patience // _MS)
            batch = await self._batch(connection, now, ids)
            if in_doubt:
                batch.first_tries = {
                    each.id: to_ms(self._calendar.next_due(each.schedule, each.last_slot))
                    for each in batch.subscriptions
                }
            yield batch
            await self._advance(connection, passes, batch)
            await set_aside(connection, batch.broken, now)

    @asynccontextmanager
    async def extra(self, id_: int) -> AsyncIterator[Batch]:
        """Give a batch of this one subscription, for an edition beside its schedule; empty if there is none."""
        async with self._database.write() as connection:
            locked = select(subscriptions.c.id).where(subscriptions.c.id == id_).with_for_update(key_share=True)
            ids = (await connection.execute(locked)).scalars().all()
            now = await self._database.now(connection)
            yield Batch(connection, now, await subscriptions_by_id(connection, ids), extra=True)

    async def next_due(self) -> datetime | None:
        """Return when the next schedule is due, None if there is none."""
        query = select(schedules.c.next_due).order_by(schedules.c.next_due).limit(1)
        async with self._database.read() as connection:
            instant = (await connection.execute(query)).scalar()
        return None if instant is None else from_ms(instant)

    async def _batch(self, connection: AsyncConnection, now: int, ids: Sequence[int]) -> Batch:
        """Return the subscriptions that can be planned for; one that cannot is noted as broken, and stops no other."""
        sound, broken = list[Subscription](), dict[int, str]()
        for each, column in await held_by_id(connection, ids):
            if column:
                broken[each.id] = row_reason(column)
                continue
            try:
                self._calendar.preset(each.schedule, from_ms(now))
                self._calendar.next_due(each.schedule, each.last_slot)
            except NO_CALENDAR:
                broken[each.id] = schedule_reason(each.schedule.zone, each.last_slot)
                continue
            sound.append(each)
        batch = Batch(connection, now, sound)
        batch.broken = broken
        return batch

    async def _passes(self, connection: AsyncConnection, now: int, limit: int) -> list[_Pass]:
        """Return due schedules that nobody else plans for, and of each the next subscriptions, `limit` together."""
        query = (
            select(schedules)
            .where(schedules.c.next_due <= now)
            .order_by(schedules.c.next_due, schedules.c.id)
            .limit(SCHEDULES)
            .with_for_update(skip_locked=True, key_share=True)
        )
        passes: list[_Pass] = []
        for schedule in (await connection.execute(query)).all():
            room = limit - sum(len(each.ids) for each in passes)
            if not room:
                break
            ids = await self._next_ids(connection, schedule, room)
            passes.append(_Pass(schedule, ids, done=len(ids) < room))
        return passes

    async def _next_ids(self, connection: AsyncConnection, schedule: Row[Any], limit: int) -> Sequence[int]:
        """Return the next subscriptions of a schedule."""
        query = (
            select(subscriptions.c.id)
            .where(
                subscriptions.c.schedule == schedule.id,
                subscriptions.c.id > schedule.reached,
                subscriptions.c.state == State.ACTIVE.value,
            )
            .order_by(subscriptions.c.id)
            .limit(limit)
        )
        return (await connection.execute(query)).scalars().all()

    async def _hold(self, connection: AsyncConnection, ids: Sequence[int]) -> Sequence[int]:
        """Hold subscriptions against changes, in the order of ids as everybody does; return those still active."""
        query = (
            select(subscriptions.c.id)
            .where(subscriptions.c.id.in_(ids), subscriptions.c.state == State.ACTIVE.value)
            .order_by(subscriptions.c.id)
            .with_for_update(read=True)
        )
        return (await connection.execute(query)).scalars().all()

    async def _advance(self, connection: AsyncConnection, passes: Sequence[_Pass], batch: Batch) -> None:
        """Note how far the schedules have come; of those that are through, when they are due next."""
        rows: list[dict[str, int]] = [{"id_": each.schedule.id, **self._after(each, batch)} for each in passes]
        by_id = update(schedules).where(schedules.c.id == bindparam("id_"))
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "id_"}
        await connection.execute(by_id.values(values), rows)

    def _after(self, done: _Pass, batch: Batch) -> dict[str, int]:
        schedule, now = done.schedule, to_ms(batch.now)
        began = schedule.began or now
        retry_at = min((batch.retries[id_] for id_ in done.ids if id_ in batch.retries), default=0)
        retry_at = min(filter(None, (retry_at, schedule.retry_at)), default=0)
        if not done.done:
            kept = {"reached": done.ids[-1], "began": began, "next_due": schedule.next_due}
            return {**kept, "retry_at": retry_at}
        next_due = self._next_due(schedule, began)
        return {"reached": 0, "began": 0, "retry_at": 0, "next_due": min(next_due, retry_at or next_due)}

    def _next_due(self, schedule: Row[Any], began: int) -> int:
        """Return when a schedule is due that was gone through since `began`; in a while where nobody can reckon it."""
        try:
            follows = _to_schedule(schedule)
            return to_ms(self._calendar.next_due(follows, self._calendar.preset(follows, from_ms(began))))
        except NO_CALENDAR:
            return began + _LATER_MS


def _to_schedule(row: Any) -> Schedule:
    return Schedule(time.fromisoformat(row.time), row.zone, tuple(map(int, row.weekdays)))
