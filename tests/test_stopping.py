"""How `briefbot run` ends: in five seconds whatever the others do, and with the answers in hand finished."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.contract import Carrier, Limits
from bot.platforms.terminal.limits import TERMINAL
from bot.stopping import answering, supervise
from bot.supervisor import Supervisor
from tests.platforms.slack.test_ways import until
from tests.test_run import briefbot_run, slack_settings
from tests.wire.slack.server import SlackServer

MOST = 5.0
HALF = b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nabc"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@asynccontextmanager
async def half_sent(*ports: int) -> AsyncIterator[None]:
    """Send each port a request whose end never comes."""
    opened = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
    for _, writer in opened:
        writer.write(HALF)
        await writer.drain()
    await asyncio.sleep(0.1)
    yield
    for _, writer in opened:
        writer.close()


async def test_a_deaf_peer_does_not_hold_up_the_end(tmp_path: Path) -> None:
    async with SlackServer() as slack:
        slack.sockets.deaf = True
        async with briefbot_run(tmp_path, **slack_settings(slack)) as bot:
            await slack.socket_connected(timeout=10)
            await bot.until("slack", ok=True)
            status, seconds = await bot.end()
    assert status == 0
    assert seconds < 2.5
    assert not bot.logged("bot.grace_over")


async def test_an_answer_in_hand_is_finished(tmp_path: Path) -> None:
    async with SlackServer() as slack, briefbot_run(tmp_path, **slack_settings(slack)) as bot:
        await slack.socket_connected(timeout=10)
        slack.fail("chat.postMessage", delay=2)
        assert (await slack.mention("<@UBOT> blinken", settle=0)).acked
        await until(lambda: slack.called("chat.postMessage"))
        status, seconds = await bot.end()
        assert "Antony Blinken" in slack.messages[-1].visible()
    assert status == 0
    assert 1.5 < seconds < MOST
    assert not bot.logged("slack.close")


async def test_half_sent_requests_hold_up_nothing_on_either_port(tmp_path: Path) -> None:
    port = free_port()
    async with SlackServer(deliver_to=f"http://127.0.0.1:{port}/slack/events") as slack:
        by_http = {
            **slack_settings(slack),
            "BRIEFBOT_SLACK__MODE": "http",
            "BRIEFBOT_SLACK__PORT": str(port),
            "BRIEFBOT_SLACK__SIGNING_SECRET": slack.signing_secret,
        }
        async with briefbot_run(tmp_path, **by_http) as bot:
            await bot.until("slack", ok=True)
            async with half_sent(port, bot.port):
                status, seconds = await bot.end()
    assert status == 0
    assert seconds < 2.5
    assert not bot.logged("bot.grace_over")


async def test_all_of_it_at_once_ends_in_time(tmp_path: Path) -> None:
    async with SlackServer() as slack:
        slack.sockets.deaf = True
        async with briefbot_run(tmp_path, **slack_settings(slack), BRIEFBOT_SHUTDOWN__GRACE="4.9") as bot:
            await slack.socket_connected(timeout=10)
            slack.fail("chat.postMessage", delay=60)
            slack.ack_timeout = 0.1
            await slack.mention("<@UBOT> blinken", settle=0)
            await until(lambda: slack.called("chat.postMessage"))
            async with half_sent(bot.port):
                status, seconds = await bot.end()
    assert status == 0
    assert seconds < MOST
    assert bot.logged("slack.close")


async def test_the_grace_is_the_operators(tmp_path: Path) -> None:
    async with (
        SlackServer() as slack,
        briefbot_run(tmp_path, **slack_settings(slack), BRIEFBOT_SHUTDOWN__GRACE="1.2") as bot,
    ):
        await slack.socket_connected(timeout=10)
        slack.fail("chat.postMessage", delay=60)
        await slack.mention("<@UBOT> blinken", settle=0)
        await until(lambda: slack.called("chat.postMessage"))
        _, seconds = await bot.end()
    assert seconds < 2.5


_HELD = """
import asyncio, time
from bot.stopping import stopping
async def main():
    async with stopping() as stop:
        asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
        print("ready", flush=True)
        await stop.wait()
asyncio.run(main())
"""


async def test_a_thread_that_hangs_does_not_hold_the_process() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HELD, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parent.parent
    )
    assert process.stdout is not None
    assert b"ready" in await process.stdout.readline()
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        assert await asyncio.wait_for(process.wait(), 10) == 0
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGKILL)
    assert time.monotonic() - started < MOST


class Closing:
    """A platform that closes as it was told to."""

    limits: Limits = TERMINAL
    carrier: Carrier | None = None
    connected = True

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name = name
        self._error = error
        self._closed = asyncio.Event()
        self.ended = False

    async def run(self) -> None:
        await self._closed.wait()
        await asyncio.sleep(0.1)  # an answer in hand
        self.ended = True

    async def close(self) -> None:
        self._closed.set()
        if self._error is not None:
            raise self._error


async def test_one_that_fails_to_close_does_not_keep_the_others_from_finishing() -> None:
    first, second = Closing("first", RuntimeError("kaboom")), Closing("second")
    stop = asyncio.Event()
    running = asyncio.create_task(supervise([Supervisor(first), Supervisor(second)], stop, 4.0))
    await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert (first.ended, second.ended) == (True, True)


@pytest.mark.parametrize(("grace", "seconds"), [(4.5, 3.5), (1.0, 0.0), (0.0, 0.0)])
def test_the_last_second_of_the_grace_is_not_for_answers(grace: float, seconds: float) -> None:
    assert answering(grace) == seconds
