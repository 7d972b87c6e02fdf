"""What is told of a digest: to whom, of what place, with which reasons."""

from dataclasses import replace

import pytest
import structlog

from bot.digests.desk import EditionStatus, PartState, PartStatus
from bot.library.vocabulary import Audience
from bot.reply import lines
from tests.commands.digest_rig import HERE, MANAGER, READER, Channel
from tests.commands.memory_desk import Line, MemoryDesk, edition
from tests.samples import NOW


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@pytest.fixture
def channel(desk: MemoryDesk) -> Channel:
    return Channel(desk)


async def test_a_place_hears_of_itself_alone(channel: Channel) -> None:
    await channel.type("subscribe 8 utc topics diplomacy")
    for what in ("list", "status", "now", "pause"):
        shown = await channel.type(what, replace(MANAGER, place="C2"))
        assert "No digest comes here" in shown
        assert "diplomacy" not in shown


async def test_somebody_of_another_workspace_looks_at_the_place_and_not_at_their_own(channel: Channel) -> None:
    await channel.type("subscribe 8 utc")
    visitor = replace(READER, workspace="T2", home="T1")
    assert "08:00" in await channel.type("list", visitor)


async def test_topics_that_a_reader_may_not_know_are_counted_and_not_named(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc topics diplomacy")
    kept = desk.kept[HERE]
    desk.kept[HERE] = replace(kept, wants=replace(kept.wants, topics=("diplomacy", "secret-plans")))
    shown = await channel.type("list")
    assert "diplomacy, 1 more topic" in shown
    assert "secret" not in shown


async def test_a_preview_says_why_each_entry_is_in_or_out(channel: Channel, desk: MemoryDesk) -> None:
    quiet = [Line(f"Quiet {number}", "nothing new since 23 Nov") for number in range(7)]
    desk.edition = edition(Line("Balloon", "a claim was corrected"), left_out=[*quiet, Line("Chips", "no room")])
    await channel.type("subscribe 8 utc topics diplomacy")
    shown = await channel.press("Preview", READER)
    assert "A preview that only you see. The next edition comes Wed 25 Nov 08:00 (UTC)." in shown
    assert "In · Balloon: a claim was corrected" in shown
    assert "Left out · Quiet 0, Quiet 1, Quiet 2, Quiet 3, Quiet 4 and 2 more: nothing new since 23 Nov" in shown
    assert "Left out · Chips: no room" in shown
    assert desk.previewed == [(HERE, desk.kept[HERE].wants, Audience.PUBLIC)]
    assert desk.editions == {}


async def test_a_preview_shows_nobody_more_than_they_may_see(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc", replace(MANAGER, audience=Audience.INTERNAL))
    await channel.type("preview", replace(READER, audience=Audience.RESTRICTED))
    await channel.type("preview", replace(READER, audience=Audience.PUBLIC))
    assert [audience for *_, audience in desk.previewed] == [Audience.INTERNAL, Audience.PUBLIC]


async def test_a_preview_without_news_or_subscription_says_so(channel: Channel) -> None:
    shown = await channel.type("preview")
    assert "No digest comes here yet; this is what one on everything would hold." in shown
    assert "Nothing would be posted now" in shown


async def test_an_extra_edition_is_posted_by_the_desk_and_only_said_to_be_on_its_way(
    channel: Channel, desk: MemoryDesk
) -> None:
    await channel.type("subscribe 8 utc")
    assert "Nothing was posted: there is nothing new." in await channel.type("now")
    desk.edition = edition(Line("Balloon", "new"))
    assert "An extra edition is on its way" in await channel.type("now")
    shown = await channel.press("Status")
    assert "Tue 24 Nov 10:00 (UTC) · extra edition · on its way" in shown


async def test_the_status_tells_each_edition_with_links_and_reasons(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc")
    assert "No edition has been due yet." in await channel.type("status")
    link = "https://example.org/archives/C1/p1"
    sent = PartStatus(PartState.SENT, link)
    desk.editions[1] = [
        EditionStatus("5", NOW, (sent, PartStatus(PartState.PENDING, reason="Slack asks for a pause."))),
        EditionStatus("4", NOW, (sent, sent)),
        EditionStatus("3", NOW, (PartStatus(PartState.UNKNOWN, reason="I cannot look."),)),
        EditionStatus("2", NOW, (PartStatus(PartState.FAILED, "javascript:x", "The channel is archived."),)),
        EditionStatus("1", NOW, (PartStatus(PartState.SKIPPED, reason="nothing new"),)),
    ]
    shown = await channel.type("status")
    assert "part 1 sent · open · part 2 on its way: Slack asks for a pause." in shown
    assert "sent in 2 parts · part 1 · part 2" in shown
    assert "not known whether it arrived: I cannot look." in shown
    assert "failed: The channel is archived." in shown
    assert "not posted: nothing new" in shown
    assert channel.last is not None
    addresses = [span.url for line in lines(channel.last.blocks) for span in line if span.url]
    assert addresses == [link] * 3


async def test_no_answer_is_kept_since_each_is_of_its_moment(channel: Channel, desk: MemoryDesk) -> None:
    assert "No digest comes here yet" in await channel.type("list")
    await channel.type("subscribe 8 utc")
    assert "08:00" in await channel.type("list")
    desk.kept.clear()
    assert "No digest comes here yet" in await channel.type("list")


async def test_changes_are_logged_with_identifiers_alone_and_questions_are_not_logged(channel: Channel) -> None:
    with structlog.testing.capture_logs() as log:
        await channel.type("subscribe 8 utc topics diplomacy")
        await channel.type("list")
        await channel.type("unsubscribe")
    assert [line["action"] for line in log] == ["digest.subscribe", "digest.unsubscribe"]
    assert not any("diplomacy" in str(line) for line in log)
