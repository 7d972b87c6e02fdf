"""Loads the library while the rest of the bot is imported: in a process of its own, so that both are done at once.

Reading a library costs about as much as importing both SDKs. What a folder holds does not depend on anything else, so
it can be read anywhere; `load` takes over what is still true of the folder and reads the rest.
"""

import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what the other process imports meanwhile, this one has no need of yet
    from bot.library.library import Library


class Ahead:
    """A library, being loaded by a process that was split off from this one.

    Make it while this process has one thread and no event loop: what is split off must not inherit either.
    """

    def __init__(self) -> None:
        """Split off the process, which prepares to read; does nothing on systems where that cannot be done."""
        self._pipe: Connection | None = None
        if "fork" not in multiprocessing.get_all_start_methods():
            return
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._pipe), name="briefings", daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, root: Path) -> None:
        """Begin to load the library in `root`."""
        if self._pipe is not None:
            with suppress(OSError):  # it was lost, as `library` will tell
                self._pipe.send(root)

    def library(self) -> "Library | None":
        """Wait for the library and return it, once; None when the process was lost, for `load` does it then."""
        if self._pipe is None:
            return None
        found: Library | None = None
        with self._pipe as pipe:
            self._pipe = None
            try:
                found = pipe.recv()
            except (EOFError, OSError):
                _tell_that_it_was_lost()
        self._process.join()
        return found


def _tell_that_it_was_lost() -> None:
    import structlog  # here, since the other process has no need of it

    structlog.get_logger("briefbot").warning("briefings are read a second time", action="library.ahead")


def _serve(pipe: Connection, other_end: Connection) -> None:
    """Load the library in the folder that is named at `pipe`; end where `other_end` is closed before."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the bot, and nobody is left to be answered
    other_end.close()  # else this process would hold open what it waits for
    from bot.library import reading  # noqa: F401 - the parsers, while the folder is not known yet
    from bot.library.load import load

    with suppress(EOFError):
        pipe.send(load(pipe.recv()))
