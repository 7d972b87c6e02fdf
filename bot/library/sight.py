"""What one tier of readers sees of a library, made searchable: its texts and its offices, until something lapses."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.library.entry import Entry
from bot.library.offices import Offices
from bot.library.text_index import TextIndex
from bot.library.visibility import Viewer, visible


@dataclass(frozen=True)
class Sight:
    """The entries that readers of a tier see between two instants, in which no embargo ends and nothing expires."""

    entries: dict[str, Entry]
    texts: TextIndex
    offices: Offices
    since: datetime | None
    until: datetime | None

    @staticmethod
    def of(entries: Iterable[Entry], viewer: Viewer, before: "Sight | None" = None) -> "Sight":
        """Return what `viewer` sees of `entries`; what did not change since `before` is taken over."""
        every = tuple(entries)
        seen = {entry.id: entry for entry in every if visible(entry, viewer)}
        turning = (entry for entry in every if entry.publish_at or entry.expires)
        instants = sorted({instant for entry in turning for instant in _turns(entry)})
        place = bisect_right(instants, viewer.now)
        since = instants[place - 1] if place else None
        until = instants[place] if place < len(instants) else None
        day = viewer.now.date()
        gone = before is not None and any(entry_id not in seen for entry_id in before.texts.hashes)
        if before is None or gone or before.since != since:
            texts = TextIndex.of(seen.values(), day)
        else:
            known = before.texts.hashes
            changed = [entry for entry_id, entry in seen.items() if known.get(entry_id) != entry.content_hash]
            texts = before.texts.with_changes(changed, (), day) if changed else before.texts
        return Sight(seen, texts, Offices(seen.values()), since, until)

    def fits(self, viewer: Viewer) -> bool:
        """Return whether this is what `viewer`, who is of its tier, sees at their instant."""
        return (self.since is None or self.since <= viewer.now) and (self.until is None or viewer.now < self.until)


def _turns(entry: Entry) -> list[datetime]:
    """Return the instants at which it changes what readers see of `entry`."""
    found = [entry.publish_at] if entry.publish_at else []
    if entry.expires:
        found.append(datetime.combine(entry.expires + timedelta(days=1), time(), UTC))
    return found
