"""Due subscriptions become editions: composed, drawn and frozen in the transaction that takes their slot."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.contract import Carrier
from bot.digests.composer import Composer
from bot.digests.drawer import Drawer
from bot.digests.edition import Before, Edition
from bot.digests.memory import Memory
from bot.digests.model import Subscription
from bot.digests.planning import Batch, Planning
from bot.digests.records import Planned
from bot.digests.schedule import Due, Slot, due
from bot.errors import report
from bot.library.library import Library
from bot.library.visibility import Viewer, narrower
from bot.library.vocabulary import Audience
from bot.wording import counted, day_words

PATIENCE = timedelta(hours=12)
"""How late an edition may still be sent."""
NOTHING_NEW = "There was nothing new."


@dataclass(frozen=True, slots=True)
class Slotted:
    """A subscription and the slot that is due for it."""

    subscription: Subscription
    due: Due


class Planner:
    """Plans whatever is due, batch by batch; any number of replicas may at the same time."""

    def __init__(
        self,
        planning: Planning,
        library: Callable[[], Library],
        carriers: Mapping[str, Carrier],
        *,
        patience: timedelta = PATIENCE,
        audience: Audience = Audience.RESTRICTED,
    ) -> None:
        """Take what holds the subscriptions, the library (called once a batch), and who draws by platform.

        `audience` is the widest that anybody is told for, whatever a subscription was made with.
        """
        self._planning = planning
        self._library = library
        self._patience = patience
        self._audience = audience
        self._composer = Composer()
        self._memory = Memory()
        self._drawer = Drawer(carriers)

    async def plan(self, *, in_doubt: bool = False) -> int:
        """Plan all that is due now; return how many editions there are to send. Raises what the database raises.

        `in_doubt`: what is planned may have been posted before, by a bot that this database knows nothing of.
        """
        sent, more = 0, True
        while more:
            library = self._library()
            async with self._planning.take(patience=self._patience, in_doubt=in_doubt) as batch:
                more = batch is not None
                planned = await self._due(batch, library) if batch is not None else []
            if planned:
                self._memory.kept(library)
            sent += sum(not each.skipped for each in planned)
        return sent

    async def plan_now(self, subscription: int, slot: str) -> bool:
        """Plan an edition beside the schedule, called `slot`, which begins with its day; False for no subscription."""
        library = self._library()
        async with self._planning.extra(subscription) as batch:  # noqa: S610 - not Django's
            await self._recall(batch, library, batch.subscriptions)
            planned = [self._extra(each, slot, batch, library) for each in batch.subscriptions]
            await self._store(batch, library, planned)
        return bool(planned)

    async def _due(self, batch: Batch, library: Library) -> list[Planned]:
        """Plan a batch in its own transaction."""
        if not library.entries_by_id:  # it would tell that everything was withdrawn
            for each in batch.subscriptions:
                batch.postpone(each.id)
            return []
        slotted = [
            Slotted(each, found)
            for each in batch.subscriptions
            if self._drawer.knows(each.target.platform) and (found := due(each.schedule, each.last_slot, batch.now))
        ]
        await self._recall(batch, library, [each.subscription for each in slotted])
        tried = [self._one(each, batch, library) for each in slotted]
        planned = [each for each in tried if each is not None]
        await self._store(batch, library, planned)
        return planned

    async def _recall(self, batch: Batch, library: Library, subscriptions: Sequence[Subscription]) -> None:
        now = [self._composer.snapshot(library, self._viewer(each, batch), each.wants) for each in subscriptions]
        await self._memory.recall(batch.connection, [each.seen for each in subscriptions], now)

    async def _store(self, batch: Batch, library: Library, planned: Sequence[Planned]) -> None:
        if planned:
            await batch.keep(self._memory.snapshots(), self._memory.revisions(library))
            await batch.store(planned)

    def _one(self, slotted: Slotted, batch: Batch, library: Library) -> Planned | None:
        """Return the edition of one subscription; what goes wrong with it delays no other."""
        subscription, slot = slotted.subscription, slotted.due.slot
        if batch.now - slot.at > self._patience:
            return _too_late(subscription, slot, library)
        missed = " ".join(filter(None, (subscription.missed, _skipped(slotted.due))))
        try:
            edition = self._compose(subscription, batch, library, missed, _day(slot.key))
            return self._planned(subscription, slot.key, edition, library, missed)
        except Exception as error:  # noqa: BLE001 - one subscription that cannot be planned is not to hold up the rest
            report(error, action="digest.plan", subscription=subscription.id)
            batch.postpone(subscription.id)
            return None

    def _extra(self, subscription: Subscription, slot: str, batch: Batch, library: Library) -> Planned:
        """Return an edition that was asked for: it is sent whether or not it has news."""
        edition = self._compose(subscription, batch, library, subscription.missed, _day(slot))
        return self._planned(subscription, slot, replace(edition, posts=True), library, subscription.missed)

    def _compose(self, subscription: Subscription, batch: Batch, library: Library, missed: str, today: date) -> Edition:
        before = before_of(subscription, self._memory, missed)
        viewer = self._viewer(subscription, batch)
        edition = self._composer.compose(library, viewer, subscription.wants, before, today)
        self._memory.saw(edition.snapshot)
        return edition

    def _viewer(self, subscription: Subscription, batch: Batch) -> Viewer:
        return Viewer(narrower(subscription.audience, self._audience), batch.now)

    def _planned(
        self, subscription: Subscription, slot: str, edition: Edition, library: Library, missed: str
    ) -> Planned:
        posts = edition.posts
        return Planned(
            subscription=subscription.id,
            slot=slot,
            bodies=self._drawer.draw(subscription.target.platform, edition.reply) if posts else (),
            snapshot=edition.snapshot.key,
            spotlit=edition.spotlit if posts and edition.spotlight else subscription.spotlit,
            missed="" if posts else missed,
            items=contents(edition),
            revision=library.revision,
            audience=narrower(subscription.audience, self._audience),
            skipped="" if posts else NOTHING_NEW,
        )


def before_of(subscription: Subscription | None, memory: Memory, missed: str) -> Before:
    """Return what `subscription` has had (None: there is none yet); `missed` is what is to be said of skipped slots."""
    if subscription is None:
        return Before(None, memory)
    seen = memory.snapshot(subscription.seen)
    return Before(
        snapshot=seen,
        revisions=memory,
        spotlit=subscription.spotlit,
        missed=missed,
        since=_day(subscription.last_slot) if seen is not None else None,
        seed=str(subscription.id),
    )


def contents(edition: Edition) -> str:
    """Return what is in `edition` and what is not, with the reasons, as JSON."""
    told = {
        "items": [[each.section, each.entry_id, each.reason] for each in edition.items],
        "left_out": [[each.entry_id, each.reason] for each in edition.left_out],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _too_late(subscription: Subscription, slot: Slot, library: Library) -> Planned:
    """Return an edition that is not sent, which the next one tells of; the channel has seen what it had seen."""
    return Planned(
        subscription=subscription.id,
        slot=slot.key,
        bodies=(),
        snapshot=subscription.seen,
        spotlit=subscription.spotlit,
        missed=subscription.missed or f"The edition of {day_words(_day(slot.key))} was skipped: the bot was away.",
        revision=library.revision,
        skipped="The bot was away when it was due, and came back too late for it.",
    )


def _skipped(found: Due) -> str:
    """Return what to say of older slots that are not sent any more; empty for none."""
    if not found.skipped:
        return ""
    were = "was" if found.skipped == 1 else "were"
    return (
        f"{counted(found.skipped, 'edition')} since {day_words(_day(found.oldest))} {were} skipped: the bot was away. "
        "What they would have told is in this one."
    )


def _day(slot: str) -> date:
    return date.fromisoformat(slot[:10])
