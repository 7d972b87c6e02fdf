"""`make bench`: measure, print a table, write `bench.json`.

python -m tests.bench [slack] [discord] [startup] [search] [search-small] [ledger] [digests] [--quick]: everything, or
only the parts that are named; search-small leaves the library of 100,000 entries out, --quick makes the ledger's part
and that of the digests small.
"""

import json
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from tests.bench import digests, discord, ledger, search, slack, startup
from tests.bench.process import ROOT
from tests.bench.promise import Promise, promises
from tests.bench.row import Row

OUT = ROOT / "bench.json"
TARGETS = {"slack": (0.2, 1.0), "discord": (1.3, 0.8)}
"""For each platform, the p50 ratio to stay below and the throughput ratio to stay above."""
STARTUP = 1.5
"""What start-up and memory have to stay below."""


def main() -> None:
    """Run the parts that were asked for."""
    asked = set(sys.argv[1:]) - {"--quick"} or {"slack", "discord", "startup", "search", "ledger", "digests"}
    console = Console(width=140)
    rows: list[Row] = []
    parts: list[tuple[str, Callable[[], list[Row]]]] = [
        ("slack", lambda: slack.measure("socket") + slack.measure("http")),
        ("discord", discord.measure),
    ]
    for name, measure in parts:
        if name in asked:
            console.print(f"measuring {name} …", style="dim")
            rows += measure()
    figures = startup.measure() if "startup" in asked else {}
    if rows:
        console.print(_table(rows))
    if figures:
        console.print(_startup_table(figures))
    sizes = search.SIZES if "search" in asked else search.SMALL if "search-small" in asked else ()
    searched = search.measure(sizes)
    for each in search.tables(searched) if searched else ():
        console.print(each)
    quick = "--quick" in sys.argv
    kept = ledger.measure(ledger.QUICK if quick else ledger.FULL) if "ledger" in asked else []
    if kept:
        console.print(promises("ledger: planning, claiming and flushing, without a network", kept))
    sent = digests.measure(digests.QUICK if quick else digests.FULL) if "digests" in asked else []
    if sent:
        console.print(promises("digests: from the plan to the channel, with real processes of the bot", sent))
    report = _report(rows, figures, searched, ledger=kept, digests=sent)
    OUT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    console.print(f"written to {OUT.name}", style="dim")
    lost = [f"{row.name}: {row.errors}" for row in rows if row.errors]
    if lost:  # a command without an answer costs nothing, so that its figures are worth nothing
        raise SystemExit(f"commands without an answer, {'; '.join(lost)}")


def _table(rows: list[Row]) -> Table:
    table = Table(title="/brief blinken: the bot against a bare handler that echoes a constant")
    for heading in (
        "",
        "bare p50",
        "bot p50",
        "ratio",
        "target",
        "bare p99",
        "bot p99",
        "bare /s",
        "bot /s",
        "ratio",
        "target",
    ):
        table.add_column(heading, justify="left" if not heading else "right")
    for row in rows:
        most, least = TARGETS[row.name.split()[0].strip(",")]
        table.add_row(
            row.name,
            f"{row.bare_p50_ms:.2f} ms",
            f"{row.bot_p50_ms:.2f} ms",
            f"{row.p50_ratio:.2f}",
            _held(f"≤ {most}", row.p50_ratio <= most),
            f"{row.bare_p99_ms:.2f} ms",
            f"{row.bot_p99_ms:.2f} ms",
            f"{row.bare_throughput:,.0f}",
            f"{row.bot_throughput:,.0f}",
            f"{row.throughput_ratio:.2f}",
            _held(f"≥ {least}", row.throughput_ratio >= least),
        )
    return table


def _held(target: str, held: bool) -> str:
    return f"{target} {'✓' if held else '✗'}"


def _startup_table(figures: dict[str, float]) -> Table:
    table = Table(title="start-up until ready, and memory held then: the bot against bare imports of what it stands on")
    for heading in ("", "bare", "bot", "ratio", "target"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, figure, of, unit, digits in (
        ("seconds", "seconds", "start_ratio", "s", 2),
        ("memory", "mb", "memory_ratio", "MB", 0),
        ("seconds, digests on too", "store_seconds", "store_start_ratio", "s", 2),
        ("memory, digests on too", "store_mb", "store_memory_ratio", "MB", 0),
    ):
        ratio = figures[of]
        bare, bot = figures[f"bare_{figure}"], figures[f"bot_{figure}"]
        table.add_row(
            name,
            f"{bare:.{digits}f} {unit}",
            f"{bot:.{digits}f} {unit}",
            f"{ratio:.2f}",
            _held("≤ 1.5", ratio <= STARTUP),
        )
    return table


def _report(
    rows: list[Row], figures: dict[str, float], searched: dict[int, search.Figures], **promised: list[Promise]
) -> dict[str, object]:
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rows": [row.as_json() for row in rows],
        "startup": figures,
        "search": searched,
        **{name: {each.name: each.figure for each in found} for name, found in promised.items()},
    }


if __name__ == "__main__":
    main()
