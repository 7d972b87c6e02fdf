"""The load generator: every request is answered once, failures count, content is told from silence."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.wire.slack import SlackServer
from tests.wire.slack.bare import over_http
from tests.wire.slack.load import loading
from tests.wire.slack.load_links import read_ack, unmask
from tests.wire.slack.load_rounds import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Load, Plan


def echo(base_url: str) -> AsyncApp:
    client = AsyncWebClient(token=BOT_TOKEN, base_url=base_url)
    app = AsyncApp(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)

    @app.command("/brief")
    async def brief(ack: Any, command: dict[str, Any]) -> None:
        await ack(text=command["text"])

    @app.command("/later")
    async def later(ack: Any, respond: Any) -> None:
        await ack()
        await respond("later")

    @app.command("/raises")
    async def raises() -> None:
        raise RuntimeError("before the ack")

    return app


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as slack:
        yield slack


async def over_sockets(plan: Plan) -> tuple[Load, AsyncSocketModeHandler]:
    load = Load(plan)
    handler = AsyncSocketModeHandler(echo((await load.start())["base_url"]), APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call] # the SDK leaves it without types
    return load, handler


@pytest.mark.parametrize("command", ["/brief", "/later"])
async def test_over_sockets(command: str) -> None:
    load, handler = await over_sockets(Plan("socket", command=command, warmup=3))
    try:
        result = await load.run(in_flight=4, number=20)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # the SDK leaves it without types
        await load.close()
    assert (result.n, result.errors, result.in_flight) == (20, 0, 4)
    assert 0 < result.p50_ms <= result.p99_ms
    assert result.throughput > 0
    assert result.answer_bytes > 0


async def test_silence_over_sockets_is_an_error() -> None:
    load, handler = await over_sockets(Plan("socket", command="/raises", warmup=0, wait=0.2))
    try:
        result = await load.run(in_flight=2, number=4)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # the SDK leaves it without types
        await load.close()
    assert result.errors == 4


@pytest.mark.parametrize(("command", "errors"), [("/brief", 0), ("/later", 0), ("/raises", 20)])
async def test_over_http(server: SlackServer, command: str, errors: int) -> None:
    load = Load(Plan("http", command=command, warmup=3))
    base_url = (await load.start())["base_url"]
    try:
        async with over_http(server, echo(base_url)):
            load.to = server.deliver_to or ""
            result = await load.run(in_flight=4, number=20)
    finally:
        await load.close()
    assert (result.n, result.errors) == (20, errors)


async def test_in_a_process_of_its_own(server: SlackServer) -> None:
    app = echo("http://127.0.0.1:9/api/")
    app.client.base_url = server.base_url
    async with over_http(server, app):
        with loading("http", to=server.deliver_to or "", warmup=2, text="王毅") as load:
            result = await asyncio.to_thread(load.run, 2, 10)
            assert load.app["signing_secret"] == SIGNING_SECRET
    assert (result.n, result.errors) == (10, 0)
    assert result.answer_bytes == len("王毅".encode())


@given(
    st.integers(0, 10**12 - 1),
    st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=200), min_size=1),
    st.booleans(),
)
def test_an_acknowledgement_is_read_however_it_is_written(
    number: int, payload: dict[str, str] | None, compact: bool
) -> None:
    reply: dict[str, Any] = {"envelope_id": f"{number:012d}"} | ({} if payload is None else {"payload": payload})
    text = json.dumps(reply, separators=(",", ":") if compact else None).encode()
    mask = os.urandom(4)
    read, size = read_ack(mask, unmask(mask, text))
    assert read == number
    assert (size > 0) == (payload is not None)
