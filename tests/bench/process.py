"""Processes under measurement: started, watched and stopped; each side of a comparison runs in its own."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return a clean environment: nothing of the caller's own settings, everything of `extra`."""
    # With caches of bytecode, as an installed program runs: the first round writes what is not there yet.
    dropped = ("BRIEFBOT_", "SLACK_", "DISCORD_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "PYTHONUNBUFFERED": "1", "BRIEFBOT_DATABASE__URL": f"sqlite:///{_database()}", **extra}


@cache
def _database() -> Path:
    """Return a file for the bots' database that goes with this process."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / "briefbot.db"


@contextmanager
def running(
    *arguments: str, env: Mapping[str, str] | None = None, log: int | None = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    """Run this interpreter with `arguments` while the context lasts; its output goes to a pipe, its log to `log`.

    None: the log goes where ours does.
    """
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(env or {}),
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has taken, in seconds (Linux)."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def resident_mb(pid: int) -> float:
    """Return the memory a process holds, in MB (Linux: VmRSS)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def now() -> float:
    """Return seconds of the monotonic clock."""
    return time.perf_counter()
