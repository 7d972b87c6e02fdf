"""Who is talking: one conversation a browser, with a channel on every venue."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.web.chat.posts import element_id, post
from bot.web.live import Streams
from bot.web.loopback.venue import Change, Post, Transcript, Venue

COOKIE = "briefbot_reader"
_KEPT = 64
"""Browsers that are remembered; the one that was silent longest is forgotten."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A reader's channels, by the venue's name."""

    reader: str
    channels: Mapping[str, Transcript]


class Conversations:
    """The conversations of all browsers; what changes in one is sent to its reader's pages."""

    def __init__(self, venues: Sequence[Venue], streams: Streams, clock: Callable[[], datetime]) -> None:
        """Begin with none."""
        self._venues = venues
        self._streams = streams
        self._clock = clock
        self._kept: OrderedDict[str, Conversation] = OrderedDict()
        self._counted = 0

    def of(self, request: web.Request) -> Conversation:
        """Return the conversation of the browser that asks, new where it has none; see `remember`."""
        found = self._kept.get(request.cookies.get(COOKIE, ""))
        if found is None:
            found = self._new()
        self._kept.move_to_end(found.reader)
        return found

    def remember(self, response: web.StreamResponse, conversation: Conversation) -> None:
        """Let the browser come back to `conversation`."""
        response.set_cookie(COOKIE, conversation.reader, httponly=True, samesite="Strict", path="/")

    def _new(self) -> Conversation:
        reader = secrets.token_urlsafe(16)
        self._counted += 1
        channels = {
            venue.name: Transcript(self._counted, self._clock, self._tells(reader, venue)) for venue in self._venues
        }
        self._kept[reader] = conversation = Conversation(reader, channels)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return conversation

    def _tells(self, reader: str, venue: Venue) -> Callable[[Change, Post], None]:
        def heard(change: Change, each: Post) -> None:
            html = "" if change is Change.REMOVED else str(post(venue, each))
            data = {"venue": venue.name, "change": change.value, "id": element_id(venue, each.id), "html": html}
            self._streams.tell("chat", data, reader)

        return heard
