"""The search beside SQLite FTS5 and bare tantivy, on made-up libraries, each in its own process, in one run."""

import json
import tempfile
import time
from pathlib import Path

from rich.table import Table

from tests.bench.made_up import MadeUp, write
from tests.bench.process import running

ENGINES = ("fts5", "tantivy", "briefbot")
SMALL, SIZES = (100, 10_000), (100, 10_000, 100_000)
_SETTLED = 2.2
"""Seconds after which a file counts as settled, so that the next load need not read it again."""
Figures = dict[str, dict[str, float]]


def measure(sizes: tuple[int, ...]) -> dict[int, Figures]:
    """Return what each engine measured, by size and engine."""
    return {size: _measured(size) for size in sizes}


def _measured(size: int) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, list(MadeUp().entries(size)))
        time.sleep(_SETTLED)
        return {engine: _run(engine, folder, size) for engine in ENGINES}


def _run(engine: str, folder: Path, size: int) -> dict[str, float]:
    with running("-m", "tests.bench.searching", engine, str(folder), str(size)) as process:
        assert process.stdout is not None
        figures: dict[str, float] = json.loads(process.stdout.readline())
        return figures


def targets(size: int, figures: Figures) -> list[tuple[str, float, float]]:
    """Return what is promised at `size`: its name, the figure, and what it has to stay below."""
    ours, fts5 = figures["briefbot"], figures["fts5"]
    ratio = {name: ours[name] / fts5[name] for name in ("p50_ms", "p99_ms", "cold_s")}
    found: dict[int, list[tuple[str, float, float]]] = {
        100: [("p99 ms", ours["p99_ms"], 1.0)],
        10_000: [
            ("p50, of FTS5's", ratio["p50_ms"], 6.0),
            ("p99, of FTS5's", ratio["p99_ms"], 0.6),
            ("MB", ours["mb"], 200.0),
            ("one file changed, ms", ours["changed_ms"], 250.0),
        ],
        100_000: [
            ("p50, of FTS5's", ratio["p50_ms"], 2.0),
            ("p99, of FTS5's", ratio["p99_ms"], 0.12),
            ("MB", ours["mb"], 700.0),
        ],
    }
    every = [
        ("cold start, of FTS5's", ratio["cold_s"], 1.5),
        ("loop held, ms", ours["longest_hold_ms"], 10.0),
        ("by the thread that indexes, ms", ours["own_hold_ms"], 10.0),
    ]
    return [*found.get(size, ()), *every]


def tables(measured: dict[int, Figures]) -> list[Table]:
    """Return the figures, and beside what is promised, for people."""
    figures = Table(title="search: made-up libraries; loading is in every cold start and in the memory")
    for heading in ("entries", "engine", "p50", "p99", "load", "cold start", "memory"):
        figures.add_column(heading, justify="right")
    promised = Table(title="search: what is promised")
    for heading in ("entries", "", "measured", "target"):
        promised.add_column(heading, justify="right")
    for size, by_engine in measured.items():
        for engine, each in by_engine.items():
            took = (
                f"{each['p50_ms']:.3f} ms",
                f"{each['p99_ms']:.3f} ms",
                f"{each['load_s']:.2f} s",
                f"{each['cold_s']:.2f} s",
            )
            figures.add_row(f"{size:,}", engine, *took, f"{each['mb']:.0f} MB")
        for name, figure, most in targets(size, by_engine):
            promised.add_row(f"{size:,}", name, f"{figure:.2f}", f"≤ {most:g} {'✓' if figure <= most else '✗'}")
    return [figures, promised]
