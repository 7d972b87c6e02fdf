"""Controls of a message in the chat: real buttons and menus that the page's script sends back."""

from collections.abc import Sequence
from dataclasses import dataclass

import htpy as h
from htpy import Node

from bot.web.drawing import Control, Option


@dataclass(frozen=True, slots=True)
class Pressable:
    """Draws the controls of the post `post` of `venue`."""

    venue: str
    post: str

    def button(self, control: Control, label: Node) -> Node:
        """Return a button that can be pressed."""
        return h.button(
            type="button",
            class_=control.look,
            disabled=control.disabled,
            data_venue=self.venue,
            data_post=self.post,
            data_key=control.key,
        )[label]

    def menu(self, control: Control, placeholder: str, options: Sequence[Option]) -> Node:
        """Return a menu that can be chosen from, or one that asks the bot while the reader types."""
        if not options:
            return self._typed(control, placeholder)
        return h.select(
            class_=control.look,
            disabled=control.disabled,
            aria_label=placeholder,
            data_venue=self.venue,
            data_post=self.post,
            data_key=control.key,
        )[
            h.option(value="")[placeholder],
            (h.option(value=each.value, selected=each.chosen)[each.label] for each in options),
        ]

    def _typed(self, control: Control, placeholder: str) -> Node:
        offered = f"{self.venue}-{self.post}-offered"
        return [
            h.input(
                type="search",
                class_=control.look,
                placeholder=placeholder,
                aria_label=placeholder,
                list=offered,
                autocomplete="off",
                data_venue=self.venue,
                data_post=self.post,
                data_key=control.key,
            ),
            h.datalist(id=offered),
        ]
