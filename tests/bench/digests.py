"""Digests end to end: the bot's own processes on both databases, against loopback platforms that answer after 20 ms."""

import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from bot.contract import Target
from tests.bench.editions import WANTS, Planned, editions_in, subscribe
from tests.bench.fleet import Run, bare, with_bots
from tests.bench.process import ROOT, environment
from tests.bench.promise import Promise
from tests.postgres import running
from tests.torture import world

LATENCY_MS = 20
SLOW_MS = 500
"""As slow as platforms are at times: what the processors take is then little beside the waiting."""
DISCORD, SLACK = 50, 5.0
"""Messages a second: Discord's ceiling for a bot; “several hundred a minute”, as Slack says of a workspace."""


@dataclass(frozen=True)
class Sizes:
    """How many channels get an edition, and how often it is measured."""

    paced: int
    slack: int
    unpaced: int
    rounds: int
    memory: int
    """Subscriptions; a tenth of them is the other figure."""
    planned: int


FULL, QUICK = Sizes(1_500, 300, 3_000, 3, 10_000, 100_000), Sizes(500, 40, 800, 1, 3_000, 10_000)
Fresh = Callable[[], str]
"""Makes an empty database and returns its address."""


def measure(sizes: Sizes) -> list[Promise]:
    """Return what was measured."""
    with tempfile.TemporaryDirectory() as folder, running(durable=True) as server:
        numbers = itertools.count()
        databases: dict[str, Fresh] = {
            "SQLite": lambda: f"sqlite:///{folder}/{next(numbers)}.db",
            "PostgreSQL": server.database,
        }
        parts = (_ceilings, _unpaced, _memory, _planning)
        found = []
        for each in itertools.chain.from_iterable(part(databases, sizes) for part in parts):
            found.append(each)
            sys.stderr.write(f"{each.name}: {each.figure:,.2f} {each.unit} {each.target}\n")
        return found


def _ceilings(databases: dict[str, Fresh], sizes: Sizes) -> Iterator[Promise]:
    """Post under ceilings: Discord's is known, Slack's has to be learnt."""
    for number, kind in ((1, "SQLite"), (3, "PostgreSQL")):
        with world.discord() as loopback:
            loopback.faults(latency_ms=LATENCY_MS, global_per_second=DISCORD)
            run = with_bots(databases[kind](), [loopback], loopback.channels(sizes.paced), number)
        name = f"{kind}, {_bots(number)}: Discord's 50 a second"
        yield Promise(f"{name}: share", run.a_second / DISCORD, least=0.95)
        yield Promise(f"{name}: 429s of all", 100 * run.limited / run.count, "%", most=0.5)
    for number, kind in ((1, "SQLite"), (3, "PostgreSQL")):
        yield from _unknown_ceiling(kind, databases[kind](), number, sizes.slack)


def _unknown_ceiling(kind: str, url: str, number: int, channels: int) -> Iterator[Promise]:
    """Post to a Slack workspace whose ceiling the bots do not know, and again by bots that find it in the database."""
    name = f"{kind}, {_bots(number)}: a Slack workspace's {SLACK:g} a second, unknown to them"
    with world.slack() as loopback:
        loopback.faults(latency_ms=LATENCY_MS)
        loopback.limits(channel=1.0, workspace=SLACK)
        first, then = (with_bots(url, [loopback], loopback.channels(channels), number, warm_up=0) for _ in range(2))
    yield Promise(f"{name}: share", first.a_second / SLACK)
    yield Promise(f"{name}: 429s of all", 100 * first.limited / first.count, "%")
    yield Promise(f"{name}, learnt: share", then.a_second / SLACK, least=0.93)
    yield Promise(f"{name}, learnt: 429s of all", 100 * then.limited / then.count, "%", most=0.5)


