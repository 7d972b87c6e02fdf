"""The load generator, run as `make bench` runs it, against bare discord.py."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import discord
import pytest
import yarl

from tests.wire.discord.bare import BareClient

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("in_flight", [1, 10])
async def test_it_measures_every_first_response_after_the_warm_up(in_flight: int) -> None:
    client = BareClient()
    seen: list[str] = []

    @client.tree.command(description="Look it up")
    async def brief(interaction: discord.Interaction[Any], query: str) -> None:
        seen.append(query)
        await interaction.response.send_message("A constant")

    arguments = ["--n", "30", "--warm-up", "10", "--in-flight", str(in_flight), "--query", 'wang "yi" 王毅']
    command = [sys.executable, "-m", "tests.wire.discord.load", *arguments]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    discord.http.Route.BASE = json.loads(await process.stdout.readline())["api_base"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:9")
    async with client:
        task = asyncio.create_task(client.start("test-token"))
        figures = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
        await client.close()
        await asyncio.wait({task})
    assert await process.stderr.read() == b""
    assert await process.wait() == 0
    assert seen == ['wang "yi" 王毅'] * 40
    assert (figures["n"], figures["errors"]) == (30, 0)
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    assert figures["throughput"] > 0
