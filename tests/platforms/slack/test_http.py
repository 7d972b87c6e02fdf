"""Signed HTTP: what is let in, what is not, and that it is let in once."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.commands.request import Choice
from bot.errors import BriefbotError
from bot.platforms.slack.adapter import SlackPlatform
from tests.platforms.slack.rig import PATH, listening, seen, settings
from tests.platforms.slack.script import Script, long_reply, words_of
from tests.wire.slack import SlackServer
from tests.wire.slack.delivery import Signing, signature

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def signed(slack: SlackServer, body: bytes, kind: str = FORM, *, shift: int = 0) -> dict[str, str]:
    now = str(int(time.time()) + shift)
    sign = signature(slack.signing_secret, now, body)
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": now, "X-Slack-Signature": sign}


async def status(client: aiohttp.ClientSession, port: int, body: bytes | io.BytesIO, headers: dict[str, str]) -> int:
    async with client.post(f"http://127.0.0.1:{port}{PATH}", data=body, headers=headers) as answer:
        await answer.read()
        return answer.status


async def test_commands_presses_mentions_and_the_home_tab(slack: SlackServer, port: int) -> None:
    async with listening(slack, Script(), port) as platform:
        assert platform.connected
        first = await slack.command("/brief", "blinken & 王毅 +1%")
        assert (first.status, first.message.ephemeral_to) == (200, "U1")
        assert "One wire report." in (await slack.press(first, label="Sources")).visible()
        assert (await slack.press(first, label="Share to channel")).message.ephemeral_to is None
        assert "Qin Gang" in (await slack.mention("<@UBOT> blinken")).visible()
        assert "Qin Gang" in (await slack.open_home()).text()


@pytest.mark.parametrize("words", ["payload", "the payload of the balloon", "payload=x", "ssl_check=1"])
async def test_words_that_look_like_slacks_own_are_only_words(slack: SlackServer, port: int, words: str) -> None:
    script = Script()
    async with listening(slack, script, port):
        assert "Qin Gang" in (await slack.command("/brief", words)).visible()
    assert script.asked[0][1] == words


async def test_a_long_answer_comes_in_order(slack: SlackServer, port: int) -> None:
    async with listening(slack, Script({"long": long_reply(3_000)}), port):
        answer = await slack.command("/brief", "long")
        await answer.wait(3)
    found = [word.strip(".") for word in seen(answer.messages).split() if word.startswith("word")]
    assert found == words_of(3_000)


@pytest.mark.parametrize("signing", ["bad", "old", "none"])
async def test_what_is_not_signed_well_is_turned_away_unread(slack: SlackServer, port: int, signing: Signing) -> None:
    script = Script()
    async with listening(slack, script, port):
        answer = await slack.command("/brief", "blinken", signing=signing)
    assert answer.status == 401
    assert script.asked == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=0"},
        {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "ü"},
        {"X-Slack-Signature": "v0=0"},
    ],
)
async def test_odd_signatures_are_turned_away(
    slack: SlackServer, port: int, client: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with listening(slack, Script(), port):
        assert await status(client, port, b"command=%2Fbrief", headers) == 401


@pytest.mark.parametrize("shift", [299, -299])
async def test_clocks_may_differ_by_less_than_five_minutes(
    slack: SlackServer, port: int, client: aiohttp.ClientSession, shift: int
) -> None:
    body = urlencode({"command": "/brief", "text": "blinken", "user_id": "U1", "channel_id": "C1"}).encode()
    async with listening(slack, Script(), port):
        assert await status(client, port, body, signed(slack, body, shift=shift)) == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"payload=null", FORM),
        (b"payload=%22x%22", FORM),
        (b"payload=" + b"[" * 100_000, FORM),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b'"x"', "application/json"),
        (b"1", "application/json"),
        (b'{"type": "event_callback", "event": null}', "application/json"),
        (b'{"type": "event_callback", "event": "x"}', "application/json"),
        (b'{"type": "block_actions", "actions": null, "user": "x"}', "application/json"),
        (b'{"type": "block_actions", "actions": [], "user": {}}', "application/json"),
    ],
)
async def test_what_cannot_be_read_is_said_so(
    slack: SlackServer, port: int, client: aiohttp.ClientSession, body: bytes, kind: str
) -> None:
    async with listening(slack, Script(), port):
        assert await status(client, port, body, signed(slack, body, kind)) == 400


async def test_too_large_a_body_is_not_taken(slack: SlackServer, port: int, client: aiohttp.ClientSession) -> None:
    body = b"text=" + b"x" * (1024 * 1024)
    async with listening(slack, Script(), port):
        assert await status(client, port, io.BytesIO(body), signed(slack, body)) == 413


async def test_slacks_own_checks_are_answered(slack: SlackServer, port: int, client: aiohttp.ClientSession) -> None:
    check = b"ssl_check=1&token=verification"
    verify = json.dumps({"type": "url_verification", "challenge": "c-h-a", "token": "verification"}).encode()
    async with listening(slack, Script(), port):
        assert await status(client, port, check, signed(slack, check)) == 200
        url, headers = f"http://127.0.0.1:{port}{PATH}", signed(slack, verify, "application/json")
        for _ in range(2):
            async with client.post(url, data=verify, headers=headers) as answer:
                assert await answer.json() == {"challenge": "c-h-a"}


async def test_slack_looks_at_the_certificate_unsigned(
    slack: SlackServer, port: int, client: aiohttp.ClientSession
) -> None:
    script, url = Script(), f"http://127.0.0.1:{port}{PATH}"
    async with listening(slack, script, port):
        assert await status(client, port, b"ssl_check=1&token=verification", {"Content-Type": FORM}) == 200
        assert await status(client, port, b"token=verification&ssl_check=1", {"Content-Type": FORM}) == 200
        for body in (b"ssl_check=0", b"ssl_check=1&command=%2Fbrief", b"ssl_check=1&x=" + b"x" * 2_000):
            assert await status(client, port, body, {"Content-Type": FORM}) == 401
        for query, expected in (("?ssl_check=1&token=verification", 200), ("", 404)):
            async with client.get(url + query) as answer:
                assert answer.status == expected
    assert script.asked == []


async def test_the_same_letters_typed_in_the_same_second_are_completed_again(
    slack: SlackServer, port: int, client: aiohttp.ClientSession
) -> None:
    asked = {"type": "block_suggestion", "user": {"id": "U1"}, "action_id": "bb:search", "block_id": "b", "value": "bl"}
    body = urlencode({"payload": json.dumps(asked)}).encode()
    async with listening(slack, Script(choices=(Choice("Antony Blinken", "blinken"),)), port):
        headers = signed(slack, body)
        for _ in range(2):
            async with client.post(f"http://127.0.0.1:{port}{PATH}", data=body, headers=headers) as answer:
                assert [each["value"] for each in (await answer.json())["options"]] == ["blinken"]


async def test_a_replayed_request_has_no_effect_a_second_time(
    slack: SlackServer, port: int, client: aiohttp.ClientSession
) -> None:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "text": "<@UBOT> blinken", "ts": "1.1"}
    mention = json.dumps({"type": "event_callback", "team_id": "T1", "event": event, "event_id": "Ev1"}).encode()
    async with listening(slack, Script(), port):
        first = await slack.command("/brief", "blinken")
        button = first.message.blocks[-1]["elements"][1]
        press: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": "U1", "username": "ada", "team_id": "T1"},
            "team": {"id": "T1"},
            "channel": {"id": "C1"},
            "container": {"type": "message", "channel_id": "C1", "is_ephemeral": True},
            "actions": [{"type": "button", "action_id": button["action_id"], "value": button["value"]}],
            "response_url": first.response_url,
            "trigger_id": "1.1",
        }
        share = urlencode({"payload": json.dumps(press)}).encode()
        for body, kind in ((share, FORM), (mention, "application/json")):
            headers = signed(slack, body, kind)
            for _ in range(3):
                assert await status(client, port, body, headers) == 200
        await asyncio.sleep(0.3)
    assert [message.via for message in slack.messages] == ["ack", "response_url", "chat.postMessage"]


async def test_closing_finishes_what_is_in_hand(slack: SlackServer, port: int) -> None:
    script = Script()
    script.hold = asyncio.Event()
    async with listening(slack, script, port) as platform:
        command = asyncio.create_task(slack.command("/brief", "blinken"))
        async with asyncio.timeout(2):
            while not script.asked:
                await asyncio.sleep(0.005)
        await platform.close()
        await asyncio.sleep(0.1)
        script.hold.set()
        assert "Qin Gang" in (await command).visible()


async def test_a_port_that_is_taken_is_said_so(slack: SlackServer, port: int) -> None:
    async with listening(slack, Script(), port):
        second = SlackPlatform(settings(slack, mode="http", port=port), Script())
        with pytest.raises(BriefbotError, match=f"port {port}: it is taken") as raised:
            await second.run()
    assert "BRIEFBOT_SLACK__PORT" in raised.value.advice


async def test_the_sdks_own_variables_change_nothing(
    slack: SlackServer, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    async with listening(slack, Script(), port):
        assert "Qin Gang" in (await slack.command("/brief", "blinken")).visible()
        assert (await slack.command("/brief", "blinken", signing="bad")).status == 401
