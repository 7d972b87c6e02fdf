"""The Next digest tab without a browser: what can be asked for, what is refused, and what is sent to the chat."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.commands.router import Router
from bot.library.vocabulary import Audience
from bot.reply import Note, Outcome, Reply, Visibility, text
from bot.web.loopback.discord import DiscordVenue
from bot.web.loopback.slack import SlackVenue
from bot.web.loopback.venue import Form, Transcript
from tests import samples
from tests.web.rig import Rig, served

pytestmark = pytest.mark.asyncio(loop_scope="module")

BRIEFINGS = Path(__file__).parents[2] / "briefings"
ANNOUNCED = "The digest of this channel, as its subscription sends it:"


@pytest_asyncio.fixture(loop_scope="module")
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as made:
        yield made


async def _text(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as response:
        assert response.status == 200, url
        return await response.text()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "first=yes",
        "seen=2023-01-01",
        "day=2026-06-18&style=embed",
        "topics=taiwan&kinds=issue&duties=yes&seen=2023-01-01",
    ],
)
async def test_the_edition_is_drawn_for_both_platforms_with_its_reasons(
    session: aiohttp.ClientSession, query: str
) -> None:
    async with served(BRIEFINGS) as rig:
        page = await _text(session, f"{rig.url}/digest?{query}")
        assert "cannot draw" not in page
        for part in ("sl-message", "dc-message", "Why it is in", "Left out: ", "would be posted"):
            assert part in page
        for link in set(re.findall(r'href="(/digest\?[^"]*show=[^"]*)"', page)):
            assert "cannot draw" not in await _text(session, rig.url + link.replace("&amp;", "&"))


async def test_a_day_without_news_says_what_would_be_done(session: aiohttp.ClientSession, page_of_samples: Rig) -> None:
    quiet = f"{page_of_samples.url}/digest?seen=2026-11-24&topics=diplomacy"
    page = await _text(session, quiet)
    assert "There is nothing new: nothing would be posted." in page
    assert "Send it to the chat" not in page
    noted = await _text(session, f"{quiet}&empty=note")
    assert "a one-line note would be posted" in noted
    assert "Send it to the chat" in noted


async def test_what_the_audience_may_not_see_is_not_there(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    async with served(samples.write(tmp_path, samples.files())) as rig:
        for query in ("seen=2020-01-01", "seen=2020-01-01&day=2030-01-01", "first=yes"):
            page = await _text(session, f"{rig.url}/digest?{query}")
            main = page[page.index("<main") :]
            for title in ("Secret Draft", "Inner Circle", "Under Embargo"):
                assert title not in main
    async with served(tmp_path, audience=Audience.INTERNAL) as rig:
        assert "Inner Circle" in await _text(session, f"{rig.url}/digest?seen=2020-01-01")


@pytest.mark.parametrize(
    "query", ["day=2026-13-01", "day=9999-12-31", "seen=soon", "kinds=ships", "empty=shout", "day=0001-01-01"]
)
async def test_what_no_control_sends_is_refused(
    session: aiohttp.ClientSession, page_of_samples: Rig, query: str
) -> None:
    async with session.get(f"{page_of_samples.url}/digest?{query}") as response:
        assert response.status == 400
        assert "That cannot be asked for" in await response.text()


async def test_words_of_the_address_stay_words(session: aiohttp.ClientSession, page_of_samples: Rig) -> None:
    page = await _text(session, f"{page_of_samples.url}/digest?topics=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


async def test_what_is_sent_stands_in_the_chat_of_its_reader(
    session: aiohttp.ClientSession, page_of_samples: Rig
) -> None:
    await _text(session, page_of_samples.url)
    async with session.post(f"{page_of_samples.url}/digest/send", data={"seen": "2020-01-01"}) as response:
        assert response.status == 204
    chat = await _text(session, page_of_samples.url)
    assert chat.count(ANNOUNCED) == 2
    assert chat.count("Briefing digest, Tuesday 24 November 2026") == 2
    assert "cannot draw" not in chat
    async with aiohttp.ClientSession() as other:
        assert ANNOUNCED not in await _text(other, page_of_samples.url)


async def test_a_skipped_day_sends_nothing_and_says_so(session: aiohttp.ClientSession, page_of_samples: Rig) -> None:
    quiet = {"seen": "2026-11-24", "topics": "diplomacy"}
    async with session.post(f"{page_of_samples.url}/digest/send", data=quiet) as response:
        assert response.status == 204
    chat = await _text(session, page_of_samples.url)
    assert chat.count("No edition: nothing is new, and such days are skipped.") == 2


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_other_sites_can_send_nothing(
    session: aiohttp.ClientSession, page_of_samples: Rig, headers: dict[str, str]
) -> None:
    async with session.post(f"{page_of_samples.url}/digest/send", data={}, headers=headers) as response:
        assert response.status == 403


@pytest.mark.parametrize("venue", [SlackVenue, DiscordVenue])
async def test_a_platform_that_is_not_there_is_told_in_its_pane(venue: type[SlackVenue | DiscordVenue]) -> None:
    where = Transcript(1, lambda: samples.NOW, lambda _change, _post: None)
    played = venue(Router(samples.library, lambda: samples.NOW))
    reply = Reply((Note(text("Words")),), "Words", Outcome.LIST, visibility=Visibility.PUBLIC)
    await played.broadcast(where, reply)
    (post,) = where.posts
    assert post.form is Form.NOTE
    assert "Try again in a moment." in post.words
