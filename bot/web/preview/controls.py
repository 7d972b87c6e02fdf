"""Controls in the preview: a button leads to the answer that a press would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import htpy as h
from htpy import Node
from yarl import URL

from bot.reply import Action
from bot.web.drawing import Control, Option


@dataclass(frozen=True, slots=True)
class Linked:
    """Draws buttons as links within `here`, the address of the entry with its chosen views."""

    here: URL

    def button(self, control: Control, label: Node) -> Node:
        """Return a link to what a press answers; a button that is none of ours leads nowhere."""
        if control.disabled or Action.decode(control.value) is None:
            return h.span(class_=control.look)[label]
        target = self.here.update_query(show=control.value)
        return h.a(class_=control.look, href=str(target), data_swap=True)[label]

    def menu(self, control: Control, placeholder: str, options: Sequence[Option]) -> Node:
        """Return a menu that is only shown."""
        chosen = next((each.label for each in options if each.chosen), placeholder)
        return h.span(class_=control.look)[f"{chosen} ▾"]
