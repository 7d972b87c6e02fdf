"""The desk over the database: orders kept, editions previewed and sent, and how they stand told part by part."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time

import pytest

from bot.contract import SendError, Target
from bot.digests import schedule
from bot.digests.bureau import Bureau
from bot.digests.desk import PartState
from bot.digests.ledger import Ledger
from bot.digests.model import Schedule, Wants
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.records import Claimed, Refuse, SentResult, Uncertain
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from tests.digests.daily import Hands
from tests.digests.editions import files, made
from tests.digests.postbox import Postbox

PLACE = Target("slack", "T1", "C1")
SEVEN = Schedule(time(7), "Asia/Shanghai")


class Office:
    """A bureau, and the hands to carry out what it orders."""

    def __init__(self, database: Database, clock: Hands) -> None:
        self.clock, self.box, self.changes = clock, Postbox(), 0
        self.library = made(files("Qin Gang", "Wang Yi"))
        planner = Planner(Planning(database, schedule), lambda: self.library, {"slack": self.box})
        self.ledger = Ledger(database, {})
        self.desk = Bureau(
            database,
            Subscriptions(database, schedule),
            planner,
            self.ledger,
            library=lambda: self.library,
            carriers={"slack": self.box},
            changed=self.change,
        )

    def change(self) -> None:
        self.changes += 1

    async def order(self) -> int:
        return (await self.desk.subscribe(PLACE, "U1", SEVEN, Wants(), Audience.PUBLIC)).id

    async def claim(self) -> Claimed:
        (claimed,) = (await self.ledger.claim(("slack",), 10, 30, 5)).taken
        return claimed


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    clock = Hands(datetime(2026, 11, 26, 7, 30, tzinfo=UTC))
    database = await Database.open(database_url, clock)
    yield Office(database, clock)
    await database.close()


async def test_an_order_is_kept_changed_paused_and_ended(office: Office) -> None:
    assert await office.desk.subscriptions(PLACE) == ()
    number = await office.order()
    (kept,) = await office.desk.subscriptions(PLACE)
    assert (kept.id, kept.owner, kept.schedule) == (number, "U1", SEVEN)
    changed = await office.desk.subscribe(PLACE, "U2", SEVEN, Wants(topics=("taiwan",)), Audience.PUBLIC)
    assert (changed.id, changed.wants.topics) == (number, ("taiwan",))
    paused = await office.desk.pause(number)
    assert paused is not None
    assert paused.state == "paused"
    resumed = await office.desk.resume(number)
    assert resumed is not None
    assert resumed.state == "active"
    assert office.changes == 3
    assert await office.desk.remove(number) is not None
    assert await office.desk.remove(number) is None
    assert await office.desk.subscriptions(PLACE) == ()


async def test_a_place_that_takes_no_editions_is_told_so_before(office: Office) -> None:
    await office.desk.check(PLACE)
    office.box.reachable = False
    with pytest.raises(SendError, match="not_in_channel"):
        await office.desk.check(PLACE)
    with pytest.raises(SendError, match="no_carrier"):
        await office.desk.check(Target("terminal", "", "tty"))


async def test_a_preview_is_what_the_channel_would_get_and_keeps_nothing(office: Office) -> None:
    first = await office.desk.preview(PLACE, Wants(), Audience.PUBLIC)
    assert "first digest" in str(first.reply.blocks)
    await office.order()
    edition = await office.desk.preview(PLACE, Wants(), Audience.PUBLIC)
    assert "first digest" in str(edition.reply.blocks)
    await office.desk.post_now((await office.desk.subscriptions(PLACE))[0].id)
    later = await office.desk.preview(PLACE, Wants(), Audience.PUBLIC)
    assert not later.posts  # it has seen everything by then


async def test_a_preview_shows_no_more_than_who_looks_may_see(office: Office) -> None:
    office.library = made({**files("Qin Gang"), **files("Inner Matter", audience="internal")})
    await office.desk.subscribe(PLACE, "U1", SEVEN, Wants(), Audience.INTERNAL)
    inner = await office.desk.preview(PLACE, Wants(), Audience.INTERNAL)
    outer = await office.desk.preview(PLACE, Wants(), Audience.PUBLIC)
    assert "2 briefings" in str(inner.reply.blocks)
    assert "1 briefing." in str(outer.reply.blocks)
    assert "Inner Matter" not in str((outer.reply.blocks, outer.items, outer.left_out))


async def test_an_extra_edition_is_one_however_often_it_is_asked_for_in_a_minute(office: Office) -> None:
    number = await office.order()
    pending = await office.desk.post_now(number)
    assert await office.desk.post_now(number) == pending
    assert pending is not None
    assert pending.extra
    assert pending.slot == "2026-11-26T15:30"  # by the subscription's own clock
    assert [part.state for part in pending.parts] == [PartState.PENDING]
    claimed = await office.claim()
    await office.ledger.flush([SentResult(claimed.id, claimed.lease, await office.box.post(PLACE, claimed.part, None))])
    (sent,) = await office.desk.status(number, 5)
    assert [(part.state, part.link) for part in sent.parts] == [(PartState.SENT, "https://example.org/1")]
    assert await office.desk.post_now(999) is None


async def test_what_is_in_doubt_or_refused_is_told_with_its_reason(office: Office) -> None:
    number = await office.order()
    await office.desk.post_now(number)
    claimed = await office.claim()
    await office.ledger.flush([Uncertain(claimed.id, claimed.lease, 5)])
    (edition,) = await office.desk.status(number, 5)
    assert edition.parts[0].state is PartState.PENDING
    assert "look before" in edition.parts[0].reason
    office.clock.on(seconds=10)
    claimed = await office.claim()
    await office.ledger.flush([Refuse(claimed.id, claimed.lease, "The channel is archived.")])
    (edition,) = await office.desk.status(number, 5)
    assert (edition.parts[0].state, edition.parts[0].reason) == (PartState.FAILED, "The channel is archived.")
    (kept,) = await office.desk.subscriptions(PLACE)
    assert kept.paused_reason == "The channel is archived."
