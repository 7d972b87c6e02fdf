"""Claims parts to post, as far as the budgets reach. The lease is written before anything is posted."""

import base64
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.contract import Pace, Part, Scope, Target
from bot.digests import budget
from bot.digests.buckets import NO_PACE, bucket_name, held_buckets, keep_buckets
from bot.digests.budget import Bucket
from bot.digests.lanes import LANES, Share, Turns, shares, shares_json
from bot.digests.lease import ticks
from bot.digests.ledger_sql import CROWDED, SOONEST, TAKE
from bot.digests.records import Claimed, Claims
from bot.digests.rows import UNREADABLE
from bot.digests.setting_aside import set_editions_aside
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from bot.storage.instants import from_ms
from bot.storage.tables import rate_buckets

HORIZON: Final = 1.0
"""Seconds ahead for which messages are promised a time: what a claimer that dies wastes of the budget."""
IDLE: Final = 1.0
"""Seconds after which to look again where nothing is known to come: others plan too."""


def part_key(target: Target, subscription: int, slot: str, number: int) -> str:
    """Return what a part's message is recognised by: 26 characters of base32, and the part's number."""
    words = "|".join((target.platform, target.workspace, target.channel, str(subscription), slot))
    digest = hashlib.sha256(words.encode()).digest()
    return f"{base64.b32encode(digest).decode().lower()[:26]}-{number}"


@dataclass(frozen=True, slots=True)
class Visit:
    """One platform's turn in a claim. Instants are milliseconds."""

    connection: AsyncConnection
    platform: str
    pace: Pace
    now: int
    until: int
    """When what is claimed comes up again."""
    lease: str

    @property
    def whole(self) -> float | None:
        """The whole platform's messages a second."""
        return self.pace.per_second.get(Scope.PLATFORM)

    @property
    def each(self) -> float | None:
        """A workspace's messages a second."""
        return self.pace.per_second.get(Scope.WORKSPACE)

    @property
    def begins(self) -> float | None:
        """With how many messages a second to begin in a workspace that has a ceiling which nobody tells."""
        return self.pace.begins


class Claimer:
    """Takes what is due, workspace by workspace in turn."""

    def __init__(self, database: Database, paces: Mapping[str, Pace], horizon: float = HORIZON) -> None:
        """Keep the database, what each platform takes, and how many seconds ahead is promised."""
        self._database = database
        self._paces = paces
        self._horizon = horizon
        self._turns = Turns()
        self._first = 0

    async def claim(self, platforms: Collection[str], limit: int, lease_seconds: float, settle: float) -> Claims:
        """Claim up to `limit` parts of these platforms for `lease_seconds`.

        One that is neither posted nor handed back by then comes up again, in doubt, `settle` seconds later.
        """
        names = sorted(platforms)
        self._first = (self._first + 1) % max(1, len(names))
        taken: list[Claimed] = []
        waits = [IDLE]
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            at = ticks()
            lease = secrets.token_hex(8)
            until = now + round((lease_seconds + settle) * 1000)
            wholes = await self._wholes(connection, names)
            for platform in names[self._first :] + names[: self._first]:
                if len(taken) >= limit:
                    return Claims(tuple(taken), 0.0, at)
                visit = Visit(connection, platform, self._paces.get(platform, NO_PACE), now, until, lease)
                claimed, wait = await self._visit(visit, wholes[platform], limit - len(taken))
                taken += claimed
                waits.append(wait)
        return Claims(tuple(taken), min(waits), at)

    async def _wholes(self, connection: AsyncConnection, platforms: Sequence[str]) -> dict[str, Bucket]:
        """Return the platforms' own buckets, all of them held first: whose turn it is differs between processes."""
        names = {platform: bucket_name(platform) for platform in platforms}
        limited = [name for each, name in names.items() if Scope.PLATFORM in self._paces.get(each, NO_PACE).per_second]
        held = await held_buckets(connection, list(names.values()), making=limited)
        return {platform: held.get(name, Bucket(name)) for platform, name in names.items()}

    async def _visit(self, visit: Visit, whole: Bucket, limit: int) -> tuple[list[Claimed], float]:
        """Return what was claimed of one platform, and after how many seconds there may be more."""
        allowed = budget.room(whole, visit.whole, visit.now, self._horizon, limit)
        if not allowed:
            return [], budget.wait(whole, visit.now, self._horizon)
        lanes, complete = await self._turns.lanes(visit.connection, visit.platform, max(allowed, LANES))
        buckets = await _lane_buckets(visit, lanes)
        rooms = {
            lane: budget.room(bucket, visit.each, visit.now, self._horizon, allowed + 1)
            for lane, bucket in buckets.items()
        }
        dealt = shares(rooms, allowed)
        passed_over = sum(map(bool, rooms.values())) > len(dealt)
        complete = complete and not passed_over
        last = dealt[-1].workspace if dealt else lanes[-1] if lanes else None
        self._turns.went(visit.platform, None if complete else last)
        taken = await _take(visit, dealt)
        claimed, whole, buckets = _promise(visit, taken, whole, buckets)
        await _keep(visit, dealt, claimed, (whole, buckets))
        if not complete or _cut_short(claimed, dealt):
            wait = 0.0
        else:
            wait = await self._soonest(visit, buckets.values(), idle=not claimed)
        return claimed, max(wait, budget.wait(whole, visit.now, self._horizon))

    async def _soonest(self, visit: Visit, buckets: Collection[Bucket], *, idle: bool) -> float:
        waits = [budget.wait(each, visit.now, self._horizon) for each in buckets]
        if idle:
            row = await visit.connection.execute(SOONEST, {"platform": visit.platform, "now": visit.now})
            waits.append(((row.scalar() or 0) - visit.now) / 1000)
        return min((each for each in waits if each > 0), default=IDLE)


