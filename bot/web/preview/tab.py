"""The Preview tab's addresses and its page."""

from collections.abc import Callable, Mapping
from datetime import datetime

import htpy as h
from aiohttp import web
from htpy import Element, Node
from yarl import URL

from bot.commands.request import Caller
from bot.commands.router import Commands
from bot.library.entry import Entry
from bot.reply import Reply
from bot.web.entries import Entries, address, slug_of
from bot.web.layout import Frame
from bot.web.preview.mistakes import mistakes, places
from bot.web.preview.view import View


class PreviewTab:
    """Shows one entry at a time, or one answer about it, on every platform."""

    title = "Preview"
    path = "/preview"

    def __init__(self, commands: Commands, entries: Entries, caller: Caller, clock: Callable[[], datetime]) -> None:
        """Take the commands that answer, the list of entries, for whom they answer, and the clock."""
        self._commands = commands
        self._entries = entries
        self._caller = caller
        self._clock = clock

    def routes(self, frame: Frame) -> list[web.RouteDef]:
        """Return the tab's addresses."""

        async def first(request: web.Request) -> web.Response:
            query = request.query.get("q", "")
            listed = self._entries.listed(query)
            if query and listed:
                return self._document(frame, "Preview", _welcome(f"{len(listed)} found."), query=query)
            if listed:
                raise web.HTTPFound(listed[0].path)
            return self._document(frame, "Preview", _welcome("There is no entry to show."), query=query)

        async def show(request: web.Request) -> web.Response:
            slug = request.match_info["slug"]
            file = next((each for each in self._entries.files() if slug_of(each) == slug), None)
            query = request.query.get("q", "")
            if file is None:
                gone = _welcome("There is no entry here; it may have been renamed or deleted.")
                return self._document(frame, "Not found", gone, query=query, status=404)
            entry = self._entries.find(slug)
            main = await self._main(file, entry, request.query)
            title = entry.title if entry else slug.rpartition("/")[2]
            return self._document(frame, title, main, query=query, current=address(file))

        return [web.get(self.path, first), web.get(self.path + "/{slug:.+}", show)]

    def _document(
        self, frame: Frame, title: str, main: Node, *, query: str, current: str = "", status: int = 200
    ) -> web.Response:
        entries = self._entries.draw(current, query)
        return frame.document(
            self, title, main, entries=entries, script="preview", revision=self._entries.revision, status=status
        )

    async def _main(self, file: str, entry: Entry | None, query: Mapping[str, str]) -> Node:
        found = self._entries.problems(file)
        hidden = self._entries.hidden(file) if entry is None else ""
        problems = places(found) if hidden else mistakes(found, self._entries.root)
        if entry is None:
            words = f"Nothing is shown of it: {hidden}." if hidden else "No version of it has loaded yet."
            return [_title(slug_of(file).rpartition("/")[2], file), problems, h.p(".kept")[words]]
        pressed = query.get("show", "")
        view = View(
            await self._reply(entry, pressed), URL(address(file)), pressed, query.get("style", ""), self._clock()
        )
        stale = h.p(".kept")["The file has errors: below is the last version that loaded."]
        return [_title(entry.title, file), problems, stale if self._entries.is_stale(entry) else None, view.draw()]

    async def _reply(self, entry: Entry, pressed: str) -> Reply:
        if pressed:
            return await self._commands.press(pressed, self._caller)
        return await self._commands.run("brief", {"query": entry.id}, self._caller)


def _welcome(words: str) -> Node:
    return [h.h1["Preview"], h.p(".none")[words]]


def _title(title: str, file: str) -> Element:
    return h.div(".title")[h.h1[title], h.span(".file")[file]]
