"""Editions in bulk, of the real library: subscriptions that are due, and a replica that plans them as the bot does.

python -m tests.bench.editions URL: be a replica: wait for a line, plan whatever is due, say what was done.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, insert, select, update

from bot.contract import Target
from bot.digests import schedule
from bot.digests.keeping import keep_snapshots
from bot.digests.model import Schedule, Wants
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.rows import wants_text, weekdays_text
from bot.digests.snapshot import Snapshot
from bot.library.library import Library
from bot.library.load import load
from bot.library.vocabulary import Kind
from bot.platforms.discord.carrier import DiscordCarrier
from bot.platforms.discord.rest import RestClient
from bot.platforms.slack.carrier import SlackCarrier
from bot.storage.database import Database
from bot.storage.tables import editions, schedules, subscriptions
from tests.bench.process import ROOT

ZONES = ("America/New_York", "Asia/Shanghai", "Europe/Berlin", "UTC", "Asia/Kolkata", "Australia/Lord_Howe")
WANTS = (Wants(), Wants(kinds=(Kind.EVENT, Kind.AGREEMENT)), Wants(kinds=(Kind.PERSON,)), Wants(duties=True))
UNSEEN = 3
"""Entries that channels which had editions before have not seen yet."""
NEVER = 4_102_444_800_000  # the year 2100
_FIXED = {
    "platform": "",
    "owner": "U1",
    "audience": "public",
    "state": "active",
    "paused_reason": "",
    "created_at": 0,
    "spotlit": "[]",
    "missed": "",
}


@dataclass
class Planned:
    """What a replica planned."""

    count: int
    """Editions to send."""
    seconds: float
    megabytes: float
    """The most that its process ever held."""


async def subscribe(url: str, targets: Sequence[Target], groups: int = 1, wants: Sequence[Wants] = WANTS[:1]) -> None:
    """Subscribe `targets`, due now, over so many schedules; every second one has seen nearly all of the library."""
    database = await Database.open(url)
    now, known = datetime.now(UTC), _nearly(load(ROOT / "briefings"))
    async with database.read() as connection:
        before = (await connection.execute(select(func.coalesce(func.max(schedules.c.id), 0)))).scalar_one()
    apart = timedelta(hours=before)  # from the schedules that are there: each is one of a time and a zone
    follows = [
        _due(now - apart - timedelta(minutes=2 + number), ZONES[number % len(ZONES)]) for number in range(groups)
    ]
    clocks = [
        {
            "id": before + number,
            "time": f"{each.time:%H:%M}",
            "zone": each.zone,
            "weekdays": weekdays_text(each.weekdays),
        }
        for number, each in enumerate(follows, 1)
    ]
    yesterday = [schedule.preset(each, now - timedelta(days=1)) for each in follows]
    rows = [
        {
            **_FIXED,
            **target._asdict(),
            "schedule": before + number % groups + 1,
            "last_slot": yesterday[number % groups],
            "wants": wants_text(wants[number // 2 % len(wants)]),
            "seen": known.key if number % 2 else "",
        }
        for number, target in enumerate(targets)
    ]
    async with database.write() as connection:
        moment = await database.now(connection)
        await keep_snapshots(connection, moment, {known.key: json.dumps(known.hashes)})
        await connection.execute(insert(schedules).values(next_due=moment), clocks)
        await connection.execute(insert(subscriptions), rows)
    await database.close()


def _due(at: datetime, zone: str) -> Schedule:
    """Return the schedule whose slot is the minute of `at`."""
    return Schedule(at.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0), zone)


def _nearly(library: Library) -> Snapshot:
    hashes = {entry.id: entry.content_hash for entry in library.entries_by_id.values()}
    return Snapshot.of(dict(sorted(hashes.items())[UNSEEN:]))


async def hold(database: Database) -> int:
    """Let no edition be claimed before `release`; return how many there are to send."""
    async with database.write() as connection:
        held = update(editions).where(editions.c.state == "open").values(visible_at=NEVER)
        return (await connection.execute(held)).rowcount


async def release(database: Database, upto: int | None = None) -> None:
    """Let those that are held be claimed from now on, or the first of them: `upto` is a subscription."""
    freed = update(editions).where(editions.c.visible_at == NEVER)
    if upto is not None:
        freed = freed.where(editions.c.subscription <= upto)
    async with database.write() as connection:
        now = await database.now(connection)
        await connection.execute(freed.values(visible_at=now))


async def released(database: Database) -> bool:
    """Return whether anything that is not held is still to be sent."""
    due = exists().where(editions.c.state == "open", editions.c.visible_at != NEVER)
    async with database.read() as connection:
        return bool((await connection.execute(select(due))).scalar())


async def editions_in(url: str) -> int:
    """Return how many editions there are, those included that are not sent since there is nothing new."""
    database = await Database.open(url)
    try:
        async with database.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(editions))).scalar_one())
    finally:
        await database.close()


async def plan(url: str) -> Planned:
    """Plan whatever is due, as the bot does: its planner, its composer, its library, and what its carriers draw."""
    database = await Database.open(url)
    library = load(ROOT / "briefings")
    discord = DiscordCarrier(RestClient("http://127.0.0.1:9", "none"), lambda: None)
    planner = Planner(Planning(database, schedule), lambda: library, {"slack": SlackCarrier(), "discord": discord})
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    before = time.perf_counter()
    count = await planner.plan()
    seconds = time.perf_counter() - before
    await database.close()
    return Planned(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(asyncio.run(plan(sys.argv[1])))) + "\n")
