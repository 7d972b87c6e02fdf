"""A year by an injected clock over a real database: 500 subscriptions in 40 zones, planned, claimed, posted, recorded.

Every slot of the year is to have one edition, and every edition that is posted to arrive once. Two replicas take turns;
what is old is cleared away as the bot does it.
"""

import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.contract import Pace, Part, Sent, Target
from bot.digests import schedule
from bot.digests.history import History
from bot.digests.ledger import Ledger
from bot.digests.model import OnEmpty, Schedule, Wants
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.records import SentResult
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from bot.storage.tables import editions
from tests import samples
from tests.digests.daily import Hands
from tests.digests.postbox import Postbox
from tests.digests.test_year import HOURS, WEEKS, ZONES, expected

START = datetime(2026, 1, 1, 0, 10, tzinfo=UTC)
REPLICAS = 2
STEPS = (30, 60, 90)
"""Minutes between two looks."""
TIDY = timedelta(days=30)
LEASE, SETTLE, AT_ONCE = 30.0, 5.0, 1_000


class Letters(Postbox):
    """A platform that counts what arrives and keeps no word of it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.arrived: Counter[str] = Counter()

    async def post(self, target: Target, part: Part, first_try: datetime | None) -> Sent:
        """Count it."""
        del target, first_try
        self.arrived[part.key] += 1
        return Sent(part.key)


@dataclass(frozen=True, slots=True)
class Year:
    """What a year came to; all but the slots and the letters are to be nought."""

    slots: int
    """Editions that there are."""
    lost: int
    """Slots without an edition, and editions to be sent that did not arrive."""
    twice: int
    """Slots with more than one, or that are none, and messages that arrived again."""
    reordered: int
    """Editions that were made before one of an earlier slot."""
    letters: int
    """Messages that arrived; a day without news has none where none was asked for."""
    seconds: float

    @property
    def clean(self) -> bool:
        """Whether every slot had its edition once, in order."""
        return (self.lost, self.twice, self.reordered) == (0, 0, 0)


async def year(url: str, seed: int, *, count: int = 500, days: int = 365) -> Year:
    """Let `days` go by for `count` subscriptions over the database at `url`, which is empty."""
    began, dice, clock = time.monotonic(), random.Random(seed), Hands(START)  # noqa: S311 - a seed makes it repeatable
    database, letters, library = await Database.open(url, clock), Letters(), samples.library()
    orders = await _subscribe(database, count, dice)
    carriers = {letters.name: letters}
    replicas = [Planner(Planning(database, schedule), lambda: library, carriers) for _ in range(REPLICAS)]
    ledgers = [Ledger(database, {letters.name: Pace({})}) for _ in range(REPLICAS)]
    end, tidied = START + timedelta(days=days), START
    while clock.now < end:
        clock.now = min(end, clock.now + timedelta(minutes=dice.choice(STEPS)))
        if await dice.choice(replicas).plan():
            await _deliver(dice.choice(ledgers), letters)
        if clock.now - tidied >= TIDY:
            await History(database).prune()
            tidied = clock.now
    async with database.read() as connection:
        query = select(editions.c.subscription, editions.c.slot, editions.c.state).order_by(editions.c.id)
        rows = [(row.subscription, row.slot, row.state) for row in await connection.execute(query)]
    await database.close()
    return tally(orders, rows, letters.arrived, end, time.monotonic() - began)


async def _subscribe(database: Database, count: int, dice: random.Random) -> dict[int, Schedule]:
    """Subscribe channels, every second one with a note on days without news; return their schedules by id."""
    kept, found = Subscriptions(database, schedule), dict[int, Schedule]()
    for number in range(count):
        wanted = Schedule(dice.choice(HOURS), ZONES[number % len(ZONES)], dice.choice(WEEKS))
        target = Target("slack", f"T{number % 7}", f"C{number}")
        wants = Wants(on_empty=OnEmpty.NOTE if number % 2 else OnEmpty.SKIP)
        added = await kept.add(target, owner="U1", schedule=wanted, wants=wants, audience=Audience.PUBLIC)
        found[added.subscription.id] = wanted
    return found


async def _deliver(ledger: Ledger, letters: Letters) -> None:
    """Post whatever is waiting."""
    while claimed := (await ledger.claim((letters.name,), AT_ONCE, LEASE, SETTLE)).taken:
        sent = [(each, await letters.post(each.target, each.part, None)) for each in claimed]
        await ledger.flush([SentResult(each.id, each.lease, there) for each, there in sent])


def tally(
    orders: Mapping[int, Schedule],
    rows: Sequence[tuple[int, str, str]],
    arrived: Mapping[str, int],
    end: datetime,
    seconds: float = 0.0,
) -> Year:
    """Return what a year came to; `rows` are subscription, slot and state of editions as they were made."""
    planned: dict[int, list[str]] = {id_: [] for id_ in orders}
    for id_, slot, _ in rows:
        planned[id_].append(slot)
    lost = twice = reordered = 0
    for id_, wanted in orders.items():
        due, got = Counter(expected(wanted, START, end)), Counter(planned[id_])
        lost += (due - got).total()
        twice += (got - due).total()
        reordered += _out_of_order(planned[id_])
    sent = sum(state == "sent" for *_, state in rows)
    open_ones = sum(state not in {"sent", "skipped"} for *_, state in rows)
    letters = sum(arrived.values())
    lost += open_ones + max(0, sent - len(arrived))
    twice += letters - len(arrived)
    return Year(len(rows), lost, twice, reordered, letters, seconds)


def _out_of_order(slots: Iterable[str]) -> int:
    newest, count = "", 0
    for slot in slots:
        count += slot < newest
        newest = max(newest, slot)
    return count
