"""Long work in a thread that never holds the others up: Python changes threads between steps, not in the middle of one.

A sort of a long list is one step, and so is a look for garbage at everything there is.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from heapq import merge
from itertools import islice
from threading import Lock
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
_TURN = 0.0005
"""Seconds after which a thread that waits gets its turn."""
_BREATH, _REST = 0.001, 0.0003
"""Seconds of work between rests, and of a rest.

A rest and not only Python's turn: work that reads files or hands texts on gives its turn up so often, and takes it back
so soon, that a thread that waits for it is woken again and again for nothing.
"""
_since: ContextVar[list[float]] = ContextVar("since", default=[])  # noqa: B039 - the default is never written to
"""When the last rest was, where rests are taken."""
_usual: list[float] = []
"""Python's turn as each one that is within `giving_way` found it, the first one's first."""
_lock = Lock()
_AT_ONCE = 2_000
"""Items that are sorted in one step: a fraction of a millisecond."""


def sorted_steadily(items: Iterable[Item], key: Callable[[Item], str]) -> list[Item]:
    """Return `items` sorted by `key`, equal ones in the order in which they came, in small steps."""
    rest, runs = ((key(item), place, item) for place, item in enumerate(items)), list[list[tuple[str, int, Item]]]()
    while run := sorted(islice(rest, _AT_ONCE)):
        breathe()
        runs.append(run)
    found = [item for _, _, item in (runs[0] if len(runs) == 1 else merge(*runs))]
    while runs:  # one by one: what was held for sorting is not freed in one step either
        runs.pop()
        breathe()
    return found


def let_go(held: list[Any] | dict[Any, Any]) -> None:
    """Empty `held` in small steps, for what is freed as a whole is freed in one step, however much it is."""
    while held:
        breathe()
        if isinstance(held, list):
            del held[-_AT_ONCE:]
        else:
            for _ in range(min(_AT_ONCE, len(held))):
                held.popitem()


def made_aside(make: Callable[[], Made]) -> Made:
    """Return what `make` makes, whose own threads, if it starts any, run when no other wants a processor.

    Only within `giving_way`, and where the system knows of such threads (Linux: SCHED_IDLE). A thread takes after the
    one that starts it, and without the right to one cannot return to what it was, hence a thread of its own. A lower
    priority (`nice`) is not enough: a thread that wakes up waits until the other has used up its slice, some
    milliseconds, however low that one's priority is.
    """
    if not _since.get():
        return make()

    def work() -> Made:
        with suppress(AttributeError, OSError):  # no such policy here, or none that may be chosen: as it was, then
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        return make()

    with ThreadPoolExecutor(1, "made-aside") as one:
        return one.submit(work).result()


def breathe() -> None:
    """Rest for a moment when it is time to: only within `giving_way`, and between the steps of long work."""
    since = _since.get()
    if since and time.perf_counter() - since[0] > _BREATH:
        time.sleep(_REST)
        since[0] = time.perf_counter()


@contextmanager
def giving_way() -> Iterator[None]:
    """Let other threads have their turn soon while the context lasts, and keep Python from looking for garbage.

    What was made in it is left out of later looks: what is made of files holds no circles, so that counting references
    frees it.
    """
    _enter()
    resting = _since.set([time.perf_counter()])
    try:
        yield
    finally:
        _since.reset(resting)
        _leave()


def _enter() -> None:
    with _lock:
        if not _usual:
            gc.disable()
        _usual.append(sys.getswitchinterval())
        sys.setswitchinterval(_TURN)


def _leave() -> None:
    """Put back what the first one in found once the last one is out: a reload may come while a start still prepares."""
    with _lock:
        usual = _usual.pop()
        if not _usual:
            gc.freeze()
            gc.enable()
            sys.setswitchinterval(usual)
