"""Reads the briefings while the rest of the bot is imported: in a process of its own, so that both are done at once.

Reading a library costs about as much as importing both SDKs. What a file says of itself does not depend on anything
else, so it can be read anywhere; `load` takes over what is still true of the folder and reads the rest.
"""

import multiprocessing
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from bot.library.read import Read

_log = structlog.get_logger("briefbot")


class Ahead:
    """The files of a folder, being read by a process that was split off from this one.

    Make it while this process has one thread and no event loop: what is split off must not inherit either.
    """

    def __init__(self, root: Path) -> None:
        """Begin to read the files in `root`; does nothing on systems where a process cannot be split."""
        self._answer: Connection | None = None
        if "fork" not in multiprocessing.get_all_start_methods():
            return
        context = multiprocessing.get_context("fork")
        self._answer, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_read, args=(root, theirs), name="briefings", daemon=True)
        self._process.start()
        theirs.close()

    def reads(self) -> tuple[Read, ...]:
        """Wait for what was read and return it, once; nothing when the process was lost, for `load` does it then."""
        if self._answer is None:
            return ()
        with self._answer as answer:
            self._answer = None
            try:
                found: tuple[Read, ...] = answer.recv()
            except (EOFError, OSError):
                _log.warning("briefings are read a second time", action="library.ahead")
                found = ()
        self._process.join()
        return found


def _read(root: Path, answer: Connection) -> None:
    from bot.library.load import read_folder

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the bot, and nobody is left to be answered
    answer.send(read_folder(root, {}, []))
