"""What a look-up is shown from: the entry, who looks, and the day it is asked for; shared by every answer about it."""

from dataclasses import dataclass
from datetime import date

from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.visibility import Viewer, expired, review_overdue
from bot.library.when import When
from bot.reply import Action, Callout, Note, Provenance, Span, Tone, text


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
    def first_known(self) -> date | None:
        """The earliest day the entry tells of, or None when nothing in it is dated."""
        entry = self.entry
        days = [claim.date.first for claim in entry.claims if claim.date]
        days += [role.valid_from.first for role in entry.roles if role.valid_from]
        days += [line.valid_from for line in entry.former_bottom_lines]
        return min(days, default=None)

    @property
    def last_change(self) -> date:
        """The latest day on which something the entry tells happened; its `as_of` when nothing is dated."""
        entry = self.entry
        whens: list[When | None] = [claim.date for claim in entry.claims if claim.forecast is None]
        whens += [end for role in entry.roles for end in (role.valid_from, role.valid_until)]
        return max((when.first for when in whens if when), default=entry.as_of)

    @property
    def is_current(self) -> bool:
        """Whether nothing the entry tells happened after the day asked for: then all of it holds for that day."""
        return self.day is None or self.day >= self.last_change

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


def day_words(day: date) -> str:
    """Return ``18 June 2023``."""
    return f"{day.day} {day:%B %Y}"


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


def provenance_note(entry: Entry) -> Note:
    """Return the line that ends every answer: as of, checked, reviewed, edition, content hash."""
    reviewed = f"reviewed by {entry.reviewer}" if entry.reviewer else "not yet reviewed"
    parts = (
        f"As of {day_words(entry.as_of)}",
        f"checked {day_words(entry.last_checked)}",
        reviewed,
        f"edition {entry.edition}",
        entry.content_hash,
    )
    return Note(text(" · ".join(parts)))
