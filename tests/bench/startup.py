"""Start-up and memory of the whole bot against the bare imports of both SDKs, and of what digests stand on besides."""

import statistics
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from tests.bench.fleet import until_ready
from tests.bench.process import free_port, now, resident_mb, running

BARE = """
import discord, slack_bolt.async_app, slack_bolt.adapter.socket_mode.async_handler
print("up", flush=True)
input()
"""
BARE_STORE = f"import sqlalchemy.ext.asyncio, aiosqlite, alembic, apscheduler{BARE}"
"""What digests stand on, besides."""
BRIEFBOT = Path(sys.executable).parent / "briefbot"
"""The installed command, which the container runs too."""
ROUNDS = 7
READY = '"bot.started"'
"""What the log says once the library is loaded, /healthz is served and the platforms begin to connect."""


@dataclass(frozen=True)
class Start:
    """How long it took until ready, and the memory held then."""

    seconds: float
    megabytes: float


def bare_imports(program: str = BARE) -> Start:
    """Measure an interpreter that imports both SDKs and nothing else, or what `program` does."""
    started = now()
    with running("-c", program) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return Start(now() - started, resident_mb(process.pid))


def whole_bot() -> Start:
    """Measure `briefbot run` with both platforms switched on, until it says that it is up.

    Both addresses are closed ports on this machine: connecting is not part of the figure. Either side is waited for at
    a pipe: asking again and again would take the processor from what is measured.
    """
    web = free_port()
    started = now()
    with running(str(BRIEFBOT), "run", env=_environment(web), log=subprocess.PIPE) as process:
        assert process.stderr is not None
        if not any(READY in line for line in process.stderr):
            raise RuntimeError("briefbot run did not come up")
        start = Start(now() - started, resident_mb(process.pid))
        with urllib.request.urlopen(f"http://127.0.0.1:{web}/healthz", timeout=5) as response:
            assert response.status == HTTPStatus.OK
        return start


def _environment(web: int) -> dict[str, str]:
    closed = free_port()
    return {
        "BRIEFBOT_WEB__PORT": str(web),
        "BRIEFBOT_SLACK__BOT_TOKEN": "xoxb-bench",
        "BRIEFBOT_SLACK__APP_TOKEN": "xapp-bench",
        "BRIEFBOT_SLACK__BASE_URL": f"http://127.0.0.1:{closed}/api/",
        "BRIEFBOT_DISCORD__TOKEN": "bench",
        "BRIEFBOT_DISCORD__API_BASE": f"http://127.0.0.1:{closed}/api/v10",
        "BRIEFBOT_LOG__FORMAT": "json",
    }


def with_digests() -> Start:
    """Measure the same bot until its database is open and digests are planned: after that nothing more is imported."""
    web = free_port()
    started = now()
    with running(str(BRIEFBOT), "run", env=_environment(web)) as process:
        until_ready(web, "store")
        return Start(now() - started, resident_mb(process.pid))


def measure() -> dict[str, float]:
    """Return medians over `ROUNDS` alternating rounds, and the ratios bot / bare."""
    bare_imports()  # the first of each writes bytecode that is missing and fills the system's cache of files
    whole_bot()
    bare, bot = zip(*((bare_imports(), whole_bot()) for _ in range(ROUNDS)), strict=True)
    figures = {
        "bare_seconds": statistics.median(each.seconds for each in bare),
        "bot_seconds": statistics.median(each.seconds for each in bot),
        "bare_mb": statistics.median(each.megabytes for each in bare),
        "bot_mb": statistics.median(each.megabytes for each in bot),
    }
    bare, bot = zip(*((bare_imports(BARE_STORE), with_digests()) for _ in range(ROUNDS)), strict=True)
    figures |= {
        "bare_store_seconds": statistics.median(each.seconds for each in bare),
        "bot_store_seconds": statistics.median(each.seconds for each in bot),
        "bare_store_mb": statistics.median(each.megabytes for each in bare),
        "bot_store_mb": statistics.median(each.megabytes for each in bot),
    }
    figures["store_start_ratio"] = figures["bot_store_seconds"] / figures["bare_store_seconds"]
    figures["store_memory_ratio"] = figures["bot_store_mb"] / figures["bare_store_mb"]
    figures["start_ratio"] = figures["bot_seconds"] / figures["bare_seconds"]
    figures["memory_ratio"] = figures["bot_mb"] / figures["bare_mb"]
    return figures
