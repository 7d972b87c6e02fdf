"""Several processes on one database: nothing is claimed twice, nothing is left, and no slot is planned twice."""

import asyncio
import json
import subprocess
import sys

from sqlalchemy import text

from bot.storage.database import Database
from tests.bench.ledger_load import subscribe
from tests.postgres import Postgres

CHANNELS, REPLICAS = 900, 3
COUNTS = """
SELECT count(*), count(DISTINCT (subscription, slot)), count(*) FILTER (WHERE state = 'sent')
FROM editions
"""


def _together(work: str, url: str) -> int:
    """Have replicas work at the same time, until there is nothing left; return how much they did, together."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.ledger_load", work, url, "0"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(REPLICAS)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * REPLICAS, ended
    return sum(json.loads(said)["count"] for said, _ in ended)


def test_replicas_plan_and_claim_each_part_once(postgres: Postgres) -> None:
    url = postgres.migrated()
    asyncio.run(subscribe(url, CHANNELS, workspaces=30, groups=7))
    assert _together("plan", url) == CHANNELS
    assert _together("deliver", url) == CHANNELS
    assert asyncio.run(_counts(url)) == (CHANNELS, CHANNELS, CHANNELS)


async def _counts(url: str) -> tuple[int, ...]:
    database = await Database.open(url)
    async with database.read() as connection:
        row = (await connection.execute(text(COUNTS))).one()
    await database.close()
    return tuple(row)
