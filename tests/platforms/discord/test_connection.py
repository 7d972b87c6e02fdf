"""Connecting and staying connected: tokens, intents, lost connections, odd events."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
import structlog
from pydantic import SecretStr

from bot.errors import RefusedError
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.discord.client import BriefClient
from bot.supervisor import Supervisor
from tests.platforms.discord.rig import connected, holding, settings, until
from tests.platforms.discord.script import Script
from tests.wire.discord import DiscordServer


async def run(server: DiscordServer, seconds: float = 5, **more: Any) -> None:
    async with asyncio.timeout(seconds):
        await DiscordPlatform(settings(server, **more), Script()).run()


async def answers(server: DiscordServer) -> bool:
    return "Qin Gang" in (await server.command("brief", {"query": "blinken"})).text()


@pytest.mark.parametrize("token", [None, SecretStr("wrong-token")])
async def test_a_wrong_token_ends_it_at_once_with_the_variables_name_and_never_the_token(
    server: DiscordServer, token: SecretStr | None
) -> None:
    with pytest.raises(RefusedError) as refused:
        await run(server, token=token)
    assert "BRIEFBOT_DISCORD__TOKEN" in refused.value.sentence
    assert refused.value.advice
    assert "wrong" not in f"{refused.value.sentence} {refused.value.advice}"
    assert len(server.calls) <= 1
    assert server.gateway.identifies == []


async def test_a_token_that_the_gateway_alone_refuses_ends_it(server: DiscordServer) -> None:
    server.gateway._authorised = lambda token: False
    with pytest.raises(RefusedError, match="BRIEFBOT_DISCORD__TOKEN"):
        await run(server)
    assert len(server.gateway.identifies) == 1


async def test_a_token_revoked_while_running_is_one_clear_line_and_no_loop(server: DiscordServer) -> None:
    platform = DiscordPlatform(settings(server), Script())
    with structlog.testing.capture_logs() as log:
        running = asyncio.create_task(Supervisor(platform).run())
        await until(lambda: platform.connected and bool(server.commands))
        await server.revoke_token()
        await asyncio.wait_for(running, 5)
    assert not platform.connected
    loud = [line for line in log if line["log_level"] in {"warning", "error"}]
    assert [line["event"] for line in loud] == ["platform refused"]
    assert "BRIEFBOT_DISCORD__TOKEN" in loud[0]["why"]
    assert len(server.gateway.identifies) == len(server.called("GET", "/users/@me")) == 1


@pytest.mark.parametrize("code", [4010, 4011, 4012, 4013, 4014])
async def test_what_the_gateway_refuses_for_good_ends_it(server: DiscordServer, code: int) -> None:
    platform = DiscordPlatform(settings(server), Script())
    running = asyncio.create_task(platform.run())
    await until(lambda: platform.connected)
    await server.drop(code)
    with pytest.raises(RefusedError, match=r"intents" if code == 4014 else str(code)):
        await asyncio.wait_for(running, 5)
    assert not platform.connected
    assert len(server.gateway.identifies) == 1


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/users/@me", {"status": 503}),
        ("/users/@me", {"drop": True, "times": -1}),
        ("/gateway/bot", {"status": 503}),
        ("/gateway/bot", {"status": 403}),
    ],
)
async def test_what_may_heal_is_raised_to_be_tried_again(
    server: DiscordServer, path: str, fault: dict[str, Any]
) -> None:
    server.fail("GET", path, **fault)
    with pytest.raises((discord.DiscordException, aiohttp.ClientError)) as raised:
        await run(server)
    assert not isinstance(raised.value, RefusedError)
    await asyncio.sleep(0.05)


async def test_a_gateway_that_turns_us_away_is_raised_and_not_tried_for_ever(server: DiscordServer) -> None:
    server.gateway.refusing = True
    with pytest.raises(ConnectionError, match="shard 0"):
        await run(server, seconds=15)  # discord.py itself waits for five
    assert server.gateway.refused == 1


@pytest.mark.parametrize("code", [None, 4000])
async def test_a_lost_connection_shows_and_is_resumed_with_what_was_missed(
    server: DiscordServer, code: int | None
) -> None:
    async with connected(server, Script()) as platform:
        server.gateway.door.clear()
        await server.drop(code)
        await until(lambda: not platform.connected)
        missed = asyncio.create_task(answers(server))
        await asyncio.sleep(0.05)
        assert not platform.connected
        server.gateway.door.set()
        assert await missed
        await until(lambda: platform.connected)
    assert len(server.gateway.identifies) == 1
    assert len(server.gateway.resumes) == 1


async def test_when_discord_asks_to_reconnect_commands_arrive_again(server: DiscordServer) -> None:
    async with connected(server, Script()) as platform:
        await server.request_reconnect()
        assert await answers(server)
        await until(lambda: platform.connected)
    assert len(server.gateway.resumes) == 1


async def test_a_session_that_was_ended_begins_anew_at_the_gateway_that_we_were_given(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(self: BriefClient, shard_id: int | None, *, initial: bool = False) -> None: ...

    monkeypatch.setattr(BriefClient, "before_identify_hook", at_once)  # discord.py waits for five seconds
    async with connected(server, Script()) as platform:
        await server.invalidate_session()
        await until(lambda: len(server.gateway.identifies) == 2 and platform.connected)
        assert await answers(server)


async def test_an_answer_in_hand_while_the_connection_drops_arrives(server: DiscordServer) -> None:
    script, release = holding()
    async with connected(server, script):
        asking = asyncio.create_task(server.command("brief", {"query": "blinken"}))
        await until(lambda: bool(script.asked))
        await server.drop()
        release.set()
        assert "Qin Gang" in (await asking).text()


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "1"},
        {"id": "1", "type": 3, "token": "t", "version": 1, "application_id": "1", "attachment_size_limit": 1},
        {"id": "x", "type": 2},
        {},
    ],
)
async def test_an_interaction_that_cannot_be_read_is_logged_and_ends_nothing(
    server: DiscordServer, odd: dict[str, Any]
) -> None:
    with structlog.testing.capture_logs() as log:
        async with connected(server, Script()) as platform:
            await server.gateway.dispatch("INTERACTION_CREATE", odd, guild=None)
            assert await answers(server)
            assert platform.connected
    assert [line["action"] for line in log if line["log_level"] == "error"] == ["discord.receive"]
    assert len(server.gateway.identifies) == 1
    assert server.gateway.resumes == []
