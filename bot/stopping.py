"""How the bot stops: one number of seconds from the signal to the end, shared out, and kept whatever the others do."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import structlog

from bot.supervisor import Supervisor

_log = structlog.get_logger("briefbot")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_TIDY = 1.0
"""Seconds of the grace for disconnecting and for the web server, when no answer is waited for any longer."""
_CUT = 0.25
"""Seconds of those for what was cut off, to end."""
_PARTS = 0.5
"""The share of the time for finishing that what runs beside the platforms has before them."""
_LAST = 4.85
"""Seconds after the signal at which the process ends whatever holds it, such as a thread that looks up a name."""


def answering(grace: float) -> float:
    """Return the seconds of the `grace` in which answers in hand may be finished."""
    return max(0.0, grace - _TIDY)


@asynccontextmanager
async def stopping() -> AsyncIterator[asyncio.Event]:
    """Yield an event that SIGINT or SIGTERM sets; a second signal ends the process at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def ask() -> None:
        _log.info("stopping", action="bot.stopping")
        _end_at_last()
        stop.set()
        for each in _SIGNALS:
            loop.remove_signal_handler(each)

    for each in _SIGNALS:
        loop.add_signal_handler(each, ask)
    try:
        yield stop
    finally:
        for each in _SIGNALS:
            loop.remove_signal_handler(each)


class Part(Protocol):
    """What runs beside the platforms, and needs them to finish."""

    async def run(self) -> None:
        """Run until closed; never raises."""
        ...

    async def close(self, grace: float) -> None:
        """Finish what is in hand within `grace` seconds; then `run` ends."""
        ...


async def supervise(
    supervisors: Sequence[Supervisor], stop: asyncio.Event, grace: float, parts: Sequence[Part] = ()
) -> None:
    """Run the platforms until `stop`, then close them, answers in hand finished, within `grace` seconds.

    The `parts` beside them are closed first: what they have on its way goes by way of the platforms.
    """
    running = [asyncio.create_task(each.run(), name=f"platform-{each.platform.name}") for each in supervisors]
    beside = [asyncio.create_task(each.run(), name=type(each).__name__.lower()) for each in parts]
    _log.info("started", action="bot.started", platforms=[each.platform.name for each in supervisors])
    await stop.wait()
    try:
        async with asyncio.timeout(max(grace, _TIDY) - 2 * _CUT):  # once for what is cut off, once for the web server
            await asyncio.gather(*(each.close(answering(grace) * _PARTS) for each in parts), return_exceptions=True)
            await asyncio.gather(*beside, return_exceptions=True)
            await asyncio.gather(*(_close(each) for each in supervisors))
            await asyncio.gather(*running, return_exceptions=True)
    except TimeoutError:
        _log.warning("stopped before everything was finished", action="bot.grace_over", seconds=grace)
    running += beside
    for task in running:
        task.cancel()
    if running:
        await asyncio.wait(running, timeout=_CUT)
    _log.info("stopped", action="bot.stopped")


async def _close(supervisor: Supervisor) -> None:
    try:
        await supervisor.close()
    except Exception as error:  # noqa: BLE001 - the others are to be closed in order all the same
        _log.warning("not closed", action="platform.close", platform=supervisor.platform.name, exc_info=error)


def _end_at_last() -> None:
    """End the process some time from now, if it has not ended by itself: a thread of its own waits for nobody."""

    def end() -> None:
        _log.warning("ended by force", action="bot.forced", seconds=_LAST)
        os._exit(0)

    timer = threading.Timer(_LAST, end)
    timer.daemon = True  # it must not itself hold what has ended
    timer.start()
