"""Whatever happens in whatever order: no part twice, none lost, in order, and only the holder's word counts."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.digests.machine import LedgerMachine
from tests.digests.rig import LEASE, SETTLE
from tests.postgres import Postgres


def _settings(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


@pytest.fixture
def sqlite_urls(migrated_sqlite: Path, tmp_path: Path) -> Iterator[str]:
    """Return the addresses of as many databases as are asked for."""
    empty = migrated_sqlite.read_bytes()

    def copies() -> Iterator[str]:
        for number in itertools.count():
            path = tmp_path / f"{number}.db"
            path.write_bytes(empty)
            yield f"sqlite:///{path}"

    return copies()


@pytest.mark.timeout(600)  # to make a failure small takes its time
def test_on_sqlite(sqlite_urls: Iterator[str]) -> None:
    class OnSqlite(LedgerMachine):
        urls = sqlite_urls

    run_state_machine_as_test(OnSqlite, settings=_settings(80, 30))


@pytest.mark.timeout(600)
def test_on_postgresql(postgres: Postgres) -> None:
    class OnPostgres(LedgerMachine):
        urls = iter(postgres.migrated, "")

    run_state_machine_as_test(OnPostgres, settings=_settings(12, 30))


@pytest.mark.parametrize("looks", [True, False])
def test_a_crash_after_the_effect_doubles_only_without_looking(sqlite_urls: Iterator[str], looks: bool) -> None:
    """Or else the tests above would show nothing."""
    machine = _begun(sqlite_urls, "looks", kept=looks)
    machine.work_on(machine.held[0], "ok", False)
    machine.wait(LEASE + SETTLE)
    machine.claim(1, 1)
    machine.work_on(machine.held[0], "ok", True)
    _ends(machine, kept=looks)


@pytest.mark.parametrize("minds", [True, False])
def test_a_worker_that_was_frozen_doubles_only_past_the_deadline(sqlite_urls: Iterator[str], minds: bool) -> None:
    machine = _begun(sqlite_urls, "minds_the_deadline", kept=minds)
    frozen = machine.held[0]
    machine.wait(LEASE + SETTLE)
    machine.claim(1, 1)
    machine.work_on(machine.held[1], "ok", True)
    machine.work_on(frozen, "ok", True)
    _ends(machine, kept=minds)


def _begun(addresses: Iterator[str], rule: str, *, kept: bool) -> LedgerMachine:
    """Return a machine with one part claimed, whose workers keep or break a rule."""

    class Scripted(LedgerMachine):
        urls = addresses

    setattr(Scripted, rule, kept)
    machine = Scripted()
    machine.begin(1, parts=1)
    machine.claim(0, 1)
    return machine


def _ends(machine: LedgerMachine, *, kept: bool) -> None:
    if kept:
        machine.nothing_is_posted_twice()
        machine.teardown()
        return
    with pytest.raises(AssertionError, match="-1': 2"):
        machine.nothing_is_posted_twice()
    with pytest.raises(AssertionError, match="-1': 2"):
        machine.teardown()
