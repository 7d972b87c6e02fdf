"""Blocks and their elements: what the loopback Slack takes of them and what it refuses."""

import pytest

from tests.wire.slack import check_message
from tests.wire.slack.samples import (
    CONFIRM,
    IMAGE,
    Json,
    actions,
    blocks,
    button,
    mrkdwn,
    option,
    plain,
    section,
    select,
)

TAKEN: dict[str, Json] = {
    "section of 3000": section(mrkdwn("x" * 3000)),
    "section with verbatim": section({**mrkdwn(), "verbatim": True}),
    "section with fields only": {"type": "section", "fields": [mrkdwn("x" * 1300)] * 10},
    "section with accessory": section(accessory=button(url="https://example.org", style="primary", confirm=CONFIRM)),
    "section with overflow": section(accessory={"type": "overflow", "action_id": "o", "options": [option()] * 5}),
    "section with image": section(accessory=IMAGE, expand=True),
    "header of 150": {"type": "header", "text": {**plain("x" * 150), "emoji": True}},
    "divider": {"type": "divider", "block_id": "d"},
    "context": {"type": "context", "elements": [mrkdwn(), plain(), IMAGE]},
    "25 buttons": actions(*(button(action_id=f"a{index}", value="v" * 2000) for index in range(25))),
    "button without action_id": actions({"type": "button", "text": plain("x" * 75)}),
    "100 options": actions(select(options=[option(value=f"v{index}") for index in range(100)])),
    "option groups": actions(
        {"type": "static_select", "option_groups": [{"label": plain(), "options": [option()]}], "action_id": "s"}
    ),
    "initial option": actions(select(initial_option=option())),
    "external select": actions({"type": "external_select", "min_query_length": 0, "placeholder": plain("x" * 150)}),
    "users select": actions({"type": "users_select", "initial_user": "U1"}),
    "checkboxes": actions(
        {"type": "checkboxes", "options": [{"text": mrkdwn(), "value": "v", "description": mrkdwn()}]}
    ),
    "date picker": actions({"type": "datepicker", "initial_date": "2026-10-16"}),
    "image": {**IMAGE, "title": plain()},
    "input": {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "multiline": True}},
    "markdown of 12000": {"type": "markdown", "text": "x" * 12_000},
    "alert": {"type": "alert", "text": mrkdwn("x" * 200), "level": "warning"},
    "video": {
        "type": "video",
        "alt_text": "a",
        "title": plain("x" * 199),
        "thumbnail_url": "https://example.org/t.png",
        "video_url": "https://example.org/v",
        "author_name": "x" * 49,
    },
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain(), "value": "1"},
                "negative_button": {"text": plain(), "value": "0"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain(), "action_id": "t"},
        ],
    },
    "card": {"type": "card", "title": mrkdwn("x" * 150), "body": mrkdwn("x" * 200), "actions": [button()]},
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_slack_takes(name: str) -> None:
    assert check_message({"text": "fallback", "blocks": [TAKEN[name]]}) == []
    assert check_message({"text": "fallback", "blocks": [TAKEN[name]]}, "ack") == []


