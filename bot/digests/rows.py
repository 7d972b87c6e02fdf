"""Subscriptions as rows, and back. What a channel has seen stands in its newest edition, if that came later."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any, TypeVar

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract import Target
from bot.digests.model import EVERY_DAY, OnEmpty, Schedule, State, Subscription, Wants
from bot.library.vocabulary import Audience, Kind
from bot.storage.instants import from_ms
from bot.storage.tables import editions, schedules, subscriptions

_Value = TypeVar("_Value")
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
"""What reading a column raises that holds what it is not to hold."""
_inner = editions.alias("inner_editions")
NEWEST = select(func.max(_inner.c.id)).where(_inner.c.subscription == subscriptions.c.id).scalar_subquery()
"""The id of a subscription's newest edition."""
STATE = ("last_slot", "seen", "spotlit", "missed")
"""What an edition changes of its subscription."""


def select_subscriptions() -> Select[Any]:
    """Return the query of subscriptions with their schedules and the state after their newest editions."""
    return select(
        subscriptions,
        schedules.c.time,
        schedules.c.zone,
        schedules.c.weekdays,
        *(func.coalesce(editions.c[name], subscriptions.c[name]).label(f"now_{name}") for name in STATE),
    ).select_from(
        subscriptions.join(schedules, schedules.c.id == subscriptions.c.schedule).outerjoin(
            editions, and_(editions.c.id == NEWEST, editions.c.id > subscriptions.c.base)
        )
    )


async def subscriptions_by_id(connection: AsyncConnection, ids: Sequence[int]) -> tuple[Subscription, ...]:
    """Return the subscriptions with these ids, in the order of ids."""
    query = select_subscriptions().where(subscriptions.c.id.in_(ids)).order_by(subscriptions.c.id)
    return tuple(to_subscription(row) for row in await connection.execute(query))


async def held_by_id(connection: AsyncConnection, ids: Sequence[int]) -> list[tuple[Subscription, str]]:
    """Return the subscriptions with these ids, in that order, each with what cannot be read of it; "" for nothing."""
    query = select_subscriptions().where(subscriptions.c.id.in_(ids)).order_by(subscriptions.c.id)
    return [(to_subscription(row), flaw(row)) for row in await connection.execute(query)]


def flaw(row: Row[Any]) -> str:
    """Return which column of a row of `select_subscriptions` cannot be read; empty where all can."""
    for name, read in _READ.items():
        try:
            read(getattr(row, name))
        except UNREADABLE:
            return name
    return ""


def to_subscription(row: Row[Any]) -> Subscription:
    """Return the subscription of a row of `select_subscriptions`; what cannot be read of it is as if nobody said it.

    So that it can still be shown, ended and ordered anew. Whoever acts on it looks for a `flaw` first.
    """
    return Subscription(
        id=row.id,
        target=Target(row.platform, row.workspace, row.channel),
        owner=row.owner,
        schedule=Schedule(_read(row, "time", time(8)), row.zone, _read(row, "weekdays", EVERY_DAY)),
        wants=_read(row, "wants", Wants()),
        audience=_read(row, "audience", Audience.PUBLIC),
        state=_read(row, "state", State.PAUSED),
        paused_reason=row.paused_reason,
        last_slot=row.now_last_slot,
        seen=row.now_seen,
        spotlit=_read(row, "now_spotlit", ()),
        missed=row.now_missed,
        created_at=from_ms(row.created_at),
    )


def _read(row: Row[Any], name: str, otherwise: _Value) -> _Value:
    try:
        found: _Value = _READ[name](getattr(row, name))
    except UNREADABLE:
        return otherwise
    return found


def wants_text(wants: Wants) -> str:
    """Return `wants` as the database keeps it."""
    return json.dumps(
        {
            "topics": wants.topics,
            "kinds": wants.kinds,
            "on_empty": wants.on_empty,
            "duties": wants.duties,
        }
    )


def _to_wants(text: str) -> Wants:
    kept = json.loads(text)
    topics = tuple(kept["topics"])
    if not all(isinstance(each, str) for each in topics):
        raise ValueError("topics are words")
    return Wants(
        topics=topics,
        kinds=tuple(map(Kind, kept["kinds"])),
        on_empty=OnEmpty(kept["on_empty"]),
        duties=kept["duties"],
    )


def _to_weekdays(text: str) -> tuple[int, ...]:
    days = tuple(map(int, text))
    if not days or not set(days) <= set(EVERY_DAY):
        raise ValueError("a schedule has days of the week")
    return days


_READ: Mapping[str, Callable[[str], Any]] = {
    "time": time.fromisoformat,
    "weekdays": _to_weekdays,
    "wants": _to_wants,
    "audience": Audience,
    "state": State,
    "now_spotlit": lambda text: tuple(json.loads(text)),
}


def weekdays_text(weekdays: Sequence[int]) -> str:
    """Return the days as the database keeps them: ``01234``."""
    return "".join(map(str, sorted(set(weekdays))))
