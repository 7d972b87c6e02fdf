"""Due subscriptions become editions that tell what changed since the one before, also over days of absence."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.contract import Target
from bot.digests import planner as planning_module
from bot.digests import schedule
from bot.digests.ledger import Ledger
from bot.digests.model import OnEmpty, Schedule, Subscription, Wants
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.records import Progress, Recent, SentResult
from bot.digests.subscriptions import Subscriptions
from bot.library.library import Library
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from tests.digests.daily import Hands
from tests.digests.editions import claim, files, made, path
from tests.digests.postbox import Postbox
from tests.library.samples import library_of

START = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
SEVEN = Schedule(time(7), "UTC")


@dataclass
class Desk:
    """A planner with a library that the test changes, and what it planned."""

    clock: Hands
    database: Database
    box: Postbox
    library: Library
    planner: Planner
    subscriptions: Subscriptions
    ledger: Ledger

    async def subscribe(self, channel: str = "C1", **wants: object) -> Subscription:
        added = await self.subscriptions.add(
            Target("slack", "T1", channel),
            owner="U1",
            schedule=SEVEN,
            wants=Wants(**wants),  # type: ignore[arg-type]
            audience=Audience.PUBLIC,
        )
        return added.subscription

    async def next_day(self, days: int = 1) -> int:
        """Go on by days and plan; return how many editions there are to send."""
        self.clock.on(days=days)
        return await self.planner.plan()

    async def deliver(self) -> list[str]:
        """Post all that is waiting; return the words."""
        claims = await self.ledger.claim(("slack",), 100, 30, 5)
        for each in claims.taken:
            sent = await self.box.post(each.target, each.part, None)
            await self.ledger.flush([SentResult(each.id, each.lease, sent)])
        return [each.part.body for each in claims.taken]

    async def newest(self, subscription: Subscription) -> Recent:
        return (await self.ledger.status(subscription.id, 1))[0]


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    clock = Hands(START)
    database, box = await Database.open(database_url, clock), Postbox()
    planning = Planning(database, schedule)
    opened = Desk(
        clock,
        database,
        box,
        made(files("Qin Gang", "Wang Yi")),
        Planner(planning, lambda: opened.library, {"slack": box}),
        Subscriptions(database, schedule),
        Ledger(database, {}),
    )
    yield opened
    await database.close()


def changed(**fields: object) -> Mapping[str, str]:
    return {**files("Wang Yi"), **files("Qin Gang", **fields)}


async def test_an_edition_tells_what_changed_since_the_one_before(desk: Desk) -> None:
    await desk.subscribe()
    assert await desk.next_day() == 1
    (first,) = await desk.deliver()
    assert "first digest in this channel" in first
    desk.library = made(changed(claims=[claim("one", "Qin Gang was removed in July 2023.")]))
    assert await desk.next_day() == 1
    (second,) = await desk.deliver()
    assert "Changed" in second
    assert "was removed in July 2023" in second
    assert "Wang Yi" not in second.partition("Spotlight")[0]


async def test_a_planner_that_has_just_started_knows_the_words_of_before(desk: Desk) -> None:
    """What a channel saw is in the database, words and all: nothing of it is in the process."""
    await desk.subscribe()
    await desk.next_day()
    await desk.deliver()
    desk.library = made(changed(bottom_line="Qin Gang served briefly."))
    desk.planner = Planner(Planning(desk.database, schedule), lambda: desk.library, {"slack": desk.box})
    await desk.next_day()
    (edition,) = await desk.deliver()
    assert "Qin Gang served briefly." in edition


async def test_without_news_nothing_is_sent_or_a_line_as_was_asked_for(desk: Desk) -> None:
    quiet, noted = await desk.subscribe("C1"), await desk.subscribe("C2", on_empty=OnEmpty.NOTE)
    await desk.next_day()
    await desk.deliver()
    assert await desk.next_day() == 1
    (line,) = await desk.deliver()
    assert "Nothing new" in line
    assert (await desk.newest(quiet)).progress is Progress.SKIPPED
    assert (await desk.newest(noted)).progress is Progress.SENT


async def test_three_days_of_absence_are_one_edition_that_says_so(desk: Desk) -> None:
    await desk.subscribe(on_empty=OnEmpty.NOTE)
    await desk.next_day()
    await desk.deliver()
    assert await desk.next_day(days=3) == 1
    (edition,) = await desk.deliver()
    assert "2 editions since 28 November 2026 were skipped" in edition
    assert await desk.planner.plan() == 0


async def test_what_is_too_late_is_skipped_and_the_next_one_says_so(desk: Desk) -> None:
    subscription = await desk.subscribe(on_empty=OnEmpty.NOTE)
    await desk.next_day()
    await desk.deliver()
    desk.clock.on(hours=14)
    assert await desk.next_day() == 0
    newest = await desk.newest(subscription)
    assert newest.progress is Progress.SKIPPED
    assert "too late" in newest.reason
    desk.clock.on(hours=10)
    assert await desk.planner.plan() == 1
    (edition,) = await desk.deliver()
    assert "was skipped: the bot was away" in edition


async def test_an_edition_that_failed_was_not_seen(desk: Desk) -> None:
    """What a channel never got is news to it in the next one."""
    subscription = await desk.subscribe()
    await desk.next_day()
    await desk.deliver()
    desk.library = made(changed(bottom_line="Qin Gang served briefly."))
    await desk.next_day()
    await desk.subscriptions.pause(subscription.id)
    await desk.subscriptions.resume(subscription.id)
    await desk.next_day()
    (edition,) = await desk.deliver()
    assert "Qin Gang served briefly." in edition


async def test_an_empty_library_withdraws_nothing(desk: Desk) -> None:
    await desk.subscribe()
    await desk.next_day()
    await desk.deliver()
    kept, desk.library = desk.library, Library(())
    assert await desk.next_day() == 0
    desk.library = kept
    desk.clock.on(minutes=2)
    await desk.planner.plan()
    assert not any("Withdrawn" in words for words in await desk.deliver())


async def test_a_file_that_cannot_be_read_after_a_start_is_not_withdrawn(desk: Desk, tmp_path: Path) -> None:
    """With no earlier version to serve it is missing, which is not to say that anybody took it away."""
    await desk.subscribe()
    await desk.next_day()
    await desk.deliver()
    whole = files("Qin Gang", "Wang Yi")
    desk.library = library_of(tmp_path, whole | {path("Wang Yi"): "---\ntitle: [\n---\n"})
    assert list(desk.library.entries_by_id) == ["qin-gang"]
    assert await desk.next_day() == 0
    desk.library = made(whole)
    assert await desk.next_day() == 0  # nor is it new


async def test_what_waited_too_long_for_its_platform_is_told_in_the_next_one(desk: Desk) -> None:
    subscription = await desk.subscribe()
    await desk.next_day()
    await desk.deliver()
    desk.library = made(changed(bottom_line="Qin Gang served briefly."))
    assert await desk.next_day() == 1
    assert await desk.next_day() == 1  # nothing of it was posted: its platform is away
    (edition,) = await desk.deliver()
    assert "Qin Gang served briefly." in edition
    newest, waited, _ = await desk.ledger.status(subscription.id, 3)
    assert (newest.progress, waited.progress) == (Progress.SENT, Progress.FAILED)
    assert "given up" in waited.reason


async def test_one_subscription_that_cannot_be_planned_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = await desk.subscribe("C1"), await desk.subscribe("C2")
    plain = planning_module.before_of

    def fails(subscription: Subscription | None, *more: object) -> object:
        if subscription is not None and subscription.id == broken.id:
            raise RuntimeError("kaboom")
        return plain(subscription, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(planning_module, "before_of", fails)
    assert await desk.next_day() == 1
    assert (await desk.newest(whole)).progress is Progress.OPEN
    monkeypatch.undo()
    desk.clock.on(minutes=2)
    assert await desk.planner.plan() == 1


async def test_an_extra_edition_leaves_the_slots_as_they_are(desk: Desk) -> None:
    subscription = await desk.subscribe()
    slot = "2026-11-26T07:30 extra"
    assert await desk.planner.plan_now(subscription.id, slot)
    assert await desk.planner.plan_now(subscription.id, slot)  # pressed twice
    assert len(await desk.deliver()) == 1
    assert await desk.next_day() == 0  # and what it told has been seen: nothing is new
    assert (await desk.newest(subscription)).slot == "2026-11-27T07:00"
    assert not await desk.planner.plan_now(999, slot)


async def test_every_entry_stands_in_the_spotlight_once_before_any_does_twice(desk: Desk) -> None:
    desk.library = made(files("Ada A", "Ben B", "Cyd C", "Dee D"))
    await desk.subscribe(on_empty=OnEmpty.NOTE)
    shown: list[str] = []
    for number in range(9):
        title = f"News {number}"
        desk.library = made({**files("Ada A", "Ben B", "Cyd C", "Dee D"), **files(title)})
        await desk.next_day()
        for words in await desk.deliver():
            stage = words.partition("Spotlight")[2]
            shown += [name for name in ("Ada A", "Ben B", "Cyd C", "Dee D") if name in stage]
    assert sorted(shown[:4]) == ["Ada A", "Ben B", "Cyd C", "Dee D"]


async def test_nobody_is_told_more_than_the_bot_may_show_now(desk: Desk) -> None:
    """A subscription remembers its audience; settings that were narrowed since have the last word."""
    await desk.subscriptions.add(
        Target("slack", "T1", "C1"), owner="U1", schedule=SEVEN, wants=Wants(), audience=Audience.INTERNAL
    )
    await desk.next_day()
    await desk.deliver()
    planning = Planning(desk.database, schedule)
    desk.planner = Planner(planning, lambda: desk.library, {"slack": desk.box}, audience=Audience.PUBLIC)
    more = files("Inner Circle", audience="internal") | files("Xie Feng")
    desk.library = made({**files("Qin Gang", "Wang Yi"), **more})
    await desk.next_day()
    (edition,) = await desk.deliver()
    assert "Xie Feng" in edition
    assert "Inner Circle" not in edition


async def test_platforms_without_a_carrier_are_not_planned_for(desk: Desk) -> None:
    await desk.subscribe()
    planner = Planner(Planning(desk.database, schedule), lambda: desk.library, {"discord": desk.box})
    desk.clock.on(days=1)
    assert await planner.plan() == 0
