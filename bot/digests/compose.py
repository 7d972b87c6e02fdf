"""From the library and what a channel last saw to its edition. Pure: the same values give the same edition.

First `draft`, which many channels share; then `finish` with the entry whose turn it is in the spotlight.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.digests import layout
from bot.digests.dated import coming_up, on_this_day
from bot.digests.edition import Before, Candidate, Edition, LeftOut, Section
from bot.digests.lines import since_words
from bot.digests.model import OnEmpty, Wants
from bot.digests.sections import news, reviews, unasked
from bot.digests.snapshot import Snapshot, asked_for
from bot.digests.spotlight import choose, in_spotlight, lane, order
from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.visibility import Viewer, expired
from bot.library.vocabulary import Kind
from bot.reply import Action, Block, Callout, Heading, Outcome, Paragraph, Reply, Tone, Visibility, text
from bot.wording import counted, day_words

_EVERYTHING = "all"
"""The shelf that has every entry (`commands.browse`)."""
_KINDS = frozenset(word for kind in Kind for word in (kind.value, f"{kind.value}s", kind.folder))
"""Shelves that are kinds, though a topic may be called the same."""


@dataclass(frozen=True)
class Draft:
    """An edition but for the spotlight."""

    candidates: tuple[Candidate, ...]
    reviews: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    entries: Mapping[str, Entry]
    for_spotlight: tuple[str, ...]
    """Entries whose turn it may be: all that have not expired."""
    snapshot: Snapshot
    told: frozenset[str]
    """Entries that are news: they do not stand in the spotlight as well."""
    news: bool


def compose(library: Library, viewer: Viewer, wants: Wants, before: Before, today: date) -> Edition:
    """Return the edition of the local day `today` for a channel that had `before`.

    What `viewer` may not see is nowhere in it, not even as a number.
    """
    drawn_up = draft(library, viewer, wants, before, today)
    turn = choose(order(drawn_up.for_spotlight, lane(before.seed)), had(library, before), drawn_up.told)
    edition = finish(drawn_up, wants, before, today, turn.entry_id)
    return replace(edition, spotlit=turn.after(edition.spotlight))


def had(library: Library, before: Before) -> tuple[str, ...]:
    """Return who stood in the spotlight in this round, without entries that left the library."""
    there, unread = library.entries_by_id, library.unread
    return tuple(entry_id for entry_id in before.spotlit if entry_id in there or entry_id in unread)


def draft(library: Library, viewer: Viewer, wants: Wants, before: Before, today: date) -> Draft:
    """Return what there is to tell; of `before` it depends on all but the seed and who stood in the spotlight."""
    entries = asked_for(library.browse(viewer), wants)
    current = [entry for entry in entries if not expired(entry, viewer)]
    found = news(library, viewer, entries, before, today)
    dates = [*coming_up(library, current, today), *on_this_day(library, current, today)]
    duties = reviews(entries, today) if wants.duties else []
    fresh = [*found.corrected, *found.new, *found.changed, *found.withdrawn]
    return Draft(
        candidates=(*fresh, *dates),
        reviews=tuple(duties),
        left_out=(*found.left_out, *unasked(library, viewer, wants)),
        entries={entry.id: entry for entry in entries},
        for_spotlight=tuple(entry.id for entry in current),
        snapshot=Snapshot.of(_unread(library, before) | {entry.id: entry.content_hash for entry in entries}),
        told=frozenset(each.entry_id for each in fresh),
        news=before.snapshot is None or bool(fresh or duties) or any(each.for_today for each in dates),
    )


def _unread(library: Library, before: Before) -> dict[str, str]:
    """Return what the channel saw of entries that nobody can read at the moment: it has still seen that."""
    seen = before.snapshot.hashes if before.snapshot else {}
    return {entry_id: seen[entry_id] for entry_id in library.unread if entry_id in seen}


def finish(drawn_up: Draft, wants: Wants, before: Before, today: date, chosen: str) -> Edition:
    """Return the edition with `chosen` in the spotlight ("" for nobody); who stood there is not yet in it."""
    if not drawn_up.news:
        return _without_news(drawn_up, wants, before, today)
    stage = (in_spotlight(drawn_up.entries[chosen]),) if chosen else ()
    laid = layout.lay_out((*drawn_up.candidates, *stage, *drawn_up.reviews))
    items = layout.told(laid)
    named = {each.entry_id for each in items}
    first = before.snapshot is None
    return Edition(
        reply=Reply(
            blocks=(
                Heading(f"Briefing digest, {today:%A} {day_words(today)}"),
                *_missed(before),
                *(_beginning(drawn_up) if first else ()),
                *layout.blocks(laid),
            ),
            summary=_summary(laid.shown, today, first=first),
            outcome=Outcome.LIST,
            actions=layout.buttons(laid, _browse(wants, drawn_up), all_new=first),
            visibility=Visibility.PUBLIC,
        ),
        news=True,
        posts=True,
        items=items,
        left_out=(*layout.untold(laid), *(each for each in drawn_up.left_out if each.entry_id not in named)),
        snapshot=drawn_up.snapshot,
        spotlit=(),
    )


def _without_news(drawn_up: Draft, wants: Wants, before: Before, today: date) -> Edition:
    """Return the line that says that there is nothing new; it is sent where it was asked for."""
    words = f"Nothing new in the briefings{since_words(before.since, today)}."
    waiting = (
        LeftOut(each.entry_id, each.title, "nothing is new or dated today: no edition for this alone", each.section)
        for each in drawn_up.candidates
    )
    return Edition(
        reply=Reply(
            blocks=(*_missed(before), Paragraph(text(words))),
            summary=f"{words} {before.missed}".strip(),
            outcome=Outcome.LIST,
            visibility=Visibility.PUBLIC,
        ),
        news=False,
        posts=wants.on_empty is OnEmpty.NOTE,
        items=(),
        left_out=(*waiting, *drawn_up.left_out),
        snapshot=drawn_up.snapshot,
        spotlit=(),
    )


def _missed(before: Before) -> list[Block]:
    return [Callout(Tone.INFO, text(before.missed))] if before.missed else []


def _beginning(drawn_up: Draft) -> list[Block]:
    number = counted(len(drawn_up.entries), "briefing")
    words = "From the next one on, it tells which of them are new, changed or corrected."
    return [Paragraph(text(f"This is the first digest in this channel. It follows {number}. {words}"))]


def _browse(wants: Wants, drawn_up: Draft) -> Action:
    """Return the button that leads to everything that was asked for, and to no less."""
    shelf = _EVERYTHING
    if len(wants.kinds) == 1 and not wants.topics:
        shelf = wants.kinds[0].folder
    elif len(wants.topics) == 1 and not wants.kinds and drawn_up.entries and wants.topics[0] not in _KINDS:
        shelf = wants.topics[0]
    return Action("browse", "Browse", (shelf, "0"))


def _summary(shown: Sequence[Candidate], today: date, *, first: bool) -> str:
    """Return the line for notifications: how much there is of what, and the first title."""
    counts = Counter(each.section for each in shown)
    parts = [f"{counts[section]} {section}" for section in Section if counts[section]]
    head = "First digest" if first else "Digest"
    lead = shown[0] if shown else None
    return f"{head} of {day_words(today)}: {', '.join(parts) or 'an overview'}{f'. {lead.title}' if lead else ''}"
