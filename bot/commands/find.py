"""`/brief`: a match, a choice among names that fit more than one entry, or an honest "nothing on that"."""

from datetime import date

from bot.commands.brief import answer
from bot.commands.dates import parse_day
from bot.commands.help import help_reply
from bot.commands.request import Request
from bot.commands.screen import Subject
from bot.commands.spec import HELP_WORDS, MAX_QUERY
from bot.library.entry import Entry
from bot.library.library import Library
from bot.reply import Action, Block, Bullets, Heading, Note, Outcome, Paragraph, Reply, Span, text

CHOICES = 5
"""Entries offered when a name is ambiguous, and at most when nothing fits."""
_ECHO = 80


def brief(library: Library, request: Request) -> Reply:
    """Answer `/brief QUERY [as-of DATE]`.

    Raises BadRequestError for a date that is none or is still to come.
    """
    query = request.option("query")
    if not query or query.casefold() in HELP_WORDS:
        return help_reply()
    day = asked_day(request.option("as-of"), request.now.date())
    found = library.resolve(query[:MAX_QUERY], request.viewer, on=day)
    if found.outcome == "match":
        return answer(Subject(library, found.entries[0], request.viewer, day))
    if found.outcome == "ambiguous":
        return _choice(query, found.entries[:CHOICES], day)
    return _nothing(query, found.entries[:CHOICES], day)


def asked_day(words: str, today: date) -> date | None:
    """Return the day named by `words`; None for today, whose answer needs no saying.

    Raises BadRequestError when it is no date or lies in the future.
    """
    day = parse_day(words, today) if words else today
    return None if day == today else day


def _choice(query: str, entries: tuple[Entry, ...], day: date | None) -> Reply:
    names = ", ".join(entry.title for entry in entries)
    return Reply(
        blocks=(
            Heading("Which one?", level=2),
            Paragraph(text(Span(f"“{echo(query)}”", bold=True), f" fits {len(entries)} entries.")),
            _listed(entries),
        ),
        summary=f"“{echo(query)}” could be: {names}",
        outcome=Outcome.AMBIGUOUS,
        actions=_open_buttons(entries, day),
    )


def _nothing(query: str, nearest: tuple[Entry, ...], day: date | None) -> Reply:
    blocks: list[Block] = [Paragraph(text(Span(f"Nothing on “{echo(query)}”.", bold=True)))]
    if len(query) > MAX_QUERY:
        blocks.append(Note(text(f"That was {len(query):,} characters; only the first {MAX_QUERY} were looked at.")))
    if nearest:
        blocks += [Paragraph(text("The nearest there is, which may not be what you meant:")), _listed(nearest)]
    else:
        blocks.append(Paragraph(text("Try a name, a place or a phrase, in English, Chinese or pinyin.")))
    return Reply(
        blocks=tuple(blocks),
        summary=f"Nothing on “{echo(query)}”.",
        outcome=Outcome.NONE,
        actions=(*_open_buttons(nearest, day), Action("browse", "Browse the library", ("", "0"))),
    )


def echo(query: str) -> str:
    """Return what was typed, short enough to be quoted back in a sentence."""
    return query if len(query) <= _ECHO else f"{query[:_ECHO].rstrip()}…"


def _listed(entries: tuple[Entry, ...]) -> Bullets:
    return Bullets(tuple(text(Span(entry.title, bold=True), f" · {entry.description}") for entry in entries))


def _open_buttons(entries: tuple[Entry, ...], day: date | None) -> tuple[Action, ...]:
    on = day.isoformat() if day else ""
    return tuple(Action("open", entry.title, (entry.id, on), primary=not place) for place, entry in enumerate(entries))
