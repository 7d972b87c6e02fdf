"""Commands over Socket Mode: answers in the acknowledgement, by response_url, late or not at all."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp

from tests.wire.slack import SlackServer
from tests.wire.slack.bare import answers_with_ack, until
from tests.wire.slack.samples import actions, button, mrkdwn, option, plain, section, select

BUTTONS = [
    section(mrkdwn("Antony Blinken &amp; others")),
    actions(
        button(action_id="more", value="1", text=plain("More")),
        button(action_id="share", text=plain("Share")),
        select(action_id="pick", options=[option("Timeline", "timeline")]),
    ),
]


async def test_a_command_is_answered_in_its_acknowledgement(slack: SlackServer, app: AsyncApp) -> None:
    seen: list[dict[str, Any]] = []

    @app.command("/brief")
    async def brief(ack: Any, command: dict[str, Any]) -> None:
        seen.append(command)
        await ack(text="Blinken", blocks=BUTTONS)

    answer = await slack.command("/brief", "blinken", user="U2", channel="C2")
    assert seen[0]["text"] == "blinken"
    assert (seen[0]["user_id"], seen[0]["channel_id"], seen[0]["team_id"]) == ("U2", "C2", "T1")
    assert answer.acked
    assert answer.error is None
    assert answer.ack_ms is not None
    assert answer.message.ephemeral_to == "U2"
    assert answer.message.via == "ack"
    assert "Antony Blinken & others" in answer.visible()
    assert [button.label for button in answer.buttons()] == ["More", "Share"]
    assert slack.refusals == []


async def test_in_channel_is_seen_by_all(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="all", response_type="in_channel")
    assert (await slack.command("/brief")).message.ephemeral_to is None


async def test_an_empty_ack_waits_for_what_is_sent_to_the_response_url(slack: SlackServer, app: AsyncApp) -> None:
    @app.command("/brief")
    async def brief(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="first")
        await respond(text="second", response_type="in_channel")

    answer = await (await slack.command("/brief")).wait(2)
    assert [(each.text, each.ephemeral_to, each.via) for each in answer.messages] == [
        ("first", "U1", "response_url"),
        ("second", None, "response_url"),
    ]


async def test_an_answer_in_several_messages_is_waited_for_until_it_is_quiet(slack: SlackServer, app: AsyncApp) -> None:
    @app.command("/brief")
    async def brief(ack: Any, respond: Any) -> None:
        await ack()
        for part in ("one", "two", "three"):
            await respond(text=part)
            await asyncio.sleep(0.02)

    answer = await (await slack.command("/brief")).quiet(0.3)
    assert answer.text().split() == ["one", "two", "three"]


async def test_a_response_url_is_good_for_five_posts(slack: SlackServer, app: AsyncApp) -> None:
    statuses: list[tuple[int, str]] = []

    @app.command("/brief")
    async def brief(ack: Any, respond: Any) -> None:
        await ack()
        for turn in range(6):
            answer = await respond(text=f"{turn}")
            statuses.append((answer.status_code, answer.body))

    answer = await (await slack.command("/brief")).wait(5)
    await until(lambda: len(statuses) == 6)
    assert [status for status, _ in statuses] == [200] * 5 + [404]
    assert "used_url" in statuses[-1][1]
    assert len(answer.messages) == 5


async def test_a_response_url_expires(slack: SlackServer, app: AsyncApp) -> None:
    said: list[str] = []
    slack.response_urls.seconds = -1.0

    @app.command("/brief")
    async def brief(ack: Any, respond: Any) -> None:
        await ack()
        said.append((await respond(text="late")).body)

    answer = await slack.command("/brief", settle=0)
    await until(lambda: bool(said))
    assert "expired_url" in said[0]
    assert answer.messages == []


async def test_silence_is_an_operation_timeout(slack: SlackServer, app: AsyncApp) -> None:
    slack.ack_timeout = 0.2

    @app.command("/raises")
    async def raises() -> None:
        raise RuntimeError("before the ack")

    @app.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(0.4)
        await ack("too late")

    for name in ("/raises", "/slow", "/unknown"):
        answer = await slack.command(name)
        assert not answer.acked
        assert answer.error == "operation_timeout"
        assert answer.messages == []
    await until(lambda: len(slack.sockets.stray_acks) == 1)


async def test_nobody_connected_is_a_failed_dispatch(slack: SlackServer) -> None:
    assert (await slack.command("/brief")).error == "dispatch_failed"


async def test_what_slack_would_not_show_is_refused_in_the_ack(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="x", blocks=[{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
    answer = await slack.command("/brief")
    assert answer.acked
    assert answer.error == "invalid_blocks"
    assert answer.messages == []
    assert [str(reason) for reason in answer.refusals] == [
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert slack.refusals[0][0] == "ack"
