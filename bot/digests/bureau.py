"""The desk over the database: what `/digest` orders is written down, what it asks is read."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.contract import Carrier, Fate, SendError, Target
from bot.digests.composer import Composer
from bot.digests.desk import EditionStatus, PartState, PartStatus
from bot.digests.edition import Edition
from bot.digests.ledger import Ledger
from bot.digests.memory import Memory
from bot.digests.model import Schedule, Subscription, Wants
from bot.digests.planner import Planner, before_of
from bot.digests.records import Progress, Recent
from bot.digests.subscriptions import Subscriptions
from bot.digests.times import local_time
from bot.library.library import Library
from bot.library.visibility import Viewer, narrower
from bot.library.vocabulary import Audience
from bot.storage.database import Database

EXTRA = " extra"
"""What the slot of an edition ends with that was asked for beside the schedule."""
_ENDS = {
    Progress.OPEN: PartState.PENDING,
    Progress.SENT: PartState.SENT,
    Progress.UNKNOWN: PartState.UNKNOWN,
    Progress.FAILED: PartState.FAILED,
    Progress.CANCELLED: PartState.SKIPPED,
    Progress.SKIPPED: PartState.SKIPPED,
}
_AWAY = (
    "I am not connected there at the moment. It is posted once I am; where that takes too long it is given up, and the "
    "next one tells what it would have."
)
_TRIED = "It may have been posted; I look before I try again."


class Bureau:
    """`desk.Desk`, kept in the database. Raises BriefbotError where that is in the way."""

    def __init__(
        self,
        database: Database,
        subscriptions: Subscriptions,
        planner: Planner,
        ledger: Ledger,
        *,
        library: Callable[[], Library],
        carriers: Mapping[str, Carrier],
        changed: Callable[[], None],
    ) -> None:
        """Take what keeps, plans and delivers; `changed` hears of every change, so that nobody sleeps through it."""
        self._database = database
        self._subscriptions = subscriptions
        self._planner = planner
        self._ledger = ledger
        self._library = library
        self._carriers = carriers
        self._changed = changed
        self._composer = Composer()

    async def check(self, target: Target) -> None:
        """Raise SendError where the bot could not post to `target` as things stand."""
        carrier = self._carriers.get(target.platform)
        if carrier is None:
            raise SendError(Fate.REFUSED, "no_carrier", "Digests cannot be posted here.", "Ask in Slack or Discord.")
        await carrier.check(target)

    async def subscribe(
        self, target: Target, owner: str, schedule: Schedule, wants: Wants, audience: Audience
    ) -> Subscription:
        """Subscribe `target`, or change what it has."""
        added = await self._subscriptions.add(target, owner=owner, schedule=schedule, wants=wants, audience=audience)
        self._changed()
        return added.subscription

    async def subscriptions(self, target: Target) -> tuple[Subscription, ...]:
        """Return what `target` is subscribed to."""
        found = await self._subscriptions.of_channel(target)
        return (found,) if found is not None else ()

    async def pause(self, subscription: int) -> Subscription | None:
        """Stop it."""
        return await self._subscriptions.pause(subscription)

    async def resume(self, subscription: int) -> Subscription | None:
        """Let it go on."""
        found = await self._subscriptions.resume(subscription)
        self._changed()
        return found

    async def remove(self, subscription: int) -> Subscription | None:
        """End it."""
        return await self._subscriptions.remove(subscription)

    async def preview(self, target: Target, wants: Wants, audience: Audience) -> Edition:
        """Return what `target` would be sent now, against what it has seen; nothing is kept of it."""
        library, memory = self._library(), Memory()
        async with self._database.read() as connection:
            now = _instant(await self._database.now(connection))
            kept = await self._subscriptions.of_channel(target)
            audience = narrower(audience, kept.audience) if kept else audience
            viewer = Viewer(audience, now)
            if kept is not None:
                current = self._composer.snapshot(library, viewer, wants)
                await memory.recall(connection, [kept.seen], [current])
        today = local_time(now, kept.schedule.zone).date() if kept else now.date()
        before = before_of(kept, memory, kept.missed) if kept else before_of(None, memory, "")
        return self._composer.compose(library, viewer, wants, before, today)

    async def post_now(self, subscription: int) -> EditionStatus | None:
        """Have an extra edition sent; asked for twice within a minute, there is one."""
        kept = await self._subscriptions.get(subscription)
        if kept is None:
            return None
        async with self._database.read() as connection:
            now = local_time(_instant(await self._database.now(connection)), kept.schedule.zone)
        slot = f"{now:%Y-%m-%dT%H:%M}{EXTRA}"
        if not await self._planner.plan_now(subscription, slot):
            return None
        self._changed()
        recent = await self._ledger.status(subscription, 5)
        return next((edition_status(each) for each in recent if each.slot == slot), None)

    async def status(self, subscription: int, count: int) -> tuple[EditionStatus, ...]:
        """Return its newest editions."""
        recent = await self._ledger.status(subscription, count)
        kept = await self._subscriptions.get(subscription)
        carrier = self._carriers.get(kept.target.platform) if kept is not None else None
        away = carrier is not None and not carrier.ready
        return tuple(edition_status(each, away=away) for each in recent)


def edition_status(recent: Recent, *, away: bool = False) -> EditionStatus:
    """Return how an edition stands, part by part: those that are posted, and one for whatever comes after them.

    `away`: its platform cannot be reached at the moment.
    """
    parts = [PartStatus(PartState.SENT, each.link) for each in recent.sent]
    rest = max(recent.of, 1) - len(parts)
    state = _ENDS[recent.progress]
    if rest > 0 and recent.progress is not Progress.SENT:
        waits = _AWAY if away and state is PartState.PENDING else ""
        reason = recent.reason or (_TRIED if recent.in_doubt else waits)
        parts += [PartStatus(state, reason=reason), *[PartStatus(_later(state))] * (rest - 1)]
    return EditionStatus(recent.slot.removesuffix(EXTRA), recent.created_at, tuple(parts), recent.slot.endswith(EXTRA))


def _later(state: PartState) -> PartState:
    """Return what became of the parts behind one that ended so: they are not sent without it."""
    return state if state is PartState.PENDING else PartState.SKIPPED


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
