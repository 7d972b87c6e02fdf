"""The long run: `make torture`, or python -m tests.torture [--kills 100] [--seeds 1,2,3] [--only sqlite] [--no-…].

Each seed is run on SQLite with one bot and on PostgreSQL with three, of which one is lost for good. Every figure but
the parts is to be nought; with a safety off they are not, which is how it is known that they would show. In the end a
year goes by on each, by an injected clock, of which every slot is to come once; --year does that alone.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.torture.run import Plan, Result, run
from tests.torture.world import worlds
from tests.torture.year import REPLICAS, year

BOTS = {"sqlite": 1, "postgresql": 3}
HEADS = ("database", "bots", "seed", "kills", "freezes", "parts", "lost", "twice", "unknown", "reordered", "seconds")


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of a fresh database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'briefbot.db'}"
        return
    with postgres.running() as server:
        yield server.database()


def line(*cells: object) -> str:
    """Return one line of the table."""
    return "  ".join(str(cell).rjust(len(head) + 2) for cell, head in zip(cells, HEADS, strict=True))


def once(kind: str, plan: Plan, log: Path) -> Result:
    """Carry out one plan, in a world of its own."""
    with tempfile.TemporaryDirectory() as folder, database(kind, Path(folder)) as url, worlds() as both:
        return asyncio.run(run(plan, url, both, log))


def years(kinds: Sequence[str], seed: int) -> bool:
    """Let a year go by on each database, and tell of it; return whether every slot came once."""
    clean = True
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
            found = asyncio.run(year(url, seed))
        figures = (found.slots, found.lost, found.twice, 0, found.reordered)
        sys.stdout.write(f"{line(kind, REPLICAS, seed, 'a year', '-', *figures, round(found.seconds))}\n")
        sys.stdout.flush()
        clean = clean and found.clean
    return clean


def harmed(kinds: Sequence[str], seeds: Sequence[int], given: argparse.Namespace, log: Path) -> bool:
    """Kill, freeze and lose bots, by each seed; return whether nothing came of it."""
    options = tuple(f"--{name}" for name in ("no-read-back", "no-deadline") if getattr(given, name.replace("-", "_")))
    clean = True
    for seed in seeds:
        for kind in kinds:
            bots = BOTS[kind]
            plan = Plan(seed, bots, given.kills, given.freezes, lose_one=bots > 1, options=options)
            result = once(kind, plan, log)
            counted = result.tally
            figures = (counted.parts, counted.lost, counted.twice, counted.unknown, counted.reordered)
            told = line(kind, bots, seed, result.kills, result.freezes, *figures, round(result.seconds))
            sys.stdout.write(f"{told}{'' if result.finished else '  not finished'}\n")
            sys.stdout.flush()
            clean = clean and counted.clean and result.finished
    return clean


def main() -> int:
    """Run from the command line; return 1 where anything was lost, doubled, unknown, out of order or unfinished."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--freezes", type=int, default=6)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--year", action="store_true", help="only the year by an injected clock")
    parser.add_argument("--no-read-back", action="store_true")
    parser.add_argument("--no-deadline", action="store_true")
    given = parser.parse_args()
    seeds = [int(each) for each in given.seeds.split(",")]
    kinds = [each for each in BOTS if given.only in {None, each}]
    log = Path(tempfile.mkdtemp()) / "bots.log"
    sys.stdout.write(f"{line(*HEADS)}\n")
    clean = True if given.year else harmed(kinds, seeds, given, log)
    clean = years(kinds, seeds[0]) and clean
    if not given.year:
        sys.stdout.write(f"What the bots logged: {log}\n")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
