"""Posting editions: where they go, what they carry, who is told, and what happens while the platform closes."""

import asyncio
import json
from typing import Any

import pytest
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.contract import Fate, Scope, SendError, Target
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.limits import FALLBACK, MESSAGE_TEXT
from bot.reply import Action, Outcome, Paragraph, Reply, text
from tests.platforms.slack.carrying import HERE, KEY, carrying, keys, now, part
from tests.platforms.slack.rig import listening, settings
from tests.platforms.slack.script import HELP, SHORT, Script, long_reply
from tests.wire.slack import SlackServer


@pytest.fixture
def places(slack: SlackServer) -> dict[str, str]:
    """Return a channel of each kind."""
    slack.add_channel("C3", "private", is_private=True)
    slack.add_channel("G4", "group", is_private=True, is_mpim=True)
    return {"channel": "C1", "private": "C3", "group": "G4", "direct": slack.workspace.im("U1").id}


@pytest.mark.parametrize("kind", ["channel", "private", "group", "direct"])
async def test_an_edition_goes_to_any_kind_of_conversation_once_with_its_key(
    slack: SlackServer, places: dict[str, str], kind: str
) -> None:
    where = Target("slack", "T1", places[kind])
    async with carrying(slack) as carrier:
        await carrier.check(where)
        started, sent = now(), part(carrier)
        posted = await carrier.post(where, sent, None)
        assert await carrier.find(where, sent, started) == posted
        client = AsyncWebClient(slack.bot_token, base_url=slack.base_url)
        link = await client.chat_getPermalink(channel=where.channel, message_ts=posted.message)
    (message,) = slack.messages
    assert (message.channel, message.ts, message.thread_ts) == (where.channel, posted.message, None)
    assert message.metadata == {"event_type": "briefbot_digest", "event_payload": {"k": KEY}}
    assert "Qin Gang" in message.visible()
    assert message.text == "Antony Blinken met Qin Gang in Beijing."
    assert posted.link == link["permalink"]
    assert not any(each.shows_previews for each in slack.unfurls)
    assert len(slack.called("chat.postMessage")) == 1


async def test_it_carries_by_http_too(slack: SlackServer, port: int) -> None:
    async with listening(slack, Script(), port) as platform:
        assert platform.carrier.ready
        await platform.carrier.post(HERE, part(platform.carrier), None)
    assert keys(slack) == [KEY]
    assert not platform.carrier.ready


def test_it_draws_without_a_connection_within_every_limit(slack: SlackServer) -> None:
    carrier = SlackPlatform(settings(slack), Script()).carrier
    bodies = [json.loads(body) for body in carrier.draw(long_reply(6_000))]
    assert len(bodies) > 2
    for body in bodies:
        assert body["text"] == "A long reply."
        assert sum(len(words) for words in _texts(body["blocks"])) <= MESSAGE_TEXT
    assert [body["blocks"][-1]["type"] == "actions" for body in bodies] == [False] * (len(bodies) - 1) + [True]
    long_summary = Reply((Paragraph(text("x")),), "&" * 9_000, Outcome.LIST)
    assert len(json.loads(carrier.draw(long_summary)[0])["text"]) <= FALLBACK
    assert carrier.pace.per_second == {Scope.CHANNEL: 1.0}


def _texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [words for each in node.values() for words in _texts(each)]
    return [words for each in node for words in _texts(each)] if isinstance(node, list) else []


def test_a_button_of_an_edition_is_the_same_as_an_answers(slack: SlackServer) -> None:
    carrier = SlackPlatform(settings(slack), Script()).carrier
    (body,) = carrier.draw(Reply((Paragraph(text("x")),), "x", Outcome.LIST, (Action("open", "Open", ("w-burns",)),)))
    (button,) = json.loads(body)["blocks"][-1]["elements"]
    assert (button["action_id"], button["value"]) == ("bb:0:open", "bb1|open|w-burns")


async def test_a_button_works_on_an_edition_that_an_earlier_run_posted(slack: SlackServer) -> None:
    async with carrying(slack) as carrier:
        await carrier.post(HERE, part(carrier), None)
    async with carrying(slack):
        answer = await slack.press(slack.messages[0], label="Sources")
    assert "One wire report." in answer.visible()
    assert all(message.ephemeral_to == "U1" for message in answer.messages)


