"""Rich text, tables and containers: how they nest, what the loopback Slack takes and refuses."""

import pytest

from tests.wire.slack import check_message
from tests.wire.slack.samples import (
    Json,
    blocks,
    cell,
    container,
    listed,
    rich,
    section,
    table,
    text,
    words,
)

TAKEN: dict[str, Json] = {
    "table": table([[cell("x")] * 20] * 100, column_settings=[{"align": "right", "is_wrapped": True}, None]),
    "table of rich text": table([[rich(words(text())), {"type": "raw_number", "value": 1.5, "text": "1.5"}]]),
    "container": container(section(), rich(words(text())), is_collapsible=True, default_collapsed=True),
    "rich text of all kinds": rich(
        words(
            text(style={"bold": True, "italic": True, "strike": True, "code": True, "underline": True}),
            {"type": "link", "url": "https://example.org/", "text": "label", "style": {"bold": True}},
            {"type": "link", "url": "mailto:desk@example.org"},
            {"type": "emoji", "name": "flag-cn", "unicode": "1f1e8-1f1f3"},
            {"type": "user", "user_id": "U1"},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "channel", "channel_id": "C1", "style": {"highlight": True}},
            {"type": "broadcast", "range": "here"},
            {"type": "date", "timestamp": 1686614400, "format": "{date_long}", "fallback": "13 June 2023"},
            {"type": "color", "value": "#a1B2c3"},
        ),
        listed(words(text()), words(text()), indent=8, border=1, offset=3),
        listed(style="ordered", border=0, indent=0),
        {"type": "rich_text_quote", "elements": [text(), {"type": "user", "user_id": "W1"}]},
        {"type": "rich_text_preformatted", "elements": [text()], "border": 0, "language": "json"},
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_slack_takes(name: str) -> None:
    assert check_message({"text": "fallback", "blocks": [TAKEN[name]]}) == []
    assert check_message({"text": "fallback", "blocks": [TAKEN[name]]}, "ack") == []


REFUSED: dict[str, tuple[list[Json], str, str]] = {
    "two tables": (blocks(table(), table()), "/blocks/1", "only_one_table_allowed"),
    "101 rows": (blocks(table([[cell()]] * 101)), "/blocks/0/rows", "no more than 100 items allowed"),
    "21 cells": (blocks(table([[cell()] * 21])), "/blocks/0/rows/0", "no more than 20 items allowed"),
    "empty cell": (blocks(table([[cell("")]])), "/blocks/0/rows/0/0/text", "must be more than 0 characters"),
    "10001 characters in cells": (
        blocks(table([[cell("x" * 5000)], [cell("x" * 5001)]])),
        "/blocks/0",
        "table cells together must be less than 10001 characters",
    ),
    "11 in a container": (
        blocks(container(*({"type": "divider"} for _ in range(11)))),
        "/blocks/0/child_blocks",
        "no more than 10 items allowed",
    ),
    "container in a container": (
        blocks(container(container(section()))),
        "/blocks/0/child_blocks/0/type",
        "unsupported type: container",
    ),
    "container without title": (
        blocks({"type": "container", "child_blocks": [section()]}),
        "/blocks/0",
        "must define either `title` or `rich_text_title`",
    ),
    "same block_id inside a container": (
        blocks(section(block_id="b"), container(section(block_id="b"))),
        "/blocks/1/child_blocks/0/block_id",
        "`block_id` b already exists",
    ),
    "empty rich text": (blocks(rich()), "/blocks/0/elements", "no fewer than 1 items allowed"),
    "empty section of rich text": (blocks(rich(words())), "/blocks/0/elements/0/elements", "missing element"),
    "empty words": (
        blocks(rich(words(text("")))),
        "/blocks/0/elements/0/elements/0/text",
        "must be more than 0 characters",
    ),
    "empty label": (
        blocks(rich(words({"type": "link", "url": "https://example.org", "text": ""}))),
        "/blocks/0/elements/0/elements/0/text",
        "must be more than 0 characters",
    ),
    "relative link": (
        blocks(rich(words({"type": "link", "url": "/brief"}))),
        "/blocks/0/elements/0/elements/0/url",
        "must be a valid URL",
    ),
    "words outside a part": (blocks(rich(text())), "/blocks/0/elements/0/type", "unsupported type: text"),
    "list in a list": (
        blocks(rich(listed(listed()))),
        "/blocks/0/elements/0/elements/0/type",
        "unsupported type: rich_text_list",
    ),
    "section in a section": (
        blocks(rich(words(words(text())))),
        "/blocks/0/elements/0/elements/0/type",
        "unsupported type: rich_text_section",
    ),
    "indent of 9": (blocks(rich(listed(indent=9))), "/blocks/0/elements/0/indent", "must be a number between 0 and 8"),
    "border of 2": (blocks(rich(listed(border=2))), "/blocks/0/elements/0/border", "must be a valid enum value: 0, 1"),
    "list without style": (
        blocks(rich({"type": "rich_text_list", "elements": [words(text())]})),
        "/blocks/0/elements/0",
        "missing required field: style",
    ),
    "user in preformatted": (
        blocks(rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]})),
        "/blocks/0/elements/0/elements/0/type",
        "unsupported type: user",
    ),
    "unknown style": (
        blocks(rich(words(text(style={"blink": True})))),
        "/blocks/0/elements/0/elements/0/style",
        "invalid additional property: blink",
    ),
    "style of a word": (
        blocks(rich(words(text(style={"bold": "yes"})))),
        "/blocks/0/elements/0/elements/0/style/bold",
        "must provide a boolean",
    ),
    "unknown range": (
        blocks(rich(words({"type": "broadcast", "range": "all"}))),
        "/blocks/0/elements/0/elements/0/range",
        "must be a valid enum value: here, channel, everyone",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_slack_refuses(name: str) -> None:
    given, pointer, message = REFUSED[name]
    reasons = check_message({"text": "fallback", "blocks": given})
    assert [(each.error_code, each.json_pointer, each.message) for each in reasons] == [
        ("invalid_blocks", pointer, message)
    ]
