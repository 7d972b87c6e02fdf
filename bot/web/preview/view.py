"""How an answer looks in the preview: a pane a platform, with its messages, meters and JSON."""

import json
from dataclasses import dataclass
from datetime import datetime

import htpy as h
from htpy import Element, Node
from yarl import URL

from bot.reply import Reply
from bot.web.preview.controls import Linked
from bot.web.preview.measure import Measure
from bot.web.preview.screens import SCREENS, Screen, Shown

_NEAR = 0.85
"""The share of a limit from which its meter warns."""


@dataclass(frozen=True, slots=True)
class View:
    """An answer to be shown: at which address of the page, after which button, in which style, and when.

    `here` is the address of what was shown first, without a style; `before` is what that is called.
    """

    reply: Reply
    here: URL
    pressed: str
    style: str
    now: datetime
    before: str = "the first answer"

    @property
    def first(self) -> URL:
        """The address of what was shown first, in the same style."""
        return self.here.update_query({"style": self.style} if self.style else {})

    def styled(self, style: str) -> URL:
        """Return the address of this answer in another style."""
        return self.here.update_query({"style": style} | ({"show": self.pressed} if self.pressed else {}))

    def draw(self) -> Node:
        """Return the panes of all platforms."""
        back = h.p(".back")[h.a(href=str(self.first), data_swap=True)[f"← Back to {self.before}"]]
        return [back if self.pressed else None, h.div(".panes")[(_pane(self, each) for each in SCREENS)]]


def _pane(view: View, screen: Screen) -> Element:
    chosen = view.style if view.style in screen.styles else next(iter(screen.styles), "")
    shown = screen.show(view.reply, chosen, Linked(view.first), view.now)
    return h.section(".pane", aria_labelledby=f"{screen.name}-title")[
        h.div(".head")[h.h2(id=f"{screen.name}-title")[screen.title], _styles(view, screen, chosen)],
        [_message(each, number, len(shown)) for number, each in enumerate(shown, start=1)],
    ]


def _styles(view: View, screen: Screen, chosen: str) -> Node:
    if not screen.styles:
        return None
    return h.div(".switch", role="group", aria_label=f"How {screen.title} draws it")[
        (
            h.a(href=str(view.styled(name)), aria_current="true" if name == chosen else None, data_swap=True)[label]
            for name, label in screen.styles.items()
        )
    ]


def _message(shown: Shown, number: int, of: int) -> Node:
    sent = json.dumps(shown.payload, ensure_ascii=False, indent=2)
    return [
        h.p(".part")[f"Message {number} of {of}"] if of > 1 else None,
        h.div(".shown")[shown.drawing],
        h.div(".meters")[(_meter(each) for each in shown.measures)],
        h.details(".json")[h.summary["JSON sent"], h.pre(tabindex="0")[sent]],
    ]


def _meter(measure: Measure) -> Element:
    words = f"{measure.used:,} / {measure.limit:,}"
    return h.div(".meter")[
        h.span[measure.name],
        h.meter(
            min="0",
            max=str(measure.limit),
            low=str(int(measure.limit * _NEAR)),
            high=str(measure.limit),
            optimum="0",
            value=str(measure.used),
            aria_label=measure.name,
        )[words],
        h.output(class_="over" if measure.used > measure.limit else None)[words],
    ]
