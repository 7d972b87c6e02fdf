"""Rich text: how its parts nest, and what each kind of element may carry.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block, and slack_sdk's RichTextElementParts.
A block holds sections, lists, quotes and preformatted parts; a list holds sections only; nothing nests deeper
(a list in a list is a second list with a larger indent).
"""

from tests.wire.slack.shapes import (
    Check,
    Report,
    anything,
    array,
    boolean,
    choice,
    integer,
    matching,
    record,
    string,
    tagged,
    url,
)

INDENT_MOST = 8

# https://docs.slack.dev/reference/block-kit/block-elements/text-element lists all but `code`, which the SDKs have.
_STYLE = record(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)


def _kind(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    shape = record({"type": anything, **required}, {"style": _STYLE, **(optional or {})})

    def check(value: object, at: str, report: Report) -> None:
        shape(value, at, report)
        if isinstance(value, dict):
            report.text_length += sum(len(value[name]) for name in ("text", "fallback") if _is_text(value, name))

    return check


def _is_text(value: dict[str, object], name: str) -> bool:
    return isinstance(value.get(name), str)


TEXT = _kind({"text": string(1)})
LINK = _kind({"url": url()}, {"text": string(1), "unsafe": boolean})

ELEMENTS: dict[str, Check] = {
    "text": TEXT,
    "link": LINK,
    "emoji": _kind({"name": string(1)}, {"unicode": string(1), "skin_tone": integer(1, 6), "url": url(web_only=True)}),
    "user": _kind({"user_id": matching(r"[UW][A-Z0-9]*", "invalid user_id")}),
    "usergroup": _kind({"usergroup_id": matching(r"S[A-Z0-9]*", "invalid usergroup_id")}),
    "channel": _kind({"channel_id": matching(r"[CGD][A-Z0-9]*", "invalid channel_id")}),
    "team": _kind({"team_id": matching(r"[TE][A-Z0-9]*", "invalid team_id")}),
    "broadcast": _kind({"range": choice("here", "channel", "everyone")}),
    "date": _kind(
        {"timestamp": integer(), "format": string(1)}, {"url": url(), "fallback": string(), "timezone": string(1)}
    ),
    "color": _kind({"value": matching(r"#[0-9a-fA-F]{6}", "must be a hex colour")}),
}


def _some(item: Check) -> Check:
    """Make a check for a list that is not empty: Slack answers "missing element" to one that is."""
    items = array(item)

    def check(value: object, at: str, report: Report) -> None:
        items(value, at, report)
        if value == []:
            report.refuse(at, "missing element")

    return check


_ELEMENT = tagged(ELEMENTS)
_SECTION = record({"type": anything, "elements": _some(_ELEMENT)})
_BORDER = choice(0, 1)

PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": record(
        {
            "type": anything,
            "elements": array(tagged({"rich_text_section": _SECTION}), 1),
            "style": choice("bullet", "ordered"),
        },
        {"indent": integer(0, INDENT_MOST), "offset": integer(0), "border": _BORDER},
    ),
    "rich_text_quote": record({"type": anything, "elements": _some(_ELEMENT)}, {"border": _BORDER}),
    "rich_text_preformatted": record(
        {"type": anything, "elements": _some(tagged({"text": TEXT, "link": LINK}))},
        {"border": _BORDER, "language": string(1)},
    ),
}

RICH_TEXT = record(
    {"type": anything, "elements": array(tagged(PARTS), 1)},
    {"block_id": string(1, 255)},
)
"""The rich_text block, also as a table cell, a container's title or an input's first value."""
