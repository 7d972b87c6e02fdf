import socket
from collections.abc import AsyncIterator

import pytest

from bot.platforms.slack.manifest import SCOPES
from tests.wire.slack import SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        server.scopes = frozenset(SCOPES)
        yield server
        assert server.refusals == [], "Slack refused something"
        assert server.pings == [], "somebody was pinged"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found
