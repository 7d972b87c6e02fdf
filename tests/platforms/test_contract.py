"""Every platform, one after the other, held to the promises of `contract.py`."""

import time
from collections.abc import AsyncIterator

import pytest

from bot.commands.router import Router
from tests.platforms.contract import Harness, harness_of, platform_names
from tests.samples import HOSTILE, Failing, router

PLATFORMS = platform_names()


@pytest.fixture(scope="module")
def commands() -> Router:
    return router()


@pytest.fixture(params=PLATFORMS)
async def reader(request: pytest.FixtureRequest, commands: Router) -> AsyncIterator[Harness]:
    async with harness_of(request.param)(commands) as harness:
        yield harness


def test_every_platform_is_found() -> None:
    assert {"slack", "discord", "terminal"} <= set(PLATFORMS)


async def test_answers_in_time_and_in_private(reader: Harness) -> None:
    started = time.monotonic()
    seen = await reader.ask("blinken")
    assert time.monotonic() - started < 3
    assert "Antony Blinken" in seen.text
    assert seen.private
    assert reader.platform.connected


async def test_buttons_answer_and_stay_private(reader: Harness) -> None:
    seen = await reader.ask("blinken")
    for label in ("Timeline", "Sources", "Background"):
        pressed = await reader.press(seen, label)
        assert label in pressed.text, label
        assert pressed.private, label
        seen = await reader.ask("blinken")


async def test_sharing_is_the_only_way_out_of_privacy(reader: Harness) -> None:
    seen = await reader.ask("blinken")
    offered = [button for button in seen.buttons if button.startswith("Share")]
    assert bool(offered) == reader.can_share
    if reader.can_share:
        shared = await reader.press(seen, "Share")
        assert not shared.private
        assert "Shared by" in shared.text


async def test_an_ambiguous_name_is_a_choice_that_can_be_made(reader: Harness) -> None:
    seen = await reader.ask("burns")
    assert any(button.startswith("William Burns") for button in seen.buttons)
    chosen = await reader.press(seen, "William Burns")
    assert "William Burns" in chosen.text


async def test_what_is_unknown_is_said_so(reader: Harness) -> None:
    seen = await reader.ask("quantum zebra farming")
    assert "Nothing on" in seen.text


@pytest.mark.parametrize("words", HOSTILE)
async def test_whatever_is_typed_nobody_is_pinged_and_nothing_is_refused(reader: Harness, words: str) -> None:
    seen = await reader.ask(words)
    assert seen.text.strip()
    assert reader.pinged() == []
    assert reader.refused() == []


async def test_content_pings_nobody_and_stands_as_written(reader: Harness) -> None:
    seen = await reader.ask("hostile entry")
    assert "@everyone" in seen.text
    assert reader.pinged() == []
    assert reader.refused() == []


async def test_the_longest_entry_arrives_whole_and_within_every_limit(reader: Harness) -> None:
    seen = await reader.ask("longest entry")
    assert "Longest entry" in seen.text
    assert reader.refused() == []
    for label in ("Background", "Sources", "Timeline"):
        pressed = await reader.press(await reader.ask("longest entry"), label)
        assert pressed.text.strip()
    assert reader.refused() == []


async def test_completion_offers_entries_within_the_limit(reader: Harness) -> None:
    offered = await reader.complete("bli")
    assert any("Antony Blinken" in label for label in offered)
    assert len(offered) <= reader.limits.choices
    assert all(len(label) <= reader.limits.choice_label for label in await reader.complete("lo"))


async def test_it_never_answers_itself(reader: Harness) -> None:
    await reader.ask("blinken")
    assert await reader.echo() == 0


@pytest.mark.parametrize("name", PLATFORMS)
async def test_a_handler_that_raises_is_told_in_words_with_a_reference(name: str) -> None:
    async with harness_of(name)(Failing()) as reader:
        seen = await reader.ask("blinken")
        assert "Something went wrong" in seen.text
        assert "Reference" in seen.text
        assert "kaboom" not in seen.text
        assert reader.refused() == []