async def _lane_buckets(visit: Visit, lanes: Sequence[str]) -> dict[str, Bucket]:
    """Return the buckets of workspaces that no other process claims from at this moment, held."""
    if not lanes:
        return {}
    names = {lane: bucket_name(visit.platform, lane) for lane in lanes}
    query = select(rate_buckets.c.name).where(rate_buckets.c.name.in_(list(names.values())))
    there = set((await visit.connection.execute(query)).scalars())
    held = await held_buckets(visit.connection, there, skip_held=True) if there else {}
    return {
        lane: budget.sought(held.get(name, Bucket(name)), visit.begins)
        for lane, name in names.items()
        if name in held or name not in there
    }


async def _take(visit: Visit, dealt: Sequence[Share]) -> list[Claimed]:
    """Lease the parts, oldest edition first, without a time yet; one that cannot be read stops no other."""
    if not dealt:
        return []
    values = {
        "lanes": shares_json(dealt),
        "most": max(each.count for each in dealt),
        "lease": visit.lease,
        "platform": visit.platform,
        "now": visit.now,
        "until": visit.until,
    }
    found = await visit.connection.execute(TAKE[visit.connection.dialect.name], values)
    taken, broken = list[Claimed](), list[int]()
    for row in sorted(found.all(), key=lambda row: row.id):
        try:
            json.loads(row.messages).copy()  # what was posted before is added to once this is
            taken.append(_claimed(row, visit))
        except (*UNREADABLE, IndexError):
            broken.append(row.id)
    await set_editions_aside(visit.connection, broken, visit.now)
    return taken


def _promise(
    visit: Visit, taken: Sequence[Claimed], whole: Bucket, buckets: Mapping[str, Bucket]
) -> tuple[list[Claimed], Bucket, dict[str, Bucket]]:
    """Return the claimed parts, each with its time, and the buckets afterwards."""
    after = dict(buckets)
    claimed = []
    for part in taken:
        lane = part.target.workspace
        (first,), whole = budget.reserve(whole, visit.whole, visit.now, 1)
        (second,), after[lane] = budget.reserve(after[lane], visit.each, visit.now, 1)
        claimed.append(replace(part, send_in=max(first, second)))
    return claimed, whole, after


async def _keep(
    visit: Visit, dealt: Sequence[Share], claimed: Sequence[Claimed], after: tuple[Bucket, Mapping[str, Bucket]]
) -> None:
    """Write the buckets that somebody else may need: of a workspace all of whose work is claimed nobody does."""
    if not claimed:
        return
    whole, buckets = after
    crowded: set[str] = set()
    if visit.each or visit.begins:
        values = {"lanes": shares_json(dealt), "platform": visit.platform, "until": visit.until}
        found = await visit.connection.execute(CROWDED[visit.connection.dialect.name], values)
        crowded = set(found.scalars())
    limited = [whole] if visit.whole or whole.learnt else []
    used = {each.target.workspace for each in claimed}
    limited += [buckets[each] for each in used if each in crowded or buckets[each].learnt]
    await keep_buckets(visit.connection, limited)


def _cut_short(claimed: Sequence[Claimed], dealt: Sequence[Share]) -> bool:
    """Whether a workspace gave all it was asked for, though its budget has room for more."""
    given = Counter(each.target.workspace for each in claimed)
    return any(given[each.workspace] == each.count < each.room for each in dealt)


def _claimed(row: Row[Any], visit: Visit) -> Claimed:
    target = Target(row.platform, row.workspace, row.channel)
    key = part_key(target, row.subscription, row.slot, row.part)
    return Claimed(
        id=row.id,
        subscription=row.subscription,
        slot=row.slot,
        target=target,
        part=Part(key, json.loads(row.bodies)[row.part - 1]),
        number=row.part,
        of=row.parts,
        inner=row.audience != Audience.PUBLIC.value,
        age=(visit.now - row.created_at) / 1000,
        attempts=row.attempts,
        in_doubt=bool(row.doubt),
        first_try=from_ms(row.first_try) if row.doubt else None,
        send_in=0.0,
        lease=visit.lease,
    )
