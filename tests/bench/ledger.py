"""The ledger without a network: what a million editions of the past cost it, what it writes, and how fast it plans."""

import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg

from tests.bench.ledger_load import Figures, remember, subscribe
from tests.bench.process import ROOT, environment
from tests.bench.promise import Promise
from tests.postgres import Postgres, running

ROUNDS = 3


@dataclass(frozen=True)
class Sizes:
    """How much there is to do."""

    channels: int
    """Subscriptions whose editions are claimed."""
    history: int
    """Editions of the past."""
    planned: int
    """Subscriptions that are planned for."""


FULL, QUICK = Sizes(5_000, 1_000_000, 100_000), Sizes(1_000, 100_000, 10_000)


Fresh = Callable[[], str]
"""Makes an empty database and returns its address."""


def measure(sizes: Sizes) -> list[Promise]:
    """Return what was measured on both databases."""
    with tempfile.TemporaryDirectory() as folder, running(durable=True) as server:
        numbers = itertools.count()
        found = _measured("SQLite", lambda: f"sqlite:///{folder}/{next(numbers)}.db", sizes)
        found += _measured("PostgreSQL", server.database, sizes, server)
        return found


def _measured(kind: str, fresh: Fresh, sizes: Sizes, server: Postgres | None = None) -> list[Promise]:
    found = [*_history(kind, fresh, sizes), *_writes(kind, fresh, sizes, server), *_planning(kind, fresh, sizes)]
    if server is not None:
        found += _replicas(kind, fresh, sizes)
    return found


def _history(kind: str, fresh: Fresh, sizes: Sizes) -> Iterator[Promise]:
    """Claim with and without a past, in turns; one database has a past all along."""
    bare: list[float] = []
    laden: list[float] = []
    past = fresh()
    asyncio.run(subscribe(past, sizes.channels, 50))
    asyncio.run(remember(past, sizes.history // sizes.channels))
    for day in range(ROUNDS):
        url = fresh()
        asyncio.run(subscribe(url, sizes.channels, 50))
        for address, later, claims in ((url, 0, bare), (past, day, laden)):
            _work("plan", address, days=later)
            claims.extend(_work("deliver", address, days=later)[0].claims)
    p50 = statistics.median(laden) / statistics.median(bare)
    yield Promise(f"{kind}: claim p50 with {sizes.history:,} past editions, of without", p50, most=1.5)
    yield Promise(f"{kind}: claim p50 of 100", statistics.median(bare) * 1000, "ms")


def _writes(kind: str, fresh: Fresh, sizes: Sizes, server: Postgres | None) -> Iterator[Promise]:
    """Plan, claim and flush one-part editions, and count."""
    for words, workspaces, paced in (
        ("50 workspaces", 50, ""),
        ("each its own workspace, paced", sizes.channels, "paced"),
    ):
        url = fresh()
        asyncio.run(subscribe(url, sizes.channels, workspaces))
        before = _rows_written(url, server)
        done = [*_work("plan", url), *_work("deliver", url, paced)]
        written = sum(each.writes for each in done) + _rows_written(url, server) - before
        count = done[1].count
        yield Promise(f"{kind}: row writes a delivery, {words}", written / count, most=3.3)
        yield Promise(f"{kind}: commits a delivery, {words}", sum(each.commits for each in done) / count, most=0.15)
        yield Promise(f"{kind}: deliveries, {words}", count / done[1].seconds, "/s")


def _planning(kind: str, fresh: Fresh, sizes: Sizes) -> Iterator[Promise]:
    url, small = fresh(), fresh()
    asyncio.run(subscribe(url, sizes.planned, 1000, groups=100))
    asyncio.run(subscribe(small, sizes.planned // 10, 1000, groups=100))
    (few,), (many,) = _work("plan", small), _work("plan", url)
    assert many.count == sizes.planned
    yield Promise(f"{kind}: planning {sizes.planned:,}", many.seconds, "s")
    yield Promise(f"{kind}: memory of that", many.megabytes, "MB")
    yield Promise(f"{kind}: memory of that, of a tenth", many.megabytes / few.megabytes, most=1.15)


def _replicas(kind: str, fresh: Fresh, sizes: Sizes) -> Iterator[Promise]:
    """Let three processes share the work, on as many cores as there are."""
    for work, count in (("plan", sizes.planned), ("deliver", sizes.channels * 4)):
        speeds = []
        for replicas in (1, 3):
            url = fresh()
            asyncio.run(subscribe(url, count, 1000, groups=100))
            if work == "deliver":
                _work("plan", url)
            done = _work(work, url, replicas=replicas)
            assert sum(each.count for each in done) == count
            speeds.append(count / max(each.seconds for each in done))
        yield Promise(f"{kind}: {work}, three replicas, of one", speeds[1] / speeds[0])


def _work(work: str, url: str, *options: str, replicas: int = 1, days: int = 0) -> list[Figures]:
    """Have processes do `work` at the same time; return what each did."""
    arguments = ["-m", "tests.bench.ledger_load", work, url, str(days), *options]
    with _processes(arguments, replicas) as started:
        for process in started:
            _line(process)
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        return [Figures(**json.loads(_line(process))) for process in started]


@contextmanager
def _processes(arguments: list[str], count: int) -> Iterator[list[subprocess.Popen[str]]]:
    started = [
        subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.communicate(timeout=60)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _rows_written(url: str, server: Postgres | None) -> int:
    """Return what PostgreSQL has counted so far; backends tell it when they end."""
    if server is None:
        return 0

    async def ask() -> int:
        connection = await asyncpg.connect(url)
        try:
            query = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
            return int(await connection.fetchval(query) or 0)
        finally:
            await connection.close()

    return asyncio.run(ask())
