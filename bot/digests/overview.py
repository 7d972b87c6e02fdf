"""What the database knows of all channels, for operators: which editions come next, what became of the last ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.contract import Carrier
from bot.digests import schedule
from bot.digests.bureau import edition_status
from bot.digests.desk import EditionStatus
from bot.digests.history import History
from bot.digests.ledger import Ledger
from bot.digests.model import State, Subscription
from bot.digests.planner import PATIENCE, Planner
from bot.digests.planning import Planning
from bot.digests.schedule import Slot
from bot.digests.setting_aside import NO_CALENDAR
from bot.digests.subscriptions import Subscriptions
from bot.library.library import Library
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Coming:
    """A subscription and its next slot; None while it is paused, or where its schedule cannot be reckoned with."""

    subscription: Subscription
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Past:
    """A subscription and what became of its newest editions, the newest first."""

    subscription: Subscription
    editions: tuple[EditionStatus, ...]


async def coming(url: str) -> Sequence[Coming]:
    """Return every subscription with its next slot, the earliest first and the paused last.

    Raises BriefbotError where the database is in the way.
    """
    database = await Database.open(url)
    try:
        kept = await Subscriptions(database, schedule).everywhere()
        async with database.read() as connection:
            now = datetime.fromtimestamp(await database.now(connection) / 1000, UTC)
    finally:
        await database.close()
    found = [Coming(each, _next(each, now)) for each in kept]
    return sorted(found, key=lambda each: (each.slot is None, each.slot.at if each.slot else now, each.subscription.id))


async def past(url: str, subscription: int | None, count: int) -> Sequence[Past]:
    """Return the newest `count` editions of one subscription, or of each.

    Raises BriefbotError where the database is in the way.
    """
    database = await Database.open(url)
    try:
        kept = await Subscriptions(database, schedule).everywhere()
        wanted = [each for each in kept if subscription in {None, each.id}]
        history = History(database)
        return [
            Past(each, tuple(edition_status(one) for one in await history.status(each.id, count))) for each in wanted
        ]
    finally:
        await database.close()


async def restored(
    url: str, library: Library, carriers: Mapping[str, Carrier], *, patience: timedelta = PATIENCE
) -> int:
    """Put in doubt what a restored backup may be wrong about; return how many editions it planned so.

    What is open was perhaps sent since the backup was made, and what is due since then perhaps planned and sent: all of
    it is looked for before it is posted. To be done before the bot starts. Raises BriefbotError where the database is
    in the way.
    """
    database = await Database.open(url)
    try:
        await Ledger(database, {}).distrust()
        planner = Planner(Planning(database, schedule), lambda: library, carriers, patience=patience)
        return await planner.plan(in_doubt=True)
    finally:
        await database.close()


def _next(subscription: Subscription, now: datetime) -> Slot | None:
    if subscription.state is not State.ACTIVE:
        return None
    try:
        return schedule.upcoming(subscription.schedule, now, 1, subscription.last_slot)[0]
    except NO_CALENDAR:
        return None
