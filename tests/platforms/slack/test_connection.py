"""Connecting and staying connected: tokens and sockets."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.errors import RefusedError
from bot.platforms.slack.adapter import SlackPlatform
from tests.platforms.slack.rig import connected, settings
from tests.platforms.slack.script import Script
from tests.wire.slack import SlackServer


async def run(slack: SlackServer, seconds: float = 5, **more: Any) -> None:
    async with asyncio.timeout(seconds):
        await SlackPlatform(settings(slack, **more), Script()).run()


async def reconnected(platform: SlackPlatform, slack: SlackServer) -> None:
    async with asyncio.timeout(5):
        while not (platform.connected and slack.sockets.count):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("wrong", "variable"),
    [
        ({"bot_token": None}, "BRIEFBOT_SLACK__BOT_TOKEN"),
        ({"bot_token": SecretStr("xoxb-wrong")}, "BRIEFBOT_SLACK__BOT_TOKEN"),
        ({"app_token": None}, "BRIEFBOT_SLACK__APP_TOKEN"),
        ({"app_token": SecretStr("xapp-wrong")}, "BRIEFBOT_SLACK__APP_TOKEN"),
        ({"app_token": SecretStr("xoxb-test")}, "BRIEFBOT_SLACK__APP_TOKEN"),
        ({"mode": "http", "signing_secret": None}, "BRIEFBOT_SLACK__SIGNING_SECRET"),
        ({"mode": "http", "signing_secret": SecretStr("")}, "BRIEFBOT_SLACK__SIGNING_SECRET"),
    ],
)
async def test_a_wrong_token_ends_it_at_once_with_the_variables_name_and_never_the_token(
    slack: SlackServer, wrong: dict[str, Any], variable: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        await run(slack, **wrong)
    assert variable in refused.value.sentence
    assert refused.value.advice
    assert "wrong" not in f"{refused.value.sentence} {refused.value.advice}"
    assert len(slack.called("auth.test")) <= 1
    assert len(slack.called("apps.connections.open")) <= 1


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "not_authed", "token_expired", "missing_scope"])
@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_every_refusal_for_good_is_one(slack: SlackServer, method: str, code: str) -> None:
    slack.fail(method, error=code)
    with pytest.raises(RefusedError):
        await run(slack)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("auth.test", {"status": 500}),
        ("auth.test", {"reset": True}),
        ("auth.test", {"broken_json": True}),
        ("auth.test", {"error": "fatal_error"}),
        ("apps.connections.open", {"status": 503}),
        ("apps.connections.open", {"error": "internal_error"}),
    ],
)
async def test_what_may_heal_is_raised_to_be_tried_again(
    slack: SlackServer, method: str, fault: dict[str, Any]
) -> None:
    slack.fail(method, **fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError)) as raised:
        await run(slack)
    assert not isinstance(raised.value, RefusedError)


async def test_a_socket_that_is_turned_away_is_raised_and_not_tried_for_ever(slack: SlackServer) -> None:
    slack.refuse_connections = True
    with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
        await run(slack)
    assert len(slack.called("apps.connections.open")) == 1


async def test_after_a_dropped_socket_commands_arrive_again(slack: SlackServer) -> None:
    async with connected(slack, Script()) as platform:
        await slack.drop_sockets()
        async with asyncio.timeout(2):
            while platform.connected:
                await asyncio.sleep(0.005)
        await reconnected(platform, slack)
        assert "Qin Gang" in (await slack.command("/brief", "blinken")).visible()


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
async def test_when_slack_asks_to_reconnect_commands_arrive_again(slack: SlackServer, reason: str) -> None:
    async with connected(slack, Script()) as platform:
        hellos = slack.sockets.hellos
        await slack.ask_to_reconnect(reason)
        async with asyncio.timeout(5):
            while slack.sockets.hellos == hellos:
                await asyncio.sleep(0.01)
        await reconnected(platform, slack)
        assert "Qin Gang" in (await slack.command("/brief", "blinken")).visible()


async def test_a_failed_reconnection_is_tried_again_with_a_fresh_address(slack: SlackServer) -> None:
    async with connected(slack, Script()) as platform:
        slack.refuse_connections = True
        await slack.drop_sockets()
        async with asyncio.timeout(5):
            while len(slack.called("apps.connections.open")) < 2:
                await asyncio.sleep(0.01)
        slack.refuse_connections = False
        await reconnected(platform, slack)
        assert "Qin Gang" in (await slack.command("/brief", "blinken")).visible()


async def test_a_reconnection_that_stalls_is_given_up_and_tried_anew(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.socket.CONNECT", 0.3)
    async with connected(slack, Script()) as platform:
        slack.sockets.stall = True
        await slack.drop_sockets()
        async with asyncio.timeout(5):
            while len(slack.called("apps.connections.open")) < 3:
                await asyncio.sleep(0.01)
        slack.sockets.stall = False
        await reconnected(platform, slack)
        assert "Qin Gang" in (await slack.command("/brief", "blinken")).visible()


async def test_reconnections_that_stall_for_long_are_raised_to_start_anew(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.socket.CONNECT", 0.2)
    monkeypatch.setattr("bot.platforms.slack.socket.LOST", 0.5)
    running = asyncio.create_task(run(slack, 10))
    await slack.socket_connected()
    slack.sockets.stall = True
    await slack.drop_sockets()
    await asyncio.wait({running}, timeout=5)
    with pytest.raises(TimeoutError):
        running.result()


async def test_a_reconnection_does_not_wait_for_the_good_bye_of_a_deaf_server(slack: SlackServer) -> None:
    slack.sockets.deaf = True
    async with connected(slack, Script()):
        hellos, started = slack.sockets.hellos, time.monotonic()
        slack.sockets.deaf = False
        await slack.ask_to_reconnect()
        async with asyncio.timeout(5):
            while slack.sockets.hellos == hellos:
                await asyncio.sleep(0.01)
        assert time.monotonic() - started < 2


async def test_an_answer_that_tells_little_of_who_we_are_is_enough(slack: SlackServer) -> None:
    slack.fail("auth.test", body='{"ok": true}', content_type="application/json")
    async with connected(slack, Script()):
        assert "Qin Gang" in (await slack.command("/brief", "blinken")).visible()
        assert "Qin Gang" in (await slack.mention("<@UBOT> blinken")).visible()


async def test_an_answer_in_hand_while_the_socket_drops_goes_over_the_next(slack: SlackServer) -> None:
    script = Script()
    script.hold = asyncio.Event()
    async with connected(slack, script) as platform:
        asking = asyncio.create_task(slack.command("/brief", "blinken"))
        async with asyncio.timeout(2):
            while not script.asked:
                await asyncio.sleep(0.005)
        await slack.drop_sockets()
        script.hold.set()
        assert "Qin Gang" in (await asking).visible()
        await reconnected(platform, slack)


async def test_a_token_revoked_while_running_ends_it(slack: SlackServer) -> None:
    platform = SlackPlatform(settings(slack), Script())
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    await slack.revoke_token()
    with pytest.raises(RefusedError, match="APP_TOKEN"):
        await asyncio.wait_for(running, 5)
    assert not platform.connected


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}},
        {"type": "tokens_revoked"},
    ],
)
async def test_the_apps_removal_ends_it(slack: SlackServer, event: dict[str, Any]) -> None:
    running = asyncio.create_task(SlackPlatform(settings(slack), Script()).run())
    await slack.socket_connected()
    assert (await slack.event(event, settle=0)).acked
    with pytest.raises(RefusedError, match="BOT_TOKEN"):
        await asyncio.wait_for(running, 5)


async def test_the_revoked_token_of_a_person_does_not(slack: SlackServer) -> None:
    async with connected(slack, Script()) as platform:
        await slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}, settle=0.1)
        assert platform.connected


async def test_a_token_found_revoked_when_posting_ends_it(slack: SlackServer) -> None:
    running = asyncio.create_task(SlackPlatform(settings(slack), Script()).run())
    await slack.socket_connected()
    slack.fail("chat.postMessage", error="token_revoked")
    await slack.mention("<@UBOT> blinken", settle=0)
    with pytest.raises(RefusedError, match="BOT_TOKEN"):
        await asyncio.wait_for(running, 5)


async def test_the_sdks_own_variables_change_nothing(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in (
        "BOT_TOKEN",
        "APP_TOKEN",
        "SIGNING_SECRET",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "VERIFICATION_TOKEN",
        "SCOPES",
    ):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        assert "Qin Gang" in first.visible()
        assert "One wire report." in (await slack.press(first, label="Sources")).visible()
        assert "Qin Gang" in (await slack.mention("<@UBOT> blinken")).visible()
    sent = {call.headers.get("Authorization") for call in slack.calls}
    assert sent == {"Bearer xoxb-test", "Bearer xapp-test"}
    assert list(tmp_path.iterdir()) == []
