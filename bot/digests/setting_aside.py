"""Subscriptions that nobody can plan for: paused, and their owners told, so that no other waits for them.

Editions that nobody can post are ended for the same reason; the next one tells what they would have. A row may have
been damaged, restored from another version, or name a time zone that this machine has no rules for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import and_, case, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.model import State
from bot.digests.records import NoticeKind, Progress
from bot.digests.stopping import cancel_open
from bot.digests.verdict import MISSED
from bot.storage.tables import editions, notices, subscriptions
from bot.storage.upsert import insert_for

_log = structlog.get_logger("briefbot")

NO_CALENDAR = (ValueError, KeyError, OSError, OverflowError)
"""What reckoning with a schedule raises whose zone nobody knows here, which has no days, or of the end of all years."""
UNPOSTABLE = "What is kept of it cannot be read any more."
"""What the status says of an edition that is set aside."""


def zone_reason(zone: str) -> str:
    """Return what an owner is told whose schedule cannot be reckoned with."""
    return f"I cannot reckon with the time zone {zone}."


def schedule_reason(zone: str, last_slot: str) -> str:
    """Return what an owner is told where it cannot be reckoned when a subscription is due."""
    return f"I cannot reckon when it is due: in the time zone {zone}, after {last_slot or 'no edition'}."


def row_reason(column: str) -> str:
    """Return what an owner is told whose order cannot be read; `column` is where."""
    return f"What is kept of its order cannot be read any more ({column})."


async def set_aside(connection: AsyncConnection, broken: Mapping[int, str], now: int) -> None:
    """Pause subscriptions by id, each for the reason given, with what is open of them, and leave word for the owners.

    The caller holds them. `now` is the instant in milliseconds.
    """
    if not broken:
        return
    rows: list[dict[str, Any]] = []
    for id_, reason in broken.items():
        _log.error("subscription set aside", action="digest.broken", subscription=id_, why=reason)
        paused = {"state": State.PAUSED.value, "paused_reason": f"{reason} /digest subscribe orders it anew."}
        await connection.execute(update(subscriptions).where(subscriptions.c.id == id_).values(paused))
        rows.append(
            {
                "subscription": id_,
                "about": f"broken/{id_}/{now}",
                "kind": NoticeKind.BROKEN.value,
                "slot": "",
                "reason": reason,
                "created_at": now,
                "visible_at": now,
            }
        )
    await cancel_open(connection, sorted(broken))
    await connection.execute(insert_for(connection, notices).on_conflict_do_nothing(), rows)


async def set_editions_aside(connection: AsyncConnection, broken: Sequence[int], now: int) -> None:
    """End editions by id of which what is kept cannot be read, and have what they told told again by the next one.

    The caller has just leased them. `now` is the instant in milliseconds.
    """
    if not broken:
        return
    for id_ in broken:
        _log.error("edition set aside", action="digest.broken", edition=id_)
    unseen = and_(editions.c.part == 1, editions.c.doubt == 0)
    await connection.execute(
        update(editions)
        .where(editions.c.id.in_(broken))
        .values(
            state=Progress.FAILED.value,
            reason=UNPOSTABLE,
            lease=None,
            visible_at=now,
            bodies="[]",
            messages="[]",
            seen=case((unseen, editions.c.seen_before), else_=editions.c.seen),
            spotlit=case((unseen, editions.c.spotlit_before), else_=editions.c.spotlit),
            missed=case((unseen, MISSED), else_=editions.c.missed),
        )
    )
