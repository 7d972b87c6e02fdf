import logging
from collections.abc import AsyncIterator

import pytest

from tests.platforms.discord.rig import sent
from tests.wire.discord import DiscordServer


@pytest.fixture
async def server(caplog: pytest.LogCaptureFixture) -> AsyncIterator[DiscordServer]:
    """Yield a loopback Discord; whatever a test did, the bot has to have kept these promises."""
    async with DiscordServer() as running:
        yield running
        assert running.refusals == [], "Discord refused something"
        assert running.pings == [], "somebody was pinged"
        assert all(body["allowed_mentions"] == {"parse": []} for body in sent(running)), "a message might ping"
        assert all(not call.query for call in running.called("POST", "/callback")), "an echo was asked for"
        assert {each["intents"] for each in running.gateway.identifies} <= {1}, "more was asked for than the servers"
    lost = [each for each in caplog.records if each.name == "asyncio" and each.levelno >= logging.ERROR]
    assert lost == [], "an error that nobody retrieved"
