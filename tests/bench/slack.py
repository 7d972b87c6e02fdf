"""`/brief blinken` on Slack, by socket and by HTTP: the bot against a bare Bolt handler, in turns, in one run."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.bench.process import running
from tests.bench.row import IN_FLIGHT, NUMBERS, ROUNDS, Row, compare
from tests.wire.slack.load import LoadProcess, loading


def measure(mode: str) -> list[Row]:
    """Return a row for each number of commands in flight."""
    with _bare(mode) as bare, _bot(mode) as bot:
        return [
            compare(
                f"slack {mode}, {in_flight} in flight",
                [
                    (bare.run(in_flight, NUMBERS[in_flight]), bot.run(in_flight, NUMBERS[in_flight]))
                    for _ in range(ROUNDS)
                ],
            )
            for in_flight in IN_FLIGHT
        ]


@contextmanager
def _bare(mode: str) -> Iterator[LoadProcess]:
    port = free_port()
    with _load(mode, port) as load:
        app = load.app
        arguments = (app["base_url"], app["bot_token"], app["app_token"], app["signing_secret"])
        with running("-m", "tests.bench.bare_slack", mode, str(port), *arguments):
            yield load


@contextmanager
def _bot(mode: str) -> Iterator[LoadProcess]:
    port = free_port()
    with _load(mode, port) as load, running("-m", "bot", "run", env=_settings(mode, port, load.app)):
        yield load


def _settings(mode: str, port: int, app: Mapping[str, str]) -> dict[str, str]:
    return {
        "BRIEFBOT_WEB__PORT": "0",
        "BRIEFBOT_LOG__LEVEL": "error",
        "BRIEFBOT_SLACK__MODE": mode,
        "BRIEFBOT_SLACK__PORT": str(port),
        "BRIEFBOT_SLACK__BASE_URL": app["base_url"],
        "BRIEFBOT_SLACK__BOT_TOKEN": app["bot_token"],
        "BRIEFBOT_SLACK__APP_TOKEN": app["app_token"],
        "BRIEFBOT_SLACK__SIGNING_SECRET": app["signing_secret"],
    }


@contextmanager
def _load(mode: str, port: int) -> Iterator[LoadProcess]:
    to = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else ""
    with loading(mode, to=to) as load:
        yield load


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
