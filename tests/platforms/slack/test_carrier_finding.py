"""Looking for an edition: only our own message with the very key counts, and nothing is said to be absent lightly."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.contract import Carrier, Fate, SendError, Target
from bot.platforms.slack import history
from tests.platforms.slack.carrying import HERE, KEY, carrying, keys, now, part, until_refused
from tests.wire.slack import SlackServer
from tests.wire.slack.records import Message


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.slack.carrier.AGAIN", 0.3)


def chatter(slack: SlackServer, number: int) -> None:
    """Let people write so many messages."""
    for _ in range(number):
        slack.workspace.show(Message(slack.workspace.new_ts(), "C1", "user", "hello", user="U1"))


async def refusal(carrier: Carrier, where: Target = HERE) -> SendError:
    with pytest.raises(SendError) as refused:
        await carrier.find(where, part(carrier), now())
    return refused.value


def looks(slack: SlackServer) -> int:
    return len(slack.called("conversations.history"))


@pytest.mark.parametrize("other", [{"key": "another-1"}, {"user": "U2"}, {"user": "UOTHER"}, {"event_type": "theirs"}])
async def test_what_only_resembles_it_does_not_count(slack: SlackServer, other: dict[str, Any]) -> None:
    slack.add_user("UOTHER", "another bot", is_bot=True)
    metadata = history.metadata(other.get("key", KEY)) | {"event_type": other.get("event_type", "briefbot_digest")}
    message = Message(slack.workspace.new_ts(), "C1", "user", "x", user=other.get("user", "UBOT"), metadata=metadata)
    async with carrying(slack) as carrier:
        slack.workspace.show(message)
        assert await carrier.find(HERE, part(carrier), now()) is None
    assert looks(slack) == 2


async def test_it_is_looked_for_in_its_own_channel_and_time(slack: SlackServer) -> None:
    async with carrying(slack) as carrier:
        posted = await carrier.post(HERE, part(carrier), None)
        assert await carrier.find(Target("slack", "T1", "C2"), part(carrier), now()) is None
        assert await carrier.find(HERE, part(carrier), now() + timedelta(minutes=5)) == posted  # our clock is fast
        assert await carrier.find(HERE, part(carrier), now() + timedelta(minutes=20)) is None


async def test_it_is_found_behind_what_others_wrote_since(slack: SlackServer) -> None:
    started = now()
    async with carrying(slack) as carrier:
        chatter(slack, 40)
        posted = await carrier.post(HERE, part(carrier), None)
        chatter(slack, 300)
        assert await carrier.find(HERE, part(carrier), started) == posted
    asked = [call.args["limit"] for call in slack.called("conversations.history")]
    assert asked == ["15", "200", "200"]


async def test_it_is_found_with_pages_of_fifteen_as_well(slack: SlackServer) -> None:
    started, slack.history_most = now(), 15
    async with carrying(slack) as carrier:
        posted = await carrier.post(HERE, part(carrier), None)
        chatter(slack, 100)
        assert await carrier.find(HERE, part(carrier), started) == posted
        assert await carrier.find(HERE, part(carrier, key="another-1"), started) is None


async def test_where_too_much_was_written_nobody_can_tell(slack: SlackServer) -> None:
    slack.history_most = 15
    async with carrying(slack) as carrier:
        await carrier.post(HERE, part(carrier), None)
        chatter(slack, 15 * history.PAGES)
        refused = await refusal(carrier)
    assert (refused.fate, refused.code) == (Fate.UNREADABLE, "too_much_since")
    assert refused.sentence.startswith("I cannot look whether the edition arrived.")


async def test_what_is_not_seen_at_once_is_seen_by_the_second_look(slack: SlackServer) -> None:
    slack.history_lag = 0.2
    async with carrying(slack) as carrier:
        posted = await carrier.post(HERE, part(carrier), None)
        assert await carrier.find(HERE, part(carrier), now()) == posted
    assert looks(slack) == 2


async def test_what_lands_late_is_seen_by_the_second_look(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", reset=True, lands_after=0.2)
    started = now()
    async with carrying(slack) as carrier:
        with pytest.raises(SendError) as lost:
            await carrier.post(HERE, part(carrier), None)
        assert lost.value.fate is Fate.UNCERTAIN
        found = await carrier.find(HERE, part(carrier), started)
    assert found is not None
    assert keys(slack) == [KEY]


async def test_a_second_look_that_comes_too_soon_is_taken_up_by_the_next_one(slack: SlackServer) -> None:
    slack.paces.history = 60  # one a second
    async with carrying(slack) as carrier:
        refused = await refusal(carrier)
        assert (refused.fate, refused.code, refused.wait) == (Fate.NOT_YET, "ratelimited", 1.0)
        await asyncio.sleep(1.1)
        assert await carrier.find(HERE, part(carrier), now()) is None
        assert looks(slack) == 3
        await asyncio.sleep(1.1)
        assert (await refusal(carrier)).fate is Fate.NOT_YET  # nothing is left of the looks before


async def test_a_look_before_it_was_posted_again_counts_no_more(slack: SlackServer) -> None:
    slack.paces.history = 60
    async with carrying(slack) as carrier:
        await refusal(carrier)
        slack.fail("chat.postMessage", reset=True, taken=False)
        with pytest.raises(SendError):
            await carrier.post(HERE, part(carrier), now())
        await asyncio.sleep(1.1)
        assert (await refusal(carrier)).fate is Fate.NOT_YET
    assert keys(slack) == []


@pytest.mark.parametrize("kind", ["channels:history", "metadata.message:read"])
async def test_without_a_scope_nobody_can_tell(slack: SlackServer, kind: str) -> None:
    async with carrying(slack) as carrier:
        await carrier.post(HERE, part(carrier), None)
        slack.scopes = slack.scopes - {kind}
        refused = await refusal(carrier)
    assert (refused.fate, refused.code) == (Fate.UNREADABLE, "missing_scope")
    assert "briefbot slack manifest" in refused.advice


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"is_member": False}, "not_in_channel"),
        ({"is_member": False, "is_private": True}, "channel_not_found"),
    ],
)
async def test_where_the_bot_is_no_member_nobody_can_tell(slack: SlackServer, more: dict[str, Any], code: str) -> None:
    slack.add_channel("C3", "away", **more)
    async with carrying(slack) as carrier:
        refused = await refusal(carrier, Target("slack", "T1", "C3"))
    assert (refused.fate, refused.code) == (Fate.UNREADABLE, code)
    assert "/invite @briefbot" in refused.advice


async def test_an_archived_channel_can_still_be_looked_through(slack: SlackServer) -> None:
    async with carrying(slack) as carrier:
        posted = await carrier.post(HERE, part(carrier), None)
        slack.workspace.channels["C1"].is_archived = True
        assert await carrier.find(HERE, part(carrier), now()) == posted


@pytest.mark.parametrize(
    ("fault", "fate"),
    [
        ({"status": 503}, Fate.UNCERTAIN),
        ({"broken_json": True}, Fate.UNCERTAIN),
        ({"body": "[]", "content_type": "application/json"}, Fate.UNCERTAIN),
        ({"body": "hello"}, Fate.UNCERTAIN),
        ({"reset": True, "times": 2}, Fate.UNCERTAIN),  # reading is tried once more where a connection has gone stale
        ({"error": "internal_error"}, Fate.UNCERTAIN),
        ({"status": 429, "retry_after": 42}, Fate.NOT_YET),
        ({"error": "team_added_to_org"}, Fate.NOT_YET),
        ({"error": "invalid_cursor"}, Fate.UNREADABLE),
    ],
)
async def test_a_look_that_fails_says_neither_yes_nor_no(slack: SlackServer, fault: dict[str, Any], fate: Fate) -> None:
    async with carrying(slack) as carrier:
        await carrier.post(HERE, part(carrier), None)
        slack.fail("conversations.history", **fault)
        refused = await refusal(carrier)
        assert (refused.fate, refused.wait) == (fate, float(fault.get("retry_after", 0)))
        assert await carrier.find(HERE, part(carrier), now()) is not None


async def test_with_a_dead_token_it_is_known_later_and_the_platform_stops(slack: SlackServer) -> None:
    async with until_refused(slack) as (platform, running):
        slack.fail("conversations.history", error="token_revoked")
        assert (await refusal(platform.carrier)).fate is Fate.NOT_YET
        await asyncio.wait((running,), timeout=3)
        assert running.exception() is not None
        assert (await refusal(platform.carrier)).fate is Fate.NOT_YET
        assert not platform.carrier.ready
