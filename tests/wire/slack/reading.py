"""What a reader sees in a payload, and what they can press or choose in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_LINK = re.compile(r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_SHOWN = (
    "title", "rich_text_title", "subtitle", "body", "label", "text", "fields", "rows", "elements", "element",
    "child_blocks", "accessory", "placeholder", "hint", "description", "alt_text", "actions",
)  # fmt: skip
_INLINE = frozenset({"rich_text_section", "rich_text_quote", "rich_text_preformatted"})
PRESSED = frozenset({"button", "workflow_button", "icon_button", "feedback_buttons"})


@dataclass(frozen=True, slots=True)
class Element:
    """One thing to press or to choose from, with the block that holds it."""

    type: str
    label: str
    action_id: str
    block_id: str
    value: str | None
    url: str | None
    style: str | None
    raw: dict[str, Any]


def shown_mrkdwn(text: str) -> str:
    """Show mrkdwn as its words: labels for links, fallbacks for dates, the three escapes undone."""

    def words(match: re.Match[str]) -> str:
        if match["label"] is not None:
            return match["label"]
        return match[0] if match["target"][:1] in "@!#" else match["target"]

    return _LINK.sub(words, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shown(node: object) -> str:
    """Show all words of blocks (or of one part of them), a line for each block, list item and table row."""
    if isinstance(node, list):
        joint = "\t" if all(isinstance(cell, dict) and _is_cell(cell) for cell in node) else "\n"
        return joint.join(filter(None, map(shown, node)))
    if not isinstance(node, dict):
        return ""
    kind = node.get("type")
    leaf = _leaf(node, kind)
    if leaf is not None:
        return leaf
    if kind in _INLINE:
        return "".join(shown(child) for child in node.get("elements", []))
    parts = [shown(node[name]) if not isinstance(node[name], str) else node[name] for name in _SHOWN if name in node]
    return "\n".join(filter(None, parts))


def _is_cell(node: dict[str, Any]) -> bool:
    return node.get("type") in ("raw_text", "raw_number")


def _leaf(node: dict[str, Any], kind: object) -> str | None:
    shown_as: dict[object, str] = {
        "mrkdwn": shown_mrkdwn(str(node.get("text", ""))),
        "plain_text": str(node.get("text", "")),
        "markdown": str(node.get("text", "")),
        "raw_text": str(node.get("text", "")),
        "raw_number": str(node.get("text", "")),
        "text": str(node.get("text", "")),
        "link": str(node.get("text") or node.get("url", "")),
        "emoji": f":{node.get('name')}:",
        "user": f"<@{node.get('user_id')}>",
        "usergroup": f"<!subteam^{node.get('usergroup_id')}>",
        "channel": f"<#{node.get('channel_id')}>",
        "broadcast": f"@{node.get('range')}",
        "date": str(node.get("fallback") or node.get("timestamp")),
        "color": str(node.get("value")),
    }
    return shown_as.get(kind)


def elements(blocks: object, block_id: str = "") -> Iterator[Element]:
    """Walk through everything interactive in blocks, in reading order."""
    if isinstance(blocks, list):
        for child in blocks:
            yield from elements(child, block_id)
    elif isinstance(blocks, dict):
        inside = blocks.get("block_id", block_id)
        if "action_id" in blocks:
            text = blocks.get("text") or blocks.get("placeholder") or {}
            yield Element(
                type=blocks.get("type", ""),
                label=text.get("text", "") if isinstance(text, dict) else str(text),
                action_id=blocks["action_id"],
                block_id=inside,
                value=blocks.get("value"),
                url=blocks.get("url"),
                style=blocks.get("style"),
                raw=blocks,
            )
        for name in ("child_blocks", "elements", "element", "accessory", "actions"):
            yield from elements(blocks.get(name), inside)


def buttons(blocks: object) -> list[Element]:
    """List what can be pressed."""
    return [each for each in elements(blocks) if each.type in PRESSED]


def find(
    blocks: object,
    *,
    action_id: str | None = None,
    block_id: str | None = None,
    value: str | None = None,
    label: str | None = None,
) -> Element:
    """Find the first element that fits everything given.

    Raises:
        LookupError: nothing fits; its text lists what there is.
    """
    there = list(elements(blocks))
    for each in there:
        wanted = ((action_id, each.action_id), (block_id, each.block_id), (value, each.value), (label, each.label))
        if all(want is None or want == have for want, have in wanted):
            return each
    listed = ", ".join(f"{each.label!r} ({each.action_id}={each.value!r})" for each in there) or "nothing"
    raise LookupError(
        f"no element with {action_id=} {block_id=} {value=} {label=}; there is {listed}",
    )


def with_ids(blocks: Sequence[dict[str, Any]], next_id: Iterator[str]) -> list[dict[str, Any]]:
    """Copy blocks and give each block and each interactive element the id that Slack would make up for it."""
    return [_with_ids(block, next_id, is_block=True) for block in blocks]


_INTERACTIVE = re.compile(r".*(?:button|buttons|select|picker|input|overflow|checkboxes)$")


def _with_ids(node: dict[str, Any], next_id: Iterator[str], *, is_block: bool) -> dict[str, Any]:
    copy = dict(node)
    if is_block:
        copy.setdefault("block_id", next(next_id))
    elif _INTERACTIVE.fullmatch(str(copy.get("type"))):
        copy.setdefault("action_id", next(next_id))
    if copy.get("type") == "rich_text":
        return copy
    for name in ("accessory", "element"):
        if isinstance(copy.get(name), dict):
            copy[name] = _with_ids(copy[name], next_id, is_block=False)
    for name, inner in (("elements", copy.get("type") == "carousel"), ("actions", False), ("child_blocks", True)):
        if isinstance(copy.get(name), list):
            copy[name] = [
                _with_ids(each, next_id, is_block=inner) if isinstance(each, dict) else each for each in copy[name]
            ]
    return copy
