"""What there is to tell a channel: against what it saw, and of the entries that its editors look after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.digests.changes import changes, expired_changes, new_corrections, summed_up
from bot.digests.edition import Before, Candidate, LeftOut, Section
from bot.digests.lines import headline, since_words
from bot.digests.model import Wants
from bot.digests.revision import Revision
from bot.digests.snapshot import misfit
from bot.library.entry import Correction, Entry
from bot.library.library import Library
from bot.library.visibility import Viewer, expired, within
from bot.reply import RichText, Span
from bot.wording import counted, day_words

REVIEW_AHEAD = timedelta(days=14)
"""How long before its day a review is told of."""
_NO_CHANGE = "changed{since}, but not in what it tells: only sources, other names or dates of checking"


@dataclass
class News:
    """What is new to a channel, by section, and what is not."""

    corrected: list[Candidate] = field(default_factory=list)
    new: list[Candidate] = field(default_factory=list)
    changed: list[Candidate] = field(default_factory=list)
    withdrawn: list[Candidate] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def news(library: Library, viewer: Viewer, entries: Iterable[Entry], before: Before, today: date) -> News:
    """Return what became of `entries` since what the channel saw; of a first edition, that all of it is new."""
    found, since = News(), since_words(before.since, today)
    if before.snapshot is None:
        reason = "there when the digests of this channel began: behind the Browse button"
        found.left_out += (LeftOut(entry.id, entry.title, reason) for entry in entries)
        return found
    seen = before.snapshot.hashes
    for entry in entries:
        had = seen.get(entry.id)
        if had is None:
            found.new.append(_new(entry, viewer, since))
        elif had == entry.content_hash:
            found.left_out.append(LeftOut(entry.id, entry.title, f"unchanged{since}: this channel has seen it"))
        else:
            _compare(found, entry, viewer, _words(before, entry.id, viewer), since=before.since, words=since)
    found.withdrawn += _withdrawn(library, viewer, before, since)
    return found


def unasked(library: Library, viewer: Viewer, wants: Wants) -> Iterator[LeftOut]:
    """Yield the entries that `viewer` may see and `wants` does not ask for, with what they are."""
    for entry in library.browse(viewer):
        reason = misfit(entry, wants)
        if reason:
            yield LeftOut(entry.id, entry.title, reason)


def reviews(entries: Iterable[Entry], today: date) -> list[Candidate]:
    """Return the reviews that are overdue or near, the longest overdue first, with whose they are."""
    due = [(entry.review_by, entry) for entry in entries if entry.review_by]
    near = [(day, entry) for day, entry in due if day <= today + REVIEW_AHEAD]
    near.sort(key=lambda pair: (pair[0], pair[1].title.casefold()))
    return [_review(entry, day, today) for day, entry in near]


def _new(entry: Entry, viewer: Viewer, since: str) -> Candidate:
    return Candidate(
        Section.NEW,
        entry.id,
        entry.title,
        f"new{since}: this channel has not seen it",
        headline(entry.title, entry.bottom_line),
        why=_why(entry, viewer),
    )


def _words(before: Before, entry_id: str, viewer: Viewer) -> Revision | None:
    """Return the version that the channel saw, unless it is not kept, or was for a tier that this is no longer."""
    content_hash = before.snapshot.hashes.get(entry_id) if before.snapshot else None
    document = before.revisions.document(entry_id, content_hash) if content_hash else None
    return document if document is not None and within(document.audience, viewer) else None


def _compare(
    found: News, entry: Entry, viewer: Viewer, then: Revision | None, *, since: date | None, words: str
) -> None:
    """Add what became of `entry` since the version `then`; without its words only that it changed can be told."""
    if expired(entry, viewer):
        corrections: tuple[Correction, ...] = ()
        points = expired_changes(then, entry) if then else ()
    elif then is None:
        corrections = tuple(each for each in entry.corrections if since and each.date >= since)
        points = ()
    else:
        corrections = new_corrections(then, entry)
        points = changes(then, entry, {each.claim for each in corrections if each.claim})
    found.corrected += [_corrected(entry, each, words) for each in corrections]
    if points or then is None:
        found.changed.append(_changed(entry, viewer, points, words))
    elif not corrections:
        found.left_out.append(LeftOut(entry.id, entry.title, _NO_CHANGE.format(since=words)))


def _corrected(entry: Entry, correction: Correction, since: str) -> Candidate:
    return Candidate(
        Section.CORRECTED,
        entry.id,
        entry.title,
        f"corrected{since}: this channel has seen the entry as it was",
        headline(
            entry.title,
            f"corrected on {day_words(correction.date)}. ",
            Span("Was: ", italic=True),
            correction.was,
            Span(" Now: ", italic=True),
            correction.now,
        ),
        why=entry.why_it_matters or "",
    )


def _changed(entry: Entry, viewer: Viewer, points: tuple[RichText, ...], since: str) -> Candidate:
    if points:
        reason, words = f"changed{since}: {summed_up(points)}", summed_up(points)
    else:
        reason = f"changed{since}: what it said before is no longer kept"
        words = "changed; what it said before is no longer kept"
    return Candidate(
        Section.CHANGED,
        entry.id,
        entry.title,
        reason,
        headline(entry.title, f"{words}."),
        why=_why(entry, viewer),
        points=points,
    )


def _why(entry: Entry, viewer: Viewer) -> str:
    """Return why `entry` matters; of one that has expired only the bottom line is told."""
    return "" if expired(entry, viewer) else entry.why_it_matters or ""


def _withdrawn(library: Library, viewer: Viewer, before: Before, since: str) -> Iterator[Candidate]:
    """Yield what the channel saw and may see no longer, in the same words whatever the cause.

    A file that was removed, a draft, an embargo and a higher tier look alike, and only the title is told that the
    channel saw: so nobody learns that there is something they may not read. Where that title is not known, or was for
    a tier that this is no longer, nothing is told. An entry that moved to another file is told as new, and one whose
    file cannot be read at the moment is still there.
    """
    titles = {entry.title for entry in library.browse(viewer)} if before.snapshot else set()
    for entry_id in before.snapshot.hashes if before.snapshot else ():
        if entry_id in library.unread or library.get(entry_id, viewer) is not None:
            continue
        then = _words(before, entry_id, viewer)
        if then is not None and then.title not in titles:
            yield Candidate(
                Section.WITHDRAWN,
                entry_id,
                then.title,
                f"withdrawn{since}: this channel has seen it",
                headline(then.title, "no longer among the briefings."),
                opens=False,
            )


def _review(entry: Entry, day: date, today: date) -> Candidate:
    late = (today - day).days
    if late > 0:
        when = f"was due by {day_words(day)}, {counted(late, 'day')} ago"
    else:
        near = f"in {counted(-late, 'day')}" if late else "today"
        when = f"is due by {day_words(day)}, {near}"
    owner = f" Owner: {entry.owner}." if entry.owner else " It has no owner."
    return Candidate(
        Section.REVIEW, entry.id, entry.title, f"review {when}", headline(entry.title, f"review {when}.{owner}")
    )
