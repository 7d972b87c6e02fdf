"""Slack's interactive elements: buttons and menus.

Source: https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Callable, Mapping

import htpy as h
from htpy import Node

from bot.web.draw_slack.texts import plain
from bot.web.drawing import Control, Controls, Json, Option, cannot, items, link

_LOOKS = {"primary": "sl-button sl-primary", "danger": "sl-button sl-danger"}


def element(piece: Json, block_id: str, controls: Controls) -> Node:
    """Return an element of the block called `block_id`."""
    draw = _ELEMENTS.get(str(piece.get("type")))
    return draw(piece, block_id, controls) if draw else cannot(piece.get("type"))


def element_key(block_id: str, action_id: str) -> str:
    """Return how an element is found again in its message."""
    return f"{block_id}/{action_id}"


def _button(piece: Json, block_id: str, controls: Controls) -> Node:
    label, look = plain(piece.get("text")), _LOOKS.get(str(piece.get("style")), "sl-button")
    if piece.get("url"):
        return link(str(piece["url"]), label, look)
    key = element_key(block_id, str(piece.get("action_id", "")))
    return controls.button(Control(key, str(piece.get("value", "")), look), label)


def _menu(piece: Json, block_id: str, controls: Controls) -> Node:
    chosen = piece.get("initial_option")
    value = chosen.get("value") if isinstance(chosen, Mapping) else None
    every = [each for group in items(piece.get("option_groups")) for each in items(group.get("options"))]
    options = [
        Option(str(plain(each.get("text"))), str(each.get("value")), each.get("value") == value)
        for each in [*items(piece.get("options")), *every]
    ]
    key = element_key(block_id, str(piece.get("action_id", "")))
    return controls.menu(Control(key, "", "sl-menu"), str(plain(piece.get("placeholder"))), options)


def _search(piece: Json, block_id: str, controls: Controls) -> Node:
    key = element_key(block_id, str(piece.get("action_id", "")))
    return controls.menu(Control(key, "", "sl-menu"), str(plain(piece.get("placeholder"))), ())


def _image(piece: Json, _block_id: str, _controls: Controls) -> Node:
    return h.span(".cannot")[f"picture: {piece.get('alt_text')}"]


_ELEMENTS: Mapping[str, Callable[[Json, str, Controls], Node]] = {
    "button": _button,
    "static_select": _menu,
    "overflow": _menu,
    "external_select": _search,
    "image": _image,
}
