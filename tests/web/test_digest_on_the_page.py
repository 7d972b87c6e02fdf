"""`/digest` typed into the page's chat: through the real handlers of both platforms, over a desk in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.commands.router import Router
from bot.contract import Target
from bot.library.watch import Shelf
from bot.observe import Health, Metrics
from bot.settings import WebSettings
from bot.web.page import Page
from bot.web.server import WebServer
from tests import samples
from tests.commands.memory_desk import MemoryDesk
from tests.samples import NOW


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@asynccontextmanager
async def page(root: Path, desk: MemoryDesk) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    async with Shelf(samples.write(root, samples.files())) as shelf:
        router = Router(lambda: shelf.library, lambda: NOW, desk=lambda: desk)
        async with (
            WebServer(WebSettings(port=0), Health(), Metrics(), Page(shelf, router, lambda: NOW)) as server,
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
        ):
            yield server.url, session


async def test_the_reader_may_subscribe_both_channels(tmp_path: Path, desk: MemoryDesk) -> None:
    async with page(tmp_path, desk) as (url, session):
        await session.post(f"{url}/chat/send", json={"line": "/digest subscribe 7:30 shanghai topics diplomacy"})
        async with asyncio.timeout(5):
            while len(desk.kept) < 2:
                await asyncio.sleep(0.01)
        async with session.get(url) as response:
            shown = await response.text()
    assert {target.platform for target in desk.kept} == {"slack", "discord"}
    assert Target("slack", "T0PAGE", "C0DAILY1") in desk.kept
    assert {each.schedule.zone for each in desk.kept.values()} == {"Asia/Shanghai"}
    assert shown.count("Wed 25 Nov 07:30 (UTC+8)") == 2


async def test_discord_asks_which_subcommand(tmp_path: Path, desk: MemoryDesk) -> None:
    async with page(tmp_path, desk) as (url, session):
        await session.post(f"{url}/chat/send", json={"line": "/digest"})
        await session.post(f"{url}/chat/send", json={"line": "/digest nonsense"})
        async with session.get(url) as response:
            shown = await response.text()
    assert shown.count("Discord asks which /digest it is to be: subscribe, list") == 2
    assert "There is no /digest nonsense." in shown


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("/dig", "/digest "),
        ("/digest", "/digest "),
        ("/digest ", "/digest subscribe "),
        ("/digest st", "/digest status "),
        ("/digest subscribe 7:30 shang", "/digest subscribe 7:30 Asia/Shanghai"),
        ("/digest subscribe topics dip", "/digest subscribe topics diplomacy"),
    ],
)
async def test_the_line_completes(tmp_path: Path, desk: MemoryDesk, line: str, first: str) -> None:
    async with (
        page(tmp_path, desk) as (url, session),
        session.get(f"{url}/chat/complete", params={"line": line}) as got,
    ):
        assert (await got.json())[0]["line"] == first
