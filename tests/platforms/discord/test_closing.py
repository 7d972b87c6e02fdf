"""Closing: answers in hand are finished, what hangs is given up, and no error is left behind."""

import asyncio

import discord
import pytest
import structlog

from bot.contract import SendError
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.discord.rest import RestClient
from tests.platforms.discord.rig import connected, holding, settings, until
from tests.platforms.discord.script import Script
from tests.wire.discord import DiscordServer


async def test_closing_delivers_what_is_in_hand(server: DiscordServer) -> None:
    script, release = holding()
    platform = DiscordPlatform(settings(server), script)
    running = asyncio.create_task(platform.run())
    await until(lambda: platform.connected and bool(server.commands))
    asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
    await until(lambda: bool(script.asked))
    closing = [asyncio.create_task(platform.close()) for _ in range(2)]
    await asyncio.sleep(0.2)
    assert not running.done()
    release.set()
    await asyncio.gather(*closing)
    assert "Qin Gang" in (await asking).text()
    await asyncio.wait_for(running, 2)
    assert not platform.connected


async def test_closing_waits_for_the_last_of_several_answers(server: DiscordServer) -> None:
    script, release = holding()
    async with connected(server, script) as platform:
        slow = asyncio.create_task(server.command("brief", {"query": "slow"}))
        await until(lambda: len(script.asked) == 1)
        script.hold = None
        assert "Qin Gang" in (await server.command("brief", {"query": "quick"})).text()
        closing = asyncio.create_task(platform.close())
        await asyncio.sleep(0.1)
        assert not closing.done()
        release.set()
        await closing
        assert "Qin Gang" in (await slow).text()


@pytest.mark.parametrize("patience", [0.02, 5.0])
async def test_closing_does_not_wait_for_ever_for_a_slow_answer(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr("bot.platforms.discord.adapter.GRACE", 0.1)
    script, _ = holding()
    server.interactions.timeout = 1.0
    with structlog.testing.capture_logs() as log:
        async with connected(server, script, patience=patience) as platform:
            asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
            await until(lambda: bool(script.asked))
            async with asyncio.timeout(2):
                await platform.close()
        await asking
    (given_up,) = [line for line in log if line["log_level"] != "info"]
    assert (given_up["event"], given_up["answers"]) == ("answers given up", 1)


@pytest.mark.parametrize("patience", [0.02, 5.0])
async def test_closing_while_a_response_hangs_leaves_no_error_behind(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr("bot.platforms.discord.adapter.GRACE", 0.1)
    server.fail("POST", "/interactions/*/callback", delay=2, times=-1)
    server.interactions.timeout = 1.0
    script, release = holding()
    with structlog.testing.capture_logs() as log:
        async with connected(server, script, patience=patience) as platform:
            asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
            await until(lambda: bool(script.asked))
            await asyncio.sleep(0.05)
            release.set()
            await until(lambda: bool(server.called("POST", "/callback")))
            async with asyncio.timeout(2):
                await platform.close()
        assert (await asking).error
    assert [line["event"] for line in log if line["log_level"] == "error"] == []


async def test_closing_while_a_deferral_hangs_leaves_no_error_behind(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.discord.adapter.GRACE", 0.1)
    server.fail("POST", "/interactions/*/callback", delay=2, times=-1)
    server.interactions.timeout = 0.5
    script, _ = holding()
    with structlog.testing.capture_logs() as log:
        async with connected(server, script, patience=0.02) as platform:
            asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
            await until(lambda: bool(server.called("POST", "/callback")))
            await platform.close()
        assert (await asking).error
    assert [line["event"] for line in log if line["log_level"] == "error"] == []


async def test_a_token_revoked_while_closing_raises_nothing(server: DiscordServer) -> None:
    script, _ = holding()
    server.interactions.timeout = 0.5
    async with connected(server, script) as platform:
        asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
        await until(lambda: bool(script.asked))
        closing = asyncio.create_task(platform.close())
        await asyncio.sleep(0.05)
        await server.revoke_token()
        await closing
        assert (await asking).error


async def test_closing_before_connecting_connects_nothing(server: DiscordServer) -> None:
    early = DiscordPlatform(settings(server), Script())
    await early.close()
    await asyncio.wait_for(early.run(), 2)
    assert server.calls == []


@pytest.mark.parametrize("path", ["/users/@me", "/gateway/bot"])
async def test_closing_while_logging_in_raises_nothing(server: DiscordServer, path: str) -> None:
    server.fail("GET", path, delay=2)
    late = DiscordPlatform(settings(server), Script())
    running = asyncio.create_task(late.run())
    await until(lambda: bool(server.called("GET", path)))
    await late.close()
    await asyncio.wait_for(running, 2)


async def test_closing_while_the_gateway_turns_us_away_raises_nothing(server: DiscordServer) -> None:
    server.gateway.refusing = True
    late = DiscordPlatform(settings(server), Script())
    running = asyncio.create_task(late.run())
    await until(lambda: server.gateway.refused > 0)
    await late.close()
    await asyncio.wait_for(running, 2)


async def test_what_is_cancelled_in_the_middle_leaves_no_error_behind(server: DiscordServer) -> None:
    script, _ = holding()
    server.interactions.timeout = 0.5
    platform = DiscordPlatform(settings(server), script)
    running = asyncio.create_task(platform.run())
    await until(lambda: platform.connected and bool(server.commands))
    asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
    await until(lambda: bool(script.asked))
    running.cancel()
    await asyncio.wait({running}, timeout=2)
    assert running.cancelled()
    assert (await asking).error


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 5, 8])
async def test_being_cut_off_while_disconnecting_leaves_no_session_open(server: DiscordServer, steps: int) -> None:
    """Whoever stops cancels what is not finished in time, at whatever step of it."""
    platform = DiscordPlatform(settings(server), Script())
    running = asyncio.create_task(platform.run())
    await until(lambda: platform.connected)
    client = platform._client
    assert client is not None
    session = client.http._HTTPClient__session  # type: ignore[attr-defined]
    assert not session.closed
    closing = asyncio.create_task(platform.close())
    for _ in range(steps):
        await asyncio.sleep(0)
    for each in (closing, running):
        each.cancel()
    await asyncio.wait({closing, running}, timeout=5)
    assert session.closed


async def test_being_cut_off_while_editions_are_in_hand_leaves_their_session_closed(server: DiscordServer) -> None:
    async with connected(server, Script()):
        rest = RestClient(server.api_base, server.token)
        client = await rest.post(_itself)
        server.fail("POST", "/channels/*/messages", delay=0.5)
        channel = client.get_partial_messageable(2001)
        posting = asyncio.create_task(rest.post(lambda _: channel.send("Slow")))
        await until(lambda: bool(server.called("POST", "/messages")))
        closing = asyncio.create_task(rest.close())
        await asyncio.sleep(0.05)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing
        assert client.is_closed()
        with pytest.raises(SendError):
            await posting


async def _itself(client: discord.Client) -> discord.Client:
    return client
