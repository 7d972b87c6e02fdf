"""`/brief blinken` on Discord: the bot against a bare app_command that echoes a constant, in turns, in one run."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.process import running
from tests.bench.row import IN_FLIGHT, NUMBERS, ROUNDS, Row, compare

Side = Callable[[str], tuple[Sequence[str], dict[str, str]]]
"""What to run, and in which environment, against a Discord at an address."""
TOKEN = "test-token"
WARM_UP = 200


@dataclass(frozen=True)
class Figures:
    """What the load generator printed of one turn."""

    p50_ms: float
    p99_ms: float
    throughput: float
    n: int
    errors: int


def measure() -> list[Row]:
    """Return a row for each number of commands in flight."""
    return [
        compare(
            f"discord, {in_flight} in flight",
            [(_turn(_bare, in_flight), _turn(_bot, in_flight)) for _ in range(ROUNDS)],
        )
        for in_flight in IN_FLIGHT
    ]


def _bare(api_base: str) -> tuple[Sequence[str], dict[str, str]]:
    return ("-m", "tests.bench.bare_discord", api_base, TOKEN), {}


def _bot(api_base: str) -> tuple[Sequence[str], dict[str, str]]:
    settings = {
        "BRIEFBOT_WEB__PORT": "0",
        "BRIEFBOT_LOG__LEVEL": "error",
        "BRIEFBOT_DISCORD__API_BASE": api_base,
        "BRIEFBOT_DISCORD__TOKEN": TOKEN,
    }
    return ("-m", "bot", "run"), settings


def _turn(side: Side, in_flight: int) -> Figures:
    with _load(in_flight) as (api_base, lines):
        arguments, env = side(api_base)
        with running(*arguments, env=env):
            return Figures(**json.loads(next(lines)))


@contextmanager
def _load(in_flight: int) -> Iterator[tuple[str, Iterator[str]]]:
    number = str(NUMBERS[in_flight])
    options = ("--n", number, "--in-flight", str(in_flight), "--warm-up", str(WARM_UP))
    with running("-m", "tests.wire.discord.load", *options) as process:
        if process.stdout is None:
            raise RuntimeError("the load generator has no output")
        yield json.loads(process.stdout.readline())["api_base"], process.stdout
