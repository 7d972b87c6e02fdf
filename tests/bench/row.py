"""One comparison: the bot and what it is measured against, in turns, and their medians as ratios."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

ROUNDS = 5
"""Turns each side takes; medians are told."""
IN_FLIGHT = (1, 50)
NUMBERS = {1: 1_000, 50: 5_000}
"""Commands a turn, by how many are in flight."""


class Result(Protocol):
    """What a load generator measured in one turn."""

    @property
    def p50_ms(self) -> float:
        """Median latency in milliseconds."""
        ...

    @property
    def p99_ms(self) -> float:
        """Latency that 99 in 100 stayed below, in milliseconds."""
        ...

    @property
    def throughput(self) -> float:
        """Answers a second."""
        ...

    @property
    def errors(self) -> int:
        """Commands without an answer."""
        ...


@dataclass(frozen=True)
class Row:
    """Medians of both sides and their ratios, bot over bare."""

    name: str
    bare_p50_ms: float
    bot_p50_ms: float
    p50_ratio: float
    bare_p99_ms: float
    bot_p99_ms: float
    bare_throughput: float
    bot_throughput: float
    throughput_ratio: float
    errors: int

    def as_json(self) -> dict[str, object]:
        """Return the row for `bench.json`."""
        return asdict(self)


def compare(name: str, turns: Sequence[tuple[Result, Result]]) -> Row:
    """Return the row of turns `(bare, bot)`."""
    bare, bot = zip(*turns, strict=True)
    p50 = [statistics.median(each.p50_ms for each in side) for side in (bare, bot)]
    p99 = [statistics.median(each.p99_ms for each in side) for side in (bare, bot)]
    rate = [statistics.median(each.throughput for each in side) for side in (bare, bot)]
    errors = sum(each.errors for turn in turns for each in turn)
    return Row(name, p50[0], p50[1], p50[1] / p50[0], p99[0], p99[1], rate[0], rate[1], rate[1] / rate[0], errors)
