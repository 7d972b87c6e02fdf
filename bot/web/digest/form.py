"""The tab's controls: what the supposed subscription asks for, and what its channel has seen."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from bot.digests.earlier import Supposed
from bot.digests.model import OnEmpty
from bot.library.vocabulary import Kind
from bot.web.digest.order import address

_ON_EMPTY = {OnEmpty.SKIP: "no post", OnEmpty.NOTE: "a one-line note"}


def form(order: Supposed, topics: Sequence[str], path: str) -> Element:
    """Return the form that shows another edition; `topics` are those there are."""
    wants = order.wants
    known = dict.fromkeys((*topics, *wants.topics))
    return h.form("#order", action=path, method="get", autocomplete="off")[
        _choices("Topics", "topics", {topic: topic for topic in known}, wants.topics),
        _choices("Kinds", "kinds", {kind.value: kind.folder for kind in Kind}, tuple(map(str, wants.kinds))),
        h.div(".fields")[
            h.label["Day of the edition", h.input("#day", type="date", name="day", value=order.day.isoformat())],
            h.label[
                "As if last seen on",
                h.input("#seen", type="date", name="seen", value=order.seen.isoformat() if order.seen else ""),
            ],
            _box("first", "It has seen nothing yet", chosen=order.seen is None),
            h.label[
                "On a day without news",
                h.select("#empty", name="empty")[
                    (
                        h.option(value=each.value, selected=each is wants.on_empty)[words]
                        for each, words in _ON_EMPTY.items()
                    )
                ],
            ],
            _box("duties", "Reviews that are due", chosen=wants.duties),
            h.button(type="submit")["Show"],
        ],
    ]


def sending(order: Supposed, path: str) -> Element:
    """Return the button that sends the edition into the chat; the page's script does it.

    A form could not: the page sends no referrer, so that a browser does not say either where a form comes from.
    """
    return h.div[
        h.button("#send.send", type="button", data_send=path, data_order=address(order, path).query_string)[
            "Send it to the chat"
        ],
        h.noscript[h.p(".note")["Sending needs JavaScript."]],
    ]


def _choices(title: str, name: str, labels: dict[str, str], chosen: Sequence[str]) -> Node:
    return h.fieldset[
        h.legend[f"{title} ", h.span(".none")["none chosen is all of them"] if not chosen else None],
        (_box(name, label, value=value, chosen=value in chosen) for value, label in labels.items()),
    ]


def _box(name: str, label: str, *, value: str = "yes", chosen: bool) -> Element:
    return h.label(".box")[
        h.input(type="checkbox", id=f"{name}-{value}", name=name, value=value, checked=chosen), f" {label}"
    ]
