"""One bad row stops no other: its subscription is paused, its owner told once, and it can be ordered anew."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import text

from bot.contract import Target
from bot.digests import schedule
from bot.digests.bureau import Bureau
from bot.digests.ledger import Ledger
from bot.digests.model import Schedule, State, Subscription, Wants
from bot.digests.notices import Notices
from bot.digests.overview import coming
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.records import NoticeKind
from bot.digests.subscriptions import Subscriptions
from bot.digests.teller import Teller
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
