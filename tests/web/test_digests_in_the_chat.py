"""`/digest` typed into the demo's chat, over a real database and the platforms' own carriers."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.contract import Fate, Part, SendError, Target
from bot.reply import Heading, Outcome, Reply
from tests import samples
from tests.web.chatting import EDITION, ORDER, VENUES, chatting
from tests.web.rig import Rig, served_with_digests

TARGETS = {
    "slack": Target("slack", "T0PAGE", "C0DAILY1"),
    "discord": Target("discord", "700000000000000003", "700000000000000101"),
}


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with served_with_digests(samples.write(tmp_path, samples.files())) as found:
        yield found


async def test_an_edition_that_is_asked_for_appears_in_both_panes_and_is_told_to_be_sent(rig: Rig) -> None:
    async with chatting(rig.url) as chat:
        await chat.say(ORDER)  # before the database is open: it is waited for
        await chat.until("Subscribed")
        await chat.say("/digest now")
        await chat.until("An extra edition is on its way to this channel.")
        await chat.until(EDITION)
        for venue in VENUES:
            assert (await chat.pane(venue)).count(EDITION) == 1
        await asyncio.sleep(0.5)  # the outcome is written in groups
        await chat.say("/digest status")
        await chat.until("extra edition · sent")
        for venue in VENUES:
            shown = await chat.pane(venue)
            (link,) = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>open</a>', shown)
            post = link.removeprefix(f"{rig.url}/#")
            assert f'id="{post}"' in shown
            assert EDITION in shown.partition(f'id="{post}"')[2].partition('class="post"')[0]
        assert "cannot draw" not in await chat.page()


@pytest.mark.parametrize("venue", VENUES)
async def test_the_buttons_do_what_they_say(rig: Rig, venue: str) -> None:
    async with chatting(rig.url) as chat:
        await chat.say(ORDER)
        await chat.until("Subscribed")
        for label, told in (
            ("Preview", "A preview that only you see."),
            ("Status", "No edition has been due yet."),
            ("Pause", "The digest is paused"),
            ("Resume", "The digest goes on"),
            ("Unsubscribe", "End the digest here?"),
            ("Yes, end it", "The digest here has ended."),
        ):
            await chat.press(venue, label)
            await chat.until(told, [venue])
        await chat.say("/digest list")
        await chat.until("No digest comes here yet.", [venue])
        (other,) = {*VENUES} - {venue}
        await chat.until("07:30 Monday to Friday, Asia/Shanghai", [other])
        assert "No digest comes here yet." not in await chat.pane(other)


async def test_two_browsers_do_not_see_each_others_subscriptions(rig: Rig) -> None:
    async with chatting(rig.url) as one, chatting(rig.url) as other:
        await one.say(ORDER)
        await one.until("Subscribed")
        await other.say("/digest list")
        await other.until("No digest comes here yet.")
        await other.say("/digest now")
        await other.until("No digest comes here.")
        await one.say("/digest now")
        await one.until(EDITION)
        for venue in VENUES:
            assert EDITION not in await other.pane(venue)


@pytest.mark.parametrize("venue", VENUES)
async def test_an_edition_is_found_again_in_its_channel(rig: Rig, venue: str) -> None:
    async with chatting(rig.url) as chat:
        await chat.say("/digest list")  # from now on the bot knows the channel
        await chat.until("No digest comes here yet.")
        carrier, target = rig.page.carriers()[venue], TARGETS[venue]
        (body,) = carrier.draw(Reply((Heading("Words"),), "Words", Outcome.LIST))
        part, since = Part("abc-1", body), datetime.now(UTC)
        assert await carrier.find(target, part, since - timedelta(minutes=5)) is None
        posted = await carrier.post(target, part, None)
        assert await carrier.find(target, part, since) == posted
        assert await carrier.find(target, Part("abc-2", body), since) is None
        if venue == "discord":  # where the platform knows it by its nonce
            assert await carrier.post(target, part, since) == posted
        assert (await chat.pane(venue)).count("Words") == 1


@pytest.mark.parametrize("venue", VENUES)
async def test_there_is_no_other_channel(rig: Rig, venue: str) -> None:
    carrier, target = rig.page.carriers()[venue], TARGETS[venue]
    for channel in (target.channel, target.channel[:-1] + "7"):
        with pytest.raises(SendError) as refused:
            await carrier.check(target._replace(channel=channel))
        assert refused.value.fate is Fate.REFUSED
