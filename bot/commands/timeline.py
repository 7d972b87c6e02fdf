"""`/timeline`: dated claims in order, across entries or for one. Nothing is written for it; it is what claims say."""

from dataclasses import replace
from datetime import date

from bot.commands.claims import dated
from bot.commands.dates import parse_span
from bot.commands.find import brief
from bot.commands.help import help_reply
from bot.commands.pages import Unit, blocks_of, line, page_number, paginate
from bot.commands.request import Request
from bot.commands.screen import day_words
from bot.commands.spec import HELP_WORDS, MAX_QUERY, command
from bot.library.entry import Entry
from bot.library.library import Dated, Library
from bot.library.visibility import Viewer
from bot.reply import Action, Heading, Note, Outcome, Paragraph, Reply, Span, text


def timeline(library: Library, request: Request) -> Reply:
    """Answer `/timeline [QUERY] [FROM..TO]`; a name that is ambiguous or unknown is answered as `/brief` answers it.

    Raises BadRequestError for a span that cannot be read.
    """
    query, span = request.option("query"), request.option("dates")
    if query.casefold() in HELP_WORDS:
        return help_reply(command("timeline"))
    parse_span(span, request.now.date())
    entry = None
    if query:
        found = library.resolve(query[:MAX_QUERY], request.viewer)
        if found.outcome != "match":
            return _offer(brief(library, request), span)
        entry = found.entries[0]
    return dates(library, request.viewer, entry, span)


def _offer(reply: Reply, span: str) -> Reply:
    """Return a choice whose buttons lead on to the timeline instead of the answer."""
    buttons = (
        replace(each, name="dates", args=(each.args[0], span, "0")) if each.name == "open" else each
        for each in reply.actions
    )
    return replace(reply, actions=tuple(buttons))


def dates(library: Library, viewer: Viewer, entry: Entry | None, span: str, page: str = "0") -> Reply:
    """Return a page of the timeline of `entry`, or of the whole library, between the ends that `span` names."""
    first, last = parse_span(span, viewer.now.date())
    title = f"Timeline: {entry.title if entry else 'all entries'}{_span_words(first, last)}"
    units = [
        _line(each, alone=entry is not None) for each in library.timeline(viewer, entry=entry, first=first, last=last)
    ]
    pages = paginate(units)
    if not pages:
        return _empty(title, entry)
    place = min(page_number(page), len(pages) - 1)
    return Reply(
        blocks=(
            Heading(title),
            *blocks_of(pages[place]),
            Note(text(f"{len(units)} dated claims · page {place + 1} of {len(pages)}")),
        ),
        summary=f"{title}, {len(units)} dated claims",
        outcome=Outcome.LIST,
        actions=_buttons(entry, span, place, len(pages)),
        entry_id=entry.id if entry else None,
    )


def _line(item: Dated, *, alone: bool) -> Unit:
    claim, entry = item.claim, item.entry
    spans: list[str | Span] = [Span(dated(claim.date, approximate=claim.approximate), bold=True), " · ", claim.text]
    known = {source.id: source for source in entry.sources}
    for source in (known[each] for each in claim.sources if each in known):
        spans += [" ", Span(f"[{source.publisher}]", url=source.url or source.archived)]
    if claim.superseded_by:
        spans.append(Span(" (superseded)", italic=True))
    if claim.disputed:
        spans.append(Span(" (disputed)", italic=True))
    if not alone:
        spans.append(Span(f" — {entry.title}", italic=True))
    return line("", text(*spans))


def _buttons(entry: Entry | None, span: str, place: int, pages: int) -> tuple[Action, ...]:
    name = entry.id if entry else ""
    offered = (
        (place > 0, Action("dates", "Earlier", (name, span, str(place - 1)))),
        (place + 1 < pages, Action("dates", "Later", (name, span, str(place + 1)), primary=True)),
        (entry is not None, Action("open", "Briefing", (name, ""))),
    )
    return tuple(button for wanted, button in offered if wanted)


def _empty(title: str, entry: Entry | None) -> Reply:
    advice = "Widen the dates, or leave them out."
    return Reply(
        blocks=(Heading(title), Paragraph(text("No dated claim falls in that span. ", advice))),
        summary=f"{title}: nothing",
        outcome=Outcome.NONE,
        actions=(Action("dates", "All dates", (entry.id if entry else "", "", "0")),),
        entry_id=entry.id if entry else None,
    )


def _span_words(first: date | None, last: date | None) -> str:
    if first and last:
        return f", {day_words(first)} to {day_words(last)}" if first != last else f", {day_words(first)}"
    if first:
        return f", from {day_words(first)}"
    return f", until {day_words(last)}" if last else ""
