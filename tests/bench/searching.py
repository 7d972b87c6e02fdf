"""One side of the measurement of the search, in a process of its own: it prints what it measured as JSON.

python -m tests.bench.searching ENGINE FOLDER COUNT: load COUNT made-up entries from FOLDER, make them searchable, ask.
"""

import asyncio
import gc
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.library.library import Library
from bot.library.load import load
from bot.library.steady import giving_way
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from bot.library.watch import reload
from tests.bench import engines
from tests.bench.made_up import Made, MadeUp
from tests.bench.process import now, resident_mb

QUERIES = 600
_HEARTBEAT = 0.001
_CHANGES = 3


def main() -> None:
    """Measure the engine that was asked for."""
    engine, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    made_up = MadeUp()
    entries = list(made_up.entries(count))
    queries = made_up.queries(entries, QUERIES)
    del entries[_CHANGES:]  # else the memory of what is measured would hold the measurement's own texts too
    figures = _briefbot(folder, entries, queries) if engine == "briefbot" else _other(engine, folder, queries)
    sys.stdout.write(json.dumps(figures) + "\n")


def _other(engine: str, folder: Path, queries: list[str]) -> dict[str, float]:
    """Measure another engine. It loads the same files, since a bot built on it would have to answer from them too."""
    started = now()
    library = load(folder)
    loaded = now()
    texts = [
        Made(
            each.path,
            each.title,
            tuple(n.name for n in each.names),
            each.bottom_line,
            tuple(c.text for c in each.claims),
        )
        for each in library.entries_by_id.values()
    ]
    ask = (engines.fts5 if engine == "fts5" else engines.tantivy)(texts)
    return {"load_s": loaded - started, "cold_s": now() - started, **_asked(ask, queries)}


def _briefbot(folder: Path, entries: list[Made], queries: list[str]) -> dict[str, float]:
    viewer = Viewer(Audience.PUBLIC, datetime.now(UTC))
    started = now()
    library = load(folder)
    loaded = now()
    library.prepare(viewer)
    cold = now() - started
    figures = {
        "load_s": loaded - started,
        "cold_s": cold,
        **_asked(lambda q: len(library.search(q, viewer).results), queries),
    }
    _as_after_a_start()
    kept: list[Library] = []
    figures["longest_hold_ms"], figures["own_hold_ms"] = asyncio.run(_held(lambda: _anew(folder, viewer, kept)))
    changed = []
    for place in range(_CHANGES):
        made, file = entries[place], folder / entries[place].path
        file.write_text(made.text().replace("About", f"Quagmire{place} about"), encoding="utf-8")
        begun = now()
        library = reload(folder, library)
        found = library.search(f"{made.title} quagmire{place}", viewer)
        changed.append(now() - begun)
        assert found.results[0].entry.title == made.title
        file.write_text(made.text(), encoding="utf-8")
    return {**figures, "changed_ms": statistics.median(changed) * 1_000}


def _anew(folder: Path, viewer: Viewer, kept: list[Library]) -> None:
    """Load and index everything, as after a change of everything; what is `kept` is not taken apart meanwhile."""
    with giving_way():
        kept.append(load(folder))
        kept[-1].prepare(viewer)


def _as_after_a_start() -> None:
    """Leave what is there out of every look for garbage, as the bot does after its start."""
    gc.collect()
    gc.freeze()


async def _held(work: Callable[[], object]) -> tuple[float, float]:
    """Return the longest time in milliseconds for which the loop was held while `work` was done in a thread.

    And the longest for which that thread had a processor meanwhile and the loop's had none: it cannot have held the
    loop for longer, and what is more is owed to whatever else runs on the machine. A machine that is itself stopped for
    some milliseconds by its host counts them as time of both.
    """
    clocks: list[int] = []

    def clocked() -> None:
        clocks.append(time.pthread_getcpuclockid(threading.get_ident()))
        work()

    longest, own, task = 0.0, 0.0, asyncio.create_task(asyncio.to_thread(clocked))
    while not clocks:
        await asyncio.sleep(0)
    while not task.done():
        before, ran, worked = now(), time.clock_gettime(clocks[0]), time.thread_time()
        await asyncio.sleep(_HEARTBEAT)
        held = now() - before - _HEARTBEAT
        longest = max(longest, held)
        own = max(own, min(held - (time.thread_time() - worked), time.clock_gettime(clocks[0]) - ran))
    await task
    return longest * 1_000, own * 1_000


def _asked(ask: Callable[[str], int], queries: list[str]) -> dict[str, float]:
    """Return how long queries take, after some that warm up, and the memory held then."""
    for query in queries[:20]:
        ask(query)
    times = []
    for query in queries:
        begun = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - begun) * 1_000)
    times.sort()
    return {"p50_ms": times[len(times) // 2], "p99_ms": times[len(times) * 99 // 100], "mb": resident_mb(os.getpid())}


if __name__ == "__main__":
    main()
