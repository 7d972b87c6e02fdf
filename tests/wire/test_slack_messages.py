"""Whole messages, views and lists of options: what the loopback Slack takes and refuses."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk

from tests.wire.slack import check_message, check_options, check_view
from tests.wire.slack.samples import (
    CONFIRM,
    Json,
    actions,
    button,
    container,
    listed,
    mrkdwn,
    option,
    plain,
    rich,
    section,
    select,
    table,
    text,
    words,
)


@pytest.mark.parametrize(
    ("payload", "via", "error"),
    [
        ({}, "chat.postMessage", "no_text"),
        ({"text": "", "blocks": []}, "chat.postMessage", "no_text"),
        ({"text": 1}, "chat.postMessage", "invalid_arguments"),
        ({"text": "x", "blocks": {}}, "chat.postMessage", "invalid_blocks_format"),
        ({"text": "x", "blocks": "[{}]"}, "chat.postMessage", "invalid_blocks_format"),
        ({"text": "x" * 4001}, "chat.update", "msg_too_long"),
        ({"blocks": [section(mrkdwn("x" * 2641))] * 5}, "chat.postMessage", "msg_blocks_too_long"),
        ({"text": "x", "attachments": [{}] * 101}, "chat.postMessage", "too_many_attachments"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "chat.postMessage", "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "", "event_payload": {}}}, "ack", "invalid_metadata_format"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 17_000}}},
            "chat.postMessage",
            "metadata_too_large",
        ),
    ],
)
def test_messages_that_are_refused(payload: Json, via: str, error: str) -> None:
    assert [each.error_code for each in check_message(payload, via)] == [error]


@pytest.mark.parametrize(
    ("payload", "via"),
    [
        ({"text": "x" * 40_001}, "chat.postMessage"),  # cut, not refused
        ({"text": "x" * 4001}, "response_url"),
        ({"blocks": [section()]}, "chat.postMessage"),
        ({"text": "x", "blocks": []}, "chat.postMessage"),
        ({"blocks": [section(mrkdwn("x" * 2640))] * 5}, "chat.postMessage"),
        ({"blocks": [section(mrkdwn("x" * 3000))] * 50}, "response_url"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": 1}}}, "chat.postMessage"),
    ],
)
def test_messages_that_are_taken(payload: Json, via: str) -> None:
    assert check_message(payload, via) == []


MODAL = {"type": "modal", "title": plain("x" * 24), "blocks": [section()]}
INPUT = {"type": "input", "label": plain(), "element": {"type": "plain_text_input"}}


@pytest.mark.parametrize(
    "view",
    [
        {"type": "home", "blocks": [section()] * 100},
        {"type": "home", "blocks": [], "private_metadata": "x" * 3000, "callback_id": "x" * 255},
        {"type": "home", "blocks": [table()]},
        MODAL,
        {**MODAL, "blocks": [INPUT], "submit": plain(), "close": plain(), "clear_on_close": True},
    ],
)
def test_views_that_are_taken(view: Json) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize(
    ("view", "error", "pointer"),
    [
        ({"type": "page", "blocks": []}, "invalid_arguments", "/view/type"),
        ([], "invalid_arguments", "/view"),
        ({"type": "home", "blocks": [section()] * 101}, "invalid_arguments", "/view/blocks"),
        ({"type": "home", "blocks": [], "title": plain()}, "invalid_arguments", "/view"),
        ({"type": "home", "blocks": [{"type": "markdown", "text": "x"}]}, "invalid_arguments", "/view/blocks/0/type"),
        ({"type": "home", "blocks": [container(section())]}, "invalid_arguments", "/view/blocks/0/type"),
        ({"type": "home", "blocks": [], "private_metadata": "x" * 3001}, "invalid_arguments", "/view/private_metadata"),
        ({**MODAL, "title": plain("x" * 25)}, "invalid_arguments", "/view/title/text"),
        ({**MODAL, "blocks": [table()]}, "invalid_arguments", "/view/blocks/0/type"),
        ({**MODAL, "blocks": [INPUT]}, "invalid_arguments", "/view"),
        ({"type": "home", "blocks": [section(mrkdwn("字" * 500))] * 100}, "view_too_large", "/view"),
    ],
)
def test_views_that_are_refused(view: Json, error: str, pointer: str) -> None:
    assert [(each.error_code, each.json_pointer) for each in check_view(view)] == [(error, pointer)]


def test_options() -> None:
    assert check_options({"options": []}) == []
    assert check_options({"options": [option("x" * 75, "v" * 150)] * 100}) == []
    assert check_options({"option_groups": [{"label": plain(), "options": [option()]}]}) == []
    for wrong in (None, {}, {"options": [option()] * 101}, {"options": [option("x" * 76)]}, {"text": "x"}):
        assert {each.error_code for each in check_options(wrong)} == {"invalid_options"}


def test_what_the_sdks_models_make_is_taken() -> None:
    made = [
        sdk.HeaderBlock(text=sdk.PlainTextObject(text="x")),
        sdk.SectionBlock(text=sdk.MarkdownTextObject(text="x"), accessory=sdk.ButtonElement(text="x", action_id="b")),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="x")]),
        sdk.ActionsBlock(
            elements=[
                sdk.StaticSelectElement(
                    action_id="s", placeholder="x", options=[sdk.Option(text="x", value="v", description="d")]
                ),
                sdk.ExternalDataSelectElement(action_id="e", placeholder="x", min_query_length=1),
                sdk.OverflowMenuElement(action_id="o", options=[sdk.Option(text="x", value="v", url="https://a.org")]),
                sdk.DatePickerElement(action_id="d", initial_date="2026-10-16"),
            ]
        ),
        sdk.TableBlock(rows=[[sdk.RawTextObject(text="x")]], column_settings=[{"align": "left"}]),
        sdk.AlertBlock(text="x", level="info"),
        sdk.MarkdownBlock(text="x"),
        sdk.ContainerBlock(title="x", child_blocks=[sdk.DividerBlock()], is_collapsible=True),
        sdk.RichTextBlock(
            elements=[
                sdk.RichTextSectionElement(
                    elements=[sdk.RichTextElementParts.Text(text="x", style={"bold": True})],
                )
            ]
        ),
    ]
    assert check_message({"text": "x", "blocks": [each.to_dict() for each in made]}) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "rows", "options", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)
_WHOLE = [
    rich(listed(), words(text(style={"bold": True}))),
    table(column_settings=[None]),
    container(section(accessory=button(confirm=CONFIRM)), actions(select())),
    {"type": "markdown", "text": "x"},
]


@given(_JSON, st.sampled_from(_WHOLE), st.data())
def test_any_json_is_checked_without_a_crash(value: Any, whole: Json, data: st.DataObject) -> None:
    spoilt = {**whole, data.draw(st.sampled_from(sorted(whole))): value}
    before = copy.deepcopy(value)
    for given_blocks in ([value], value, [spoilt], [section(value)], [rich(value)], [actions(value)]):
        check_message({"text": "x", "blocks": given_blocks})
        check_view({"type": "modal", "title": plain(), "blocks": given_blocks})
    check_message({"text": value, "attachments": value, "metadata": value})
    check_view(value)
    check_options(value)
    assert value == before
