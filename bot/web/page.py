"""The editors' page: its tabs, the venues behind the chat, the event stream, and what lives as long as the server."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.commands.request import Caller, Owner
from bot.commands.router import Commands
from bot.contract import Carrier
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from bot.web.chat.carrier import PageCarrier
from bot.web.chat.conversations import Conversations
from bot.web.chat.posts import element_id
from bot.web.chat.tab import ChatTab
from bot.web.digest.tab import DigestTab
from bot.web.entries import Entries
from bot.web.layout import STATIC, Frame, Tab
from bot.web.live import Streams
from bot.web.loopback.discord import DiscordVenue
from bot.web.loopback.slack import SlackVenue
from bot.web.loopback.venue import Venue
from bot.web.preview.tab import PreviewTab
from bot.web.shelf import Shelf

_STATIC_FOLDER = Path(__file__).parent / "static"


class Page:
    """What `WebServer` serves beside the probes where the page is wanted."""

    def __init__(
        self,
        shelf: Shelf,
        commands: Commands,
        clock: Callable[[], datetime],
        *,
        audience: Audience = Audience.PUBLIC,
    ) -> None:
        """Take the shelf to show, the commands to answer with, the clock, and the audience all readers belong to."""
        caller = Caller(platform="page", user="you", place="page", name="You", audience=audience, person=Owner())
        self._shelf = shelf
        self._streams = Streams()
        self._entries = Entries(shelf, lambda: Viewer(audience, clock()))
        self._venues: Sequence[Venue] = (
            SlackVenue(commands, audience=audience),
            DiscordVenue(commands, audience=audience),
        )
        self._conversations = Conversations(self._venues, self._streams, clock)
        self._tabs: Sequence[Tab] = (
            ChatTab(self._venues, self._conversations, commands, self._entries, caller),
            PreviewTab(commands, self._entries, caller, clock),
            DigestTab(
                shelf,
                commands,
                self._entries,
                caller,
                conversations=self._conversations,
                venues=self._venues,
                clock=clock,
            ),
        )
        self._unsubscribe: Callable[[], None] | None = None
        self._url = ""
        self.on_shown: Callable[[], None] = lambda: None
        """Called whenever a browser shows the page, after it has all that it needs for that."""

    def add_to(self, app: web.Application) -> None:
        """Add the tabs, the static files, the event stream and the venues' addresses."""
        frame = Frame(self._tabs)
        for tab in self._tabs:
            app.add_routes(tab.routes(frame))
        for venue in self._venues:
            app.add_routes(venue.routes())
        app.router.add_get("/live", self._live)
        app.router.add_static(STATIC, _STATIC_FOLDER)
        app.on_shutdown.append(self._streams.close)
        app.on_cleanup.append(self._stopped)

    async def started(self, url: str) -> None:
        """Watch the shelf and build the venues, which call back to `url`."""
        self._url = url
        self._unsubscribe = self._shelf.subscribe(self._reloaded)
        for venue in self._venues:
            await venue.start(url)

    def carriers(self) -> Mapping[str, Carrier]:
        """Return what carries editions into the chat, by platform. Raises RuntimeError before `started`."""

        def address(venue: Venue) -> Callable[[str], str]:
            return lambda post_id: f"{self._url}/#{element_id(venue, post_id)}"

        return {venue.name: PageCarrier(venue.carrier(), address(venue)) for venue in self._venues}

    async def _stopped(self, _app: web.Application) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        for venue in self._venues:
            await venue.close()

    async def _live(self, request: web.Request) -> web.StreamResponse:
        self.on_shown()
        reader = self._conversations.of(request).reader
        return await self._streams.serve(request, reader, {"revision": self._entries.revision})

    def _reloaded(self, _library: Library) -> None:
        self._entries.reloaded()
        self._streams.tell("library", {"revision": self._entries.revision})
