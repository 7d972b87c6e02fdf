"""The page over a folder of briefings, served on a free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.commands.router import Router
from bot.library.vocabulary import Audience
from bot.library.watch import Shelf
from bot.observe import Health, Metrics
from bot.settings import WebSettings
from bot.web.page import Page
from bot.web.server import WebServer
from tests.samples import NOW


@dataclass(frozen=True)
class Rig:
    """A page that is being served: its address, its folder, and the shelf over it."""

    url: str
    root: Path
    shelf: Shelf
    router: Router


@asynccontextmanager
async def served(root: Path, *, audience: Audience = Audience.PUBLIC) -> AsyncIterator[Rig]:
    """Serve the page over `root` while the context lasts."""
    metrics = Metrics()
    async with Shelf(root, poll="auto", poll_interval=0.1, observer=metrics) as shelf:
        router = Router(lambda: shelf.library, lambda: NOW, metrics)
        page = Page(shelf, router, lambda: NOW, audience=audience)
        async with WebServer(WebSettings(port=0), Health(), metrics, page) as server:
            yield Rig(server.url, root, shelf, router)
