"""Discord's components: containers, texts, sections, separators, rows, buttons and menus.

Source: https://docs.discord.com/developers/components/reference (the numbers are its component types)
"""

from collections.abc import Callable, Mapping, Sequence

import htpy as h
from htpy import Node

from bot.web.draw_discord.markdown import markdown
from bot.web.drawing import Control, Controls, Json, Option, cannot, items, link

_LOOKS = {1: "dc-button dc-primary", 2: "dc-button", 3: "dc-button dc-success", 4: "dc-button dc-danger"}
_LINK_STYLE = 5


def components(pieces: object, controls: Controls) -> Node:
    """Return a list of components; one of an unknown type is a box that says so."""
    return [component(each, controls) for each in items(pieces)]


def component(piece: Json, controls: Controls) -> Node:
    """Return one component with those inside it."""
    kind = piece.get("type")
    draw = _COMPONENTS.get(kind) if isinstance(kind, int) else None
    return draw(piece, controls) if draw else cannot(f"component {kind}")


def bar(colour: object) -> Node:
    """Return the coloured bar at the left edge; drawn as a picture, since the page allows no inline style."""
    if not isinstance(colour, int):
        return None
    fill = f"#{colour & 0xFFFFFF:06x}"
    return h.svg(".dc-bar", aria_hidden="true")[h.rect(width="100%", height="100%", fill=fill)]


def _container(piece: Json, controls: Controls) -> Node:
    inside = components(piece.get("components"), controls)
    return h.div(".dc-container")[bar(piece.get("accent_color")), h.div(".dc-inside")[inside]]


def _text(piece: Json, _controls: Controls) -> Node:
    return h.div(".dc-display")[markdown(str(piece.get("content", "")))]


def _section(piece: Json, controls: Controls) -> Node:
    accessory = piece.get("accessory")
    return h.div(".dc-section")[
        h.div(".dc-body")[components(piece.get("components"), controls)],
        component(accessory, controls) if isinstance(accessory, Mapping) else None,
    ]


def _separator(piece: Json, _controls: Controls) -> Node:
    size = "dc-wide" if piece.get("spacing") == 2 else None  # noqa: PLR2004 - Discord's number for large
    return h.hr(class_=size) if piece.get("divider", True) else h.div(".dc-gap")


def _row(piece: Json, controls: Controls) -> Node:
    return h.div(".dc-row")[components(piece.get("components"), controls)]


def _button(piece: Json, controls: Controls) -> Node:
    emoji = piece.get("emoji")
    sign = f"{emoji.get('name')} " if isinstance(emoji, Mapping) else ""
    label, style = f"{sign}{piece.get('label', '')}", piece.get("style")
    if style == _LINK_STYLE:
        return link(str(piece.get("url", "")), f"{label} ↗", "dc-button")
    if style not in _LOOKS:
        return cannot(f"button style {style}")
    custom_id = str(piece.get("custom_id", ""))
    return controls.button(Control(custom_id, custom_id, _LOOKS[style], bool(piece.get("disabled"))), label)


def _menu(piece: Json, controls: Controls) -> Node:
    options: Sequence[Option] = [
        Option(str(each.get("label")), str(each.get("value")), bool(each.get("default")))
        for each in items(piece.get("options"))
    ]
    control = Control(str(piece.get("custom_id", "")), "", "dc-menu", bool(piece.get("disabled")))
    return controls.menu(control, str(piece.get("placeholder") or "Make a selection"), options)


_COMPONENTS: Mapping[int, Callable[[Json, Controls], Node]] = {
    1: _row,
    2: _button,
    3: _menu,
    9: _section,
    10: _text,
    14: _separator,
    17: _container,
}
