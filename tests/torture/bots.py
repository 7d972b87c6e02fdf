"""The bots: real processes of `bot.app.serve`, started, killed, frozen and woken."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.torture.world import ROOT

POLITELY = 0.2
"""The share of those killed that are only asked to end, with SIGTERM."""


class Bots:
    """Replicas of the bot on one database."""

    def __init__(self, number: int, environment: Mapping[str, str], options: tuple[str, ...], log: Path) -> None:
        """Start `number` of them; what they log goes to `log`."""
        self._environment = {**os.environ, **environment}
        self._options = options
        self._log = log.open("ab")
        self.processes = [self._start() for _ in range(number)]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.torture.process", *self._options],
            cwd=ROOT,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
        )

    def kill(self, chance: random.Random) -> None:
        """Kill one of them, as the system does for want of memory or as an operator does, and start another.

        Raises:
            RuntimeError: one that was asked to end did not end in order.
        """
        at = chance.randrange(len(self.processes))
        ended = self.processes[at]
        if chance.random() < POLITELY:
            ended.send_signal(signal.SIGCONT)  # it may be frozen
            ended.terminate()
            if (status := ended.wait(timeout=20)) not in {0, -signal.SIGTERM}:  # it may not have begun to listen
                raise RuntimeError(f"asked to end, a bot ended with {status}")
        else:
            ended.kill()
            ended.wait()
        self.processes[at] = self._start()

    def lose(self) -> None:
        """Kill one for good."""
        lost = self.processes.pop()
        lost.kill()
        lost.wait()

    def freeze(self, chance: random.Random) -> subprocess.Popen[bytes]:
        """Stop one of them in the middle of whatever it does; `wake` lets it go on."""
        frozen = chance.choice(self.processes)
        frozen.send_signal(signal.SIGSTOP)
        return frozen

    def wake(self, frozen: subprocess.Popen[bytes]) -> None:
        """Let it go on."""
        frozen.send_signal(signal.SIGCONT)

    def end(self) -> list[int]:
        """Ask all of them to end; return their exit statuses."""
        for each in self.processes:
            each.terminate()
        statuses = [each.wait(timeout=20) for each in self.processes]
        self._log.close()
        return statuses
