"""The Next digest tab's addresses and its page."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus

import htpy as h
from aiohttp import web
from htpy import Node

from bot.commands.request import Caller
from bot.commands.router import Commands
from bot.digests.earlier import Supposed
from bot.digests.edition import Edition
from bot.errors import report
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.reply import Reply
from bot.web.chat.conversations import Conversation, Conversations
from bot.web.digest.form import form, sending
from bot.web.digest.order import address, read
from bot.web.digest.reasons import reasons, verdict
from bot.web.entries import Entries
from bot.web.layout import Frame
from bot.web.loopback.venue import Venue
from bot.web.preview.view import View
from bot.web.shelf import Shelf


class DigestTab:
    """Shows the edition that a channel would get, and sends it into the reader's own channels in the chat."""

    title = "Next digest"
    path = "/digest"

    def __init__(
        self,
        shelf: Shelf,
        commands: Commands,
        entries: Entries,
        caller: Caller,
        *,
        conversations: Conversations,
        venues: Sequence[Venue],
        clock: Callable[[], datetime],
    ) -> None:
        """Take the shelf, what answers presses, the list of entries, for whom, the chat to send to, and the clock."""
        self._shelf = shelf
        self._commands = commands
        self._entries = entries
        self._caller = caller
        self._conversations = conversations
        self._venues = venues
        self._clock = clock

    def routes(self, frame: Frame) -> list[web.RouteDef]:
        """Return the tab's addresses."""

        async def show(request: web.Request) -> web.Response:
            library, viewer = self._asked()
            order = read(request.query, library, viewer)
            pressed = request.query.get("show", "")
            main = await self._main(library, viewer, order, pressed, request.query.get("style", ""))
            return frame.document(
                self,
                self.title,
                main,
                entries=self._entries.draw("", request.query.get("q", "")),
                script="digest",
                revision=self._entries.revision,
            )

        return [web.get(self.path, show), web.post(f"{self.path}/send", self._send)]

    def _asked(self) -> tuple[Library, Viewer]:
        return self._shelf.library, Viewer(self._caller.audience, self._clock())

    async def _main(self, library: Library, viewer: Viewer, order: Supposed, pressed: str, style: str) -> Node:
        edition = order.edition(library, viewer)
        reply = await self._commands.press(pressed, self._caller) if pressed else edition.reply
        here, now = address(order, self.path), self._clock()
        view = View(reply, here, pressed, style, now, before="the edition")
        return [
            h.h1["Next digest"],
            form(order, [topic for topic, _ in library.topics(viewer)], self.path),
            h.div(".outcome")[
                h.div[verdict(edition), h.a(href="#why")["Why each item is in or out"]],
                sending(order, f"{self.path}/send") if edition.posts else None,
            ],
            view.draw(),
            reasons(edition),
        ]

    async def _send(self, request: web.Request) -> web.Response:
        """Send the edition into the reader's channels, as a subscription would."""
        library, viewer = self._asked()
        edition = read(await request.post(), library, viewer).edition(library, viewer)
        conversation = self._conversations.of(request)
        await asyncio.gather(*(self._deliver(conversation, venue, edition) for venue in self._venues))
        response = web.Response(status=HTTPStatus.NO_CONTENT)
        self._conversations.remember(response, conversation)
        return response

    async def _deliver(self, conversation: Conversation, venue: Venue, edition: Edition) -> None:
        """Send it on one platform; a failure is told in its own pane and leaves the other alone."""
        where = conversation.channels[venue.name]
        reply: Reply = edition.reply
        if not edition.posts:
            where.note("No edition: nothing is new, and such days are skipped.")
            return
        where.note("The digest of this channel, as its subscription sends it:")
        try:
            await venue.broadcast(where, reply)
        except Exception as error:  # noqa: BLE001 - the border: the reader gets a sentence, the log the traceback
            incident = report(error, action="page.digest", venue=venue.name)
            where.note(f"{incident.sentence} Reference: {incident.reference}")
