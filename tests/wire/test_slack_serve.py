"""The loopback Slack in a process of its own: its controls, its weather, its paces."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.wire.slack import SlackServer
from tests.wire.slack.serve import ServeProcess, serving
from tests.wire.slack.weather import Weather


@pytest.fixture(scope="module")
def served() -> Iterator[ServeProcess]:
    with serving(lean=True) as slack:
        yield slack


def key(number: int) -> dict[str, Any]:
    return {"event_type": "briefbot_digest", "event_payload": {"k": f"key-{number}"}}


def client_of(served: ServeProcess, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(served.app["bot_token"], base_url=served.base_url, session=session, retry_handlers=[])


async def test_it_keeps_what_was_posted_and_counts_what_was_called(
    served: ServeProcess, session: aiohttp.ClientSession
) -> None:
    client, before = client_of(served, session), time.time()
    channels = served.control("channels", number=3, prefix="C7")
    assert channels == ["C700000", "C700001", "C700002"]
    posted = [await client.chat_postMessage(channel=each, text="x", metadata=key(1)) for each in channels]
    told = served.messages()[-3:]
    assert [(each["channel"], each["key"], each["id"]) for each in told] == [
        (channel, "key-1", answer["ts"]) for channel, answer in zip(channels, posted, strict=True)
    ]
    assert all(before - 1 <= each["at"] <= time.time() + 1 for each in told)
    assert served.control("calls")["calls"]["chat.postMessage"] >= 3
    served.control("channels", id="C700001", is_archived=True)
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel="C700001", text="x")


async def test_misfortune_comes_as_often_as_it_was_told_and_is_seen_in_what_arrived(
    served: ServeProcess, session: aiohttp.ClientSession
) -> None:
    (channel,) = served.control("channels", id="C8")
    served.control("faults", before=0.2, after=0.2, late=0.1, late_seconds=0.3, seed=7)
    client, failed = client_of(served, session), 0
    for number in range(100):
        try:
            await client.chat_postMessage(channel=channel, text="x", metadata=key(number))
        except (SlackApiError, aiohttp.ClientError):
            failed += 1
    served.control("faults")
    await asyncio.sleep(0.5)
    met = served.control("calls")["met"]
    arrived = Counter(each["key"] for each in served.messages() if each["channel"] == channel)
    assert failed == sum(met.values())
    assert all(met[name] for name in ("before", "after", "late"))
    assert set(arrived.values()) == {1}
    assert len(arrived) == 100 - met["before"]


def test_what_it_cannot_be_told_is_said_so(served: ServeProcess) -> None:
    for name, asked in (("limits", {"speed": 1}), ("faults", {"hail": 1}), ("channels", {})):
        with pytest.raises(HTTPError, match="400"):
            served.control(name, **asked)


async def test_a_command_is_typed_from_outside(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    async with session.post(f"{slack.origin}/_control/command", json={"command": "/brief", "text": "x"}) as answer:
        assert await answer.json() == {"acked": False, "error": "dispatch_failed", "text": ""}


def test_the_same_seed_brings_the_same_weather() -> None:
    def sequence(seed: int) -> list[str]:
        weather = Weather(before=0.3, after=0.3, late=0.2, seed=seed)
        return [repr(weather.fault("chat.postMessage")) for _ in range(50)]

    assert sequence(1) == sequence(1) != sequence(2)
    assert Weather(after=1).fault("conversations.history") is None


async def test_a_channel_and_the_workspace_have_their_pace(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.paces.channel, slack.paces.burst = 1.0, 2
    for _ in range(2):
        await client.chat_postMessage(channel="C1", text="x")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="x")
    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["Retry-After"] == "1"
    slack.paces.workspace, slack.paces.workspace_burst = 0.1, 1
    await client.chat_postMessage(channel="C2", text="x")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="U1", text="x")
    assert refused.value.response.headers["Retry-After"] == "10"
    assert slack.paces.refused == {"channel": 1, "workspace": 1}
    assert len(slack.messages) == 3


async def test_history_has_its_pace_its_lag_and_its_pages(slack: SlackServer, client: AsyncWebClient) -> None:
    for number in range(5):
        await client.chat_postMessage(channel="C1", text=str(number))
    slack.history_most = 2
    texts: list[str] = []
    cursor: str | None = None
    while cursor != "":
        page = await client.conversations_history(channel="C1", limit=15, cursor=cursor)
        texts += [each["text"] for each in page["messages"]]
        assert page["has_more"] == (len(texts) < 5)
        further: dict[str, str] = page.get("response_metadata") or {}
        cursor = further.get("next_cursor", "")
    assert texts == ["4", "3", "2", "1", "0"]
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        await client.conversations_history(channel="C1", cursor="x")
    slack.history_lag = 30
    assert (await client.conversations_history(channel="C1"))["messages"] == []
    slack.paces.history = 1
    await client.conversations_history(channel="C1")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.conversations_history(channel="C1")


async def test_what_lands_late_lands_once(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", reset=True, lands_after=0.2)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1", text="late")
    assert slack.messages == []
    await asyncio.sleep(0.4)
    assert [each.text for each in slack.messages] == ["late"]


async def test_scopes_are_asked_for_by_the_kind_of_conversation(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.add_channel("G1", "group", is_mpim=True)
    slack.add_channel("C3", "private", is_private=True)
    found = await client.conversations_history(channel="C1")
    assert set(found.headers["x-oauth-scopes"].split(",")) == slack.scopes
    await client.chat_postMessage(channel="C1", text="x", metadata=key(1))
    slack.scopes = frozenset({"chat:write", "channels:history"})
    history = await client.conversations_history(channel="C1", include_all_metadata=True)
    assert history["messages"][0]["metadata"] == {"event_type": "briefbot_digest"}
    for channel, needed in (("C3", "groups:history"), ("G1", "mpim:history"), ("U1", "im:history")):
        with pytest.raises(SlackApiError) as refused:
            await client.conversations_history(channel=channel)
        assert refused.value.response["error"] == "missing_scope"
        assert refused.value.response["needed"] == needed