def _unpaced(databases: dict[str, Fresh], sizes: Sizes) -> Iterator[Promise]:
    """Post without any ceiling, in turns with the bare loop; what is told is the median of the rounds' ratios."""
    sqlite, postgres = databases["SQLite"], databases["PostgreSQL"]
    for make, title in ((world.discord, "Discord"), (world.slack, "Slack")):

        def posted(fresh: Fresh, bots: int, latency: float = LATENCY_MS, make: _Make = make) -> Run:
            with make() as loopback:
                loopback.faults(latency_ms=latency)
                targets = loopback.channels(sizes.unpaced)
                if not bots:
                    return bare(fresh(), loopback, targets)
                return with_bots(fresh(), [loopback], targets, bots, "--unpaced")

        rounds = [
            (posted(sqlite, 0), posted(sqlite, 1), posted(postgres, 1), posted(postgres, 3))
            for _ in range(sizes.rounds)
        ]
        yield Promise(f"{title}, the bare loop", _median(each[0].a_second for each in rounds), "/s")
        for place, kind in ((1, "SQLite"), (2, "PostgreSQL")):
            name = f"{title}, {kind}, {_bots(1)}"
            yield Promise(f"{name}: of the bare loop", _ratio(rounds, place, 0), least=0.4)
            yield Promise(f"{name}: processor time a delivery", _median(each[place].bot_ms for each in rounds), "ms")
        name = f"{title}, PostgreSQL, {_bots(3)}"
        yield Promise(f"{name}: of one", _ratio(rounds, 3, 2), least=1.5)
        yield Promise(f"{name}: processor time a delivery", _median(each[3].bot_ms for each in rounds), "ms")
        one, three = posted(postgres, 1, SLOW_MS), posted(postgres, 3, SLOW_MS)
        name = f"{name}: of one, each answer taking {SLOW_MS} ms"
        yield Promise(name, three.a_second / one.a_second, least=1.5)


_Make = Callable[[], AbstractContextManager["world.Slack | world.Discord"]]


def _memory(databases: dict[str, Fresh], sizes: Sizes) -> Iterator[Promise]:
    """Post to many and to a tenth of them, half on each platform; there are as many channels in either case."""
    held = []
    for part in (10, 1):
        with ExitStack() as stack:
            both = stack.enter_context(world.worlds())
            targets = [
                target for each in both for target in each.channels(sizes.memory // 2)[: sizes.memory // 2 // part]
            ]
            held.append(with_bots(databases["SQLite"](), both, targets, 1, "--unpaced").megabytes)
    few, many = held
    yield Promise(f"memory once {sizes.memory // 10:,} editions are out", few, "MB")
    yield Promise(f"memory once {sizes.memory:,} are, of that", many / few, most=1.15)


def _planning(databases: dict[str, Fresh], sizes: Sizes) -> Iterator[Promise]:
    """Plan real editions: four filters, a hundred schedules in six zones, both platforms, half of them with news."""
    for kind, number in (("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 3)):
        few, many = (_planned(databases[kind](), count, number) for count in (sizes.planned // 10, sizes.planned))
        name = f"{kind}, {_bots(number)}: planning {sizes.planned:,} real editions"
        yield Promise(name, max(each.seconds for each in many), "s")
        most = max(each.megabytes for each in many)
        yield Promise(f"{name}: memory", most, "MB")
        yield Promise(f"{name}: memory, of a tenth", most / max(each.megabytes for each in few), most=1.15)


def _planned(url: str, count: int, number: int) -> list[Planned]:
    """Have `number` replicas plan for `count` subscriptions."""
    names = ("slack", "discord")
    targets = [Target(names[at // 8 % 2], f"T{at % 1000}", f"{1000 + at}") for at in range(count)]
    asyncio.run(subscribe(url, targets, groups=100, wants=WANTS))
    with ExitStack() as stack:
        command = [sys.executable, "-m", "tests.bench.editions", url]
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environment({}),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(number)
        ]
        for each in started:
            assert each.stdout is not None
            each.stdout.readline()
        for each in started:
            assert each.stdin is not None
            each.stdin.write("\n")
            each.stdin.flush()
        done = [Planned(**json.loads(each.communicate()[0].splitlines()[-1])) for each in started]
    planned = asyncio.run(editions_in(url))
    assert planned == count, f"{planned} editions for {count} subscriptions"
    return done


def _ratio(rounds: Sequence[tuple[Run, ...]], place: int, other: int) -> float:
    return _median(each[place].a_second / each[other].a_second for each in rounds)


def _median(figures: Iterator[float]) -> float:
    return statistics.median(list(figures))


def _bots(number: int) -> str:
    return "one bot" if number == 1 else f"{number} bots"
