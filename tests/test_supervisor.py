import asyncio
from collections.abc import Iterator

import pytest
import structlog

from bot.contract import Carrier, Limits, Platform
from bot.errors import BriefbotError, RefusedError
from bot.platforms.terminal.limits import TERMINAL
from bot.supervisor import Supervisor


class Scripted:
    """A platform that does, at each `run`, the next thing it was told to do."""

    name = "scripted"
    limits: Limits = TERMINAL
    carrier: Carrier | None = None

    def __init__(self, *steps: Exception | str | float) -> None:
        self._steps: Iterator[Exception | str | float] = iter(steps)
        self._closed = asyncio.Event()
        self.connected = False
        self.runs = 0

    async def run(self) -> None:
        self.runs += 1
        step = next(self._steps, "serve")
        if isinstance(step, Exception):
            raise step
        if step == "end":
            return
        if isinstance(step, float):
            await asyncio.sleep(step)
            return
        self.connected = True
        await self._closed.wait()
        self.connected = False

    async def close(self) -> None:
        self._closed.set()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.supervisor.FIRST_DELAY", 0.01)


async def until_connected(platform: Scripted) -> None:
    async with asyncio.timeout(5):
        while not platform.connected:
            await asyncio.sleep(0.005)


async def test_what_may_heal_is_tried_again_and_shown_by_name() -> None:
    platform = Scripted(OSError("no route"), RuntimeError("odd"), "end")
    supervisor = Supervisor(platform, jitter=lambda: 0.0)
    assert supervisor.check() == (False, "not started")
    running = asyncio.create_task(supervisor.run())
    await until_connected(platform)
    assert platform.runs == 4
    assert supervisor.check() == (True, "connected")
    await supervisor.close()
    await asyncio.wait_for(running, 5)
    assert supervisor.check() == (False, "closed")


async def test_a_refusal_stops_for_good_with_one_clear_line() -> None:
    platform: Platform = Scripted(RefusedError("The token was refused.", "Copy it again."))
    supervisor = Supervisor(platform)
    await asyncio.wait_for(supervisor.run(), 5)
    assert supervisor.check() == (False, "refused: The token was refused.")


async def test_closing_while_waiting_to_retry_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.supervisor.FIRST_DELAY", 60.0)
    platform = Scripted(OSError("down"))
    supervisor = Supervisor(platform)
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0.05)
    assert "trying again" in supervisor.detail
    await supervisor.close()
    await asyncio.wait_for(running, 1)


async def test_closing_twice_does_no_harm() -> None:
    supervisor = Supervisor(Scripted())
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0.02)
    await supervisor.close()
    await supervisor.close()
    await asyncio.wait_for(running, 1)


async def test_an_error_that_has_words_is_told_in_them_with_its_advice() -> None:
    supervisor = Supervisor(Scripted(BriefbotError("Port 3000 is taken.", "Set another.")), jitter=lambda: 1000.0)
    with structlog.testing.capture_logs() as log:
        running = asyncio.create_task(supervisor.run())
        await asyncio.sleep(0.05)
        assert supervisor.check() == (False, "Port 3000 is taken. Trying again.")
        await supervisor.close()
        await asyncio.wait_for(running, 1)
    (failed,) = [line for line in log if line["action"] == "platform.failed"]
    assert (failed["why"], failed["advice"]) == ("Port 3000 is taken.", "Set another.")
    assert "exc_info" not in failed


async def test_the_pauses_double_up_to_the_longest_and_start_over_after_a_steady_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, seconds in (("FIRST_DELAY", 0.1), ("LONGEST_DELAY", 0.4), ("STEADY", 0.05)):
        monkeypatch.setattr(f"bot.supervisor.{name}", seconds)
    platform = Scripted(*[OSError("down")] * 4, 0.1, OSError("down"), OSError("down"))
    supervisor = Supervisor(platform, jitter=lambda: 1.0)
    with structlog.testing.capture_logs() as log:
        running = asyncio.create_task(supervisor.run())
        await until_connected(platform)
        await supervisor.close()
        await asyncio.wait_for(running, 1)
    pauses = [line["seconds"] for line in log if line["action"] == "platform.retry"]
    assert pauses == [0.1, 0.2, 0.4, 0.4, 0.1, 0.2, 0.4]


@pytest.mark.parametrize(("jitter", "pause"), [(0.0, 0.2), (1.0, 0.4)])
async def test_replicas_do_not_come_back_at_the_same_moment(
    monkeypatch: pytest.MonkeyPatch, jitter: float, pause: float
) -> None:
    monkeypatch.setattr("bot.supervisor.FIRST_DELAY", 0.4)
    supervisor = Supervisor(Scripted(OSError("down")), jitter=lambda: jitter)
    with structlog.testing.capture_logs() as log:
        running = asyncio.create_task(supervisor.run())
        await asyncio.sleep(0.05)
        await supervisor.close()
        await asyncio.wait_for(running, 1)
    assert [line["seconds"] for line in log if line["action"] == "platform.retry"] == [pause]
