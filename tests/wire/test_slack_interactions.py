"""Buttons, menus, the Home tab, suggestions and modals, driven against bare slack_bolt apps."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.wire.slack import SlackError, SlackServer
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


HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Browse")},
        actions(
            {"type": "external_select", "action_id": "search", "placeholder": plain("Search"), "min_query_length": 2}
        ),
    ],
}


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
    pressed = await slack.press(first, action_id="more", settle=0.1)
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
    await slack.select(first, "Timeline", action_id="pick", settle=0)
    assert chosen == ["timeline"]
    with pytest.raises(LookupError, match="not among"):
        await slack.select(first, "nothing", action_id="pick")


async def test_the_home_tab_and_its_suggestions(slack: SlackServer, app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(client: Any, event: dict[str, Any]) -> None:
        await client.views_publish(user_id=event["user"], view=HOME)

    @app.options("search")
    async def options(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option(value=payload["value"]), option(value="aukus")])

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
    await slack.select(home, option(value="aukus"), action_id="search", user="U2")
    assert "found aukus" in home.text()
    assert slack.home("U1") is None


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([option(value=f"v{index}") for index in range(101)], "no more than 100 items"),
        ([option(value="v" * 151)], "must be less than 151"),
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
    assert reason in str(refused.value.details)


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
    await until(lambda: len(codes) == 2)
    assert codes == ["exchanged_trigger_id", "invalid_trigger_id"]
    submitted = await slack.submit_view(answer, {"q": {"text": {"type": "plain_text_input", "value": "Why?"}}})
    assert submitted.views == answer.views
    assert "Why?" in submitted.text()


async def test_what_was_chosen_and_typed_is_sent_along(slack: SlackServer, app: AsyncApp) -> None:
    states: list[Any] = []
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)

    @app.action("pick")
    @app.action("more")
    async def acted(ack: Any, body: dict[str, Any]) -> None:
        states.append(body["state"]["values"])
        await ack()

    first = await slack.command("/brief")
    slack.fill(first, "timeline", action_id="pick")
    await slack.press(first, action_id="more", settle=0)
    (state,) = states[0].values()
    assert state["pick"]["selected_option"]["value"] == "timeline"
    with pytest.raises(LookupError, match="choose in it with select"):
        await slack.press(first, action_id="pick")


async def test_what_was_deleted_is_not_seen_and_cannot_be_pressed(slack: SlackServer, app: AsyncApp) -> None:
    answers_with_ack(app, text="Blinken", blocks=BUTTONS)

    @app.action("share")
    async def share(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    first = await slack.command("/brief")
    await slack.press(first, action_id="share")
    assert (first.text(), first.buttons()) == ("", [])
    with pytest.raises(LookupError, match="deleted"):
        await slack.press(first.message, action_id="share")
