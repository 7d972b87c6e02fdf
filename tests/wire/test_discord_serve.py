"""The loopback Discord as a process of its own: a bare client posts there, and orders decide what goes wrong."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import aiohttp
import discord
import pytest
import yarl

from tests.wire.discord.bare import BareClient, until

CALM = dict.fromkeys(("before", "after", "late"), 0.0)
ROOT = Path(__file__).parent.parent.parent


class Far:
    """A loopback Discord elsewhere, and a bare client that is connected to it."""

    def __init__(self, address: dict[str, str], client: discord.Client, session: aiohttp.ClientSession) -> None:
        self.address, self.client, self._session = address, client, session

    async def order(self, what: str, **given: Any) -> dict[str, Any]:
        async with self._session.post(f"{self.address['control']}/{what}", json=given) as response:
            return dict(await response.json(), status=response.status)

    async def look(self, what: str) -> dict[str, Any]:
        async with self._session.get(f"{self.address['control']}/{what}") as response:
            found: dict[str, Any] = await response.json()
            return found

    async def nonces(self, channel: str) -> list[str]:
        return [each["nonce"] for each in (await self.look("messages"))["messages"] if each["channel"] == channel]

    async def post(self, channel: str, words: str, nonce: str) -> discord.Message:
        return await self.client.get_partial_messageable(int(channel)).send(words, nonce=nonce)


@pytest.fixture(scope="module")
def address() -> Iterator[dict[str, str]]:
    command = [sys.executable, "-m", "tests.wire.discord.serve", "--token", "elsewhere"]
    with Popen(command, cwd=ROOT, stdout=PIPE, stderr=PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        yield json.loads(process.stdout.readline())
        process.terminate()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.fixture
async def far(address: dict[str, str]) -> AsyncIterator[Far]:
    discord.http.Route.BASE = address["api_base"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:9")
    client = BareClient(guild_ready_timeout=0.1)
    async with client, aiohttp.ClientSession() as session, _running(client, address["token"]):
        yield Far(address, client, session)


@asynccontextmanager
async def _running(client: discord.Client, token: str) -> AsyncIterator[None]:
    task = asyncio.create_task(client.start(token))
    await asyncio.wait_for(client.wait_until_ready(), 10)
    yield
    await client.close()
    await asyncio.wait({task})


async def test_channels_are_made_told_of_and_posted_to(far: Far) -> None:
    made = (await far.order("channels", count=401))["channels"]
    assert len({each["channel"] for each in made}) == 401
    assert len({each["workspace"] for each in made}) == 2
    await until(lambda: far.client.get_channel(int(made[-1]["channel"])) is not None)
    first = made[0]["channel"]
    sent = await far.post(first, "News\n-# Edition abc-1", "n1")
    await far.post(first, "No key", "n2")
    kept, other = [each for each in (await far.look("messages"))["messages"] if each["channel"] == first]
    assert (kept["id"], kept["channel"], kept["guild"]) == (str(sent.id), first, made[0]["workspace"])
    assert (kept["nonce"], kept["key"], kept["deleted"], kept["parent"]) == ("n1", "abc-1", False, "")
    assert kept["time"] == pytest.approx(sent.created_at.timestamp(), abs=0.01)
    assert other["key"] is None


async def test_an_answer_may_be_lost_before_after_or_long_before_the_effect(far: Far) -> None:
    (made,) = (await far.order("channels", count=1))["channels"]
    met = (await far.look("stats"))["met"]
    for chance in ("before", "after", "late"):
        await far.order("faults", **CALM | {chance: 1.0}, server_errors=0.0, late_seconds=0.2)
        with pytest.raises(aiohttp.ClientError):
            await far.post(made["channel"], chance, chance)
    await far.order("faults", **CALM)
    assert await far.nonces(made["channel"]) == ["after"]
    assert (await far.look("messages"))["late"] == 1
    async with asyncio.timeout(5):
        while (await far.look("messages"))["late"]:
            await asyncio.sleep(0.02)
    assert await far.nonces(made["channel"]) == ["after", "late"]
    assert (await far.look("stats"))["met"] == {kind: met.get(kind, 0) + 1 for kind in CALM}


async def test_the_same_seed_brings_the_same_weather_and_answers_5xx(far: Far) -> None:
    (made,) = (await far.order("channels", count=1))["channels"]
    runs = []
    for run in range(2):
        await far.order("faults", seed=7, before=0.5, server_errors=1.0)
        runs.append([await _outcome(far, made["channel"], f"{run}-{number}") for number in range(12)])
    await far.order("faults", **CALM)
    assert runs[0] == runs[1]
    assert {*runs[0]} == {200, 503}


async def _outcome(far: Far, channel: str, nonce: str) -> int:
    """Return the status of a post without discord.py's own retries, every failure counted as 503."""
    route = f"{far.address['api_base']}/channels/{channel}/messages"
    headers = {"Authorization": f"Bot {far.address['token']}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(route, json={"content": "x", "nonce": nonce}) as response,
    ):
        return 503 if response.status >= 500 else response.status


async def test_the_ceiling_over_all_and_the_nonce_can_be_set(far: Far) -> None:
    one, two = (each["channel"] for each in (await far.order("channels", count=2))["channels"])
    told = await far.order("faults", global_per_second=3, nonce_seconds=0, channel_limit=[5, 5.0], latency=0.001)
    assert (told["global_per_second"], told["nonce_seconds"], told["channel_limit"]) == (3, 0.0, [5, 5.0])
    assert told["latency"] == 0.001
    await asyncio.gather(*(far.post(channel, "x", "same") for channel in (one, two) * 3))
    assert (await far.look("stats"))["limited"] > 0
    assert await far.nonces(one) + await far.nonces(two) == ["same"] * 6  # nothing was remembered
    assert (await far.order("faults", global_per_second=None, channel_limit=None))["global_per_second"] is None


async def test_an_order_that_makes_no_sense_is_refused(far: Far) -> None:
    assert (await far.order("faults", thunder=1))["status"] == 400
    assert (await far.order("channels", count="many"))["status"] == 400
    assert (await far.order("channels", count=1, kind="stage"))["status"] == 400
