"""The page without a browser: everything can be drawn, and nothing but what the page itself asks is answered."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from tests import samples
from tests.web.rig import Rig, served

pytestmark = pytest.mark.asyncio(loop_scope="module")

BRIEFINGS = Path(__file__).parents[2] / "briefings"
_LINKS = re.compile(r'href="(/preview/[^"]*[?&](?:amp;)?show=[^"]*)"')


@pytest_asyncio.fixture(loop_scope="module")
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as made:
        yield made


async def _text(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as response:
        assert response.status == 200, url
        return await response.text()


@pytest.mark.parametrize("style", ["", "embed"])
async def test_every_briefing_and_what_its_buttons_bring_can_be_drawn(
    session: aiohttp.ClientSession, style: str
) -> None:
    async with served(BRIEFINGS) as rig:
        slugs = sorted(str(path.relative_to(BRIEFINGS).with_suffix("")) for path in BRIEFINGS.rglob("*.md"))
        assert slugs
        for slug in slugs:
            first = await _text(session, f"{rig.url}/preview/{slug}?style={style}")
            answers = {unquote(link).replace("&amp;", "&") for link in _LINKS.findall(first)}
            assert answers, slug
            for each in (first, *[await _text(session, rig.url + answer) for answer in sorted(answers)]):
                assert "cannot draw" not in each, slug


async def test_a_hostile_entry_is_drawn_as_words(session: aiohttp.ClientSession, page_of_samples: Rig) -> None:
    page = await _text(session, f"{page_of_samples.url}/preview/people/hostile-entry")
    assert "cannot draw" not in page
    assert 'class="sl-mention"' not in page
    assert 'class="dc-mention"' not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/chat/send", {"line": "  "}, (400, "nothing to send")),
        ("/chat/send", {"line": 5}, (400, "line has to be text")),
        ("/chat/send", [], (400, "object is expected")),
        ("/chat/press", {"venue": "irc", "post": "1", "key": "x", "value": ""}, (404, "no such platform")),
        ("/chat/press", {"venue": "slack", "post": "1", "key": "x", "value": ""}, (404, "no longer there")),
        ("/chat/search", {"venue": "slack", "post": "1", "key": "x", "partial": ""}, (404, "no longer there")),
        ("/chat/home", {"venue": ""}, (404, "no such platform")),
    ],
)
async def test_mistaken_requests_are_told_so(
    session: aiohttp.ClientSession, page_of_samples: Rig, path: str, body: object, told: tuple[int, str]
) -> None:
    async with session.post(page_of_samples.url + path, json=body) as response:
        assert response.status == told[0]
        assert told[1] in await response.text()


@pytest.mark.parametrize(
    "path",
    [
        "/preview/people/nobody",
        "/preview/../../pyproject.toml",
        "/preview/%2e%2e/%2e%2e/etc/passwd",
        "/static/../page.py",
        "/static/%2e%2e/page.py",
        "/static/",
    ],
)
async def test_no_file_but_the_pages_own_can_be_read(
    session: aiohttp.ClientSession, page_of_samples: Rig, path: str
) -> None:
    async with session.get(page_of_samples.url + path) as response:
        assert response.status in {403, 404}
        assert "import" not in await response.text()


async def test_the_loopback_platforms_answer_the_bot_alone(
    session: aiohttp.ClientSession, page_of_samples: Rig
) -> None:
    for path in ("/loopback/slack/guess/api/auth.test", "/loopback/discord/guess/users/@me"):
        async with session.post(page_of_samples.url + path) as response:
            assert response.status in {web.HTTPNotFound.status_code, web.HTTPMethodNotAllowed.status_code}


async def test_hidden_entries_are_in_no_list_and_no_completion(
    session: aiohttp.ClientSession, page_of_samples: Rig
) -> None:
    for path in ("/chat/complete?line=/brief+secret", "/chat/complete?line=/brief+inner", "/chat/complete?line=under"):
        assert await _text(session, page_of_samples.url + path) == "[]"
    for title in ("Secret Draft", "Inner Circle", "Under Embargo"):
        assert title not in await _text(session, page_of_samples.url + "/preview?q=" + title.split()[0])


async def test_a_folder_with_nothing_in_it_is_said_to_be_empty(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    async with served(samples.write(tmp_path, {})) as rig:
        assert "There is no entry to show." in await _text(session, f"{rig.url}/preview")
