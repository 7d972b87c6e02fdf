"""An edition as values: what it tells, what it leaves out, and why, each in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.digests.revision import Revision, Revisions
from bot.digests.snapshot import Snapshot
from bot.reply import Action, Reply, RichText


class Section(StrEnum):
    """The parts of an edition, in their order."""

    CORRECTED = "corrected"
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    COMING = "coming up"
    ON_THIS_DAY = "on this day"
    SPOTLIGHT = "spotlight"
    REVIEW = "review"

    @property
    def heading(self) -> str:
        """The section's heading."""
        return _HEADINGS[self]


_HEADINGS = {
    Section.CORRECTED: "Corrected",
    Section.NEW: "New",
    Section.CHANGED: "Changed",
    Section.WITHDRAWN: "Withdrawn",
    Section.COMING: "Coming up",
    Section.ON_THIS_DAY: "On this day",
    Section.SPOTLIGHT: "Spotlight",
    Section.REVIEW: "Reviews due",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that an edition could tell, drawn up; whether there is room for it is decided later."""

    section: Section
    entry_id: str
    title: str
    reason: str
    line: RichText
    why: str = ""
    """Why the entry matters, as its file says."""
    points: tuple[RichText, ...] = ()
    """Each thing that changed, in a line of its own."""
    behind: Action | None = None
    """A button that shows it, for when there is no room; without one it is told further below."""
    for_today: bool = False
    """Whether it is dated for this very day."""
    opens: bool = True
    """Whether its entry can be opened."""


@dataclass(frozen=True, slots=True)
class Item:
    """What an edition tells of one entry in one section, as plain text, and the reason."""

    section: Section
    entry_id: str
    title: str
    words: str
    reason: str
    below: bool = False
    """Whether it stands below the short list, where the rest is told."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an edition does not tell although its readers may see it, and the reason."""

    entry_id: str
    title: str
    reason: str
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What a channel has had: what it saw, who knows the words of that, and what is left to tell.

    `seed` is the subscription's own, so that channels have different entries in the spotlight on the same day.
    """

    snapshot: Snapshot | None
    revisions: Revisions
    spotlit: tuple[str, ...] = ()
    missed: str = ""
    since: date | None = None
    seed: str = ""


@dataclass(frozen=True, eq=False)
class Edition:
    """What a channel would be sent, and what is to be kept for the next time.

    `posts` says whether it is to be sent at all: an edition without `news` is a note, or nothing, as was asked for.
    `snapshot` is kept either way; `spotlit` and what was missed change only with what is sent.
    """

    reply: Reply
    news: bool
    posts: bool
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    snapshot: Snapshot
    spotlit: tuple[str, ...]

    @property
    def spotlight(self) -> str:
        """The id of the entry in the spotlight; empty for none."""
        return next((item.entry_id for item in self.items if item.section is Section.SPOTLIGHT), "")


@dataclass(frozen=True, slots=True)
class Kept:
    """Earlier versions held in memory, by entry and hash: `Revisions` for previews and for what was read beforehand."""

    documents: Mapping[tuple[str, str], Revision]

    def document(self, entry_id: str, content_hash: str) -> Revision | None:
        """Return that version, or None."""
        return self.documents.get((entry_id, content_hash))
