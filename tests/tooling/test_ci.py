"""`.ci/run`: what is missing is installed or named, and checks and tests both run."""

from pathlib import Path

import pytest

from tests.tooling.clone import Clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Give a clone on a machine that has everything; make is a stand-in that writes down its targets."""
    clone = Clone(tmp_path)
    clone.program("make", 'echo "made $1 for CI=$CI"')
    clone.program("chromium", "exit 0")
    clone.program("dpkg", "exit 0")
    clone.program("id", "echo 0")
    return clone


def ran(clone: Clone) -> tuple[int, list[str], str]:
    status, printed, complaint = clone.run("bash", ".ci/run")
    return status, printed.splitlines(), complaint


def test_with_everything_there_checks_and_tests_run(clone: Clone) -> None:
    status, printed, complaint = ran(clone)
    assert (status, complaint) == (0, "")
    assert [line for line in printed if line.startswith("made")] == ["made check for CI=true", "made test for CI=true"]


def test_a_failed_check_does_not_keep_the_tests_from_running(clone: Clone) -> None:
    clone.program("make", 'echo "made $1"; [ "$1" = test ]')
    status, printed, complaint = ran(clone)
    assert (status, complaint) == (1, "ci: failed: make check")
    assert "made test" in printed


def test_what_is_missing_is_installed_first(clone: Clone) -> None:
    (clone.path / "chromium").unlink()
    clone.program("dpkg", '[ "$2" = fonts-noto-cjk ]')
    clone.program("apt-get", 'echo "apt-get $*" >&2')
    status, printed, complaint = ran(clone)
    assert status == 0
    assert printed[0] == "ci: installing chromium fonts-noto-color-emoji"
    assert complaint.splitlines() == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji",
    ]


def test_without_root_what_is_missing_is_named(clone: Clone) -> None:
    (clone.path / "chromium").unlink()
    clone.program("apt-get", "exit 1")
    clone.program("id", "echo 1000")
    status, printed, complaint = ran(clone)
    assert (status, printed) == (1, [])
    assert complaint == "ci: the browser tests need chromium; as root: apt-get install chromium"


def test_without_apt_what_is_missing_is_named(clone: Clone) -> None:
    (clone.path / "chromium").unlink()
    status, _, complaint = ran(clone)
    assert status == 1
    assert complaint == "ci: the browser tests need chromium, and there is no apt-get to install them with"


def test_an_apt_that_fails_stops_the_run(clone: Clone) -> None:
    (clone.path / "chromium").unlink()
    clone.program("apt-get", "echo no such package >&2; exit 100")
    status, printed, complaint = ran(clone)
    assert (status, complaint) == (100, "no such package")
    assert not any(line.startswith("made") for line in printed)
