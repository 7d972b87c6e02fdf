import pytest

from bot.observe import Check, Health


def broken() -> tuple[bool, str]:
    raise OSError("words that stay in the log")


def test_nothing_to_check_is_healthy() -> None:
    assert Health().snapshot().ready


def test_every_part_is_asked_anew_and_shown_by_name() -> None:
    health, connected = Health(), [False]
    health.add("library", lambda: (True, "12 entries"))
    health.add("slack", lambda: (connected[0], "connected" if connected[0] else "connecting"))
    snapshot = health.snapshot()
    assert snapshot.checks == (Check("library", True, "12 entries"), Check("slack", False, "connecting"))
    assert snapshot.as_json() == {
        "ready": False,
        "checks": {"library": {"ok": True, "detail": "12 entries"}, "slack": {"ok": False, "detail": "connecting"}},
    }
    connected[0] = True
    assert health.snapshot().ready


def test_a_probe_that_raises_hides_no_other_part() -> None:
    health = Health()
    health.add("watcher", broken)
    health.add("library", lambda: (True, "12 entries"))
    first, second = health.snapshot().checks
    assert (first.ok, first.detail) == (False, "cannot be told (OSError)")
    assert second.ok


def test_a_name_is_given_once() -> None:
    health = Health()
    health.add("slack", broken)
    with pytest.raises(ValueError, match="two health checks are called slack"):
        health.add("slack", broken)
