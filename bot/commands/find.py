"""`/brief`: a match, with what answers the question first; a choice among several; or an honest "nothing on that"."""

from dataclasses import dataclass
from datetime import date

from bot.commands.brief import answer
from bot.commands.dates import parse_day
from bot.commands.help import help_reply
from bot.commands.request import Request
from bot.commands.screen import Subject, listed
from bot.commands.spec import HELP_WORDS, MAX_QUERY
from bot.library.entry import Entry
from bot.library.known import first_known
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.reply import Action, Block, Bullets, Heading, Note, Outcome, Paragraph, Reply, Span, text
from bot.wording import day_words

CHOICES = 5
"""Entries offered at most when nothing fits."""
MOST_CHOICES = 10
"""Entries offered when a name is ambiguous; a button each is what a screen can hold."""
_ECHO = 80


def brief(library: Library, request: Request) -> Reply:
    """Answer `/brief QUERY [as-of DATE]`.

    Raises BadRequestError for a date that is none or is still to come.
    """
    query = request.option("query")
    if not query or query.casefold() in HELP_WORDS:
        return help_reply()
    today = request.now.date()
    day = asked_day(request.option("as-of"), today, given="as-of" in request.options)
    found = library.search(query[:MAX_QUERY], request.viewer, on=day)
    if found.outcome == "match":
        return answer(Subject(library, found.entries[0], request.viewer, day), lead=found.claims)
    known = tuple(entry for entry in found.entries if _tells_by(entry, day))
    if found.outcome == "ambiguous" and len(known) == 1:
        return answer(Subject(library, known[0], request.viewer, day))
    if found.outcome == "ambiguous":
        return _choice(query, _Offer(library, request.viewer, known or found.entries, day))
    return _nothing(query, _Offer(library, request.viewer, known[:CHOICES], day))


def _tells_by(entry: Entry, day: date | None) -> bool:
    first = first_known(entry)
    return day is None or (first is not None and first <= day)


def asked_day(words: str, today: date, *, given: bool = False) -> date | None:
    """Return the day named by `words`; None for today, whose answer needs no saying.

    No words mean today, unless a day was `given` and is merely empty.

    Raises BadRequestError when it is no date or lies in the future.
    """
    day = parse_day(words, today) if words or given else today
    return None if day == today else day


@dataclass(frozen=True, slots=True)
class _Offer:
    """Entries to choose from, told as on the day asked for."""

    library: Library
    viewer: Viewer
    entries: tuple[Entry, ...]
    day: date | None

    def on(self) -> tuple[Block, ...]:
        """Return which day it is, unless it is today."""
        return (Note(text(f"As of {day_words(self.day)}.")),) if self.day else ()

    def listed(self) -> Bullets:
        """Return the entries as a list."""
        shown = self.entries[:MOST_CHOICES]
        return Bullets(tuple(listed(self.library, each, self.viewer, self.day) for each in shown))

    def buttons(self) -> tuple[Action, ...]:
        """Return a button for each."""
        on = self.day.isoformat() if self.day else ""
        return tuple(
            Action("open", entry.title, (entry.id, on), primary=not place)
            for place, entry in enumerate(self.entries[:MOST_CHOICES])
        )


def _choice(query: str, offer: _Offer) -> Reply:
    names = ", ".join(entry.title for entry in offer.entries[:MOST_CHOICES])
    count = len(offer.entries)
    more = f" The first {MOST_CHOICES} are below; add a word to see others." if count > MOST_CHOICES else ""
    return Reply(
        blocks=(
            Heading("Which one?", level=2),
            Paragraph(text(Span(f"“{echo(query)}”", bold=True), f" fits {count} entries.{more}")),
            offer.listed(),
            *offer.on(),
        ),
        summary=f"“{echo(query)}” could be: {names}",
        outcome=Outcome.AMBIGUOUS,
        actions=offer.buttons(),
    )


def _nothing(query: str, offer: _Offer) -> Reply:
    blocks: list[Block] = [Paragraph(text(Span(f"Nothing on “{echo(query)}”.", bold=True)))]
    if len(query) > MAX_QUERY:
        blocks.append(Note(text(f"That was {len(query):,} characters; only the first {MAX_QUERY} were looked at.")))
    if offer.entries:
        blocks += [Paragraph(text("The nearest there is, which may not be what you meant:")), offer.listed()]
    else:
        blocks.append(Paragraph(text("Try a name, a place or a phrase, in English, Chinese or pinyin.")))
    return Reply(
        blocks=(*blocks, *offer.on()),
        summary=f"Nothing on “{echo(query)}”.",
        outcome=Outcome.NONE,
        actions=(*offer.buttons(), Action("browse", "Browse the library", ("", "0"))),
    )


def echo(query: str) -> str:
    """Return what was typed, short enough to be quoted back in a sentence."""
    return query if len(query) <= _ECHO else f"{query[:_ECHO].rstrip()}…"
