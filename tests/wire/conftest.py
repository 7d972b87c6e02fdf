"""A loopback Slack, a bare Bolt app on it by socket, and a bare Web API client of it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.wire.slack import SlackServer
from tests.wire.slack.bare import bare_app, bare_client, over_sockets


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(settle=2.0) as server:
        yield server


@pytest.fixture
async def app(slack: SlackServer) -> AsyncIterator[AsyncApp]:
    async with over_sockets(slack, bare_app(slack, process_before_response=True)) as connected:
        yield connected


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def client(slack: SlackServer, session: aiohttp.ClientSession) -> AsyncWebClient:
    return bare_client(slack, session=session, retry_handlers=[])
