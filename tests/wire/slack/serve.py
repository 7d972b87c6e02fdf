"""A loopback Slack in a process of its own, which outlives the apps that are killed beside it.

    python -m tests.wire.slack.serve [--port 0] [--lean] [--while-stdin]

    --port          where to listen (0: a free port)
    --lean          keep no calls, and of messages neither blocks nor payloads: for very many of them
    --while-stdin   end when standard input does, so that it goes with whoever started it

It first prints a line with what an app has to be started with, and where its controls are (see `controls`):
    {"base_url": …, "bot_token": …, "app_token": …, "signing_secret": …, "control": "http://127.0.0.1:PORT/_control/"}

As a library: `with serving() as slack: start_app(slack.base_url); slack.control("faults", after=0.01, seed=3)`.
"""

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.wire.slack.server import SlackServer

ROOT = Path(__file__).parent.parent.parent.parent


class ServeProcess:
    """The server in its own process; `app` says what to start an app with."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Take a process that was just started.

        Raises:
            RuntimeError: it has ended.
        """
        line = "" if process.stdout is None else process.stdout.readline()
        if not line:
            raise RuntimeError("the loopback Slack has ended")
        self.app: dict[str, str] = json.loads(line)
        self.base_url = self.app["base_url"]

    def control(self, name: str, **asked: Any) -> Any:
        """Ask one of the controls; those that only tell take nothing."""
        body = json.dumps(asked).encode() if name not in ("messages", "calls") else None
        with urlopen(Request(f"{self.app['control']}{name}", data=body), timeout=60) as answer:  # noqa: S310 - our own
            return json.load(answer)

    def messages(self) -> list[dict[str, Any]]:
        """List every message of the app: id, channel, key, at and so on."""
        found: list[dict[str, Any]] = self.control("messages")
        return found


@contextmanager
def serving(*, port: int = 0, lean: bool = False) -> Iterator[ServeProcess]:
    """Run a loopback Slack while the context lasts."""
    options = ["--port", str(port), "--while-stdin", *(["--lean"] if lean else [])]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.wire.slack.serve", *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield ServeProcess(process)
    finally:
        process.terminate()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.wire.slack.serve", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--lean", action="store_true")
    parser.add_argument("--while-stdin", action="store_true")
    return parser.parse_args(given)


def _when_stdin_ends(do: Callable[[], object]) -> None:
    """Call `do` once standard input ends; a thread of its own waits, which keeps nothing from ending."""

    def wait() -> None:
        sys.stdin.read()
        do()

    threading.Thread(target=wait, daemon=True).start()


async def _main(given: argparse.Namespace) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, ended.set)
    if given.while_stdin:
        _when_stdin_ends(lambda: loop.call_soon_threadsafe(ended.set))
    async with SlackServer(port=given.port, lean=given.lean) as slack:
        tokens = {name: getattr(slack, name) for name in ("bot_token", "app_token", "signing_secret")}
        told = {"base_url": slack.base_url, **tokens, "control": f"{slack.origin}/_control/"}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(_main(_arguments(sys.argv[1:])))
