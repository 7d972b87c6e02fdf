"""Wakes: one look at a time, none lost that was asked for while another went on, and nothing said of it."""

import asyncio
import logging

import pytest

from bot.digests.wake import Wakes


class Looker:
    """Looks for as long as it is let."""

    def __init__(self) -> None:
        self.looks = self.most = self._now = 0
        self.let = asyncio.Event()

    async def look(self) -> None:
        self.looks += 1
        self._now += 1
        self.most = max(self.most, self._now)
        await self.let.wait()
        self._now -= 1


async def settle() -> None:
    await asyncio.sleep(0.1)


async def test_what_is_asked_for_during_a_look_is_looked_at_once_more_after_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    looker = Looker()
    with caplog.at_level(logging.WARNING):
        async with Wakes(looker.look) as wakes:
            wakes.soon()
            await settle()
            for _ in range(3):
                wakes.soon()
                await asyncio.sleep(0.01)
            assert looker.looks == 1
            looker.let.set()
            await settle()
            assert (looker.looks, looker.most) == (2, 1)
            wakes.soon()
            await settle()
            assert (looker.looks, looker.most) == (3, 1)
    assert not caplog.records


async def test_a_look_that_fails_is_followed_by_the_next() -> None:
    looks = 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        raise RuntimeError("the first of them")

    async with Wakes(look) as wakes:
        for _ in range(2):
            wakes.soon()
            await settle()
    assert looks == 2


async def test_a_look_under_way_ends_with_it_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    looker = Looker()
    ended = False

    async def look() -> None:
        nonlocal ended
        try:
            await looker.look()
        finally:
            ended = True

    with caplog.at_level(logging.WARNING):
        async with Wakes(look) as wakes:
            wakes.soon()
            await settle()
            assert not ended
        assert ended
    assert looker.looks == 1
    assert not caplog.records
