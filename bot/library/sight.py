"""What one tier of readers sees of a library, made searchable: its texts and its offices, until something lapses."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from threading import Lock

from cachetools import LRUCache

from bot.library.entry import Entry
from bot.library.offices import Offices
from bot.library.passages import Passages
from bot.library.text_index import TextIndex
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Audience

_KEPT = 512
"""Entries whose terms are kept, so that a question need not cut them again."""


@dataclass(frozen=True)
class Sight:
    """The entries that readers of a tier see between two instants, in which no embargo ends and nothing expires."""

    entries: dict[str, Entry]
    texts: TextIndex
    offices: Offices
    since: datetime | None
    until: datetime | None
    _passages: LRUCache[str, Passages] = field(default_factory=lambda: LRUCache(_KEPT))

    @staticmethod
    def of(entries: Iterable[Entry], viewer: Viewer, before: "Sight | None" = None) -> "Sight":
        """Return what `viewer` sees of `entries`; what did not change since `before` is taken over."""
        every = tuple(entries)
        seen = {entry.id: entry for entry in every if visible(entry, viewer)}
        instants = sorted({instant for entry in every for instant in _turns(entry)})
        place = bisect_right(instants, viewer.now)
        since = instants[place - 1] if place else None
        until = instants[place] if place < len(instants) else None
        day = viewer.now.date()
        gone = before.texts.hashes.keys() - seen.keys() if before else set()
        if before is None or gone or before.since != since:
            texts = TextIndex.of(seen.values(), day)
        else:
            known = before.texts.hashes
            changed = [entry for entry in seen.values() if known.get(entry.id) != entry.content_hash]
            texts = before.texts.with_changes(changed, (), day) if changed else before.texts
        return Sight(seen, texts, Offices(seen.values()), since, until)

    def fits(self, viewer: Viewer) -> bool:
        """Return whether this is what `viewer`, who is of its tier, sees at their instant."""
        return (self.since is None or self.since <= viewer.now) and (self.until is None or viewer.now < self.until)

    def passages(self, entry: Entry, viewer: Viewer) -> Passages:
        """Return the terms of `entry`."""
        found: Passages | None = self._passages.get(entry.id)
        if found is None:
            found = self._passages[entry.id] = Passages.of(entry, viewer.now.date())
        return found


def _turns(entry: Entry) -> list[datetime]:
    """Return the instants at which it changes what readers see of `entry`."""
    found = [entry.publish_at] if entry.publish_at else []
    if entry.expires:
        found.append(datetime.combine(entry.expires + timedelta(days=1), time(), UTC))
    return found


class Sights:
    """What each tier of readers sees, made when it is first asked for, or before by `prepare`."""

    def __init__(self, entries: Iterable[Entry], before: "Sights | None" = None) -> None:
        """Make nothing yet; what did not change since `before` will be taken over from it."""
        self._entries = tuple(entries)
        self._sights: dict[Audience, Sight] = {}
        self._before = dict(before.current()) if before else {}
        self._lock = Lock()

    def of(self, viewer: Viewer) -> Sight:
        """Return what `viewer` sees; the first time, and when something lapses, it is made."""
        sight = self._sights.get(viewer.audience)
        if sight is not None and sight.fits(viewer):
            return sight
        with self._lock:
            sight = self._sights.get(viewer.audience)
            if sight is None or not sight.fits(viewer):
                before = self._before.pop(viewer.audience, None)
                sight = self._sights[viewer.audience] = Sight.of(self._entries, viewer, before)
        return sight

    def ready(self, viewer: Viewer) -> bool:
        """Return whether what `viewer` sees is made, so that asking for it takes no time."""
        sight = self._sights.get(viewer.audience)
        return sight is not None and sight.fits(viewer)

    def current(self) -> dict[Audience, Sight]:
        """Return what was made, by tier."""
        return self._sights
