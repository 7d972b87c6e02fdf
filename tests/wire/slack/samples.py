"""Samples: the smallest payloads that Slack takes, to be varied by tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: Any = None, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn() if text is None else text, **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": "a", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(text: str = "x", value: str = "v", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **more}


def rich(*parts: Json, **more: Any) -> Json:
    return {"type": "rich_text", "elements": list(parts), **more}


def words(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(value: str = "x", **more: Any) -> Json:
    return {"type": "text", "text": value, **more}


def listed(*items: Json, **more: Any) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items) or [words(text())], **more}


def cell(value: str = "x") -> Json:
    return {"type": "raw_text", "text": value}


def table(rows: Any = None, **more: Any) -> Json:
    return {"type": "table", "rows": [[cell()]] if rows is None else rows, **more}


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Background"), "child_blocks": list(children), **more}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}
IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}


def blocks(*given: Json) -> list[Json]:
    """List blocks."""
    return list(given)
