"""What Slack's errors mean for an edition: every code of the table, every shape of a failure, and the words."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.contract import Carrier, Fate, Part, Scope, SendError, Target
from bot.errors import RefusedError
from bot.platforms.slack import fates
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.manifest import SCOPES
from tests.platforms.slack.carrying import HERE, KEY, carrying, keys, now, part, until_refused
from tests.platforms.slack.rig import settings
from tests.platforms.slack.script import Script
from tests.wire.slack import SlackServer

WAIT = ["ratelimited", "rate_limited", "message_limit_exceeded"]
REFUSED = [
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "no_permission",
    "ekm_access_denied",
    "messages_tab_disabled",
    "channel_is_limited_access",
]
TOKEN = [
    "account_inactive",
    "token_revoked",
    "token_expired",
    "invalid_auth",
    "not_authed",
    "org_login_required",
    "not_allowed_token_type",
    "team_access_not_granted",
]
WORKSPACE = ["team_added_to_org", "missing_scope", "accesslimited", "two_factor_setup_required"]
OURS = [
    "msg_too_long",
    "msg_blocks_too_long",
    "invalid_blocks",
    "invalid_blocks_format",
    "metadata_too_large",
    "invalid_metadata_format",
    "too_many_attachments",
    "no_text",
    "markdown_text_conflict",
    "invalid_arguments",
]
UNCERTAIN = ["fatal_error", "internal_error", "request_timeout", "service_unavailable"]


async def refusal(carrier: Carrier, sent: Part | None = None, where: Target = HERE) -> SendError:
    with pytest.raises(SendError) as refused:
        await carrier.post(where, sent or part(carrier), None)
    return refused.value


@pytest.mark.parametrize("code", WAIT)
async def test_too_many_is_a_pause(slack: SlackServer, code: str) -> None:
    slack.fail("chat.postMessage", error=code, retry_after=7)
    async with carrying(slack) as carrier:
        refused = await refusal(carrier)
        assert (refused.fate, refused.code) == (Fate.NOT_YET, code)
        all_of_it = code == "message_limit_exceeded"
        assert (refused.wait, refused.scope) == (60.0 if all_of_it else 7.0, Scope.WORKSPACE)
        await carrier.post(HERE, part(carrier), None)
    assert keys(slack) == [KEY]


async def test_a_429_is_a_pause_whatever_its_body_and_nobody_waits_it_out(slack: SlackServer) -> None:
    async with carrying(slack) as carrier:
        faults: list[dict[str, Any]] = [{"body": "slow down"}, {}, {"error": "channel_not_found"}]
        await carrier.post(HERE, part(carrier), None)
        for fault in faults:
            slack.fail("chat.postMessage", status=429, retry_after=3600, **fault)
            refused = await refusal(carrier)
            assert (refused.fate, refused.wait, refused.scope) == (Fate.NOT_YET, 3600.0, Scope.CHANNEL), fault
    assert len(slack.called("chat.postMessage")) == 4


async def test_refusals_in_two_channels_are_about_the_workspace(slack: SlackServer) -> None:
    slack.paces.workspace, slack.paces.workspace_burst = 0.5, 1
    other = Target("slack", "T1", "C2")
    async with carrying(slack) as carrier:
        await carrier.post(HERE, part(carrier), None)
        first, again, second = await refusal(carrier), await refusal(carrier), await refusal(carrier, where=other)
        assert [each.scope for each in (first, again)] == [Scope.CHANNEL, Scope.CHANNEL]
        assert second.scope is Scope.WORKSPACE
        assert 0 < second.wait <= 2


async def test_a_refusal_where_nothing_was_sent_lately_is_about_the_workspace(slack: SlackServer) -> None:
    slack.paces.workspace, slack.paces.workspace_burst = 0.5, 1
    async with carrying(slack) as carrier:
        await carrier.post(Target("slack", "T1", "C2"), part(carrier), None)
        assert (await refusal(carrier)).scope is Scope.WORKSPACE


@pytest.mark.parametrize("code", [*REFUSED, "a_word_of_tomorrow"])
async def test_a_channel_that_refuses_is_told_in_words(slack: SlackServer, code: str) -> None:
    slack.fail("chat.postMessage", error=code)
    async with carrying(slack) as carrier:
        refused = await refusal(carrier)
        assert carrier.ready
    assert (refused.fate, refused.code) == (Fate.REFUSED, code)
    assert refused.sentence.endswith(".")
    assert refused.advice.endswith("then /digest resume.")
    assert (code in refused.sentence) == (code not in REFUSED)
    assert len(slack.called("chat.postMessage")) == 1


def test_an_archived_channel_is_told_in_these_words() -> None:
    told = fates.refused("is_archived")
    assert (told.sentence, told.advice) == ("The channel is archived.", "Unarchive it, then /digest resume.")


@pytest.mark.parametrize("code", WORKSPACE)
async def test_a_workspace_that_refuses_is_told_in_words_and_commands_go_on(slack: SlackServer, code: str) -> None:
    slack.fail("chat.postMessage", error=code)
    async with carrying(slack) as carrier:
        refused = await refusal(carrier)
        assert (refused.fate, refused.code) == (Fate.REVOKED, code)
        assert refused.advice.endswith("then /digest resume.")
        assert carrier.ready
        await carrier.post(HERE, part(carrier), None)


@pytest.mark.parametrize("code", TOKEN)
async def test_a_dead_token_stops_the_platform_and_every_message_after_it(slack: SlackServer, code: str) -> None:
    async with until_refused(slack) as (platform, running):
        slack.fail("chat.postMessage", error=code)
        first = await refusal(platform.carrier)
        with pytest.raises(RefusedError):
            await asyncio.wait_for(running, 3)
        assert not platform.carrier.ready
        second = await refusal(platform.carrier)
    assert [(each.fate, each.code) for each in (first, second)] == [(Fate.REVOKED, code)] * 2
    assert first.sentence == second.sentence
    assert len(slack.called("chat.postMessage")) == 1
    assert "xoxb" not in f"{first.sentence}{first.advice}{first}"


async def test_a_token_that_slack_has_revoked_of_itself_ends_it_too(slack: SlackServer) -> None:
    async with until_refused(slack) as (platform, running):
        await slack.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}, settle=0)
        with pytest.raises(RefusedError):
            await asyncio.wait_for(running, 3)
        assert (await refusal(platform.carrier)).fate is Fate.REVOKED


async def test_a_token_that_is_refused_at_the_start_is_revoked_until_one_is_taken(slack: SlackServer) -> None:
    platform = SlackPlatform(settings(slack), Script())
    slack.fail("auth.test", error="account_inactive")
    with pytest.raises(RefusedError):
        await platform.run()
    assert (await refusal(platform.carrier)).fate is Fate.REVOKED
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    await platform.carrier.post(HERE, part(platform.carrier), None)
    await platform.close()
    await asyncio.wait_for(running, 3)
    assert (await refusal(platform.carrier)).fate is Fate.NOT_YET


@pytest.fixture
async def strict() -> AsyncIterator[SlackServer]:
    """Yield a loopback Slack that may refuse what it is sent."""
    async with SlackServer() as server:
        server.scopes = frozenset(SCOPES)
        yield server


@pytest.mark.parametrize("code", OURS)
async def test_what_slack_will_not_draw_goes_as_words_with_the_key_and_a_reference(
    slack: SlackServer, code: str
) -> None:
    slack.fail("chat.postMessage", error=code)
    async with carrying(slack) as carrier:
        posted = await carrier.post(HERE, part(carrier), None)
        assert await carrier.find(HERE, part(carrier), now()) == posted
    (message,) = slack.messages
    assert message.blocks == []
    assert message.text.startswith("Antony Blinken met Qin Gang in Beijing.\nReference: ")
    assert keys(slack) == [KEY]
    assert not any(each.shows_previews for each in slack.unfurls)


async def test_what_the_server_really_refuses_goes_as_words_too(strict: SlackServer) -> None:
    async with carrying(strict) as carrier:
        await carrier.post(HERE, Part(KEY, '{"text":"So it is.","blocks":[{"type":"shout"}]}'), None)
    assert strict.messages[0].text.startswith("So it is.")
    assert {via for via, _ in strict.refusals} == {"chat.postMessage"}


@pytest.mark.parametrize(
    ("second", "fate"),
    [
        ({"error": "no_text"}, Fate.OURS),
        ({"status": 500}, Fate.UNCERTAIN),
        ({"reset": True}, Fate.UNCERTAIN),
        ({"status": 429, "retry_after": 2}, Fate.NOT_YET),
        ({"error": "is_archived"}, Fate.REFUSED),
    ],
)
async def test_words_are_tried_once_and_fail_as_anything_does(
    slack: SlackServer, second: dict[str, Any], fate: Fate
) -> None:
    slack.fail("chat.postMessage", error="invalid_blocks")
    slack.fail("chat.postMessage", **second)
    async with carrying(slack) as carrier:
        refused = await refusal(carrier)
    assert refused.fate is fate
    assert len(slack.called("chat.postMessage")) == 2


async def test_what_has_no_blocks_is_not_tried_as_words(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", error="msg_too_long")
    async with carrying(slack) as carrier:
        refused = await refusal(carrier, Part(KEY, '{"text":"x"}'))
    assert (refused.fate, refused.code) == (Fate.OURS, "msg_too_long")


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize(
    "fault",
    [
        *({"error": code} for code in UNCERTAIN),
        {"status": 500},
        {"status": 502, "body": "<html>bad gateway</html>", "content_type": "text/html"},
        {"status": 503, "error": "channel_not_found"},
        {"broken_json": True},
        {"body": "hello"},
        {"body": "[]", "content_type": "application/json"},
        {"body": "", "content_type": "application/json"},
        {"body": '{"ok": true}', "content_type": "application/json"},
        {"status": 403, "body": "the proxy says no"},
        {"reset": True},
        {"delay": 0.6, "error": "ratelimited"},
    ],
)
async def test_what_says_neither_yes_nor_no_is_uncertain_and_sent_once(
    slack: SlackServer, fault: dict[str, Any], taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.exchange.TIMEOUT", 0.4)
    monkeypatch.setattr("bot.platforms.slack.carrier.AGAIN", 0.05)
    started = now()
    async with carrying(slack) as carrier:
        slack.fail("chat.postMessage", **fault, taken=taken)
        refused = await refusal(carrier)
        assert refused.fate is Fate.UNCERTAIN
        await asyncio.sleep(fault.get("delay", 0))
        assert (await carrier.find(HERE, part(carrier), started) is not None) == taken
    assert len(slack.called("chat.postMessage")) == 1
    assert keys(slack) == [KEY] * taken


async def test_where_nobody_listens_it_is_certainly_not_posted(port: int) -> None:
    server = SlackServer()
    async with server:
        platform = SlackPlatform(settings(server, mode="http", port=port), Script())
        running = asyncio.create_task(platform.run())
        async with asyncio.timeout(5):
            while not platform.carrier.ready:
                await asyncio.sleep(0.005)
    kept, refused = await refusal(platform.carrier), await refusal(platform.carrier)
    assert kept.fate in {Fate.UNCERTAIN, Fate.NOT_YET}  # where the connection from before is still tried, it may arrive
    assert (refused.fate, refused.wait) == (Fate.NOT_YET, 0.0)
    await platform.close()
    await asyncio.wait_for(running, 3)


def test_every_code_is_in_one_place_of_the_table() -> None:
    expected = {Fate.NOT_YET: WAIT, Fate.REFUSED: REFUSED, Fate.OURS: OURS, Fate.UNCERTAIN: UNCERTAIN}
    expected[Fate.REVOKED] = TOKEN + WORKSPACE
    for fate, codes in expected.items():
        assert {fates.fate(code) for code in codes} == {fate}
