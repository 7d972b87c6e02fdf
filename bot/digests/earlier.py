"""What a channel would have seen on an earlier day, as far as the files tell: for previews without a database.

Files keep no history, but date what they tell. So what is dated later is taken away, a forecast is not settled yet, a
correction not made. What has no date is taken to have been there all along.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.digests.compose import compose
from bot.digests.edition import Before, Edition, Kept
from bot.digests.model import Wants
from bot.digests.revision import ClaimThen, Revision, lines_of, revision
from bot.digests.snapshot import Snapshot, asked_for
from bot.library.entry import Claim, Entry
from bot.library.known import first_known, known_since, last_change, settled_by
from bot.library.library import Library
from bot.library.visibility import Viewer

YEARS = range(1949, 2200)
"""Years of which editions can be previewed."""
_RECENT = 10
"""Entries that changed since the day that previews begin with."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """A subscription that there need not be: what it asks for, and the day whose edition is wanted.

    `seen` is the day on which its channel last saw the library; None for a channel whose digests begin.
    """

    wants: Wants
    seen: date | None
    day: date

    def edition(self, library: Library, viewer: Viewer) -> Edition:
        """Return its edition. A day to come ends no embargo: the edition has what `viewer` may see now."""
        past = datetime.combine(self.day, viewer.now.timetz())
        then = replace(viewer, now=min(viewer.now, past))
        before = never_seen() if self.seen is None else seen_on(library, then, self.wants, self.seen)
        return compose(library, then, self.wants, before, self.day)


def calendar_day(words: str) -> date:
    """Return the day that ``2026-11-26`` writes; raises ValueError for none, and for one too far away to compose."""
    day = date.fromisoformat(words)
    if day.year not in YEARS:
        raise ValueError(f"{day} is too far away")
    return day


def never_seen() -> Before:
    """Return a channel whose digests begin."""
    return Before(None, Kept({}))


def seen_on(library: Library, viewer: Viewer, wants: Wants, day: date) -> Before:
    """Return a channel that last saw `library` on `day`, with what `viewer` may see and `wants` asks for."""
    then = replace(viewer, now=min(viewer.now, datetime.combine(day, time.max, UTC)))
    known = (told for entry in asked_for(library.browse(then), wants) if (told := revision_on(library, entry, day)))
    documents = {(told.entry_id, told.content_hash): told for told in known}
    return Before(Snapshot.of(dict(documents.keys())), Kept(documents), since=day)


def revision_on(library: Library, entry: Entry, day: date) -> Revision | None:
    """Return what `entry` told on `day`; None where there was nothing to tell yet."""
    first, now = first_known(entry), revision(entry)
    if (first or entry.as_of) > day:
        return None
    corrections = tuple(each for each in now.corrections if date.fromisoformat(each[0]) <= day)
    told = replace(
        now,
        bottom_line=_bottom_line(entry, day),
        claims={claim.id: _claim(library, entry, claim, day) for claim in entry.claims if not _later(claim, day)},
        sayings=tuple(line for when, line in lines_of(entry) if when is None or when.last <= day),
        corrections=corrections,
    )
    return now if told == now else replace(told, content_hash=f"as-of-{day}")


def recent(library: Library, viewer: Viewer) -> date:
    """Return the day before the latest changes, since which an edition has something to tell; today for no entry."""
    changes = sorted((last_change(entry) for entry in library.browse(viewer)), reverse=True)
    past = [day for day in changes if day <= viewer.now.date()]
    latest = past[:_RECENT][-1] if past else viewer.now.date()
    return date.fromordinal(max(latest.toordinal() - 1, 1))


def _later(claim: Claim, day: date) -> bool:
    since = known_since(claim) if claim.forecast is None else claim.known_from
    return since is not None and since > day


def _bottom_line(entry: Entry, day: date) -> str:
    """Return the bottom line of that day; today's where none was kept for it."""
    held = [each for each in entry.former_bottom_lines if each.valid_from <= day]
    held = [each for each in held if each.valid_until is None or day <= each.valid_until]
    return max(held, key=lambda each: each.valid_from).text if held and day < last_change(entry) else entry.bottom_line


def _claim(library: Library, entry: Entry, claim: Claim, day: date) -> ClaimThen:
    told = revision(entry).claims[claim.id]
    mended = [each for each in entry.corrections if each.claim == claim.id and each.date > day]
    if mended:
        told = replace(told, text=min(mended, key=lambda each: each.date).was)
    if claim.forecast and not settled_by(claim.forecast, day):
        told = replace(told, outcome="pending", result="" if told.outcome != "pending" else told.result)
    newer = library.claim(entry, claim.superseded_by) if claim.superseded_by else None
    return replace(told, superseded_by="") if newer is not None and _later(newer, day) else told
