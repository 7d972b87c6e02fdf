"""What a look-up is shown from: the entry, who looks, and the day it is asked for; shared by every answer about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.library.entry import Claim, Entry
from bot.library.known import first_known, happened_by, known_since, last_change, told_on
from bot.library.library import Library
from bot.library.visibility import Viewer, expired, review_overdue
from bot.library.when import When
from bot.reply import Action, Callout, Note, Provenance, RichText, Span, Tone, text
from bot.wording import day_words


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry as one reader sees it; `day` is None for the answer of today."""

    library: Library
    entry: Entry
    viewer: Viewer
    day: date | None = None

    @property
    def on(self) -> date:
        """The day the answer is for."""
        return self.day or self.viewer.now.date()

    def action(self, name: str, label: str, *args: str, primary: bool = False) -> Action:
        """Return a button about this entry on this day."""
        return Action(name, label, (self.entry.id, self.day.isoformat() if self.day else "", *args), primary)

    @property
    def is_current(self) -> bool:
        """Whether nothing the entry tells happened after the day asked for: then all of it holds for that day."""
        return self.day is None or self.day >= last_change(self.entry)

    def tells(self, claim: Claim) -> bool:
        """Return whether `claim` belongs in the answer of the day asked for."""
        return self.day is None or told_on(claim, self.day) or (self.is_current and known_since(claim) is None)

    def tells_of(self, when: When | None) -> bool:
        """Return whether something dated `when` belongs in the answer; without a date only while all of it holds."""
        return self.day is None or happened_by(when, self.day) or (self.is_current and when is None)

    def superseded(self, claim: Claim) -> bool:
        """Return whether what took the place of `claim` is told too on the day asked for."""
        if claim.superseded_by is None:
            return False
        newer = self.library.claim(self.entry, claim.superseded_by)
        return self.day is None or (newer is not None and told_on(newer, self.day))

    def others(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return those of `entries` that had something to tell on the day asked for."""
        known = ((entry, first_known(entry)) for entry in entries)
        return tuple(entry for entry, first in known if self.day is None or (first and first <= self.day))

    def named(self, entry: Entry) -> str:
        """Return another entry's title, and in brackets what it was on the day asked for."""
        words = described(self.library, entry, self.viewer, self.day)
        return f"{entry.title} ({words})" if words else entry.title

    def listed(self, entry: Entry) -> RichText:
        """Return another entry as a line of a list, as on the day asked for."""
        return listed(self.library, entry, self.viewer, self.day)

    def bottom_line(self) -> str | None:
        """Return the bottom line that held on the day asked for, or None when none was written for it."""
        if self.is_current or self.day is None:
            return self.entry.bottom_line
        held = (
            line
            for line in self.entry.former_bottom_lines
            if line.valid_from <= self.day and (line.valid_until is None or self.day <= line.valid_until)
        )
        latest = max(held, key=lambda line: line.valid_from, default=None)
        return latest.text if latest else None


def warnings(subject: Subject) -> list[Callout]:
    """Return what must stand above an answer: another day than today, out of date, review overdue, being mended."""
    entry, viewer = subject.entry, subject.viewer
    found: list[tuple[Tone, str, str]] = []
    if subject.day:
        found.append((Tone.INFO, f"As of {day_words(subject.day)}.", " What came later is left out."))
    if expired(entry, viewer) and entry.expires:
        words = " Only the bottom line and the sources are shown."
        found.append((Tone.WARNING, f"Expired on {day_words(entry.expires)}.", words))
    elif review_overdue(entry, viewer) and entry.review_by:
        found.append((Tone.WARNING, f"Review was due by {day_words(entry.review_by)}.", " Check before relying on it."))
    if entry.id in subject.library.stale:
        found.append((Tone.WARNING, "Last good version.", " A newer one has mistakes and is being mended."))
    return [Callout(tone, text(Span(head, bold=True), rest)) for tone, head, rest in found]


def provenance(entry: Entry) -> Provenance:
    """Return where the entry stands in time."""
    return Provenance(entry.as_of, entry.last_checked, entry.reviewer, entry.edition, entry.content_hash)


def described(library: Library, entry: Entry, viewer: Viewer, day: date | None) -> str:
    """Return the description, which is of today; for a past `day` the offices held on it, or nothing."""
    if day is None:
        return entry.description
    held = (each for each in library.roles(entry, viewer, day) if each.certain and each.holder is not None)
    return "; ".join(each.role.office for each in held if each.holder is entry)


def listed(library: Library, entry: Entry, viewer: Viewer, day: date | None) -> RichText:
    """Return an entry as a line of a list: its title, and what it is where that can be said of the day."""
    words = described(library, entry, viewer, day)
    return text(Span(entry.title, bold=True), f" · {words}" if words else "")


def provenance_note(subject: Subject) -> Note:
    """Return the line that ends every answer: as of, checked, reviewed, edition, content hash."""
    entry = subject.entry
    reviewed = f"reviewed by {entry.reviewer}" if entry.reviewer else "not yet reviewed"
    parts = (
        f"As of {day_words(entry.as_of)}" if subject.day is None else f"From the edition of {day_words(entry.as_of)}",
        f"checked {day_words(entry.last_checked)}",
        reviewed,
        f"edition {entry.edition}",
        entry.content_hash,
    )
    return Note(text(" · ".join(parts)))
