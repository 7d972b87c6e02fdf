"""Slack's rich_text block: text as data, with a style on each run.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import htpy as h
from htpy import Element, Node

from bot.web.draw_slack.emoji import EMOJI
from bot.web.draw_slack.mrkdwn import mention
from bot.web.drawing import Json, cannot, items, link

_STYLES: Mapping[str, Element] = {"code": h.code, "bold": h.strong, "italic": h.em, "strike": h.s, "underline": h.u}
_DEEPEST = 8


def rich_text(block: Json) -> Node:
    """Return the block: sections, lists, quotes and preformatted text under each other."""
    return h.div(".sl-rich")[(_part(each) for each in items(block.get("elements")))]


def _part(part: Json) -> Node:
    kind = part.get("type")
    if kind == "rich_text_list":
        return _list(part)
    draw = _CONTAINERS.get(str(kind))
    return draw[_runs(part)] if draw else cannot(kind)


_CONTAINERS: Mapping[str, Element] = {
    "rich_text_section": h.div(".sl-text"),
    "rich_text_quote": h.blockquote,
    "rich_text_preformatted": h.pre,
}


def _list(part: Json) -> Node:
    indent = min(int(part.get("indent") or 0), _DEEPEST)
    entries = (h.li[_runs(each)] for each in items(part.get("elements")))
    look = f"sl-list indent-{indent}"
    if part.get("style") == "ordered":
        return h.ol(class_=look, start=str(int(part.get("offset") or 0) + 1))[entries]
    return h.ul(class_=look)[entries]


def _runs(part: Json) -> Node:
    return [_run(each) for each in items(part.get("elements"))]


def _run(run: Json) -> Node:
    draw = _RUNS.get(str(run.get("type")))
    node = draw(run) if draw else cannot(run.get("type"))
    style = run.get("style")
    for name, on in style.items() if isinstance(style, Mapping) else ():
        if on:
            node = _STYLES[name][node] if name in _STYLES else cannot(f"style {name}")
    return node


def _emoji(run: Json) -> Node:
    code = run.get("unicode")
    if isinstance(code, str) and code:
        return "".join(chr(int(point, 16)) for point in code.split("-"))
    name = str(run.get("name"))
    return EMOJI.get(name, f":{name}:")


def _date(run: Json) -> Node:
    moment = datetime.fromtimestamp(int(run["timestamp"]), UTC)
    return h.time(datetime=moment.isoformat())[str(run.get("fallback") or f"{moment:%Y-%m-%d %H:%M} UTC")]


_RUNS: Mapping[str, Callable[[Json], Node]] = {
    "text": lambda run: str(run.get("text", "")),
    "link": lambda run: link(str(run.get("url", "")), str(run.get("text") or run.get("url", ""))),
    "emoji": _emoji,
    "date": _date,
    "user": lambda run: mention(f"@{run.get('user_id')}"),
    "channel": lambda run: mention(f"#{run.get('channel_id')}"),
    "usergroup": lambda run: mention(f"@{run.get('usergroup_id')}"),
    "broadcast": lambda run: mention(f"@{run.get('range')}"),
    "color": lambda run: h.code[str(run.get("value"))],
}
