"""Reading what was drawn: the words a reader sees, and which elements carry them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import htpy as h
from htpy import Node

from bot.web.drawing import Control, Option

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Piece:
    """An element: its tag, attributes, children."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: "list[Piece | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @property
    def looks(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    def all(self, tag: str = "", look: str = "") -> "list[Piece]":
        """Return every element below with this tag and this class, in order."""
        found: list[Piece] = []
        for each in self.children:
            if isinstance(each, Piece):
                if (not tag or each.tag == tag) and (not look or look in each.looks):
                    found.append(each)
                found += each.all(tag, look)
        return found

    def one(self, tag: str = "", look: str = "") -> "Piece":
        """Return the only such element."""
        found = self.all(tag, look)
        assert len(found) == 1, f"{len(found)} elements {tag} .{look}"
        return found[0]

    def texts(self, tag: str = "", look: str = "") -> list[str]:
        """Return the words of every such element."""
        return [each.text for each in self.all(tag, look)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.path = [Piece("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece = Piece(tag, dict(attrs))
        self.path[-1].children.append(piece)
        if tag not in _VOID:
            self.path.append(piece)

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def read(node: Node) -> Piece:
    """Return what `node` draws as a tree; its elements have to be closed in order."""
    reader = _Reader()
    reader.feed(str(h.div[node]))
    reader.close()
    assert len(reader.path) == 1, f"<{reader.path[-1].tag}> is not closed"
    return reader.path[0].one() if len(reader.path[0].all()) == 1 else reader.path[0]


class Plain:
    """Controls as bare elements that tell what they would send."""

    def button(self, control: Control, label: Node) -> Node:
        return h.button(class_=control.look, data_key=control.key, value=control.value, disabled=control.disabled)[
            label
        ]

    def menu(self, control: Control, placeholder: str, options: Sequence[Option]) -> Node:
        return h.select(class_=control.look, data_key=control.key, aria_label=placeholder)[
            (h.option(value=each.value, selected=each.chosen)[each.label] for each in options)
        ]
