"""One bad row stops no other: its subscription is paused, its owner told once, and it can be ordered anew."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import text

from bot.contract import Sent, Target
from bot.digests import schedule
from bot.digests.bureau import Bureau
from bot.digests.ledger import Ledger
from bot.digests.model import Schedule, State, Subscription, Wants
from bot.digests.notices import Notices
from bot.digests.overview import coming
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.records import NoticeKind
from bot.digests.setting_aside import UNPOSTABLE
from bot.digests.subscriptions import Subscriptions
from bot.digests.teller import Teller
from bot.digests.verdict import MISSED, sent
from bot.errors import BriefbotError
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from tests import samples
from tests.digests.daily import Hands
from tests.digests.postbox import Postbox

START = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
SEVEN = Schedule(time(7), "UTC")
ODD = Schedule(time(7), "Asia/Shanghai")
BAD = Target("slack", "T1", "BAD")
DAMAGE = {
    "an unknown zone": "UPDATE schedules SET zone = 'Mars/Phobos' WHERE zone = 'Asia/Shanghai'",
    "a zone that is a folder": "UPDATE schedules SET zone = 'America' WHERE zone = 'Asia/Shanghai'",
    "a zone outside": "UPDATE schedules SET zone = '../../etc/passwd' WHERE zone = 'Asia/Shanghai'",
    "no days": "UPDATE schedules SET weekdays = '' WHERE zone = 'Asia/Shanghai'",
    "days that are none": "UPDATE schedules SET weekdays = '79x' WHERE zone = 'Asia/Shanghai'",
    "a time that is none": "UPDATE schedules SET time = 'soon' WHERE zone = 'Asia/Shanghai'",
    "wants that are no JSON": "UPDATE subscriptions SET wants = '{' WHERE channel = 'BAD'",
    "wants of another version": """UPDATE subscriptions SET wants = '{"moods": []}' WHERE channel = 'BAD'""",
    "an unknown audience": "UPDATE subscriptions SET audience = 'everybody' WHERE channel = 'BAD'",
    "a last slot that is none": "UPDATE subscriptions SET last_slot = 'yesterday' WHERE channel = 'BAD'",
    "a last slot after all years": "UPDATE subscriptions SET last_slot = '9999-12-31T07:00' WHERE channel = 'BAD'",
    "a last slot before all": "UPDATE subscriptions SET last_slot = '0001-01-01T07:00' WHERE channel = 'BAD'",
    "wants of no words": """UPDATE subscriptions SET wants = replace(wants, '[]', '[{}]') WHERE channel = 'BAD'""",
    "a spotlight that is none": "UPDATE subscriptions SET spotlit = 'x' WHERE channel = 'BAD'",
}


@dataclass
class Rig:
    """A database with two sound subscriptions and one to be damaged, and who plans and tells."""

    clock: Hands
    database: Database
    subscriptions: Subscriptions
    planner: Planner
    box: Postbox
    bureau: Bureau

    async def order(self, target: Target, wanted: Schedule) -> Subscription:
        added = await self.subscriptions.add(
            target, owner=f"U-{target.channel}", schedule=wanted, wants=Wants(), audience=Audience.PUBLIC
        )
        return added.subscription

    async def do(self, statement: str) -> None:
        async with self.database.write() as connection:
            await connection.execute(text(statement))

    async def planned(self) -> set[str]:
        async with self.database.read() as connection:
            return set((await connection.execute(text("SELECT channel FROM editions"))).scalars())

    async def states(self) -> dict[str, str]:
        async with self.database.read() as connection:
            rows = (await connection.execute(text("SELECT channel, state FROM editions"))).all()
        return {row.channel: row.state for row in rows}


@pytest.fixture
async def rig(database_url: str) -> AsyncIterator[Rig]:
    clock, box = Hands(START), Postbox()
    database = await Database.open(database_url, clock)
    subscriptions = Subscriptions(database, schedule)
    planner = Planner(Planning(database, schedule), samples.library, {"slack": box})
    bureau = Bureau(
        database,
        subscriptions,
        planner,
        Ledger(database, {}),
        library=samples.library,
        carriers={"slack": box},
        changed=lambda: None,
    )
    made = Rig(clock, database, subscriptions, planner, box, bureau)
    await made.order(Target("slack", "T1", "ONE"), SEVEN)
    await made.order(BAD, ODD)
    await made.order(Target("slack", "T1", "TWO"), SEVEN)
    yield made
    await database.close()


@pytest.mark.parametrize("damage", DAMAGE)
async def test_the_others_get_their_editions_and_the_owner_hears_once(rig: Rig, damage: str) -> None:
    await rig.do(DAMAGE[damage])
    for _ in range(3):
        rig.clock.on(days=1)
        await rig.planner.plan()
    assert await rig.planned() == {"ONE", "TWO"}
    kept = {each.target.channel: each for each in await rig.subscriptions.everywhere()}
    assert {name for name, each in kept.items() if each.state is State.PAUSED} == {"BAD"}
    assert "/digest subscribe orders it anew." in kept["BAD"].paused_reason
    notices = Notices(rig.database)
    await Teller(notices, {"slack": rig.box}).tell()
    ((owner, words),) = rig.box.told
    assert owner == "U-BAD"
    assert "cannot make out any more what was ordered" in words
    assert await notices.claim(("slack",)) == ()


@pytest.mark.parametrize("damage", DAMAGE)
async def test_it_can_be_looked_at_ordered_anew_and_ended(rig: Rig, database_url: str, damage: str) -> None:
    await rig.do(DAMAGE[damage])
    rig.clock.on(days=1)
    await rig.planner.plan()
    (kept,) = await rig.bureau.subscriptions(BAD)
    await rig.bureau.status(kept.id, 5)
    await rig.bureau.preview(BAD, Wants(), Audience.PUBLIC)
    assert any(each.subscription.id == kept.id for each in await coming(database_url))
    anew = await rig.order(BAD, SEVEN)
    assert (anew.id, anew.state, anew.paused_reason) == (kept.id, State.ACTIVE, "")
    rig.clock.on(days=1)
    await rig.planner.plan()
    assert "BAD" in await rig.planned()
    assert (await rig.subscriptions.remove(kept.id)) is not None


UNREADABLE = {
    "bodies that are no JSON": "UPDATE editions SET bodies = 'x' WHERE channel = 'BAD'",
    "no bodies": "UPDATE editions SET bodies = '[]' WHERE channel = 'BAD'",
    "a part that there is not": "UPDATE editions SET part = 9 WHERE channel = 'BAD'",
    "messages that are no JSON": "UPDATE editions SET messages = 'x' WHERE channel = 'BAD'",
    "a first try at no time": "UPDATE editions SET doubt = 1, first_try = 1000000000000000000 WHERE channel = 'BAD'",
}


@pytest.mark.parametrize("damage", UNREADABLE)
async def test_an_edition_that_cannot_be_read_keeps_no_other_back(rig: Rig, damage: str) -> None:
    rig.clock.on(days=1, hours=1)
    await rig.planner.plan()
    await rig.do(UNREADABLE[damage])
    ledger = Ledger(rig.database, {})
    for _ in range(2):
        claims = await ledger.claim(("slack",), 10, 30.0, 4.0)
        assert (
            await ledger.flush([sent(each, Sent("1", "https://x.example/1")) for each in claims.taken]) == frozenset()
        )
    (kept,) = await rig.bureau.subscriptions(BAD)
    await rig.bureau.status(kept.id, 5)
    assert await rig.states() == {"ONE": "sent", "TWO": "sent", "BAD": "failed"}


async def test_what_such_an_edition_would_have_told_is_told_by_the_next(rig: Rig) -> None:
    rig.clock.on(days=1, hours=1)
    await rig.planner.plan()
    await rig.do("UPDATE editions SET bodies = 'x' WHERE channel = 'BAD'")
    await Ledger(rig.database, {}).claim(("slack",), 10, 30.0, 4.0)
    (kept,) = await rig.bureau.subscriptions(BAD)
    assert (kept.seen, kept.missed) == ("", MISSED)
    (edition,) = await rig.bureau.status(kept.id, 5)
    assert [part.reason for part in edition.parts] == [UNPOSTABLE]


@pytest.mark.parametrize("body", ["{", "[]", '{"entry": 1}'])
async def test_a_snapshot_that_cannot_be_read_is_as_if_it_was_not_kept(rig: Rig, body: str) -> None:
    rig.clock.on(days=1, hours=1)
    await rig.planner.plan()
    async with rig.database.write() as connection:
        await connection.execute(text("UPDATE editions SET state = 'sent'"))
        await connection.execute(text("UPDATE snapshots SET body = :body"), {"body": body})
    rig.clock.on(days=1)
    restarted = Planner(Planning(rig.database, schedule), samples.library, {"slack": rig.box})
    await restarted.plan()
    async with rig.database.read() as connection:
        planned = (
            await connection.execute(text("SELECT channel FROM editions WHERE slot LIKE '2026-11-28%'"))
        ).scalars()
        assert set(planned) == {"ONE", "BAD", "TWO"}


async def test_going_on_where_the_zone_is_unknown_is_answered_in_words(rig: Rig) -> None:
    await rig.do(DAMAGE["an unknown zone"])
    (kept,) = await rig.bureau.subscriptions(BAD)
    with pytest.raises(BriefbotError, match="time zone Mars/Phobos") as refused:
        await rig.subscriptions.resume(kept.id)
    assert "/digest subscribe" in refused.value.advice


async def test_a_schedule_that_cannot_be_reckoned_with_is_looked_at_now_and_then(rig: Rig) -> None:
    await rig.do(DAMAGE["an unknown zone"])
    rig.clock.on(days=1)
    await rig.planner.plan()
    due = await Planning(rig.database, schedule).next_due()
    assert due is not None
    assert timedelta() < due - rig.clock.now <= timedelta(hours=1)


async def test_a_slot_that_cannot_be_reckoned_at_all_is_told_as_what_it_is(rig: Rig) -> None:
    await rig.do(DAMAGE["a last slot that is none"])
    rig.clock.on(days=1)
    await rig.planner.plan()
    (notice,) = await Notices(rig.database).claim(("slack",))
    assert (notice.kind, notice.reason) == (
        NoticeKind.BROKEN,
        "I cannot reckon when it is due: in the time zone Asia/Shanghai, after yesterday.",
    )
