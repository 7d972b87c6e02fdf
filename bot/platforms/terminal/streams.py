"""The streams of this process and the ways a shell ends it, for the commands that answer on standard output.

Light on purpose: `briefbot check` imports it too.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO, TextIOWrapper
from typing import NoReturn

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it: 128 and the number of the signal."""
READER_GONE = 141
CANNOT_WRITE = 1


@contextmanager
def standard_streams() -> Iterator[None]:
    """Read and write UTF-8 while the context lasts, and end without a traceback when a shell ends it.

    That is on Ctrl-C, when the reader of a pipe leaves (`| head -1`), and when nothing can be written (a full disk).
    """
    # Else a shell has it ignored, for a job in the background. At once, since Python would wait for a reading thread.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    try:
        _prepare()
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _leave(READER_GONE)
    except OSError as error:
        sys.stderr.write(f"briefbot: the answer could not be written: {error.strerror}.\n")
        _leave(CANNOT_WRITE)


def as_utf8(argument: str) -> str:
    """Return an argument of the command line with U+FFFD for bytes that are not UTF-8, whatever the locale."""
    if not any("\ud800" <= char <= "\udfff" for char in argument):
        return argument
    return os.fsencode(argument).decode("utf-8", "replace")


def _prepare() -> None:
    """Make the streams UTF-8 whatever the locale says, and let only a line feed end a line of input."""
    if sys.stdout is None:
        raise OSError(0, "standard output is closed")
    sys.stdin = sys.stdin or StringIO()
    sys.stderr = sys.stderr or StringIO()
    if isinstance(sys.stdin, TextIOWrapper):
        # Files from Windows may begin with a byte order mark, which nobody typed.
        encoding = "utf-8" if sys.stdin.isatty() else "utf-8-sig"
        sys.stdin.reconfigure(encoding=encoding, errors="replace", newline="\n")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _leave(status: int) -> NoReturn:
    """End the process; what is still held back goes nowhere, or Python would complain of it at the very end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(status)
