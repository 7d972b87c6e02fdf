"""Slack's layout blocks, one function each.

Source: https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Callable, Mapping

import htpy as h
from htpy import Node

from bot.web.draw_slack.elements import element
from bot.web.draw_slack.rich_text import rich_text
from bot.web.draw_slack.texts import plain, text
from bot.web.drawing import Controls, Json, cannot, items


def block(piece: Json, controls: Controls) -> Node:
    """Return one block; one of an unknown type is a box that says so."""
    draw = _BLOCKS.get(str(piece.get("type")))
    return draw(piece, controls) if draw else cannot(piece.get("type"))


def _header(piece: Json, _controls: Controls) -> Node:
    return h.h3(".sl-header")[plain(piece.get("text"))]


def _section(piece: Json, controls: Controls) -> Node:
    accessory = piece.get("accessory")
    fields = items(piece.get("fields"))
    return h.div(".sl-section")[
        h.div(".sl-body")[
            text(piece.get("text")),
            h.div(".sl-fields")[(text(each) for each in fields)] if fields else None,
        ],
        element(accessory, str(piece.get("block_id", "")), controls) if isinstance(accessory, Mapping) else None,
    ]


def _context(piece: Json, controls: Controls) -> Node:
    return h.div(".sl-context")[
        (
            text(each) if each.get("type") in {"mrkdwn", "plain_text"} else element(each, "", controls)
            for each in items(piece.get("elements"))
        )
    ]


def _divider(_piece: Json, _controls: Controls) -> Node:
    return h.hr


def _rich(piece: Json, _controls: Controls) -> Node:
    return rich_text(piece)


def _actions(piece: Json, controls: Controls) -> Node:
    block_id = str(piece.get("block_id", ""))
    return h.div(".sl-actions")[(element(each, block_id, controls) for each in items(piece.get("elements")))]


_BLOCKS: Mapping[str, Callable[[Json, Controls], Node]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "rich_text": _rich,
    "actions": _actions,
}
