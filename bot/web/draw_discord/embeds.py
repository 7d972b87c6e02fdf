"""Discord's embeds.

Source: https://docs.discord.com/developers/resources/message#embed-object
"""

from collections.abc import Mapping
from datetime import datetime

import htpy as h
from htpy import Node

from bot.web.draw_discord.components import bar
from bot.web.draw_discord.inline import inline
from bot.web.draw_discord.markdown import markdown
from bot.web.drawing import Json, cannot, items, link

_DRAWN = frozenset(
    {
        "type",
        "title",
        "description",
        "url",
        "color",
        "fields",
        "footer",
        "author",
        "timestamp",
        "flags",
        "content_scan_version",
    }
)
_NO_COLOUR = 0x8A8F98


def embed(piece: Json) -> Node:
    """Return one embed; what is in it and cannot be drawn is a box that says so."""
    colour = piece.get("color")
    return h.div(".dc-embed")[
        bar(colour if colour is not None else _NO_COLOUR),
        h.div(".dc-inside")[
            _small(piece.get("author"), "name", "dc-author"),
            _title(piece),
            h.div(".dc-display")[markdown(str(piece["description"]))] if piece.get("description") else None,
            _fields(piece),
            _footer(piece),
            [cannot(f"embed {name}") for name in piece if name not in _DRAWN],
        ],
    ]


def _title(piece: Json) -> Node:
    words = piece.get("title")
    if not words:
        return None
    title = inline(str(words))
    return h.h3(".dc-title")[link(str(piece["url"]), title) if piece.get("url") else title]


def _fields(piece: Json) -> Node:
    fields = items(piece.get("fields"))
    if not fields:
        return None
    return h.div(".dc-fields")[
        (
            h.div(class_="dc-field" if each.get("inline") else "dc-field dc-full")[
                h.div(".dc-name")[inline(str(each.get("name", "")))],
                h.div(".dc-display")[markdown(str(each.get("value", "")))],
            ]
            for each in fields
        )
    ]


def _small(piece: object, field: str, look: str) -> Node:
    if not isinstance(piece, Mapping) or not piece.get(field):
        return None
    words = str(piece[field])
    return h.div(class_=look)[link(str(piece["url"]), words) if piece.get("url") else words]


def _footer(piece: Json) -> Node:
    stamp, footer = piece.get("timestamp"), piece.get("footer")
    words = str(footer.get("text", "")) if isinstance(footer, Mapping) else ""
    if stamp:
        when = f"{datetime.fromisoformat(str(stamp)):%d/%m/%Y %H:%M}"
        words = f"{words} • {when}" if words else when
    return h.div(".dc-footer")[words] if words else None
