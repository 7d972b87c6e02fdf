"""Bots that deliver planned editions to loopback platforms, all beginning at one moment, and what that came to."""

import asyncio
import itertools
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from bot.contract import Target
from bot.digests.deliver import IN_FLIGHT
from bot.storage.database import Database
from tests.bench.editions import hold, release, released, subscribe
from tests.bench.process import ROOT, cpu_seconds, environment, free_port, resident_mb, running
from tests.torture.world import Discord, Slack

PATIENCE = 600.0
"""Seconds that a run may take."""
WARM_UP = 200
"""Deliveries that come first and are not counted: a bot logs in with its first one."""
Loopback = Slack | Discord


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to."""

    count: int
    seconds: float
    """From the first arrival to the last."""
    limited: int
    """How often a platform refused one for being too many."""
    bot_ms: float = 0.0
    """Processor time of the bots, in milliseconds, for each that arrived."""
    loopback_ms: float = 0.0
    """Of the loopback platforms, likewise."""
    megabytes: float = 0.0
    """What the largest of the bots held in the end."""

    @property
    def a_second(self) -> float:
        """How many arrived in a second."""
        return self.count / self.seconds


def with_bots(
    url: str,
    worlds: Sequence[Loopback],
    targets: Sequence[Target],
    number: int,
    *options: str,
    warm_up: int = WARM_UP,
) -> Run:
    """Have `number` bots post to `targets`, beginning once all of them are connected and have sent the first few."""
    _plan(url, targets)
    settings = {"BRIEFBOT_DATABASE__URL": url, "BRIEFBOT_LOG__LEVEL": "warning"}
    for world in worlds:
        settings |= world.environment
    with ExitStack() as stack:
        ports = {free_port() for _ in range(number)}
        pids = [
            stack.enter_context(
                running(
                    "-m",
                    "tests.bench.digest_bot",
                    *options,
                    env={**settings, "BRIEFBOT_WEB__PORT": str(port)},
                    log=None,
                )
            ).pid
            for port in ports
        ]
        for port in ports:
            until_ready(port)
        asyncio.run(_deliver(url, warm_up))
        servers = [each.pid for each in worlds]
        before, refused = (_cpu(pids), _cpu(servers)), _refused(worlds)
        asyncio.run(_deliver(url))
        after = _cpu(pids), _cpu(servers)
        count, seconds = _arrived(worlds, targets, warm_up)
        bot_ms, loopback_ms = (1000 * (then - now) / count for now, then in zip(before, after, strict=True))
        held = max(map(resident_mb, pids))
        return Run(count, seconds, _refused(worlds) - refused, bot_ms, loopback_ms, held)


def bare(url: str, world: Loopback, targets: Sequence[Target]) -> Run:
    """Have the bare loop post the same to `targets`."""
    _plan(url, targets)
    base, token = _door(world)
    command = ("-m", "tests.bench.bare_posts", url, base, token, str(IN_FLIGHT))
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment({}), check=True, timeout=PATIENCE)
    return Run(*_arrived([world], targets, WARM_UP), _refused([world]))


def until_ready(port: int, check: str | None = None) -> None:
    """Wait until the bot at `port` says that everything is ready, or that one check is."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                told = json.load(answer)
        except urllib.error.HTTPError as error:
            told = json.load(error)
        except OSError:
            told = {"ready": False, "checks": {}}
        if told["ready"] if check is None else told["checks"].get(check, {}).get("ok"):
            return
        time.sleep(0.05)
    raise RuntimeError("a bot did not become ready")


def _plan(url: str, targets: Sequence[Target]) -> None:
    """Plan an edition of one part for each of `targets`, and hold them."""

    async def hold_all() -> int:
        database = await Database.open(url)
        try:
            return await hold(database)
        finally:
            await database.close()

    asyncio.run(subscribe(url, targets))
    command = [sys.executable, "-m", "tests.bench.editions", url]
    subprocess.run(command, cwd=ROOT, env=environment({}), input=b"\n", stdout=subprocess.DEVNULL, check=True)
    held = asyncio.run(hold_all())
    assert held == len(targets), f"{held} editions for {len(targets)} channels"


async def _deliver(url: str, upto: int | None = None) -> None:
    """Let them be claimed, all or the first, and wait until they are recorded as sent."""
    database = await Database.open(url)
    try:
        await release(database, upto)
        async with asyncio.timeout(PATIENCE):
            while await released(database):
                await asyncio.sleep(0.2)
    finally:
        await database.close()


def _arrived(worlds: Sequence[Loopback], targets: Sequence[Target], warm: int) -> tuple[int, float]:
    """Return how many arrived but for the first, and in how many seconds; each has to have arrived once."""
    wanted = {(each.platform, each.channel) for each in targets}
    found = [[each for each in world.arrived() if (each.platform, each.channel) in wanted] for world in worlds]
    everything = list(itertools.chain(*found))
    assert len(everything) == len({each.key for each in everything}) == len(targets), f"{len(everything)} arrived"
    times = [[each.at for each in of_one] for of_one in found]
    measured = [sorted(each)[warm // len(worlds) :] for each in times]
    return sum(map(len, measured)), max(each[-1] - each[0] for each in measured)


def _door(world: Loopback) -> tuple[str, str]:
    """Return the address that posts begin with, and the header that opens it."""
    known = world.environment
    if isinstance(world, Slack):
        return known["BRIEFBOT_SLACK__BASE_URL"], f"Bearer {known['BRIEFBOT_SLACK__BOT_TOKEN']}"
    return known["BRIEFBOT_DISCORD__API_BASE"], f"Bot {known['BRIEFBOT_DISCORD__TOKEN']}"


def _refused(worlds: Sequence[Loopback]) -> int:
    return sum(world.refused() for world in worlds)


def _cpu(pids: Sequence[int]) -> float:
    return sum(map(cpu_seconds, pids))
