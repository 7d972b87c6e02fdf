"""The streams of this process, for the commands that answer on standard output.

Light on purpose: `briefbot check` imports it too.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper


@contextmanager
def standard_streams() -> Iterator[None]:
    """Read and write UTF-8 while the context lasts."""
    _prepare()
    yield


def as_utf8(argument: str) -> str:
    """Return an argument of the command line with U+FFFD for bytes that are not UTF-8, whatever the locale."""
    if not any("\ud800" <= char <= "\udfff" for char in argument):
        return argument
    return os.fsencode(argument).decode("utf-8", "replace")


def _prepare() -> None:
    """Make the streams UTF-8 whatever the locale says, and let only a line feed end a line of input."""
    if isinstance(sys.stdin, TextIOWrapper):
        # Files from Windows may begin with a byte order mark, which nobody typed.
        encoding = "utf-8" if sys.stdin.isatty() else "utf-8-sig"
        sys.stdin.reconfigure(encoding=encoding, errors="replace", newline="\n")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
