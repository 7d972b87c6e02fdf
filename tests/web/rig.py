"""The page over a folder of briefings, served on a free port."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.commands.router import Router
from bot.library.vocabulary import Audience
from bot.library.watch import Shelf
from bot.observe import Health, Metrics
from bot.settings import WebSettings
from bot.web.demo import PageDigests
from bot.web.page import Page
from bot.web.server import WebServer
from tests.samples import NOW


@dataclass(frozen=True)
class Rig:
    """A page that is being served: its address, its folder, the shelf over it, and the page itself."""

    url: str
    root: Path
    shelf: Shelf
    router: Router
    page: Page


@asynccontextmanager
async def served(root: Path, *, audience: Audience = Audience.PUBLIC) -> AsyncIterator[Rig]:
    """Serve the page over `root` while the context lasts."""
    metrics = Metrics()
    async with Shelf(root, poll="auto", poll_interval=0.1, observer=metrics) as shelf:
        router = Router(lambda: shelf.library, lambda: NOW, metrics)
        page = Page(shelf, router, lambda: NOW, audience=audience)
        async with WebServer(WebSettings(port=0), Health(), metrics, page) as server:
            yield Rig(server.url, root, shelf, router, page)


@asynccontextmanager
async def served_with_digests(root: Path) -> AsyncIterator[Rig]:
    """Serve the page over `root` with digests, by the machine's own clock, while the context lasts."""
    parts: list[PageDigests] = []
    with tempfile.TemporaryDirectory() as folder:
        async with Shelf(root) as shelf:
            router = Router(lambda: shelf.library, _now, desk=lambda: parts[0].desk if parts else None)
            page = Page(shelf, router, _now)
            digests = PageDigests(page, SecretStr(f"sqlite:///{folder}/digests.db"), lambda: shelf.library)
            parts.append(digests)
            async with WebServer(WebSettings(port=0), Health(), Metrics(), page) as server:
                running = asyncio.create_task(digests.run())
                try:
                    yield Rig(server.url, root, shelf, router, page)
                finally:
                    await digests.close(1.0)
                    await running


def _now() -> datetime:
    return datetime.now(UTC)
