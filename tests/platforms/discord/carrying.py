"""A carrier of the adapter that is connected to the loopback Discord, and editions for it to carry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.contract import Fate, Part, SendError, Target
from bot.platforms.discord.carrier import DiscordCarrier
from bot.reply import Action, Bullets, Divider, Heading, Outcome, Paragraph, Reply, Span, Visibility, text
from tests.platforms.discord.rig import connected
from tests.platforms.discord.script import Script
from tests.wire.discord import DiscordServer
from tests.wire.discord.places import GUILD
from tests.wire.discord.world import CHANNEL

HERE = Target("discord", str(GUILD), str(CHANNEL))
KEY = "k2345abcdefg7654hijklmnop-1"

EDITION = Reply(
    blocks=(
        Heading("Daily briefing, 26 November 2026"),
        Paragraph(text("Two entries are new. @everyone ", Span("[1]", url="https://example.org/1"))),
        Bullets((text("Qin Gang: left office."), text("Antony Blinken: corrected."))),
        Divider(),
        Paragraph(text("王毅 met the delegation.")),
    ),
    summary="Two entries are new.",
    outcome=Outcome.LIST,
    visibility=Visibility.PUBLIC,
    actions=(Action("show", "Qin Gang", ("qin-gang",)), Action("sources", "Sources", ("qin-gang",))),
)
LONG = Reply(
    blocks=(Heading("Daily briefing"), *(Paragraph(text(f"word{n} " * 120)) for n in range(20))),
    summary="Much is new.",
    outcome=Outcome.LIST,
    visibility=Visibility.PUBLIC,
    actions=EDITION.actions,
)


def parts(carrier: DiscordCarrier, reply: Reply = EDITION, stem: str = KEY[:-2]) -> list[Part]:
    """Return the parts of `reply` as the ledger would keep them."""
    return [Part(f"{stem}-{number}", body) for number, body in enumerate(carrier.draw(reply), 1)]


def here(channel: int, guild: int | None = GUILD) -> Target:
    """Return a channel as a target; without a server it is one of direct messages."""
    return Target("discord", "" if guild is None else str(guild), str(channel))


@dataclass
class Watch:
    """A clock that a test moves."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@asynccontextmanager
async def carrying(server: DiscordServer, **more: Any) -> AsyncIterator[DiscordCarrier]:
    """Give the carrier of an adapter that is connected while the context lasts."""
    async with connected(server, Script(), **more) as platform:
        assert platform.carrier.ready
        yield platform.carrier


async def refusal(awaited: Any) -> SendError:
    """Return the SendError that awaiting raises."""
    with pytest.raises(SendError) as refused:
        await awaited
    return refused.value


async def fate(awaited: Any) -> Fate:
    """Return the fate of the SendError that awaiting raises."""
    return (await refusal(awaited)).fate


def keys(server: DiscordServer) -> list[str]:
    """Return the keys that can be read in the bot's messages, as people see them, in order."""
    found = []
    for message in server.messages:
        lines = [line.removeprefix("-# ") for line in message.text().splitlines()]
        found += [line.removeprefix("Edition ") for line in lines if line.startswith("Edition ")]
    return found
