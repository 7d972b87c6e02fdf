"""The long run: `make torture`, or python -m tests.torture [--kills 100] [--seeds 1,2,3] [--only sqlite] [--no-…].

Each seed is run on SQLite with one bot and on PostgreSQL with three, of which one is lost for good. Every figure but
the parts is to be nought; with a safety off they are not, which is how it is known that they would show.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.torture.run import Plan, Result, run
from tests.torture.world import worlds

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


def main() -> int:
    """Run from the command line; return 1 where anything was lost, doubled, unknown, out of order or unfinished."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--freezes", type=int, default=6)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--no-read-back", action="store_true")
    parser.add_argument("--no-deadline", action="store_true")
    given = parser.parse_args()
    options = tuple(f"--{name}" for name in ("no-read-back", "no-deadline") if getattr(given, name.replace("-", "_")))
    log = Path(tempfile.mkdtemp()) / "bots.log"
    sys.stdout.write(f"{line(*HEADS)}\n")
    clean = True
    for seed in map(int, given.seeds.split(",")):
        for kind, bots in (("sqlite", 1), ("postgresql", 3)):
            if given.only not in {None, kind}:
                continue
            plan = Plan(seed, bots, given.kills, given.freezes, lose_one=bots > 1, options=options)
            result = once(kind, plan, log)
            counted = result.tally
            figures = (counted.parts, counted.lost, counted.twice, counted.unknown, counted.reordered)
            told = line(kind, bots, seed, result.kills, result.freezes, *figures, round(result.seconds))
            sys.stdout.write(f"{told}{'' if result.finished else '  not finished'}\n")
            sys.stdout.flush()
            clean = clean and counted.clean and result.finished
    sys.stdout.write(f"What the bots logged: {log}\n")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
