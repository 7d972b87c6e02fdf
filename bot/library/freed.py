"""Memory that is freed, given back to the system.

The C library keeps what was freed for later. From large pieces on it asks the system for each one and gives it back at
once; glibc raises what it takes for large with each such piece that is freed, so that an index, which is made in pieces
of a megabyte, would leave tens of megabytes behind. It does not where the bound is set. To have it look for what is
free instead (`malloc_trim`) would hold up every other thread that asks for memory, for as long as the look takes.
"""

import ctypes
from contextlib import suppress

_MMAP_THRESHOLD = -3
"""The parameter's number in glibc's malloc.h."""
_LARGE = 128 * 1024
"""Bytes: what glibc begins with."""


def give_back_large_pieces() -> None:
    """Have large pieces of memory given back when they are freed, where the C library can (glibc); else do nothing."""
    with suppress(AttributeError, OSError, TypeError):  # no such function, or no way to reach the library
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
