"""What stands in a pane of the chat, as HTML."""

import htpy as h
from htpy import Element

from bot.web.chat.controls import Pressable
from bot.web.loopback.venue import Form, Post, Transcript, Venue


def pane(venue: Venue, where: Transcript) -> Element:
    """Return a venue's pane with all that stands in it."""
    name = f"{venue.title} #daily-brief"
    return h.section(".pane", aria_labelledby=f"{venue.name}-title")[
        h.div(".head")[
            h.h2(id=f"{venue.name}-title")[name],
            h.button(".home", type="button", data_home=venue.name)["Open App Home"] if venue.has_home else None,
        ],
        h.div(
            f".log.{venue.name}",
            id=f"{venue.name}-log",
            role="log",
            tabindex="0",
            aria_labelledby=f"{venue.name}-title",
        )[_welcome(venue), (post(venue, each) for each in where.posts)],
    ]


def _welcome(venue: Venue) -> Element:
    """Return what stands in a pane while nothing else does; the style sheet hides it from then on."""
    return h.p(".welcome")[
        "Type ", h.code["/brief blinken"], f" below. The answer appears here as {venue.title} would draw it."
    ]


def post(venue: Venue, each: Post) -> Element:
    """Return one post of a venue."""
    return h.div(".post", id=element_id(venue, each.id))[_inside(venue, each)]


def element_id(venue: Venue, post_id: str) -> str:
    """Return the id of a post's element, by which the script finds it again, and a link leads to it."""
    return f"{venue.name}-{post_id}"


def _inside(venue: Venue, each: Post) -> Element:
    if each.form is Form.SAID:
        return h.p(".said")["you: ", each.words]
    if each.form is Form.NOTE:
        return h.p(".note")[each.words]
    if each.form is Form.WAITING:
        return h.p(".note.waiting")["Briefbot is thinking…"]
    return venue.draw(each, Pressable(venue.name, each.id))
