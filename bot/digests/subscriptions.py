"""The subscriptions: made, changed, paused and removed. Setting one going never makes a slot of the past due.

Whoever changes one locks its row first. The planner holds the rows it plans for, so that a subscription is either
planned before the change, and its edition stopped if the change says so, or after it.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract import Target
from bot.digests.calendar import Calendar
from bot.digests.model import Schedule, State, Subscription, Wants
from bot.digests.rows import select_subscriptions, subscriptions_by_id, to_subscription, wants_text, weekdays_text
from bot.digests.schedule import later
from bot.digests.setting_aside import NO_CALENDAR, zone_reason
from bot.digests.stopping import cancel_open
from bot.errors import BriefbotError
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from bot.storage.instants import from_ms, to_ms
from bot.storage.tables import editions, schedules, subscriptions
from bot.storage.upsert import insert_for

_NEVER: Final = 2**62
"""When a schedule is due before it is known when."""


@dataclass(frozen=True, slots=True)
class Added:
    """A subscription that was made, or that took the place of the channel's earlier one."""

    subscription: Subscription
    replaced: bool


class Subscriptions:
    """The channels' standing orders, one for a channel. Raises BriefbotError where the database is in the way."""

    def __init__(self, database: Database, calendar: Calendar) -> None:
        """Keep where they are and what knows the days."""
        self._database = database
        self._calendar = calendar

    async def add(self, target: Target, *, owner: str, schedule: Schedule, wants: Wants, audience: Audience) -> Added:
        """Subscribe a channel, or give it another order in place of the one it has; what it has seen stays seen."""
        async with self._database.write() as connection:
            values = {
                "owner": owner,
                "wants": wants_text(wants),
                "audience": audience.value,
                "state": State.ACTIVE.value,
                "paused_reason": "",
                **await self._scheduled(connection, schedule),
            }
            id_, made = await self._insert(connection, target, values)
            await self._set(connection, id_, {} if made else values)
            (subscription,) = await subscriptions_by_id(connection, (id_,))
        return Added(subscription, replaced=not made)

    async def get(self, id_: int) -> Subscription | None:
        """Return a subscription, None if there is none."""
        async with self._database.read() as connection:
            return next(iter(await subscriptions_by_id(connection, (id_,))), None)

    async def of_channel(self, target: Target) -> Subscription | None:
        """Return the channel's subscription, None if it has none."""
        return next(iter(await self._find(_at(target))), None)

    async def everywhere(self) -> tuple[Subscription, ...]:
        """Return all subscriptions, oldest first."""
        return await self._find(subscriptions.c.id > 0)

    async def change(
        self,
        id_: int,
        *,
        owner: str | None = None,
        schedule: Schedule | None = None,
        wants: Wants | None = None,
        audience: Audience | None = None,
    ) -> Subscription | None:
        """Change what is given and return the subscription; None if there is none. What was planned is still sent."""
        values: dict[str, Any] = {}
        if owner is not None:
            values["owner"] = owner
        if wants is not None:
            values["wants"] = wants_text(wants)
        if audience is not None:
            values["audience"] = audience.value
        async with self._database.write() as connection:
            if schedule is not None:
                values |= await self._scheduled(connection, schedule)
            return await self._set(connection, id_, values)

    async def pause(self, id_: int, reason: str = "") -> Subscription | None:
        """Stop a subscription, and its edition if it is not out yet; None if there is none."""
        async with self._database.write() as connection:
            if await self._lock(connection, subscriptions.c.id == id_) is None:
                return None
            paused = {"state": State.PAUSED.value, "paused_reason": reason}
            await connection.execute(update(subscriptions).where(subscriptions.c.id == id_).values(paused))
            await cancel_open(connection, (id_,))
            return next(iter(await subscriptions_by_id(connection, (id_,))), None)

    async def resume(self, id_: int) -> Subscription | None:
        """Set a subscription going again, from its next slot on; None if there is none."""
        async with self._database.write() as connection:
            found = await subscriptions_by_id(connection, (id_,))
            if not found:
                return None
            values = {"state": State.ACTIVE.value, "paused_reason": ""}
            return await self._set(connection, id_, values | await self._scheduled(connection, found[0].schedule))

    async def remove(self, id_: int) -> Subscription | None:
        """Forget a subscription and its editions, and return what it was; None if there is none.

        What is on its way at this moment may still arrive.
        """
        async with self._database.write() as connection:
            if await self._lock(connection, subscriptions.c.id == id_) is None:
                return None
            (subscription,) = await subscriptions_by_id(connection, (id_,))
            await connection.execute(subscriptions.delete().where(subscriptions.c.id == id_))
        return subscription

    async def _insert(self, connection: AsyncConnection, target: Target, values: dict[str, Any]) -> tuple[int, bool]:
        """Return the id of the channel's subscription, and whether it is the one made here."""
        made = await connection.execute(
            insert_for(connection, subscriptions)
            .values(
                platform=target.platform,
                workspace=target.workspace,
                channel=target.channel,
                created_at=await self._database.now(connection),
                seen="",
                spotlit="[]",
                missed="",
                **values,
            )
            .on_conflict_do_nothing()
            .returning(subscriptions.c.id)
        )
        id_: int | None = made.scalar()
        if id_ is not None:
            return id_, True
        return (await connection.execute(select(subscriptions.c.id).where(_at(target)))).scalar_one(), False

    async def _find(self, condition: Any) -> tuple[Subscription, ...]:
        query = select_subscriptions().where(condition).order_by(subscriptions.c.id)
        async with self._database.read() as connection:
            return tuple(to_subscription(row) for row in await connection.execute(query))

    async def _lock(self, connection: AsyncConnection, condition: Any) -> int | None:
        query = select(subscriptions.c.id).where(condition).with_for_update(key_share=True)
        return (await connection.execute(query)).scalar()

    async def _scheduled(self, connection: AsyncConnection, schedule: Schedule) -> dict[str, Any]:
        """Return what makes a subscription follow `schedule` from its next slot on.

        The schedule is held first, before any subscription, as the planner does. What is decided before that could be
        about a slot that a planner is at this moment going past, without this subscription.
        """
        values = {
            "time": schedule.time.isoformat("minutes"),
            "zone": schedule.zone,
            "weekdays": weekdays_text(schedule.weekdays),
        }
        await connection.execute(
            insert_for(connection, schedules).values(next_due=_NEVER, **values).on_conflict_do_nothing()
        )
        same = and_(*(schedules.c[name] == value for name, value in values.items()))
        held = select(schedules.c.id, schedules.c.next_due).where(same).with_for_update(read=True)
        kept = (await connection.execute(held)).one()
        try:
            last_slot = self._calendar.preset(schedule, from_ms(await self._database.now(connection)))
            next_due = to_ms(self._calendar.next_due(schedule, last_slot))
        except NO_CALENDAR as error:
            advice = "Order the digest with another one: /digest subscribe 8:00 and your city."
            raise BriefbotError(zone_reason(schedule.zone), advice) from error
        if kept.next_due > next_due:  # it is new, or a clock that was ahead has been set right
            await connection.execute(update(schedules).where(schedules.c.id == kept.id).values(next_due=next_due))
        return {"schedule": kept.id, "last_slot": last_slot}

    async def _set(self, connection: AsyncConnection, id_: int, values: dict[str, Any]) -> Subscription | None:
        """Write `values` and return the subscription; with `last_slot` the row knows better than editions so far."""
        if await self._lock(connection, subscriptions.c.id == id_) is None:
            return None
        if "last_slot" in values:
            (now,) = await subscriptions_by_id(connection, (id_,))
            newest = select(func.coalesce(func.max(editions.c.id), 0)).where(editions.c.subscription == id_)
            values = values | {
                "last_slot": later(values["last_slot"], now.last_slot),
                "base": newest.scalar_subquery(),
                "seen": now.seen,
                "spotlit": json.dumps(now.spotlit),
                "missed": now.missed,
            }
        if values:
            await connection.execute(update(subscriptions).where(subscriptions.c.id == id_).values(**values))
        (subscription,) = await subscriptions_by_id(connection, (id_,))
        return subscription


def _at(target: Target) -> Any:
    return and_(
        subscriptions.c.platform == target.platform,
        subscriptions.c.workspace == target.workspace,
        subscriptions.c.channel == target.channel,
    )
