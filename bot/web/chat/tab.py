"""The Chat tab's addresses: the page, a line sent, a control pressed, completions."""

import asyncio
from collections.abc import Awaitable, Sequence
from http import HTTPStatus
from typing import Any

import htpy as h
from aiohttp import web
from htpy import Node

from bot.commands import spec
from bot.commands.request import Caller
from bot.commands.router import Commands
from bot.errors import report
from bot.web.chat.conversations import Conversation, Conversations
from bot.web.chat.posts import pane
from bot.web.chat.typed import completions, read
from bot.web.entries import Entries
from bot.web.layout import Frame
from bot.web.loopback.venue import Post, Transcript, Venue

LINE_LIMIT = 4_000
"""Characters of a line that are sent; Slack takes no more."""


class ChatTab:
    """Sends what is typed through every venue; the answers come by the event stream."""

    title = "Chat"
    path = "/"

    def __init__(
        self,
        venues: Sequence[Venue],
        conversations: Conversations,
        commands: Commands,
        entries: Entries,
        caller: Caller,
    ) -> None:
        """Take the venues, who talks on them, the commands for completion, and for whom these complete."""
        self._venues = {venue.name: venue for venue in venues}
        self._conversations = conversations
        self._commands = commands
        self._entries = entries
        self._caller = caller

    def routes(self, frame: Frame) -> list[web.RouteDef]:
        """Return the tab's addresses."""

        async def show(request: web.Request) -> web.Response:
            conversation = self._conversations.of(request)
            response = frame.document(
                self,
                self.title,
                self._main(conversation),
                entries=self._entries.draw(),
                script="chat",
                revision=self._entries.revision,
            )
            self._conversations.remember(response, conversation)
            return response

        return [
            web.get(self.path, show),
            web.post("/chat/send", self._send),
            web.post("/chat/press", self._press),
            web.post("/chat/search", self._search),
            web.post("/chat/home", self._home),
            web.get("/chat/complete", self._complete),
        ]

    def _main(self, conversation: Conversation) -> Node:
        return [
            h.h1(".unseen")["Chat with Briefbot"],
            h.div(".panes")[(pane(venue, conversation.channels[name]) for name, venue in self._venues.items())],
            h.div(".composer")[
                h.div(".examples", role="group", aria_label="Examples")[
                    (
                        h.button(type="button", data_line=example)[example]
                        for command in spec.COMMANDS
                        for example in command.examples[:2]
                    )
                ],
                h.ul("#choices", role="listbox", aria_label="Completions", hidden=True),
                h.form("#say", autocomplete="off")[
                    h.label(".unseen", for_="line")["Message"],
                    h.input(
                        "#line",
                        type="text",
                        maxlength=str(LINE_LIMIT),
                        placeholder="Type /brief blinken and press Enter",
                        role="combobox",
                        aria_expanded="false",
                        aria_controls="choices",
                        aria_autocomplete="list",
                        autocapitalize="off",
                        spellcheck="false",
                        autofocus=True,
                    ),
                    h.button(".send", type="submit")["Send"],
                ],
                h.noscript[h.p(".note")["The chat needs JavaScript; the Preview tab works without."]],
            ],
        ]

    async def _send(self, request: web.Request) -> web.Response:
        line = _text(await _object(request), "line").strip()[:LINE_LIMIT]
        if not line:
            raise web.HTTPBadRequest(text="There is nothing to send.")
        conversation, typed = self._conversations.of(request), read(line)
        for where in conversation.channels.values():
            where.say(line)
        await asyncio.gather(
            *(
                self._safely(
                    conversation,
                    venue,
                    venue.talk(where, typed.words)
                    if typed.command is None
                    else venue.command(where, typed.command, typed.words),
                )
                for name, venue in self._venues.items()
                for where in [conversation.channels[name]]
            )
        )
        return self._done(conversation)

    async def _press(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        conversation, venue, where = self._place(request, asked)
        on = _post(where, asked)
        await self._safely(conversation, venue, venue.press(where, on, _text(asked, "key"), _text(asked, "value")))
        return self._done(conversation)

    async def _search(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        _, venue, where = self._place(request, asked)
        found = await venue.search(where, _post(where, asked), _text(asked, "key"), _text(asked, "partial"))
        return web.json_response([{"label": each.label, "value": each.value} for each in found])

    async def _home(self, request: web.Request) -> web.Response:
        conversation, venue, where = self._place(request, await _object(request))
        await self._safely(conversation, venue, venue.visit_home(where))
        return self._done(conversation)

    def _place(self, request: web.Request, asked: dict[str, Any]) -> tuple[Conversation, Venue, Transcript]:
        """Return whose conversation it is, on which venue, and its channel there."""
        conversation, name = self._conversations.of(request), _text(asked, "venue")
        if name not in self._venues:
            raise web.HTTPNotFound(text="There is no such platform.")
        return conversation, self._venues[name], conversation.channels[name]

    async def _complete(self, request: web.Request) -> web.Response:
        found = completions(request.query.get("line", "")[:LINE_LIMIT], self._commands, self._caller)
        return web.json_response([{"label": each.label, "line": each.value} for each in found])

    async def _safely(self, conversation: Conversation, venue: Venue, doing: Awaitable[None]) -> None:
        """Do it; one platform's failure is told in its own pane and leaves the other's answer alone."""
        try:
            await doing
        except Exception as error:  # noqa: BLE001 - the border: the reader gets a sentence, the log the traceback
            incident = report(error, action="page.chat", venue=venue.name)
            conversation.channels[venue.name].note(f"{incident.sentence} Reference: {incident.reference}")

    def _done(self, conversation: Conversation) -> web.Response:
        response = web.Response(status=HTTPStatus.NO_CONTENT)
        self._conversations.remember(response, conversation)
        return response


def _post(where: Transcript, asked: dict[str, Any]) -> Post:
    """Return the post that the page speaks of."""
    found = where.get(_text(asked, "post"))
    if found is None:
        raise web.HTTPNotFound(text="That message is no longer there.")
    return found


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        value = await request.json()
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text="That is no JSON.") from error
    if not isinstance(value, dict):
        raise web.HTTPBadRequest(text="A JSON object is expected.")
    return value


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name, "")
    if not isinstance(found, str):
        raise web.HTTPBadRequest(text=f"{name} has to be text.")
    # JSON can write half a character, which no page can hold.
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
