"""The loopback Slack over signed HTTP, driven against bare slack_bolt apps."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from tests.wire.slack import SlackServer
from tests.wire.slack.bare import bare_app, over_http
from tests.wire.slack.delivery import Delivery, Signing, encode, headers

PRESS = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}],
}


@pytest.fixture
async def app(slack: SlackServer) -> AsyncIterator[AsyncApp]:
    bare = bare_app(slack, process_before_response=True)

    @bare.command("/brief")
    async def brief(ack: Any, command: dict[str, Any]) -> None:
        await ack(text=command["text"] or "nothing", blocks=[PRESS])

    @bare.action("more")
    async def more(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="more", replace_original=True)

    @bare.event("app_mention")
    async def mentioned(say: Any, event: dict[str, Any]) -> None:
        await say(text=event["text"], thread_ts=event["ts"])

    @bare.options("search")
    async def options(ack: Any, payload: dict[str, Any]) -> None:
        text = {"type": "plain_text", "text": payload["value"]}
        await ack(option_groups=[{"label": text, "options": [{"text": text, "value": payload["value"]}]}])

    @bare.command("/plain")
    async def plain(ack: Any) -> None:
        await ack("only words")

    @bare.command("/raises")
    async def raises() -> None:
        raise RuntimeError("before the ack")

    async with over_http(slack, bare) as served:
        yield served


async def test_commands_buttons_mentions_and_suggestions(slack: SlackServer, app: AsyncApp) -> None:
    answer = await slack.command("/brief", "blinken & 王毅 +1%")
    assert (answer.status, answer.message.text) == (200, "blinken & 王毅 +1%")
    assert answer.message.ephemeral_to == "U1"
    await slack.press(answer, action_id="more")
    assert answer.message.text == "more"
    assert (await slack.mention("<@UBOT> who")).message.text == "<@UBOT> who"
    assert [each["value"] for each in await slack.suggest("search", "wang")] == ["wang"]


async def test_a_plain_text_body_is_an_answer(slack: SlackServer, app: AsyncApp) -> None:
    assert (await slack.command("/plain")).message.text == "only words"


async def test_a_handler_that_raises_is_told_as_a_service_error(slack: SlackServer, app: AsyncApp) -> None:
    answer = await slack.command("/raises")
    assert (answer.acked, answer.error, answer.status) == (False, "http_service_error", 500)


@pytest.mark.parametrize("signing", ["bad", "old", "none"])
async def test_what_is_not_signed_well_is_turned_away(slack: SlackServer, app: AsyncApp, signing: Signing) -> None:
    command = await slack.command("/brief", "x", signing=signing)
    event = await slack.event({"type": "app_mention", "user": "U1"}, signing=signing)
    assert (command.acked, command.status, command.error) == (False, 401, "http_client_error")
    assert event.status == 401


async def test_an_event_sent_twice_is_marked_in_its_headers(slack: SlackServer, app: AsyncApp) -> None:
    seen: list[tuple[str, Any, Any]] = []

    @app.event("reaction_added")
    async def reacted(body: dict[str, Any], request: Any) -> None:
        found = request.headers
        seen.append((body["event_id"], found.get("x-slack-retry-num"), found.get("x-slack-retry-reason")))

    await slack.event({"type": "reaction_added", "user": "U1"}, times=2, event_id="Ev1", settle=0)
    assert seen == [("Ev1", None, None), ("Ev1", ["1"], ["timeout"])]


async def test_the_request_address_is_verified(slack: SlackServer, app: AsyncApp) -> None:
    assert await slack.verify_address()


async def test_an_app_that_is_not_there(slack: SlackServer) -> None:
    slack.deliver_to = "http://127.0.0.1:9/slack/events"
    answer = await slack.command("/brief")
    assert (answer.acked, answer.error) == (False, "dispatch_failed")


async def test_an_address_that_does_not_answer(slack: SlackServer) -> None:
    slack.ack_timeout = 0.2
    slack.fail("silence", delay=1.0)
    slack.deliver_to = f"{slack.base_url}silence"
    answer = await slack.command("/brief")
    assert (answer.acked, answer.error) == (False, "operation_timeout")


def test_signatures_are_those_the_sdk_verifies() -> None:
    delivery = Delivery("events_api", {"type": "event_callback", "text": "王毅"})
    body, content_type = encode(delivery)
    made = headers(delivery, "s3cret", body, content_type)
    verifier = SignatureVerifier("s3cret")
    assert verifier.is_valid_request(body, made)
    assert not verifier.is_valid_request(body + b" ", made)
