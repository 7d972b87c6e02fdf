"""Work for the ledger: subscriptions and history in bulk, and replicas that plan or deliver without a network."""

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event, insert, text

from bot.contract import Pace, Scope, Sent
from bot.digests.ledger import Ledger
from bot.digests.planning import Planning
from bot.digests.records import Planned, SentResult
from bot.storage.database import Database
from bot.storage.tables import schedules, subscriptions
from tests.digests.daily import DailyCalendar, Hands

NOW = datetime(2026, 11, 26, 7, 0, 30, tzinfo=UTC)
BODY = json.dumps({"text": "Ten entries, each a line and why it matters. " * 60})
"""One message as a carrier draws it: 2.7 kB."""
LIMIT, LEASE, SETTLE = 100, 30.0, 5.0
PACES: Mapping[str, Pace] = {"bench": Pace({})}
PACED: Mapping[str, Pace] = {"bench": Pace({Scope.WORKSPACE: 5000.0})}
_HISTORY = """
INSERT INTO editions (subscription, slot, platform, workspace, channel, state, reason, created_at, visible_at, part,
    parts, doubt, attempts, messages, last_slot, seen, seen_before, spotlit, spotlit_before, missed, revision,
    audience, contents, bodies)
SELECT s.id, 'past-' || h.number, s.platform, s.workspace, s.channel, 'sent', '', 0, 0, 2, 1, 0, 0,
    '[["1764140000.000100", "https://example.slack.com/archives/C1/p1764140000000100"]]', s.last_slot, '', '', '[]',
    '[]', '', '', s.audience, '[]', '[]'
FROM subscriptions AS s CROSS JOIN numbers AS h
"""
_NUMBERS = """WITH RECURSIVE numbers(number) AS
    (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {most})
"""


@dataclass
class Figures:
    """What a replica did."""

    count: int = 0
    seconds: float = 0.0
    claims: list[float] = field(default_factory=list)
    commits: int = 0
    writes: int = 0
    """Rows inserted, changed or removed; counted where the database is SQLite's."""
    megabytes: float = 0.0


async def subscribe(url: str, count: int, workspaces: int, groups: int = 1) -> None:
    """Write subscriptions that are due, spread over workspaces and over schedules."""
    hands = Hands(NOW)
    database = await Database.open(url, hands)
    clocks = [{"id": n + 1, "time": "07:00", "zone": f"Zone/{n}", "weekdays": "0123456"} for n in range(groups)]
    fixed = {
        "platform": "bench",
        "owner": "U1",
        "wants": '{"topics": [], "kinds": [], "on_empty": "skip", "duties": false}',
        "audience": "public",
        "state": "active",
        "paused_reason": "",
        "created_at": 0,
        "last_slot": "2026-11-25T07:00",
        "seen": "",
        "spotlit": "[]",
        "missed": "",
    }
    rows = [
        {**fixed, "workspace": f"T{n % workspaces:06}", "channel": f"C{n}", "schedule": n % groups + 1}
        for n in range(count)
    ]
    async with database.write() as connection:
        await connection.execute(insert(schedules).values(next_due=hands()), clocks)
        await connection.execute(insert(subscriptions), rows)
    await database.close()


async def remember(url: str, each: int) -> None:
    """Write `each` past editions for every subscription, and let the database look at what it has."""
    database = await Database.open(url)
    async with database.write() as connection:
        numbers = _NUMBERS.format(most=each)
        await connection.execute(text(_HISTORY.replace("INSERT", f"{numbers}INSERT", 1)))
        await connection.execute(text("ANALYZE"))
    await database.close()


async def plan(url: str, days: int) -> Figures:
    """Plan whatever is due so many days later, with a composer that takes no time."""
    database = await Database.open(url, Hands(NOW + timedelta(days=days)))
    calendar = DailyCalendar()
    planning = Planning(database, calendar)
    figures = Figures()
    _count_commits(database, figures)
    before = time.perf_counter()
    while True:
        async with planning.take() as taken:
            if taken is None:
                break
            planned = [
                Planned(each.id, calendar.preset(each.schedule, taken.now), (BODY,), "seen", ("one-entry",))
                for each in taken.subscriptions
            ]
            await taken.store(planned)
            figures.count += len(planned)
    figures.seconds = time.perf_counter() - before
    figures.megabytes, figures.writes = _peak_mb(), await _writes(database)
    await database.close()
    return figures


async def deliver(url: str, days: int, *, paced: bool = False) -> Figures:
    """Claim and flush without posting, until nothing is left; with a pace the clock leaves room for it."""
    hands = Hands(NOW + timedelta(days=days))
    database = await Database.open(url, hands)
    ledger = Ledger(database, PACED if paced else PACES)
    figures = Figures()
    _count_commits(database, figures)
    before = time.perf_counter()
    while True:
        started = time.perf_counter()
        claims = await ledger.claim(("bench",), LIMIT, LEASE, SETTLE)
        if not claims.taken:
            break
        figures.claims.append(time.perf_counter() - started)
        await ledger.flush([SentResult(each.id, each.lease, Sent("1764140000.000100")) for each in claims.taken])
        figures.count += len(claims.taken)
        hands.on(seconds=1)
    figures.seconds = time.perf_counter() - before
    figures.megabytes, figures.writes = _peak_mb(), await _writes(database)
    await database.close()
    return figures


def _count_commits(database: Database, figures: Figures) -> None:
    @event.listens_for(database._writer.sync_engine, "commit")
    def committed(_connection: object) -> None:
        figures.commits += 1


async def _writes(database: Database) -> int:
    """Return how many rows this process has written, 0 where the server counts them."""
    if not database.embedded:
        return 0
    async with database.write() as connection:
        return int((await connection.execute(text("SELECT total_changes()"))).scalar_one())


def _peak_mb() -> float:
    """Return the most memory this process ever held; what `getrusage` says begins with that of whoever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Be a replica: wait for a line, work, say what was done."""
    work, url, days, *options = sys.argv[1:]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    doing = plan(url, int(days)) if work == "plan" else deliver(url, int(days), paced="paced" in options)
    sys.stdout.write(json.dumps(asdict(asyncio.run(doing))) + "\n")


if __name__ == "__main__":
    main()
