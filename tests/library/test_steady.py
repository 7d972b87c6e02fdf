"""Threads that stand back for others while the library is made anew."""

import os
import threading

import pytest

from bot.library.steady import giving_way, made_aside

_IDLE = getattr(os, "SCHED_IDLE", None)
needs_idle = pytest.mark.skipif(_IDLE is None, reason="this system has no threads that run when no other wants to")


def _started_thread() -> tuple[int, int]:
    """Return the policy and the id of a thread that is started here."""
    found: list[tuple[int, int]] = []
    thread = threading.Thread(target=lambda: found.append((os.sched_getscheduler(0), threading.get_native_id())))
    thread.start()
    thread.join()
    return found[0]


@needs_idle
def test_threads_of_what_is_made_aside_stand_back_and_the_one_that_asks_does_not() -> None:
    usual = os.sched_getscheduler(0)
    with giving_way():
        policy, _ = made_aside(_started_thread)
        assert os.sched_getscheduler(0) == usual
    assert policy == _IDLE
    assert _started_thread()[0] == usual


@needs_idle
def test_outside_of_giving_way_nothing_stands_back() -> None:
    assert made_aside(_started_thread)[0] == os.sched_getscheduler(0)


def test_what_fails_aside_fails_where_it_was_asked_for() -> None:
    def fail() -> None:
        raise LookupError("no room")

    with giving_way(), pytest.raises(LookupError, match="no room"):
        made_aside(fail)


def test_where_no_policy_may_be_chosen_it_is_made_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", refuse, raising=False)
    with giving_way():
        assert made_aside(lambda: 7) == 7
