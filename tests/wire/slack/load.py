"""A load generator: Slack in a process of its own, its garbage collector off, asking one command over and over.

    python -m tests.wire.slack.load --mode socket [--rounds 1x2000,50x10000]
    python -m tests.wire.slack.load --mode http --to http://127.0.0.1:3000/slack/events [--rounds 1x2000]

    --mode      socket (the app connects to us) or http (we post to the app)
    --to        the app's request address; only for http
    --rounds    IN_FLIGHTxNUMBER, separated by commas; without it rounds are read from stdin, one "IN_FLIGHT NUMBER"
                a line, so that two apps can be asked in turns
    --warmup    requests before each round that are not measured (50)
    --command   the slash command (/brief)      --text   what follows it (blinken)
    --port      port of the Web API (0: a free one)
    --wait      seconds to wait for the app, and for a round that does not end (30)

It first prints a line with what the app has to be started with:
    {"base_url": …, "bot_token": …, "app_token": …, "signing_secret": …}
and then a line for each round, latencies from sending the command to having its answer, which is the acknowledgement
if there is content in it, or else the post to the response_url:
    {"p50_ms": …, "p99_ms": …, "throughput": …, "n": …, "errors": …, "in_flight": …, "answer_bytes": …}

As a library: `with loading("socket") as load: start_app(load.base_url); load.run(in_flight=1, number=2000)`.
Nothing is validated here: the servers in `server.py` do that, and tests with them come first.
"""

import argparse
import asyncio
import dataclasses
import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.wire.slack.load_rounds import Load, Plan, Result

ROOT = Path(__file__).parent.parent.parent.parent


class LoadProcess:
    """The load generator in its own process; `app` says what to start the app with."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Take a process that was just started."""
        self._process = process
        self.app: dict[str, str] = json.loads(self._line())
        self.base_url = self.app["base_url"]

    def run(self, in_flight: int, number: int) -> Result:
        """Measure one round.

        Raises:
            RuntimeError: the process has ended.
        """
        if self._process.stdin is None:
            raise RuntimeError("the load generator has no input")
        self._process.stdin.write(f"{in_flight} {number}\n")
        self._process.stdin.flush()
        return Result(**json.loads(self._line()))

    def _line(self) -> str:
        line = "" if self._process.stdout is None else self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load generator has ended")
        return line


@contextmanager
def loading(mode: str, *, to: str = "", **options: object) -> Iterator[LoadProcess]:
    """Run a load generator while the context lasts; `options` are those at the top, without the dashes."""
    given = {"mode": mode, "to": to, **options}
    arguments = [part for name, value in given.items() if value != "" for part in (f"--{name}", str(value))]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.wire.slack.load", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield LoadProcess(process)
    finally:
        process.terminate()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.wire.slack.load", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--mode", choices=("socket", "http"), required=True)
    parser.add_argument("--to", default="")
    parser.add_argument("--rounds", default="")
    for field in dataclasses.fields(Plan):
        if field.name not in ("mode", "to"):
            parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    return parser.parse_args(given)


async def _asked(rounds: str) -> list[tuple[int, int]]:
    """Give the rounds that were asked for, or the next line of stdin as one; none at its end."""
    if rounds:
        parts = [each.split("x") for each in rounds.split(",")]
        return [(int(in_flight), int(number)) for in_flight, number in parts]
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return [(int(line.split()[0]), int(line.split()[1]))] if line.strip() else []


async def _main(given: argparse.Namespace) -> None:
    fields = {field.name: getattr(given, field.name) for field in dataclasses.fields(Plan)}
    load = Load(Plan(**fields))
    _say(await load.start())
    while asked := await _asked(given.rounds):
        for in_flight, number in asked:
            _say(dataclasses.asdict(await load.run(in_flight, number)))
        if given.rounds:
            break


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    gc.collect()
    gc.freeze()
    gc.disable()
    asyncio.run(_main(_arguments(sys.argv[1:])))