REFUSED: dict[str, tuple[list[Json], str, str]] = {
    "unknown block": (blocks({"type": "shout"}), "/blocks/0/type", "unsupported type: shout"),
    "no type": (blocks({"text": plain()}), "/blocks/0", "missing required field: type"),
    "unknown property": (blocks(section(colour="red")), "/blocks/0", "invalid additional property: colour"),
    "emoji with mrkdwn": (
        blocks(section({**mrkdwn(), "emoji": True})),
        "/blocks/0/text",
        "invalid additional property: emoji",
    ),
    "verbatim with plain_text": (
        blocks(section({**plain(), "verbatim": True})),
        "/blocks/0/text",
        "invalid additional property: verbatim",
    ),
    "empty text": (blocks(section(mrkdwn(""))), "/blocks/0/text/text", "must be more than 0 characters"),
    "a string for a text": (blocks(section("words")), "/blocks/0/text", "must provide an object"),
    "section of 3001": (
        blocks(section(mrkdwn("x" * 3001))),
        "/blocks/0/text/text",
        "must be less than 3001 characters",
    ),
    "section of nothing": (blocks({"type": "section"}), "/blocks/0", "must define either `text` or `fields`"),
    "11 fields": (
        blocks({"type": "section", "fields": [mrkdwn()] * 11}),
        "/blocks/0/fields",
        "no more than 10 items allowed",
    ),
    "field of 2001": (
        blocks({"type": "section", "fields": [mrkdwn("x" * 2001)]}),
        "/blocks/0/fields/0/text",
        "must be less than 2001 characters",
    ),
    "header of 151": (
        blocks({"type": "header", "text": plain("x" * 151)}),
        "/blocks/0/text/text",
        "must be less than 151 characters",
    ),
    "marked up header": (
        blocks({"type": "header", "text": mrkdwn()}),
        "/blocks/0/text/type",
        "unsupported type: mrkdwn",
    ),
    "51 blocks": (blocks(*({"type": "divider"} for _ in range(51))), "/blocks", "no more than 50 items allowed"),
    "26 buttons": (
        blocks(actions(*(button(action_id=f"a{index}") for index in range(26)))),
        "/blocks/0/elements",
        "no more than 25 items allowed",
    ),
    "no buttons": (blocks(actions()), "/blocks/0/elements", "no fewer than 1 items allowed"),
    "button of 76": (
        blocks(actions(button(text=plain("x" * 76)))),
        "/blocks/0/elements/0/text/text",
        "must be less than 76 characters",
    ),
    "marked up button": (
        blocks(actions(button(text=mrkdwn()))),
        "/blocks/0/elements/0/text/type",
        "unsupported type: mrkdwn",
    ),
    "value of 2001": (
        blocks(actions(button(value="x" * 2001))),
        "/blocks/0/elements/0/value",
        "must be less than 2001 characters",
    ),
    "empty url": (blocks(actions(button(url=""))), "/blocks/0/elements/0/url", "must be a valid URL"),
    "script url": (
        blocks(actions(button(url="javascript:alert(1)"))),
        "/blocks/0/elements/0/url",
        "must be a valid URL",
    ),
    "style": (
        blocks(actions(button(style="success"))),
        "/blocks/0/elements/0/style",
        "must be a valid enum value: primary, danger",
    ),
    "image among actions": (blocks(actions(IMAGE)), "/blocks/0/elements/0/type", "unsupported type: image"),
    "action_id of 256": (
        blocks(actions(button(action_id="x" * 256))),
        "/blocks/0/elements/0/action_id",
        "must be less than 256 characters",
    ),
    "action_id twice": (
        blocks(actions(button(), button())),
        "/blocks/0/elements/1/action_id",
        "`action_id` a already exists for this block",
    ),
    "block_id twice": (
        blocks(section(block_id="b"), section(block_id="b")),
        "/blocks/1/block_id",
        "`block_id` b already exists",
    ),
    "block_id of 256": (blocks(section(block_id="x" * 256)), "/blocks/0/block_id", "must be less than 256 characters"),
    "101 options": (
        blocks(actions(select(options=[option()] * 101))),
        "/blocks/0/elements/0/options",
        "no more than 100 items allowed",
    ),
    "options and groups": (
        blocks(actions(select(option_groups=[{"label": plain(), "options": [option()]}]))),
        "/blocks/0/elements/0",
        "must define only one of `options` or `option_groups`",
    ),
    "option of 76": (
        blocks(actions(select(options=[option("x" * 76)]))),
        "/blocks/0/elements/0/options/0/text/text",
        "must be less than 76 characters",
    ),
    "option value of 151": (
        blocks(actions(select(options=[option(value="x" * 151)]))),
        "/blocks/0/elements/0/options/0/value",
        "must be less than 151 characters",
    ),
    "initial option that is none": (
        blocks(actions(select(initial_option=option(value="w")))),
        "/blocks/0/elements/0/initial_option",
        "initial_option must be one of the options",
    ),
    "url of a select's option": (
        blocks(actions(select(options=[option(url="https://example.org")]))),
        "/blocks/0/elements/0/options/0",
        "invalid additional property: url",
    ),
    "overflow of 6": (
        blocks(section(accessory={"type": "overflow", "options": [option()] * 6})),
        "/blocks/0/accessory/options",
        "no more than 5 items allowed",
    ),
    "placeholder of 151": (
        blocks(actions(select(placeholder=plain("x" * 151)))),
        "/blocks/0/elements/0/placeholder/text",
        "must be less than 151 characters",
    ),
    "context of 11": (
        blocks({"type": "context", "elements": [mrkdwn()] * 11}),
        "/blocks/0/elements",
        "no more than 10 items allowed",
    ),
    "button in context": (
        blocks({"type": "context", "elements": [button()]}),
        "/blocks/0/elements/0/type",
        "unsupported type: button",
    ),
    "image without alt text": (
        blocks({"type": "image", "image_url": "https://example.org/a.png"}),
        "/blocks/0",
        "missing required field: alt_text",
    ),
    "confirm of 301": (
        blocks(actions(button(confirm={**CONFIRM, "text": mrkdwn("x" * 301)}))),
        "/blocks/0/elements/0/confirm/text/text",
        "must be less than 301 characters",
    ),
    "markdown of 12001": (
        blocks({"type": "markdown", "text": "x" * 12_001}),
        "/blocks/0/text",
        "must be less than 12001 characters",
    ),
    "markdown of 12001 in two": (
        blocks({"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6001}),
        "/blocks/1/text",
        "markdown blocks together must be less than 12001 characters",
    ),
    "alert of 201": (
        blocks({"type": "alert", "text": plain("x" * 201)}),
        "/blocks/0/text/text",
        "must be less than 201 characters",
    ),
    "video of 200": (
        blocks({**TAKEN["video"], "title": plain("x" * 200)}),
        "/blocks/0/title/text",
        "must be less than 200 characters",
    ),
    "6 context actions": (
        blocks(
            {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * 6}
        ),
        "/blocks/0/elements",
        "no more than 5 items allowed",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_slack_refuses(name: str) -> None:
    given, pointer, message = REFUSED[name]
    reasons = check_message({"text": "fallback", "blocks": given})
    assert [(each.error_code, each.json_pointer, each.message) for each in reasons] == [
        ("invalid_blocks", pointer, message)
    ]
