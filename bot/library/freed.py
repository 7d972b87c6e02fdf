"""Memory that was freed, given back to the system.

The C library keeps it for later (glibc: a pool for each thread), and whoever made a large index never needs so much
again.
"""

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give the system what is free of the C library's memory, where that library can (glibc); else do nothing."""
    with suppress(AttributeError, OSError, TypeError):  # no such function, or no way to reach the library
        ctypes.CDLL(None).malloc_trim(0)
