"""The editions of many subscriptions: what several of them share is composed once.

A hundred thousand channels have few distinct filters and have mostly seen the same; they differ in who stands in the
spotlight. So the draft is kept by what it depends on, and the edition by the draft and the entry in the spotlight.
"""

from bisect import bisect_right
from dataclasses import replace
from datetime import date, datetime

from cachetools import LRUCache

from bot.digests.compose import Draft, draft, finish, had
from bot.digests.edition import Before, Edition
from bot.digests.model import Wants
from bot.digests.snapshot import Snapshot, snapshot
from bot.digests.spotlight import choose, lane, order
from bot.library.library import Library
from bot.library.visibility import Viewer

_KEPT = 512


class Composer:
    """`compose`, with a memory. For one thread, and for one place where earlier versions are kept."""

    def __init__(self, kept: int = _KEPT) -> None:
        """Keep at most `kept` drafts, orders, snapshots and editions each."""
        self._drafts: LRUCache[tuple[object, ...], Draft] = LRUCache(kept)
        self._editions: LRUCache[tuple[object, ...], Edition] = LRUCache(kept)
        self._orders: LRUCache[tuple[object, ...], tuple[str, ...]] = LRUCache(kept)
        self._snapshots: LRUCache[tuple[object, ...], Snapshot] = LRUCache(kept)
        self._embargoes: tuple[Library | None, list[datetime]] = (None, [])

    def compose(self, library: Library, viewer: Viewer, wants: Wants, before: Before, today: date) -> Edition:
        """Return what `compose.compose` returns; the reply is the same object for channels that get the same."""
        seen = before.snapshot.key if before.snapshot else None
        key = (*self._sight(library, viewer), wants, seen, before.missed, before.since, today)
        drawn_up = self._drafts.get(key)
        if drawn_up is None:
            drawn_up = self._drafts[key] = draft(library, viewer, wants, before, today)
        ordered = self._order(library, drawn_up, viewer.now.date(), lane(before.seed))
        turn = choose(ordered, had(library, before), drawn_up.told)
        found = self._editions.get((key, turn.entry_id))
        if found is None:
            found = self._editions[key, turn.entry_id] = finish(drawn_up, wants, before, today, turn.entry_id)
        return replace(found, spotlit=turn.after(found.spotlight))

    def snapshot(self, library: Library, viewer: Viewer, wants: Wants) -> Snapshot:
        """Return what `snapshot.snapshot` returns."""
        key = (*self._sight(library, viewer), wants)
        found = self._snapshots.get(key)
        if found is None:
            found = self._snapshots[key] = snapshot(library, viewer, wants)
        return found

    def _order(self, library: Library, drawn_up: Draft, day: date, of_lane: int) -> tuple[str, ...]:
        key = (drawn_up.snapshot.key, library.unread, day, of_lane)
        found = self._orders.get(key)
        if found is None:
            found = self._orders[key] = order(drawn_up.for_spotlight, of_lane)
        return found

    def _sight(self, library: Library, viewer: Viewer) -> tuple[object, ...]:
        """Return what decides which entries `viewer` sees, and how much of them: tier, embargoes that ended, day."""
        if self._embargoes[0] is not library:
            entries = library.entries_by_id.values()
            self._embargoes = library, sorted(entry.publish_at for entry in entries if entry.publish_at)
        ended = bisect_right(self._embargoes[1], viewer.now)
        return library.revision, library.unread, viewer.audience, ended, viewer.now.date()
