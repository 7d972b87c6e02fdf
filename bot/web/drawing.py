"""What both platforms' drawings share: links, the box for what cannot be drawn, and how a control is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import htpy as h
from htpy import Node

Json = Mapping[str, Any]
"""A JSON object of a platform, as it was sent."""

_LINKED = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Control:
    """A button or a menu of a message: how the platform finds it again, what it sends, and how it looks."""

    key: str
    value: str
    look: str
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu: what is shown and what is sent."""

    label: str
    value: str
    chosen: bool = False


class Controls(Protocol):
    """How controls are drawn: to be pressed in the chat, as links in the preview."""

    def button(self, control: Control, label: Node) -> Node:
        """Return the button."""
        ...

    def menu(self, control: Control, placeholder: str, options: Sequence[Option]) -> Node:
        """Return the menu; without options it is one that asks the bot while the user types."""
        ...


def cannot(what: object) -> Node:
    """Return a visible box that says what is missing from the drawing."""
    return h.span(".cannot")[f"cannot draw {what}"]


def link(url: str, label: Node, look: str = "") -> Node:
    """Return a link that opens elsewhere; an address of another scheme leaves the bare label."""
    if not url.lower().startswith(_LINKED):
        return label
    return h.a(class_=look or None, href=url, target="_blank", rel="noopener noreferrer")[label]


def items(value: object) -> Sequence[Json]:
    """Return the objects of a JSON list; nothing where there is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, Sequence) else []


def components(piece: Json) -> Iterator[Json]:
    """Yield every component of a Discord message, at any depth."""
    for each in items(piece.get("components")):
        yield each
        yield from components(each)
        accessory = each.get("accessory")
        if isinstance(accessory, Mapping):
            yield accessory
