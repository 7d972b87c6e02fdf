"""Blocks: the shape of each kind, and where it may stand.

Limits are those of https://docs.slack.dev/reference/block-kit/blocks and of slack_sdk's models; which surface shows
which block is https://docs.slack.dev/blocks.json. The 10,000 characters for all cells of a message's table come from
the table block's page.
"""

from tests.wire.slack.composition import SLACK_FILE, either_text, plain
from tests.wire.slack.elements import (
    BUTTON,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from tests.wire.slack.rich_text import RICH_TEXT
from tests.wire.slack.shapes import (
    Check,
    Report,
    anything,
    array,
    boolean,
    choice,
    either,
    number,
    record,
    string,
    tagged,
    url,
)

MARKDOWN_MOST = 12_000
TABLE_TEXT_MOST = 10_000


def _identified(shape: Check) -> Check:
    """Make a check for one block: its shape, an id used once in the payload, and action ids used once inside it."""

    def check(value: object, at: str, report: Report) -> None:
        outer, report.action_ids = report.action_ids, set()
        shape(value, at, report)
        report.action_ids = outer
        block_id = value.get("block_id") if isinstance(value, dict) else None
        if isinstance(block_id, str):
            if block_id in report.block_ids:
                report.refuse(f"{at}/block_id", f"`block_id` {block_id} already exists")
            report.block_ids.add(block_id)

    return check


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None, *also: Check) -> Check:
    """Make a check for a block with these fields besides its type and its id."""
    fields: dict[str, Check] = {"block_id": string(1, 255), **(optional or {})}
    return _identified(record({"type": anything, **required}, fields, *also))


def _only_on(check: Check, *surfaces: str) -> Check:
    """Refuse a block where https://docs.slack.dev/blocks.json says that it cannot stand."""

    def guarded(value: object, at: str, report: Report) -> None:
        if report.surface not in surfaces:
            kind = value.get("type") if isinstance(value, dict) else None
            report.refuse(f"{at}/type", f"unsupported type: {kind}")
        check(value, at, report)

    return guarded


def _text_or_fields(value: object, at: str, report: Report) -> None:
    if isinstance(value, dict) and "text" not in value and "fields" not in value:
        report.refuse(at, "must define either `text` or `fields`")


def _markdown_text(value: object, at: str, report: Report) -> None:
    string(1, MARKDOWN_MOST)(value, at, report)
    if isinstance(value, str):
        report.text_length += len(value)
        report.markdown_length += len(value)
        if len(value) <= MARKDOWN_MOST < report.markdown_length:
            report.refuse(at, f"markdown blocks together must be less than {MARKDOWN_MOST + 1} characters")


def _raw_text(value: object, at: str, report: Report) -> None:
    string(1)(value, at, report)
    report.text_length += len(value) if isinstance(value, str) else 0


_CELL = tagged(
    {
        "raw_text": record({"type": anything, "text": _raw_text}),
        "raw_number": record({"type": anything, "value": number, "text": _raw_text}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = record({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})


def _column(value: object, at: str, report: Report) -> None:
    if value is not None:  # null leaves a column at its defaults
        _COLUMN(value, at, report)


_TABLE = _block({"rows": array(array(_CELL, 1, 20), 1, 100)}, {"column_settings": array(_column, 0, 20)})


def _table(value: object, at: str, report: Report) -> None:
    before = report.text_length
    _TABLE(value, at, report)
    report.table_length += report.text_length - before
    report.tables += 1
    if report.tables > 1:
        report.refuse(at, "only_one_table_allowed")
    if report.table_length > TABLE_TEXT_MOST:
        report.refuse(at, f"table cells together must be less than {TABLE_TEXT_MOST + 1} characters")


def _container_header(value: object, at: str, report: Report) -> None:
    if isinstance(value, dict):
        if value.get("is_collapsible") is True and value.get("has_container_header") is True:
            report.refuse(at, "has_container_header cannot be set when is_collapsible is true")
        if "title" not in value and "rich_text_title" not in value:
            report.refuse(at, "must define either `title` or `rich_text_title`")


def _under(most: int) -> Check:
    """Make a check for a plain_text of strictly fewer characters, as the video block counts."""
    return plain(most - 1)


BLOCKS: dict[str, Check] = {
    "section": _block(
        {},
        {
            "text": either_text(3000),
            "fields": array(either_text(2000), 1, 10),
            "accessory": tagged(IN_SECTION),
            "expand": boolean,
        },
        _text_or_fields,
    ),
    "header": _block({"text": plain(150)}),
    "divider": _block({}),
    "image": _block(
        {"alt_text": string(1, 2000)},
        {"image_url": url(web_only=True), "slack_file": SLACK_FILE, "title": plain(2000)},
        either("image_url", "slack_file"),
    ),
    "actions": _block({"elements": array(tagged(IN_ACTIONS), 1, 25)}),
    "context": _block({"elements": array(tagged(IN_CONTEXT), 1, 10)}),
    "context_actions": _only_on(_block({"elements": array(tagged(IN_CONTEXT_ACTIONS), 1, 5)}), "message"),
    "input": _block(
        {"label": plain(2000), "element": tagged(IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _identified(RICH_TEXT),
    "markdown": _only_on(_block({"text": _markdown_text}), "message"),
    "table": _only_on(_table, "message", "home"),
    "alert": _block({"text": either_text(200)}, {"level": choice("default", "info", "warning", "error", "success")}),
    "video": _block(
        {
            "alt_text": string(1),
            "title": _under(200),
            "thumbnail_url": url(web_only=True),
            "video_url": url(web_only=True),
        },
        {
            "title_url": url(web_only=True),
            "description": plain(200),
            "provider_icon_url": url(web_only=True),
            "provider_name": string(1),
            "author_name": string(1, 49),
        },
    ),
    "file": _block({"external_id": string(1), "source": choice("remote")}),
    "card": _block(
        {},
        {
            "hero_image": IMAGE,
            "icon": IMAGE,
            "title": either_text(150),
            "subtitle": either_text(150),
            "body": either_text(200),
            "actions": array(tagged({"button": BUTTON}), 1, 3),
        },
    ),
}
BLOCKS["carousel"] = _only_on(_block({"elements": array(tagged({"card": BLOCKS["card"]}), 1, 10)}), "message", "home")
IN_CONTAINER = {
    kind: BLOCKS[kind]
    for kind in (
        "actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"
    )
}  # fmt: skip
BLOCKS["container"] = _only_on(
    _block(
        {"child_blocks": array(tagged(IN_CONTAINER), 1, 10)},
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": either_text(150),
            "width": choice("narrow", "standard", "wide", "full"),
            "icon": IMAGE,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_container_header": boolean,
        },
        _container_header,
    ),
    "message",
)
