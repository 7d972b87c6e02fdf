"""`make` on machines where something is missing: one plain sentence, no wall of text, and a failure."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.tooling.clone import Clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def version(number: str) -> str:
    """Return a script that is a Python of that version as far as set-up asks it."""
    major, minor, _ = number.split(".")
    too_old = int((int(major), int(minor)) < (3, 11))
    return f'case "$2" in *print*) echo {number} ;; *sys.exit*) exit {too_old} ;; *) exit 1 ;; esac'


def real(interpreter: str = sys.executable) -> str:
    """Return a script that is the Python these tests run on, without the environment they run in."""
    base = getattr(sys, "_base_executable", interpreter)
    return f'exec "{base}" "$@"'


def test_help_is_what_make_says_by_itself(clone: Clone) -> None:
    status, printed, complaint = clone.make()
    assert (status, complaint) == (0, "")
    for target in ("help", "install", "demo", "test", "check", "bench", "lock"):
        assert f"make {target} " in printed
    assert not (clone.folder / ".venv").exists()


@pytest.mark.parametrize("target", ["demo", "test", "install"])
def test_an_old_python_is_named_with_what_to_do(clone: Clone, target: str) -> None:
    clone.program("python3", version("3.9.18"))
    status, _, complaint = clone.make(target)
    assert status != 0
    assert complaint == (
        "briefbot: Python 3.11 or newer is needed and 'python3' is 3.9.18; install it (Debian and Ubuntu: "
        "apt-get install python3 python3-venv), or name one with `make PYTHON=...`."
    )
    assert not (clone.folder / ".venv").exists()


def test_a_newer_python_beside_an_old_one_is_pointed_out(clone: Clone) -> None:
    clone.program("python3", version("3.9.18"))
    clone.program("python3.12", version("3.12.1"))
    clone.program("python3.11", version("3.11.2"))
    status, _, complaint = clone.make("install")
    assert status != 0
    assert complaint.endswith("is 3.9.18; choose the one that is here with `make PYTHON=python3.12 ...`.")


def test_no_python_at_all(clone: Clone) -> None:
    status, _, complaint = clone.make("install")
    assert status != 0
    assert complaint.startswith(
        "briefbot: Python 3.11 or newer is needed and 'python3' does not run; install it (Debian"
    )


def test_a_chosen_python_that_is_not_there(clone: Clone) -> None:
    clone.program("python3", real())
    status, _, complaint = clone.make("PYTHON=python3.99", "install")
    assert status != 0
    assert complaint.startswith("briefbot: Python 3.11 or newer is needed and 'python3.99' does not run; ")


def test_without_the_venv_module_the_debian_package_is_named(clone: Clone) -> None:
    # Debian's python3 without python3-venv: venv can be imported, ensurepip cannot.
    clone.program("python3", f'case "$2" in *ensurepip*) echo No module named ensurepip >&2; exit 1 ;; esac\n{real()}')
    status, _, complaint = clone.make("install")
    assert status != 0
    _, sentence = complaint.splitlines()
    short = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert sentence == (
        "briefbot: 'python3' has no venv module; install it (on Debian and Ubuntu: "
        f"apt-get install python{short}-venv; then run make again)."
    )
    assert not (clone.folder / ".venv").exists()


def test_a_venv_that_fails_half_way_leaves_nothing_and_a_log(clone: Clone) -> None:
    fails = 'if [ "$2" = venv ]; then mkdir -p .venv/bin; echo the reason >&2; exit 1; fi'
    clone.program("python3", f"{fails}\n{real()}")
    status, _, complaint = clone.make("install")
    assert status != 0
    assert "'python3' could not make a virtual environment; see build/install.log. " in complaint.splitlines()[-1]
    assert "-venv; then run make again" in complaint.splitlines()[-1]
    assert (clone.folder / "build/install.log").read_text("utf-8") == "the reason\n"
    assert not (clone.folder / ".venv").exists()


def test_without_a_network_the_sentence_says_so(clone: Clone) -> None:
    clone.program("python3", real())
    nowhere = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    status, printed, complaint = clone.make("install", **nowhere)
    assert (status != 0, printed) == (True, "")
    _, sentence = complaint.splitlines()
    assert sentence == (
        "briefbot: no network: uv could not be fetched; connect (or set your proxy or package index) and run make "
        "again; see build/install.log."
    )
    assert "Connection refused" in (clone.folder / "build/install.log").read_text("utf-8")
    assert not (clone.folder / ".venv/.installed").exists()


def test_an_installer_nobody_knows(clone: Clone) -> None:
    status, _, complaint = clone.make("INSTALLER=conda", "install")
    assert (status != 0, complaint) == (True, "briefbot: INSTALLER is 'uv' or 'pip', not 'conda'.")


@pytest.fixture
def installed(clone: Clone) -> Clone:
    """Give a clone whose .venv holds stand-ins that write down how they were called."""
    note = 'echo "$0 $*" >> calls'
    clone.program("python3", "exit 1")
    binaries = clone.folder / ".venv/bin"
    binaries.mkdir(parents=True)
    clone.program("stand-in", f'{note}\ncase "$2" in *print*) echo 3.11.7 ;; esac')
    for name in ("python", "uv"):
        shutil.copy(clone.path / "stand-in", binaries / name)
    status, _, complaint = clone.make("install")
    assert (status, complaint) == (0, "briefbot: bringing .venv up to date")
    return clone


def calls(clone: Clone) -> list[str]:
    """Return what the stand-ins were asked to install since the last look."""
    log = clone.folder / "calls"
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line for line in lines if " install " in line]


def test_uv_and_the_requirements_come_by_their_hashes_and_the_project_alone(installed: Clone) -> None:
    assert calls(installed) == [
        ".venv/bin/python -m pip install --log build/install.log --require-hashes -r requirements-uv.txt",
        ".venv/bin/uv pip install --python .venv/bin/python --require-hashes -r requirements-dev.txt",
        ".venv/bin/uv pip install --python .venv/bin/python --no-deps --no-build-isolation -e .",
    ]


def test_the_second_run_does_nothing(installed: Clone) -> None:
    calls(installed)
    assert installed.make("install") == (0, "", "")
    assert calls(installed) == []


@pytest.mark.parametrize("name", ["requirements-dev.txt", "requirements-uv.txt", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_again(installed: Clone, name: str) -> None:
    calls(installed)
    stamp = (installed.folder / ".venv/.installed").stat().st_mtime
    os.utime(installed.folder / name, (stamp + 1, stamp + 1))
    installed.make("INSTALLER=pip", "install")
    assert calls(installed) == [
        ".venv/bin/python -m pip install --log build/install.log --require-hashes -r requirements-dev.txt",
        ".venv/bin/python -m pip install --log build/install.log --no-deps --no-build-isolation -e .",
    ]


def test_a_venv_that_was_moved_is_made_anew(installed: Clone) -> None:
    moved = installed.folder.rename(installed.folder.with_name("moved"))
    installed.folder = moved
    status, _, complaint = installed.make("install")
    assert status != 0
    assert "'python3' does not run" in complaint


def test_arguments_are_handed_on(installed: Clone) -> None:
    shutil.copy(installed.path / "stand-in", installed.folder / ".venv/bin/briefbot")
    installed.make("demo", "ARGS=--port 9000")
    calls_made = (installed.folder / "calls").read_text("utf-8")
    assert ".venv/bin/briefbot preview --open --port 9000\n" in calls_made


def test_checks_are_named_and_one_failure_stops_none_of_them(installed: Clone) -> None:
    for name in ("ruff", "lint-imports", "hadolint", "briefbot"):
        shutil.copy(installed.path / "stand-in", installed.folder / ".venv/bin" / name)
    failing = installed.folder / ".venv/bin/mypy"
    failing.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    failing.chmod(0o755)
    status, printed, complaint = installed.make("check")
    assert status != 0
    assert complaint == "== failed: types"
    names = [line.split()[1] for line in printed.splitlines() if line.startswith("== ")]
    assert names == ["format:", "lint:", "types:", "arrows:", "dockerfile:", "briefings:"]
    failing.write_text("#!/bin/sh\n", "utf-8")
    status, printed, complaint = installed.make("check")
    assert (status, complaint) == (0, "")
    assert printed.endswith("== all checks passed\n")
