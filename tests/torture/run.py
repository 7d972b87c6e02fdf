"""One run: bots that are killed, frozen and lost at random until their work is done, and what arrived of it."""

import asyncio
import contextlib
import random
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.storage.database import Database
from tests.torture.bots import Bots
from tests.torture.work import Tally, in_hand, order, tally, under_way
from tests.torture.world import World

PATIENCE = 120.0
"""Seconds that the work may take after the last kill."""
IN_HAND = 4
"""One channel in so many is in the bots' hands when one of them is frozen."""
TAKEN_UP = 30.0
"""Seconds in which bots begin on new work: they look every second here."""
FROZEN = 18.0
"""Seconds that a bot is frozen: longer than its lease and the time to settle."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to how many bots. Times are seconds."""

    seed: int
    replicas: int
    kills: int
    freezes: int = 0
    lose_one: bool = False
    every: float = 3.0
    channels: int = 60
    """Channels a platform for each kill or freeze."""
    options: tuple[str, ...] = ()
    """Of `tests.torture.process`."""
    after: float = 0.01
    """The share of posts that are carried out and not answered."""
    late: float = 0.01
    """The share of posts that land after their connection was dropped."""
    forgets: float | None = None
    """After how long Discord forgets a nonce, where not after minutes."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run ended with."""

    tally: Tally
    kills: int
    freezes: int
    seconds: float
    finished: bool


async def run(plan: Plan, url: str, worlds: Sequence[World], log: Path) -> Result:
    """Carry `plan` out on the database at `url`."""
    began, chance = time.monotonic(), random.Random(plan.seed)  # noqa: S311 - a seed makes a run repeatable
    database = await Database.open(url)
    for world in worlds:
        forgets = {"nonce_seconds": plan.forgets} if plan.forgets is not None and world.name == "discord" else {}
        world.faults(after=plan.after, late=plan.late, late_seconds=1.5, latency_ms=20, seed=plan.seed, **forgets)
    environment = {name: value for world in worlds for name, value in world.environment.items()}
    settings = {"BRIEFBOT_DATABASE__URL": url, "BRIEFBOT_WEB__PORT": "0", "BRIEFBOT_LOG__LEVEL": "warning"}
    await _more(database, worlds, plan.channels)
    bots = Bots(plan.replicas, environment | settings, plan.options, log)
    try:
        await _harm(plan, chance, bots, database, worlds)
        finished = await _finish(database)
    finally:
        statuses = bots.end()
    arrived = [each for world in worlds for each in world.arrived()]
    counted = await tally(database, arrived)
    await database.close()
    return Result(counted, plan.kills, plan.freezes, time.monotonic() - began, finished and not any(statuses))


async def _harm(plan: Plan, chance: random.Random, bots: Bots, database: Database, worlds: Sequence[World]) -> None:
    """Kill and freeze, with new work each time, in an order that the seed decides."""
    harms = ["kill"] * plan.kills + ["freeze"] * plan.freezes
    chance.shuffle(harms)
    lose_at = len(harms) // 2 if plan.lose_one else -1
    waking: list[asyncio.Task[None]] = []
    for number, harm in enumerate(harms):
        await asyncio.sleep(plan.every * chance.uniform(0.3, 1.7))
        ordering = asyncio.create_task(_more(database, worlds, plan.channels))
        if harm == "freeze":
            await _taken_up(database, plan.channels // IN_HAND)
        else:
            await ordering
        if number == lose_at:
            bots.lose()
        if harm == "kill":
            bots.kill(chance)
        else:
            waking.append(asyncio.create_task(_wake(bots, bots.freeze(chance))))
            await ordering  # which waits where the frozen one holds what it needs
            if len(bots.processes) == 1:
                await asyncio.gather(*waking)
    await asyncio.gather(*waking)


async def _wake(bots: Bots, frozen: subprocess.Popen[bytes]) -> None:
    await asyncio.sleep(FROZEN)
    with contextlib.suppress(ProcessLookupError):  # it may have been killed meanwhile
        bots.wake(frozen)


async def _more(database: Database, worlds: Sequence[World], channels: int) -> None:
    for world in worlds:
        await order(database, await asyncio.to_thread(world.channels, channels))


async def _taken_up(database: Database, least: int) -> None:
    """Wait until the bots have claimed so many parts at a time, or for long enough."""
    until = time.monotonic() + TAKEN_UP
    while await in_hand(database) < least and time.monotonic() < until:
        await asyncio.sleep(0.02)


async def _finish(database: Database) -> bool:
    """Wait until everything is out; return False where that takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if await under_way(database) == (0, 0):
            return True
        await asyncio.sleep(0.5)
    return False
