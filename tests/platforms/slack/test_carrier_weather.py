"""Editions in bad weather: each arrives once where whoever is in doubt looks first, and not where nobody looks."""

import asyncio
from collections import Counter
from datetime import datetime

import pytest

from bot.contract import Carrier, Fate, Part, SendError
from tests.platforms.contract import deliver
from tests.platforms.slack.carrying import HERE, carrying, keys, now, part
from tests.wire.slack import SlackServer
from tests.wire.slack.weather import Weather

NUMBER = 60
LATE = 0.2
SETTLE = 0.4
"""Longer than anything lands late."""


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.slack.carrier.AGAIN", 0.05)


async def carried_out(carrier: Carrier, sent: Part, *, looks: bool) -> None:
    """Try until it is certain, as the ledger does."""
    first: datetime | None = None
    while True:
        started = now()
        try:
            await deliver(carrier, HERE, sent, first if looks else None)
        except SendError as error:
            if error.fate is not Fate.NOT_YET:
                first = first or started
            await asyncio.sleep(SETTLE)
        else:
            return


async def arrived(slack: SlackServer, *, looks: bool, seed: int) -> Counter[str]:
    slack.weather = Weather(before=0.15, after=0.15, late=0.1, late_seconds=LATE, seed=seed)
    async with carrying(slack) as carrier:
        sent = [part(carrier, key=f"weather-{number}") for number in range(NUMBER)]
        await asyncio.gather(*(carried_out(carrier, each, looks=looks) for each in sent))
    await asyncio.sleep(LATE)
    assert slack.weather.met["late"]
    return Counter(keys(slack))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_who_looks_before_posting_again_posts_once(slack: SlackServer, seed: int) -> None:
    assert await arrived(slack, looks=True, seed=seed) == {f"weather-{number}": 1 for number in range(NUMBER)}


async def test_who_does_not_look_posts_twice(slack: SlackServer) -> None:
    found = await arrived(slack, looks=False, seed=1)
    assert len(found) == NUMBER
    assert max(found.values()) > 1
