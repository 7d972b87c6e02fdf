"""Outcomes reach the ledger in groups, also when it does not answer at first, and at the end."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.digests import record
from bot.digests.record import Recorder
from bot.digests.records import Release, Result


class Book:
    """A ledger that fails as often as it is told."""

    def __init__(self, failures: int = 0, late: frozenset[int] = frozenset()) -> None:
        self.failures, self.late = failures, late
        self.groups: list[list[Result]] = []

    async def flush(self, results: Sequence[Result]) -> frozenset[int]:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("away")
        self.groups.append(list(results))
        return self.late


def release(number: int) -> Release:
    return Release(number, "l")


async def test_what_comes_together_is_written_together() -> None:
    book = Book()
    async with Recorder(book) as recorder:
        for number in range(5):
            recorder.put(release(number))
        await asyncio.sleep(2 * record.GATHER)
        recorder.put(release(5))
    assert [len(group) for group in book.groups] == [5, 1]


async def test_nothing_is_written_where_nothing_happened() -> None:
    book = Book()
    async with Recorder(book):
        await asyncio.sleep(0)
    assert book.groups == []


async def test_a_ledger_that_is_away_gets_everything_in_order_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RETRY", 0.01)
    book = Book(failures=2)
    async with Recorder(book) as recorder:
        recorder.put(release(1))
        await asyncio.sleep(1.5 * record.GATHER)
        recorder.put(release(2))
        async with asyncio.timeout(5):
            while not book.groups:
                await asyncio.sleep(0.01)
    assert [each.id for group in book.groups for each in group] == [1, 2]


async def test_the_end_does_not_wait_for_a_ledger_that_stays_away() -> None:
    book = Book(failures=1000)
    async with asyncio.timeout(5):
        async with Recorder(book) as recorder:
            recorder.put(release(1))
    assert book.groups == []
