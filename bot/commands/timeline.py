"""`/timeline`: dated claims in order, across entries or for one. Nothing is written for it; it is what claims say."""

from dataclasses import replace
from datetime import date

from bot.commands.dates import parse_span
from bot.commands.find import brief
from bot.commands.help import help_reply
from bot.commands.pages import Unit, blocks_of, line, page_number, paginate
from bot.commands.request import Request
from bot.commands.screen import Subject
from bot.commands.spec import HELP_WORDS, MAX_QUERY, command
from bot.library.entry import Claim, Entry
from bot.library.known import settled_by
from bot.library.library import Library
from bot.library.visibility import Viewer, expired
from bot.reply import Action, Heading, Note, Outcome, Paragraph, Reply, Span, text
from bot.wording import became, counted, dated, day_words, qualifiers, speaker


def timeline(library: Library, request: Request) -> Reply:
    """Answer `/timeline [QUERY] [FROM..TO]`; a name that is ambiguous or unknown is answered as `/brief` answers it.

    Raises BadRequestError for a span that cannot be read.
    """
    query, span = request.option("query"), request.option("dates")
    if query.casefold() in HELP_WORDS:
        return help_reply(command("timeline"))
    today = request.now.date()
    first, last = parse_span(span, today)
    entry = _dated_title(library, request, f"{query} {span}") if query and span else None
    if entry is not None:
        span = ""  # it belongs to the title
    elif query:
        # An office is looked up as on the last day of the span: "foreign minister 2023-06" is who it was then.
        found = library.resolve(query[:MAX_QUERY], request.viewer, on=min(last, today) if last else None)
        if found.outcome != "match":
            return _offer(brief(library, request), _span_text(first, last))
        entry = found.entries[0]
    return dates(library, request.viewer, entry, span)


def _offer(reply: Reply, span: str) -> Reply:
    """Return a choice whose buttons lead on to the timeline instead of the answer."""
    buttons = (
        replace(each, name="dates", args=(each.args[0], span, "0")) if each.name == "open" else each
        for each in reply.actions
    )
    return replace(reply, actions=tuple(buttons))


def _dated_title(library: Library, request: Request, words: str) -> Entry | None:
    """Return the entry whose very name ends with a date that was taken for a span, if there is one."""
    found = library.resolve(words[:MAX_QUERY], request.viewer)
    return found.entries[0] if found.outcome == "match" and found.how in {"id", "title", "alias"} else None


def dates(
    library: Library, viewer: Viewer, entry: Entry | None, span: str, *, page: str = "0", day: date | None = None
) -> Reply:
    """Return a page of the timeline of `entry`, or of the whole library, between the ends that `span` names.

    With `day` it is the timeline as it stood on that day.
    """
    first, last = parse_span(span, viewer.now.date())
    title = f"Timeline: {entry.title if entry else 'all entries'}{_span_words(first, last)}"
    found = library.timeline(viewer, entry=entry, first=first, last=last, known=day)
    units = [_line(Subject(library, each.entry, viewer, day), each.claim, alone=entry is not None) for each in found]
    pages = paginate(units)
    if not pages:
        return _empty(title, entry, viewer)
    place = min(page_number(page), len(pages) - 1)
    return Reply(
        blocks=(
            Heading(title),
            *blocks_of(pages[place]),
            Note(text(f"{counted(len(units), 'dated claim')} · page {place + 1} of {len(pages)}{_as_of(day)}")),
        ),
        summary=f"{title}, {counted(len(units), 'dated claim')}",
        outcome=Outcome.LIST,
        actions=_buttons(entry, (_span_text(first, last), day.isoformat() if day else ""), place, len(pages)),
        entry_id=entry.id if entry else None,
    )


def _line(subject: Subject, claim: Claim, *, alone: bool) -> Unit:
    entry = subject.entry
    spans: list[str | Span] = [Span(dated(claim.date, approximate=claim.approximate), bold=True), " · "]
    if not alone:
        spans += [Span(entry.title, bold=True), ": "]
    spans += [claim.text, *speaker(entry, claim)]
    known = {source.id: source for source in entry.sources}
    for source in (known[each] for each in claim.sources if each in known):
        spans += [" ", Span(f"[{source.publisher}]", url=source.url or source.archived)]
    spans += qualifiers(claim)
    if subject.superseded(claim):
        spans.append(Span(" (superseded)", italic=True))
    if claim.disputed:
        spans.append(Span(" Disputed.", bold=True))
    for side in claim.other_side:
        spans += [Span(f" {side.party}: ", bold=True), side.text]
    if claim.forecast and settled_by(claim.forecast, subject.day):
        spans += became(claim.forecast)
    return line("", text(*spans))


def _buttons(entry: Entry | None, of: tuple[str, str], place: int, pages: int) -> tuple[Action, ...]:
    """Return the buttons that turn the page; `of` is the span and the day asked for, as a button carries them."""
    name, (span, day) = entry.id if entry else "", of

    def turn(label: str, to: int, *, primary: bool = False) -> Action:
        return Action("dates", label, (name, span, str(to), *([day] if day else [])), primary)

    offered = (
        (place > 0, turn("Earlier", place - 1)),
        (place + 1 < pages, turn("Later", place + 1, primary=True)),
        (entry is not None, Action("open", "Briefing", (name, day))),
    )
    return tuple(button for wanted, button in offered if wanted)


def _as_of(day: date | None) -> str:
    return f" · as of {day_words(day)}" if day else ""


def _empty(title: str, entry: Entry | None, viewer: Viewer) -> Reply:
    words = "No dated claim falls in that span. Widen the dates, or leave them out."
    if entry is not None and expired(entry, viewer):
        words = "This briefing has expired; its claims are no longer told."
    return Reply(
        blocks=(Heading(title), Paragraph(text(words))),
        summary=f"{title}: nothing",
        outcome=Outcome.NONE,
        actions=(Action("dates", "All dates", (entry.id if entry else "", "", "0")),),
        entry_id=entry.id if entry else None,
    )


def _span_text(first: date | None, last: date | None) -> str:
    """Return a span as a button carries it: short, however it was typed."""
    return f"{first or ''}..{last or ''}" if first or last else ""


def _span_words(first: date | None, last: date | None) -> str:
    if first and last:
        return f", {day_words(first)} to {day_words(last)}" if first != last else f", {day_words(first)}"
    if first:
        return f", from {day_words(first)}"
    return f", until {day_words(last)}" if last else ""
