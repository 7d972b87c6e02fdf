"""The frame of every page: head, tabs, the list of entries, the theme switch; and what a tab is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import htpy as h
from aiohttp import web
from htpy import Element, Node

STATIC = "/static"


class Tab(Protocol):
    """One tab of the page. A new tab is one more object in the list that `Page` is given."""

    @property
    def title(self) -> str:
        """What stands on the tab."""
        ...

    @property
    def path(self) -> str:
        """Where it leads, for example ``/preview``."""
        ...

    def routes(self, frame: "Frame") -> list[web.RouteDef]:
        """Return the tab's addresses; it draws itself into `frame`."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of entries: where it leads, what it says, and what is wrong with it."""

    path: str
    title: str
    file: str
    state: str = ""
    broken: bool = False


class Frame:
    """Draws whole documents around what the tabs draw."""

    def __init__(self, tabs: Sequence[Tab]) -> None:
        """Take the tabs, in the order in which they are shown."""
        self._tabs = tabs

    def document(
        self, tab: Tab, title: str, main: Node, *, entries: Node, script: str, revision: str, status: int = 200
    ) -> web.Response:
        """Return a document with `tab` as the current one; `script` is the tab's module under /static."""
        page = h.html(lang="en")[
            h.head[
                h.meta(charset="utf-8"),
                h.meta(name="viewport", content="width=device-width, initial-scale=1"),
                h.meta(name="color-scheme", content="light dark"),
                h.title[f"{title} · Briefbot"],
                h.link(rel="icon", href=f"{STATIC}/icon.svg", type="image/svg+xml"),
                [h.link(rel="stylesheet", href=f"{STATIC}/{name}.css") for name in ("page", "slack", "discord")],
                # Not a module: the theme has to be there before the first paint.
                h.script(src=f"{STATIC}/theme.js"),
                h.script(type="module", src=f"{STATIC}/{script}.js"),
            ],
            h.body(data_revision=revision, data_tab=tab.title.lower())[
                h.a(".skip", href="#main")["Skip to content"],
                self._header(tab),
                h.div(".columns")[
                    h.nav("#side", aria_label="Entries")[entries],
                    h.main("#main", tabindex="-1")[main],
                ],
            ],
        ]
        return web.Response(text=str(page), content_type="text/html", status=status)

    def _header(self, current: Tab) -> Element:
        return h.header(".top")[
            h.span(".brand")["Briefbot"],
            h.nav(".tabs", aria_label="Pages")[
                (h.a(href=tab.path, aria_current="page" if tab is current else None)[tab.title] for tab in self._tabs)
            ],
            h.p("#status", role="status", data_state="waiting")["not live yet"],
            h.div("#theme.switch", role="group", aria_label="Colours", hidden=True)[
                (
                    h.button(type="button", data_theme=name.lower(), aria_pressed="false")[name]
                    for name in ("Auto", "Light", "Dark")
                )
            ],
        ]


def entry_list(entries: Sequence[Listed], current: str, query: str) -> Node:
    """Return the search box and the list of entries; `current` is the path of the one that is open."""
    return [
        h.form("#find", action="/preview", method="get", role="search")[
            h.label(for_="find-box")["Find an entry ", h.kbd(aria_hidden="true")["/"]],
            h.input("#find-box", type="search", name="q", value=query, autocomplete="off", aria_keyshortcuts="/"),
        ],
        h.div("#entries", aria_live="off")[
            h.ul[(_entry(each, current) for each in entries)] if entries else h.p(".none")["Nothing by that name."],
        ],
    ]


def _entry(each: Listed, current: str) -> Element:
    return h.li[
        h.a(href=each.path, aria_current="true" if each.path == current else None)[
            h.span(".name")[each.title],
            h.span(".file")[each.file],
            h.span(class_="state broken" if each.broken else "state")[each.state] if each.state else None,
        ]
    ]
