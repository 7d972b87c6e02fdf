"""Keeps one platform running: retries with back-off what may heal, stops what was refused, touches no other."""

import asyncio
import random
import time
from collections.abc import Callable

import structlog

from bot.contract import Platform
from bot.errors import BriefbotError, RefusedError

_log = structlog.get_logger("briefbot")

FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
STEADY = 60.0
"""Seconds a connection must have lasted for the back-off to start over."""


class Supervisor:
    """Runs a platform until `close`, and knows in words how it stands."""

    def __init__(self, platform: Platform, jitter: Callable[[], float] = random.random) -> None:
        """Take the platform; `jitter` gives 0..1 and spreads replicas' retries."""
        self.platform = platform
        self.detail = "not started"
        self._jitter = jitter
        self._closing = asyncio.Event()

    def check(self) -> tuple[bool, str]:
        """Return whether commands can arrive, and how it stands, for `/readyz`."""
        return (True, "connected") if self.platform.connected else (False, self.detail)

    async def run(self) -> None:
        """Run the platform; return once it was closed or refused for good. Never raises for the platform's failures."""
        delay = FIRST_DELAY
        name = self.platform.name
        while not self._closing.is_set():
            self.detail, started = "connecting", time.monotonic()
            try:
                await self.platform.run()
                self.detail = "connection ended"
            except RefusedError as error:
                self.detail = f"refused: {error.sentence}"
                _log.error(
                    "platform refused",
                    action="platform.refused",
                    platform=name,
                    advice=error.advice,
                    why=error.sentence,
                )
                return
            except Exception as error:  # noqa: BLE001 - whatever a platform dies of, the others go on and it is tried again
                self._failed(error)
            if time.monotonic() - started > STEADY:
                delay = FIRST_DELAY
            await self._pause(delay * (0.5 + self._jitter() / 2))
            delay = min(delay * 2, LONGEST_DELAY)
        self.detail = "closed"

    def _failed(self, error: Exception) -> None:
        """Tell why: in the words of an error that has some, else by its name, with the traceback in the log."""
        name = self.platform.name
        if isinstance(error, BriefbotError):
            self.detail = f"{error.sentence} Trying again."
            _log.warning(
                "platform failed", action="platform.failed", platform=name, why=error.sentence, advice=error.advice
            )
            return
        self.detail = f"failed to connect ({type(error).__name__}), trying again"
        _log.warning("platform failed", action="platform.failed", platform=name, exc_info=error)

    async def close(self) -> None:
        """Finish the platform's work in hand and let `run` return."""
        self._closing.set()
        await self.platform.close()

    async def _pause(self, seconds: float) -> None:
        if self._closing.is_set():
            return
        _log.info("platform retry", action="platform.retry", platform=self.platform.name, seconds=round(seconds, 1))
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return