async def test_checking_names_what_stands_in_the_way(slack: SlackServer) -> None:
    slack.add_channel("C3", "away", is_member=False)
    slack.add_channel("C4", "hidden", is_member=False, is_private=True)
    slack.add_channel("C5", "old", is_archived=True)
    for channel, setting in (("C6", "read_only"), ("C7", "thread_only")):
        slack.add_channel(channel, setting.replace("_", "-"), post_error=f"restricted_action_{setting}_channel")
    expected = {
        "C6": ("restricted_action_read_only_channel", "Ask an admin"),
        "C7": ("restricted_action_thread_only_channel", "Subscribe another channel"),
        "C3": ("not_in_channel", "/invite @briefbot"),
        "C4": ("channel_not_found", "/invite @briefbot"),
        "C5": ("is_archived", "Unarchive it, then /digest resume."),
        "C404": ("channel_not_found", "/invite @briefbot"),
    }
    async with carrying(slack) as carrier:
        for channel, (code, advice) in expected.items():
            with pytest.raises(SendError) as refused:
                await carrier.check(Target("slack", "T1", channel))
            assert (refused.value.fate, refused.value.code) == (Fate.REFUSED, code)
            assert advice in refused.value.advice


@pytest.mark.parametrize("lacking", ["chat:write", "channels:history", "channels:read", "metadata.message:read"])
async def test_checking_asks_for_every_scope_that_is_needed(slack: SlackServer, lacking: str) -> None:
    slack.scopes = slack.scopes - {lacking}
    async with carrying(slack) as carrier:
        with pytest.raises(SendError) as refused:
            await carrier.check(HERE)
        assert (refused.value.fate, refused.value.code) == (Fate.UNREADABLE, "missing_scope")
        assert "briefbot slack manifest" in refused.value.advice


async def test_an_owner_is_told_by_direct_message_without_previews(slack: SlackServer) -> None:
    async with carrying(slack) as carrier:
        assert await carrier.tell(HERE, "U2", SHORT)
    assert {message.channel for message in slack.messages} == {"DU2"}
    assert f"archives/{HERE.channel}" in json.dumps(slack.messages[-1].blocks)
    assert not any(each.shows_previews for each in slack.unfurls)


@pytest.mark.parametrize(
    "fault", [{"error": "messages_tab_disabled"}, {"body": "no JSON", "content_type": "text/plain"}]
)
async def test_who_cannot_be_told_is_no_error(slack: SlackServer, fault: dict[str, Any]) -> None:
    slack.fail("chat.postMessage", **fault)
    with structlog.testing.capture_logs() as log:
        async with carrying(slack) as carrier:
            assert await carrier.tell(HERE, "U1", HELP) is False
    assert any(line["action"] in {"slack.tell", "slack.chat.postMessage"} for line in log)


async def test_closing_waits_for_a_message_on_its_way_and_takes_no_further_one(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", delay=0.5)
    async with carrying(slack) as carrier:
        sent = part(carrier)
        posting = asyncio.create_task(carrier.post(HERE, sent, None))
        await asyncio.sleep(0.1)
    assert (await posting).message == slack.messages[0].ts
    with pytest.raises(SendError) as refused:
        await carrier.post(HERE, sent, None)
    assert (refused.value.fate, refused.value.code) == (Fate.NOT_YET, "not_connected")
    assert len(slack.called("chat.postMessage")) == 1


async def test_what_closing_cannot_wait_for_is_uncertain(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", delay=1.0)
    platform = SlackPlatform(settings(slack), Script(), grace=0.1)
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    async with asyncio.timeout(2):
        while not platform.carrier.ready:
            await asyncio.sleep(0.005)
    posting = asyncio.create_task(platform.carrier.post(HERE, part(platform.carrier), None))
    await asyncio.sleep(0.1)
    await platform.close()
    await asyncio.wait_for(running, 3)
    with pytest.raises(SendError) as refused:
        await posting
    assert refused.value.fate is Fate.UNCERTAIN


async def test_what_takes_too_long_is_uncertain(slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.slack.carrier.SECONDS", 0.2)
    async with carrying(slack) as carrier:
        for method, trying in (
            ("chat.postMessage", carrier.post(HERE, part(carrier), None)),
            ("conversations.history", carrier.find(HERE, part(carrier), now())),
            ("conversations.info", carrier.check(HERE)),
        ):
            slack.fail(method, delay=0.6)
            with pytest.raises(SendError) as refused:
                await trying
            assert refused.value.fate is Fate.UNCERTAIN, method


async def test_a_channel_that_has_come_to_be_shared_is_known_to_be(slack: SlackServer) -> None:
    slack.add_channel("C8", "shared", is_ext_shared=True)
    async with carrying(slack) as carrier:
        assert await carrier.overheard(Target("slack", "T1", "C8"))
        assert not await carrier.overheard(HERE)
