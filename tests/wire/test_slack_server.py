"""The loopback Slack over Socket Mode, driven against bare slack_bolt apps."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.wire.slack import Message, SlackError, SlackServer
from tests.wire.slack.bare import bare_app, over_sockets

BUTTONS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Antony Blinken &amp; others"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "more", "value": "1", "text": {"type": "plain_text", "text": "More"}},
            {"type": "button", "action_id": "share", "text": {"type": "plain_text", "text": "Share"}},
            {
                "type": "static_select",
                "action_id": "pick",
                "options": [{"text": {"type": "plain_text", "text": "Timeline"}, "value": "timeline"}],
            },
        ],
    },
]


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(ack_timeout=0.3, settle=0.3) as server:
        yield server


@pytest.fixture
async def app(slack: SlackServer) -> AsyncIterator[AsyncApp]:
    async with over_sockets(slack, bare_app(slack, process_before_response=True)) as connected:
        yield connected


def answers_with_ack(app: AsyncApp, **answer: Any) -> None:
    @app.command("/brief")
    async def brief(ack: Any) -> None:
        await ack(**answer)


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


async def test_a_response_url_is_good_for_five_posts(slack: SlackServer, app: AsyncApp) -> None:
    statuses: list[tuple[int, str]] = []

    @app.command("/brief")
    async def brief(ack: Any, respond: Any) -> None:
        await ack()
        for turn in range(6):
            answer = await respond(text=f"{turn}")
            statuses.append((answer.status_code, answer.body))

    answer = await (await slack.command("/brief")).wait(5)
    await asyncio.sleep(0.1)
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

    answer = await slack.command("/brief")
    assert "expired_url" in said[0]
    assert answer.messages == []


async def test_silence_is_an_operation_timeout(slack: SlackServer, app: AsyncApp) -> None:
    @app.command("/raises")
    async def raises() -> None:
        raise RuntimeError("before the ack")

    @app.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(0.5)
        await ack("too late")

    for name in ("/raises", "/slow", "/unknown"):
        answer = await slack.command(name)
        assert not answer.acked
        assert answer.error == "operation_timeout"
        assert answer.messages == []
    await asyncio.sleep(0.3)
    assert len(slack.sockets.stray_acks) == 1


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


async def test_a_button_replaces_the_private_message(slack: SlackServer, app: AsyncApp) -> None:
    bodies: list[dict[str, Any]] = []
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)

    @app.action("more")
    async def more(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()
        await respond(text="all of it", replace_original=True)

    first = await slack.command("/brief")
    pressed = await slack.press(first, label="More")
    assert pressed.messages == first.messages
    assert first.message.text == "all of it"
    assert first.message.versions[0]["text"] == "Blinken"
    assert first.message.blocks == []
    body = bodies[0]
    assert body["container"] == {
        "type": "message",
        "message_ts": first.message.ts,
        "channel_id": "C1",
        "is_ephemeral": True,
    }
    assert "message" not in body  # an ephemeral message is not sent along
    assert body["actions"][0]["value"] == "1"
    with pytest.raises(LookupError):
        await slack.press(first, label="More")


async def test_sharing_posts_for_all_and_deletes_the_original(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)

    @app.action("share")
    async def share(ack: Any, respond: Any, client: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.chat_postMessage(
            channel=body["channel"]["id"], text="shared", unfurl_links=False, unfurl_media=False
        )
        await respond(delete_original=True)

    first = await slack.command("/brief")
    shared = await (await slack.press(first, action_id="share")).wait(2)
    assert first.message.deleted
    public = [each for each in shared.messages if each.ephemeral_to is None]
    assert [each.text for each in public] == ["shared"]
    assert [each.shows_previews for each in slack.unfurls if each.message is public[0]] == [False]


async def test_only_the_reader_of_a_private_message_can_press_in_it(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)
    with pytest.raises(LookupError, match="only U1 sees"):
        await slack.press(await slack.command("/brief"), action_id="more", user="U2")


async def test_a_body_in_the_ack_of_a_button_is_ignored(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)

    @app.action("more")
    async def more(ack: Any) -> None:
        await ack({"text": "not seen", "replace_original": True})

    first = await slack.command("/brief")
    pressed = await slack.press(first, action_id="more", settle=0.05)
    assert pressed.acked
    assert pressed.messages == []


async def test_choosing_in_a_menu(slack: SlackServer, app: AsyncApp) -> None:
    chosen: list[str] = []
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)

    @app.action("pick")
    async def pick(ack: Any, action: dict[str, Any]) -> None:
        chosen.append(action["selected_option"]["value"])
        await ack()

    first = await slack.command("/brief")
    await slack.select(first, "Timeline", action_id="pick", settle=0.05)
    assert chosen == ["timeline"]
    with pytest.raises(LookupError, match="not among"):
        await slack.select(first, "nothing", action_id="pick")


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


HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Browse"}},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "external_select",
                    "action_id": "search",
                    "placeholder": {"type": "plain_text", "text": "Search"},
                    "min_query_length": 2,
                }
            ],
        },
    ],
}


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value.title()}, "value": value}


async def test_the_home_tab_and_its_suggestions(slack: SlackServer, app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(client: Any, event: dict[str, Any]) -> None:
        await client.views_publish(user_id=event["user"], view=HOME)

    @app.options("search")
    async def options(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option(payload["value"]), option("aukus")])

    @app.action("search")
    async def searched(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        value = body["actions"][0]["selected_option"]["value"]
        found = {"type": "section", "text": {"type": "plain_text", "text": f"found {value}"}}
        view = {**HOME, "blocks": [*HOME["blocks"], found]}
        await client.views_publish(user_id=body["user"]["id"], view=view, hash=body["view"]["hash"])

    assert slack.home("U2") is None
    opened_home = await slack.open_home(user="U2")
    assert "Browse" in opened_home.text()
    assert [each["value"] for each in await slack.suggest("search", "bl", user="U2")] == ["bl", "aukus"]
    with pytest.raises(ValueError, match="from 2 characters on"):
        await slack.suggest("search", "b", user="U2")
    home = slack.home("U2")
    assert home is not None
    await slack.select(home, option("aukus"), action_id="search", user="U2")
    assert "found aukus" in home.text()
    assert slack.home("U1") is None


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([option(f"v{index}") for index in range(101)], "no more than 100 items"),
        ([option("v" * 151)], "must be less than 76|must be less than 151"),
        ([{"text": {"type": "mrkdwn", "text": "x"}, "value": "x"}], "unsupported type: mrkdwn"),
    ],
)
async def test_suggestions_that_slack_would_not_show(
    slack: SlackServer, app: AsyncApp, options: list[dict[str, Any]], reason: str
) -> None:
    @app.options("search")
    async def suggest(ack: Any) -> None:
        await ack(options=options)

    with pytest.raises(SlackError) as refused:
        await slack.suggest("search", "bli")
    assert refused.value.code == "invalid_options"
    assert any(part in str(refused.value.details) for part in reason.split("|"))


async def test_a_modal_is_opened_once_updated_and_submitted(slack: SlackServer, app: AsyncApp) -> None:
    modal = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Ask"},
        "submit": {"type": "plain_text", "text": "Go"},
        "callback_id": "ask",
        "blocks": [
            {
                "type": "input",
                "block_id": "q",
                "label": {"type": "plain_text", "text": "Question"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            }
        ],
    }
    codes: list[str] = []

    @app.command("/ask")
    async def ask(ack: Any, client: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal)
        for trigger in (body["trigger_id"], "made-up"):
            try:
                await client.views_open(trigger_id=trigger, view=modal)
            except SlackApiError as error:
                codes.append(error.response["error"])

    @app.view("ask")
    async def asked(ack: Any, view: dict[str, Any]) -> None:
        said = view["state"]["values"]["q"]["text"]["value"]
        await ack(response_action="update", view={**modal, "title": {"type": "plain_text", "text": said}})

    answer = await slack.command("/ask")
    await asyncio.sleep(0.05)
    assert codes == ["exchanged_trigger_id", "invalid_trigger_id"]
    submitted = await slack.submit_view(answer, {"q": {"text": {"type": "plain_text_input", "value": "Why?"}}})
    assert submitted.views == answer.views
    assert "Why?" in submitted.text()


async def test_a_dropped_socket_is_connected_anew(slack: SlackServer) -> None:
    app = bare_app(slack, process_before_response=True)
    answers_with_ack(app, text="here")
    async with over_sockets(slack, app, ping_interval=0.1):
        assert (await slack.command("/brief")).text() == "here"
        slack.refuse_connections = True
        await slack.drop_sockets()
        assert (await slack.command("/brief")).error == "dispatch_failed"
        await asyncio.sleep(0.25)
        slack.refuse_connections = False
        await slack.socket_connected()
        assert (await slack.command("/brief")).text() == "here"
        assert slack.sockets.hellos == 2


async def test_a_disconnect_frame_moves_the_app_to_a_new_socket(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="here")
    await slack.ask_to_reconnect("refresh_requested")
    async with asyncio.timeout(3):
        while slack.sockets.hellos < 2 or slack.sockets.count != 1:
            await asyncio.sleep(0.01)
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
    answer = await slack.mention("<@UBOT> hello", settle=0.02)
    assert answer.messages == []
    assert slack.messages == []
    assert [type(each) for each in slack.workspace.timeline] == [Message]
