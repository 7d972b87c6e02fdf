"""The page's chat by HTTP alone: lines typed, buttons pressed, and what stands in the panes."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

VENUES = ("slack", "discord")
ORDER = "/digest subscribe 7:30 shanghai weekdays topics diplomacy"
EDITION = "Briefing digest, "
_BUTTON = re.compile(r'<button [^>]*data-venue="(\w+)" data-post="([^"]+)" data-key="([^"]+)"[^>]*>([^<]+)</button>')


class Browser:
    """One browser's chat, without a browser."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def page(self) -> str:
        async with self._session.get(self._url) as response:
            return await response.text()

    async def pane(self, venue: str) -> str:
        """Return what stands in a pane, in words and tags."""
        _, _, after = (await self.page()).partition(f'id="{venue}-log"')
        return html.unescape(after.partition('class="composer"')[0].partition('class="pane"')[0])

    async def say(self, line: str) -> None:
        async with self._session.post(f"{self._url}/chat/send", json={"line": line}) as response:
            assert response.status == 204

    async def until(self, words: str, venues: Sequence[str] = VENUES) -> None:
        """Wait until `words` stand in the panes of all `venues`."""
        async with asyncio.timeout(30):
            for venue in venues:
                while words not in await self.pane(venue):
                    await asyncio.sleep(0.05)

    async def press(self, venue: str, label: str) -> None:
        """Press the newest button called `label`."""
        found = [each for each in _BUTTON.findall(await self.page()) if (each[0], each[3]) == (venue, label)]
        asked = {"venue": venue, "post": found[-1][1], "key": html.unescape(found[-1][2]), "value": ""}
        async with self._session.post(f"{self._url}/chat/press", json=asked) as response:
            assert response.status == 204


@asynccontextmanager
async def chatting(url: str) -> AsyncIterator[Browser]:
    """Open the chat at `url` as a new browser would."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        found = Browser(url, session)
        await found.page()
        yield found
