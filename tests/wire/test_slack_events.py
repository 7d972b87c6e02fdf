"""Mentions, direct messages and other events, and the sockets over which they come."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp

from tests.wire.slack import Message, SlackServer
from tests.wire.slack.bare import answers_with_ack, bare_app, over_sockets, until


async def test_a_mention_is_answered_in_its_thread(slack: SlackServer, app: AsyncApp) -> None:
    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: Any) -> None:
        await say(text=f"about {event['text']}", thread_ts=event["ts"])

    answer = await slack.mention("<@UBOT> who is blinken", channel="C2", user="U2")
    assert answer.message.channel == "C2"
    assert answer.message.thread_ts == answer.event_ts
    assert "who is blinken" in answer.text()


async def test_answers_to_two_mentions_at_once_are_told_apart(slack: SlackServer, app: AsyncApp) -> None:
    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: Any) -> None:
        await asyncio.sleep(0.1 if "slow" in event["text"] else 0)
        await say(text=event["text"], thread_ts=event["ts"])

    slow, fast = await asyncio.gather(slack.mention("slow"), slack.mention("fast"))
    assert (slow.message.text, fast.message.text) == ("slow", "fast")


async def test_a_direct_message_is_answered(slack: SlackServer, app: AsyncApp) -> None:
    @app.event("message")
    async def message(event: dict[str, Any], say: Any) -> None:
        await say(f"you said {event['text']} in {event['channel_type']}")

    answer = await slack.direct_message("blinken", user="U2")
    assert answer.message.text == "you said blinken in im"
    assert answer.message.channel == "DU2"


async def test_an_event_sent_twice_has_one_id_and_a_retry_mark(slack: SlackServer, app: AsyncApp) -> None:
    seen: list[tuple[str, Any]] = []

    @app.event("reaction_added")
    async def reacted(body: dict[str, Any], request: Any) -> None:
        seen.append((body["event_id"], request.headers.get("x-slack-retry-num")))

    answer = await slack.event({"type": "reaction_added", "user": "U1", "reaction": "eyes"}, times=2, settle=0)
    assert answer.acked
    assert len({event_id for event_id, _ in seen}) == 1
    assert [retry for _, retry in seen] == [["0"], ["1"]]


async def test_a_dropped_socket_is_connected_anew(slack: SlackServer) -> None:
    app = bare_app(slack, process_before_response=True)
    answers_with_ack(app, text="here")
    async with over_sockets(slack, app, ping_interval=0.1):
        assert (await slack.command("/brief")).text() == "here"
        slack.refuse_connections = True
        await slack.drop_sockets()
        assert (await slack.command("/brief")).error == "dispatch_failed"
        await until(lambda: slack.sockets.refused >= 2)
        slack.refuse_connections = False
        await slack.socket_connected()
        assert (await slack.command("/brief")).text() == "here"
        assert slack.sockets.hellos == 2


async def test_a_disconnect_frame_moves_the_app_to_a_new_socket(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="here")
    await slack.ask_to_reconnect("refresh_requested")
    await until(lambda: slack.sockets.hellos == 2 and slack.sockets.count == 1)
    assert (await slack.command("/brief")).text() == "here"


async def test_an_envelope_goes_to_one_of_several_connections(slack: SlackServer) -> None:
    served: list[str] = []

    def app_named(name: str) -> AsyncApp:
        app = bare_app(slack, process_before_response=True)

        @app.command("/brief")
        async def brief(ack: Any) -> None:
            served.append(name)
            await ack(name)

        return app

    async with over_sockets(slack, app_named("one")), over_sockets(slack, app_named("two")):
        for _ in range(4):
            await slack.command("/brief")
    assert sorted(served) == ["one", "one", "two", "two"]


async def test_the_users_own_messages_are_no_answers(slack: SlackServer, app: AsyncApp) -> None:
    slack.ack_timeout = 0.1
    answer = await slack.mention("<@UBOT> hello")
    assert not answer.acked
    assert answer.messages == []
    assert slack.messages == []
    assert [type(each) for each in slack.workspace.timeline] == [Message]


async def test_bolt_ignores_the_apps_own_messages(slack: SlackServer, app: AsyncApp) -> None:
    heard: list[str] = []

    @app.event("message")
    async def message(event: dict[str, Any], say: Any) -> None:
        heard.append(event["text"])
        await say("an answer")

    answer = await slack.direct_message("hello")
    told = await slack.own_message(answer.message, settle=0.05)
    assert told.acked
    assert told.messages == []
    assert heard == ["hello"]
