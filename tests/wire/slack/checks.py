"""What Slack takes and what it refuses: messages, views and lists of options, as pure functions.

    check_message({"text": ..., "blocks": [...]})  -> [] or the reasons, each with Slack's error code
    check_view({"type": "home", "blocks": [...]})
    check_options({"options": [...]})

No page of Slack's states the limit for the text of all blocks of a message: calls were refused with
`msg_blocks_too_long` from about 13,200 characters on (slackapi/bolt-js#2509), a response_url was not (#2867).
"""

import json
from collections.abc import Mapping
from typing import Any

from tests.wire.slack.blocks import BLOCKS
from tests.wire.slack.composition import OPTION, OPTION_GROUP, OPTIONS_MOST, plain
from tests.wire.slack.shapes import (
    Check,
    Fields,
    Refusal,
    Report,
    anything,
    array,
    boolean,
    either,
    record,
    string,
    tagged,
)

MESSAGE_BLOCKS_MOST = 50
VIEW_BLOCKS_MOST = 100
BLOCKS_TEXT_MOST = 13_200
TEXT_MOST = 40_000  # what is longer is cut by Slack, not refused
UPDATE_TEXT_MOST = 4_000  # chat.update refuses what is longer
VIEW_BYTES_MOST = 250_000
ATTACHMENTS_MOST = 100
METADATA_BYTES_MOST = 16_384  # `metadata_too_large` is documented, the number is not
WITHOUT_TEXT_BUDGET = frozenset({"response_url"})

_BLOCK = tagged(BLOCKS)
_MESSAGE_BLOCKS = array(_BLOCK, 0, MESSAGE_BLOCKS_MOST)


def check_message(payload: Mapping[str, Any], via: str = "chat.postMessage") -> list[Refusal]:
    """Tell why Slack would refuse a message.

    Args:
        payload: `text`, `blocks`, `attachments`, `metadata`, as sent; anything else is not looked at.
        via: the method's name, or "ack", or "response_url": they differ in what they hold a message to.

    Returns:
        Nothing if Slack would take it; the first reason is the one whose code Slack would answer with.
    """
    report = Report("invalid_blocks", "message")
    blocks = payload.get("blocks")
    if blocks is not None and not (isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks)):
        report.refuse("/blocks", "must provide an array of blocks", "invalid_blocks_format")
    elif blocks is not None:
        _MESSAGE_BLOCKS(blocks, "/blocks", report)
    _check_text(payload, via, report)
    _check_rest(payload, report)
    if report.text_length > BLOCKS_TEXT_MOST and via not in WITHOUT_TEXT_BUDGET:
        report.refuse("/blocks", f"{report.text_length} characters in the blocks", "msg_blocks_too_long")
    return report.refusals


def _check_text(payload: Mapping[str, Any], via: str, report: Report) -> None:
    text = payload.get("text")
    if text is not None and not isinstance(text, str):
        report.refuse("/text", "must provide a string", "invalid_arguments")
    elif not text and not payload.get("blocks") and not payload.get("attachments"):
        report.refuse("/text", "neither text nor blocks nor attachments", "no_text")
    elif text and via == "chat.update" and len(text) > UPDATE_TEXT_MOST:
        report.refuse("/text", f"must be less than {UPDATE_TEXT_MOST + 1} characters", "msg_too_long")


def _check_rest(payload: Mapping[str, Any], report: Report) -> None:
    attachments = payload.get("attachments")
    if attachments is not None and not isinstance(attachments, list):
        report.refuse("/attachments", "must provide an array", "invalid_attachments")
    elif attachments is not None and len(attachments) > ATTACHMENTS_MOST:
        report.refuse("/attachments", f"no more than {ATTACHMENTS_MOST} items allowed", "too_many_attachments")
    metadata = payload.get("metadata")
    if metadata is not None:
        inner = Report("invalid_metadata_format", "message")
        if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
            inner.refuse("/metadata", "must provide `event_type` and `event_payload`")
        elif not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
            inner.refuse("/metadata/event_type", "must provide a string")
        elif len(json.dumps(metadata).encode()) > METADATA_BYTES_MOST:
            inner.refuse("/metadata", "metadata is too large", "metadata_too_large")
        report.refusals += inner.refusals


_VIEW: Fields = {
    "type": anything,
    "blocks": array(_BLOCK, 0, VIEW_BLOCKS_MOST),
    "private_metadata": string(0, 3000),
    "callback_id": string(0, 255),
    "external_id": string(0, 255),
}
_MODAL: Fields = {
    **_VIEW,
    "title": plain(24),
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}
_REQUIRED = {"home": ("type", "blocks"), "modal": ("type", "blocks", "title")}


def _view(kind: str, fields: Fields) -> Check:
    required = {name: fields[name] for name in _REQUIRED[kind]}
    return record(required, {name: rule for name, rule in fields.items() if name not in required})


_HOME_CHECK, _MODAL_CHECK = _view("home", _VIEW), _view("modal", _MODAL)


def check_view(view: object) -> list[Refusal]:
    """Tell why Slack would refuse a view (views.publish takes "home", views.open and the rest "modal")."""
    kind = view.get("type") if isinstance(view, dict) else None
    report = Report("invalid_arguments", kind if isinstance(kind, str) else "modal")
    if not isinstance(view, dict):
        report.refuse("/view", "must provide an object")
        return report.refusals
    if not isinstance(kind, str) or kind not in _REQUIRED:
        report.refuse("/view/type", f"unsupported type: {kind}")
        return report.refusals
    (_HOME_CHECK if kind == "home" else _MODAL_CHECK)(view, "/view", report)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(each, dict) and each.get("type") == "input" for each in blocks
    )
    if kind == "modal" and has_input and "submit" not in view:
        report.refuse("/view", "`submit` must be set when the view has an input block")
    if len(json.dumps(view).encode()) > VIEW_BYTES_MOST:
        report.refuse("/view", f"must be less than {VIEW_BYTES_MOST} bytes", "view_too_large")
    return report.refusals


_OPTIONS = record(
    {},
    {"options": array(OPTION, 0, OPTIONS_MOST), "option_groups": array(OPTION_GROUP, 0, OPTIONS_MOST)},
    either("options", "option_groups"),
)


def check_options(payload: object) -> list[Refusal]:
    """Tell why Slack would show no suggestions for the answer to a block_suggestion.

    Slack has no error code for this (the menu only says that there are no results): "invalid_options" stands for it.
    """
    report = Report("invalid_options", "message")
    _OPTIONS(payload, "", report)
    return report.refusals
