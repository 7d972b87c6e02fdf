"""A desk that keeps everything in memory, and the promises of `bot.digests.desk`, for tests of the command."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.contract import SendError, Target
from bot.digests.desk import EditionStatus, PartState, PartStatus
from bot.digests.model import Schedule, State, Subscription, Wants
from bot.digests.schedule import preset
from bot.library.vocabulary import Audience
from bot.reply import Outcome, Paragraph, Reply, Visibility, text


@dataclass(frozen=True)
class Line:
    """An entry that is told, or is not, and why."""

    title: str
    reason: str


@dataclass(frozen=True, eq=False)
class MemoryEdition:
    """What would be posted."""

    reply: Reply
    posts: bool
    items: Sequence[Line]
    left_out: Sequence[Line]


def edition(*items: Line, left_out: Sequence[Line] = ()) -> MemoryEdition:
    """Return an edition that tells of `items`; one of none is not posted."""
    words = "; ".join(item.title for item in items)
    reply = Reply((Paragraph(text(words)),), words, Outcome.LIST, visibility=Visibility.PUBLIC)
    return MemoryEdition(reply, bool(items), items, left_out)


@dataclass
class MemoryDesk:
    """Subscriptions by place, editions by subscription, and whatever a place refuses with."""

    now: datetime
    kept: dict[Target, Subscription] = field(default_factory=dict)
    editions: dict[int, list[EditionStatus]] = field(default_factory=dict)
    refusals: dict[Target, SendError] = field(default_factory=dict)
    edition: MemoryEdition = field(default_factory=edition)
    previewed: list[tuple[Target, Wants, Audience]] = field(default_factory=list)
    checked: list[Target] = field(default_factory=list)

    async def check(self, target: Target) -> None:
        self.checked.append(target)
        if target in self.refusals:
            raise self.refusals[target]

    async def subscribe(
        self, target: Target, owner: str, schedule: Schedule, wants: Wants, audience: Audience
    ) -> Subscription:
        old = self.kept.get(target)
        made = Subscription(
            id=old.id if old else len(self.kept) + 1,
            target=target,
            owner=owner,
            schedule=schedule,
            wants=wants,
            audience=audience,
            state=State.ACTIVE,
            paused_reason="",
            last_slot=preset(schedule, self.now, old.last_slot if old else ""),
            seen=old.seen if old else "",
            spotlit=old.spotlit if old else (),
            missed=old.missed if old else "",
            created_at=old.created_at if old else datetime(2026, 1, 1, tzinfo=UTC),
        )
        self.kept[target] = made
        return made

    async def subscriptions(self, target: Target) -> tuple[Subscription, ...]:
        found = self.kept.get(target)
        return (found,) if found else ()

    async def pause(self, subscription: int) -> Subscription | None:
        return self._change(subscription, State.PAUSED)

    async def resume(self, subscription: int) -> Subscription | None:
        return self._change(subscription, State.ACTIVE)

    async def remove(self, subscription: int) -> Subscription | None:
        found = self._of(subscription)
        if found:
            del self.kept[found.target]
        return found

    async def preview(self, target: Target, wants: Wants, audience: Audience) -> MemoryEdition:
        self.previewed.append((target, wants, audience))
        return self.edition

    async def post_now(self, subscription: int) -> EditionStatus | None:
        if self._of(subscription) is None:
            return None
        state = PartStatus(PartState.PENDING)
        if not self.edition.posts:
            state = PartStatus(PartState.SKIPPED, reason="there is nothing new.")
        made = EditionStatus("extra-1", self.now, (state,), extra=True)
        self.editions.setdefault(subscription, []).insert(0, made)
        return made

    async def status(self, subscription: int, count: int) -> tuple[EditionStatus, ...]:
        return tuple(self.editions.get(subscription, ())[:count])

    def pause_for(self, target: Target, reason: str) -> None:
        """Pause it as the ledger does when a place refuses."""
        self.kept[target] = replace(self.kept[target], state=State.PAUSED, paused_reason=reason)

    def _of(self, subscription: int) -> Subscription | None:
        return next((each for each in self.kept.values() if each.id == subscription), None)

    def _change(self, subscription: int, state: State) -> Subscription | None:
        found = self._of(subscription)
        if found is None:
            return None
        last = preset(found.schedule, self.now) if state is State.ACTIVE else found.last_slot
        self.kept[found.target] = replace(found, state=state, paused_reason="", last_slot=last)
        return self.kept[found.target]
