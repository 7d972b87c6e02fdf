"""A person at a real terminal: the command on a pseudo-terminal, keys in, the words on the screen out."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

ROWS, COLUMNS = 40, 100
_CODES = re.compile(r"\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")
_WHERE, _HERE = b"\x1b[6n", b"\x1b[1;1R"  # a program asks where the cursor is, and a terminal answers


class Screen:
    """The terminal side of one running command."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self._keyboard = keyboard

    def until(self, words: str, seconds: float = 15) -> str:
        """Return what is shown from now on, without styles, up to the moment `words` are in it."""
        shown, end = b"", time.monotonic() + seconds
        while words not in (plain := _CODES.sub("", shown.decode("utf-8", "replace"))):
            assert time.monotonic() < end, f"no {words!r} in {plain!r}"
            shown += self._more()
        return plain

    def type(self, keys: str, words: str) -> str:
        """Press `keys` and return what is shown, up to `words`."""
        os.write(self._keyboard, keys.encode())
        return self.until(words)

    def ended(self, keys: str = "") -> int:
        """Press `keys` and return the exit status with which the command then ends."""
        os.write(self._keyboard, keys.encode())
        end = time.monotonic() + 15
        while self.process.poll() is None:
            assert time.monotonic() < end, "it goes on"
            self._more()
        return self.process.returncode

    def _more(self) -> bytes:
        ready, _, _ = select.select([self._keyboard], [], [], 0.05)
        try:
            found = os.read(self._keyboard, 65_536) if ready else b""
        except OSError:  # what Linux says when the other side has closed
            return b""
        if _WHERE in found:
            os.write(self._keyboard, _HERE)
        return found


@contextmanager
def screen(*arguments: str, env: Mapping[str, str]) -> Iterator[Screen]:
    """Yield a terminal on which `briefbot` runs with `arguments`."""
    keyboard, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    command = [sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={"TERM": "xterm-256color", **env},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            yield Screen(process, keyboard)
        finally:
            process.kill()
            os.close(keyboard)
