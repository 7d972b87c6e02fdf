"""Editions through bad weather, sent as the ledger has them sent: each arrives once, whatever becomes of answers."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.contract import Fate, Part, SendError, Sent, Target
from bot.platforms.discord.carrier import DiscordCarrier
from tests.platforms.discord.carrying import LONG, carrying, here, keys, parts
from tests.wire.discord import DiscordServer, places

LATE, SETTLE = 0.1, 0.3
FORUM, CHANNELS = 2100, range(2101, 2107)
WEATHER = {"latency": 0.005, "before": 0.15, "after": 0.25, "late": 0.2, "late_seconds": LATE, "server_errors": 0.5}


async def deliver(carrier: DiscordCarrier, target: Target, part: Part, *, look: bool = True) -> Sent:
    """Try until it is sent; what is in doubt is left alone until it has landed, and then looked for."""
    began = datetime.now(UTC)
    doubt = False
    while True:
        try:
            found = await carrier.find(target, part, began) if doubt and look else None
            return found or await carrier.post(target, part, began if doubt else None)
        except SendError as error:
            if error.fate not in {Fate.NOT_YET, Fate.UNCERTAIN}:
                raise
            doubt = doubt or error.fate is Fate.UNCERTAIN
            await asyncio.sleep(SETTLE if error.fate is Fate.UNCERTAIN else min(error.wait, SETTLE))


@pytest.fixture
def stormy() -> DiscordServer:
    server = DiscordServer()
    server.add_channel(FORUM, "digests", type=places.FORUM)
    for channel in CHANNELS:
        server.add_channel(channel, f"{channel}")
    return server


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("nonce_seconds", [0.0, 180.0])
async def test_each_part_arrives_once_and_in_order(stormy: DiscordServer, seed: int, nonce_seconds: float) -> None:
    async with stormy as discord:
        discord.rest.weather.change({**WEATHER, "seed": seed})
        discord.channels.nonce_seconds = nonce_seconds
        async with carrying(discord) as carrier:

            async def edition(channel: int) -> None:
                for part in parts(carrier, LONG, f"edition{channel}"):
                    await deliver(carrier, here(channel), part)

            await asyncio.gather(*map(edition, (FORUM, *CHANNELS)))
            count = len(parts(carrier, LONG))
        await asyncio.gather(*discord.rest.late)
        assert min(discord.rest.weather.met.values()) > 0
        assert len(discord.rest.weather.met) == 3
        found = keys(discord)
        for channel in (FORUM, *CHANNELS):
            stem = f"edition{channel}-"
            assert [key for key in found if key.startswith(stem)] == [f"{stem}{n}" for n in range(1, count + 1)]
        threads = [each for each in discord.world.channels.values() if each.parent == FORUM]
        assert len(threads) == 1


async def test_who_does_not_look_posts_twice(stormy: DiscordServer) -> None:
    """The weather is bad enough for the test above to fail."""
    async with stormy as discord:
        discord.rest.weather.change({**WEATHER, "seed": 1})
        discord.channels.nonce_seconds = 0.0
        async with carrying(discord) as carrier:
            posting = [
                deliver(carrier, here(channel), part, look=False)
                for channel in CHANNELS
                for part in parts(carrier, LONG, f"edition{channel}")
            ]
            await asyncio.gather(*posting)
        await asyncio.gather(*discord.rest.late)
        assert max(Counter(keys(discord)).values()) > 1
