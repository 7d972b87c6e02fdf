"""Calls that fail: rate limits, broken answers, lost connections, and the response_url's own refusals."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.wire.slack import Answer, SlackServer
from tests.wire.slack.bare import bare_client

KEY = {"event_type": "briefbot_digest", "event_payload": {"k": "2026-10-16", "p": 1}}


async def code(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_a_rate_limit_is_waited_for(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=0)
    client = bare_client(slack, session=session, retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)])
    await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.called("chat.postMessage")) == 2
    assert len(slack.messages) == 1


async def test_a_rate_limit_says_how_long(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", times=2, status=429, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel="C1", text="x")
        assert isinstance(refused.value.response, AsyncSlackResponse)
        assert refused.value.response["error"] == "ratelimited"
        assert refused.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.messages) == 1


async def test_answers_that_are_no_answers(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", status=500)
    with pytest.raises(SlackApiError) as broken:
        await client.chat_postMessage(channel="C1", text="x")
    assert isinstance(broken.value.response, AsyncSlackResponse)
    assert isinstance(broken.value.response.data, str | bytes)
    slack.fail("chat.postMessage", broken_json=True, taken=True)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C1", text="y")
    slack.fail("chat.postMessage", error="fatal_error", taken=True)
    assert await code(client.chat_postMessage(channel="C1", text="z")) == "fatal_error"
    assert [each.text for each in slack.messages] == ["y", "z"]


async def test_a_connection_reset_after_the_message_was_taken(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", reset=True)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1", text="once")
    slack.fail("chat.postMessage", reset=True, taken=False)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1", text="never")
    assert [each.text for each in slack.messages] == ["once"]


async def test_the_sdks_own_retry_posts_twice(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    slack.fail("chat.postMessage", reset=True)
    await bare_client(slack, session=session).chat_postMessage(channel="C1", text="twice")
    assert [each.text for each in slack.messages] == ["twice", "twice"]


async def test_a_delay_only_delays(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    slack.fail("chat.postMessage", delay=0.2)
    with pytest.raises(asyncio.TimeoutError):
        async with asyncio.timeout(0.05):
            await bare_client(slack, session=session).chat_postMessage(channel="C1", text="slow")
    slack.faults.clear()
    await bare_client(slack, session=session).chat_postMessage(channel="C1", text="fast")
    assert [each.text for each in slack.messages][-1] == "fast"


async def test_forty_thousand_characters_and_no_more_are_shown(slack: SlackServer, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C1", text="x" * 40_001)
    assert len(slack.messages[0].text) == 40_000


async def test_a_response_url_checks_and_fails_like_the_rest(
    slack: SlackServer, session: aiohttp.ClientSession
) -> None:
    hook = AsyncWebhookClient(slack.response_urls.new(Answer("U1", "C1"), "C1"), session=session, retry_handlers=[])
    wrong = await hook.send(text="x", blocks=[{"type": "shout"}])
    assert (wrong.status_code, "invalid_blocks" in wrong.body) == (400, True)
    empty = await hook.send_dict({"text": ""})
    assert (empty.status_code, "no_text" in empty.body) == (400, True)
    slack.fail("response_url", status=500)
    assert (await hook.send(text="lost")).status_code == 500
    slack.fail("response_url", status=429, retry_after=1)
    limited = await hook.send(text="lost")
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "1")
    unknown = AsyncWebhookClient(f"{slack.origin}/response/unknown", session=session)
    assert (await unknown.send(text="x")).status_code == 404
    for turn in range(6):
        sent = await hook.send_dict(
            {"text": "x" * 13_201 if turn == 0 else "x"} | ({"thread_ts": "1.1"} if turn else {})
        )
        assert sent.status_code == (404 if turn == 5 else 200)
    assert [each.thread_ts for each in slack.messages] == [None, "1.1", "1.1", "1.1", "1.1"]
