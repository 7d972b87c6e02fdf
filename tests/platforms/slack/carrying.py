"""Editions for the tests of the carrier, and what stands where they are posted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from bot.contract import Carrier, Part, Target
from bot.platforms.slack.adapter import SlackPlatform
from bot.reply import Reply, Visibility
from tests.platforms.slack.rig import connected, settings
from tests.platforms.slack.script import SHORT, Script
from tests.wire.slack import SlackServer

HERE = Target("slack", "T1", "C1")
KEY = "k7m2pq9xk7m2pq9xk7m2pq9x-1"


def now() -> datetime:
    return datetime.now(UTC)


def part(carrier: Carrier, reply: Reply = SHORT, key: str = KEY) -> Part:
    """Return the first message of an edition with the words of `reply`."""
    return Part(key, carrier.draw(replace(reply, visibility=Visibility.PUBLIC))[0])


@asynccontextmanager
async def carrying(slack: SlackServer) -> AsyncIterator[Carrier]:
    """Run the adapter by Socket Mode while the context lasts."""
    async with connected(slack, Script()) as platform:
        yield platform.carrier


@asynccontextmanager
async def until_refused(slack: SlackServer) -> AsyncIterator[tuple[SlackPlatform, "asyncio.Task[None]"]]:
    """Run the adapter for a test in which it stops by itself; yield what runs, too."""
    platform = SlackPlatform(settings(slack), Script())
    running = asyncio.create_task(platform.run())
    async with asyncio.timeout(5):
        while not platform.connected:
            await asyncio.sleep(0.005)
    try:
        yield platform, running
    finally:
        await platform.close()
        await asyncio.wait((running,), timeout=5)


def keys(slack: SlackServer, channel: str = "C1") -> list[str]:
    """Return the keys of the editions that stand in a channel, oldest first."""
    found = [each.metadata or {} for each in slack.messages if each.channel == channel and not each.deleted]
    return [each["event_payload"]["k"] for each in found if each]
