"""The answer on one entry: bottom line, claims with numbered sources, where it stands in time, and its buttons."""

from collections.abc import Iterable
from datetime import date

from bot.commands.cite import footnotes, marks
from bot.commands.claims import claim_line, sources_of, told_claims
from bot.commands.fold import cited_ids, has_background, quotation_units, role_span
from bot.commands.pages import FIRST_LINES, FIRST_SCREEN, Unit, blocks_of, line, page_number, paginate
from bot.commands.screen import Subject, provenance, provenance_note, warnings
from bot.library.entry import Claim, Position
from bot.library.known import first_known
from bot.library.library import HeldRole
from bot.library.visibility import expired
from bot.reply import Action, Block, Callout, Heading, Note, Outcome, Paragraph, Reply, Span, Tone, Visibility, text
from bot.wording import day_words

_PLACE_DIGITS = 3


def answer(subject: Subject, *, shared_by: str | None = None, lead: tuple[int, ...] = ()) -> Reply:
    """Return the first screen on an entry; public, and saying who shared it, when `shared_by` is given.

    `lead` are the places of claims that answer what was asked: they come first, and all others behind the button.
    """
    entry = subject.entry
    first_day = first_known(entry)
    if subject.day and first_day and subject.day < first_day:
        return _too_early(subject, first_day)
    bottom_line = subject.bottom_line()
    answering = leading(subject, lead)
    pages = claim_pages(subject, answering)
    first = pages[0] if pages else []
    said = answering[0].text if answering else bottom_line
    blocks: list[Block] = [
        Heading(entry.title),
        Note(text(_what_it_is(subject))),
        *warnings(subject),
        *(blocks_of(first) if answering else ()),
        Paragraph(text(Span(bottom_line, bold=True))) if bottom_line else _no_bottom_line(),
        *(() if expired(entry, subject.viewer) else _qualifiers(subject)),
        *(() if answering else blocks_of(first)),
        *_endnotes(subject, first, shared_by),
    ]
    return Reply(
        blocks=tuple(blocks),
        summary=f"{entry.title}: {said}" if said else f"{entry.title}, {_what_it_is(subject)}",
        outcome=Outcome.MATCH,
        actions=_buttons(subject, pages, _token(subject, answering), shared=shared_by is not None),
        visibility=Visibility.PRIVATE if shared_by is None else Visibility.PUBLIC,
        entry_id=entry.id,
        provenance=provenance(entry),
    )


def claim_pages(subject: Subject, answering: tuple[Claim, ...] = ()) -> list[list[Unit]]:
    """Return claims, positions, judgments and quotations as pages: the first is the first screen.

    Where there are claims `answering` a question, these alone are the first. An entry that has expired has no pages.
    """
    if expired(subject.entry, subject.viewer):
        return []
    others = [claim for claim in told_claims(subject) if claim not in answering]
    units = [_claim_line(subject, claim) for claim in others]
    units += [_position_line(subject, each) for each in subject.entry.positions if subject.tells_of(each.date)]
    units += quotation_units(subject)
    if answering:
        return [[_claim_line(subject, claim) for claim in answering], *paginate(units)]
    return paginate(units, first=FIRST_SCREEN, first_most=FIRST_LINES)


def leading(subject: Subject, places: tuple[int, ...]) -> tuple[Claim, ...]:
    """Return the claims at `places` that may be told on the day asked for and still hold, in that order."""
    claims = subject.entry.claims
    found = (claims[place] for place in places if place < len(claims))
    if expired(subject.entry, subject.viewer):
        return ()
    return tuple(claim for claim in found if subject.tells(claim) and not subject.superseded(claim))


def more(subject: Subject, page: str) -> Reply:
    """Return a page of the claims that were not on the first screen.

    `page` counts from 1; behind it, with dots between, are the places of the claims that the first screen had.
    """
    number, *had = page.split(".")
    answering = leading(subject, places(had))
    pages = claim_pages(subject, answering)
    place = min(max(page_number(number), 1), len(pages) - 1)
    if place < 1:
        return answer(subject)
    units = pages[place]
    next_page = f"{place + 1}{_token(subject, answering)}"
    following = subject.action("more", f"More ({place + 1} of {len(pages) - 1})", next_page, primary=True)
    cited = footnotes(subject.entry, (each for unit in units for each in unit.sources))
    return Reply(
        blocks=(
            Heading(f"{subject.entry.title}, continued", level=2),
            *blocks_of(units),
            *([Note(cited)] if cited else []),
            provenance_note(subject),
        ),
        summary=f"{subject.entry.title}, continued",
        outcome=Outcome.MATCH,
        actions=(following,) if place + 1 < len(pages) else (),
        entry_id=subject.entry.id,
        provenance=provenance(subject.entry),
    )


def places(numbers: Iterable[str]) -> tuple[int, ...]:
    """Return the places that a button names; what is damaged in it is left out."""
    return tuple(int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) <= _PLACE_DIGITS)


def _token(subject: Subject, answering: tuple[Claim, ...]) -> str:
    """Return the places of `answering` as a button carries them: ``.4.2``, each behind a dot."""
    return "".join(f".{subject.entry.claims.index(claim)}" for claim in answering)


def _claim_line(subject: Subject, claim: Claim) -> Unit:
    return line("", claim_line(subject, claim), sources_of(subject, claim))


def _position_line(subject: Subject, position: Position) -> Unit:
    told = ", ".join(each for each in (position.voice, str(position.date) if position.date else "") if each)
    spans = text(
        Span(f"{position.party}: ", bold=True),
        position.holds,
        *marks(subject.entry, position.sources),
        Span(f" ({told})" if told else "", italic=True),
    )
    return line("Positions", spans, position.sources)


def _too_early(subject: Subject, first: date) -> Reply:
    entry = subject.entry
    words = f"No edition of {entry.title} before {day_words(first)}."
    return Reply(
        blocks=(
            Heading(entry.title),
            Callout(Tone.INFO, text(Span(words, bold=True), " Ask for that day or a later one.")),
            provenance_note(subject),
        ),
        summary=words,
        outcome=Outcome.NONE,
        actions=(
            Action("open", f"As of {day_words(first)}", (entry.id, first.isoformat()), primary=True),
            Action("open", "Today", (entry.id, "")),
        ),
        entry_id=entry.id,
        provenance=provenance(entry),
    )


def _what_it_is(subject: Subject) -> str:
    """Return the kind and the description, which is of today: on an earlier day it would tell what came later."""
    kind = subject.entry.kind.capitalize()
    return kind if subject.day else f"{kind} · {subject.entry.description}"


def _no_bottom_line() -> Callout:
    return Callout(Tone.INFO, text("No bottom line was written for that day; what was known by then follows."))


def _qualifiers(subject: Subject) -> list[Block]:
    """Return the offices held on the day asked for, why it matters, and the latest correction."""
    entry = subject.entry
    blocks: list[Block] = []
    held = subject.library.roles(entry, subject.viewer, subject.on) if subject.day else ()
    offices = "; ".join(_office(each) for each in held if each.holder is not None and each.holder.id == entry.id)
    if offices:
        blocks.append(Paragraph(text(Span(f"On {day_words(subject.on)}: ", bold=True), offices)))
    if entry.why_it_matters and subject.day is None:
        blocks.append(Paragraph(text(Span("Why it matters: ", bold=True), entry.why_it_matters)))
    latest = max((c for c in entry.corrections if c.date <= subject.on), key=lambda c: c.date, default=None)
    if latest:
        head = Span(f"Corrected {day_words(latest.date)}. ", bold=True)
        blocks.append(Callout(Tone.WARNING, text(head, f"Was: {latest.was} Now: {latest.now}")))
    return blocks


def _office(held: HeldRole) -> str:
    if held.certain:
        return held.role.office
    return f"{held.role.office} ({role_span(held.role)}; the sources are not exact enough for that day)"


def _endnotes(subject: Subject, units: list[Unit], shared_by: str | None) -> list[Block]:
    entry = subject.entry
    cited = footnotes(entry, (each for unit in units for each in unit.sources) if units else cited_ids(subject))
    others = subject.others(subject.library.confusable(entry, subject.viewer))
    blocks: list[Block] = [Note(cited)] if cited else []
    if others:
        names = "; ".join(subject.named(other) for other in others)
        blocks.append(Note(text(f"Not to be confused with {names}.")))
    if shared_by:
        blocks.append(Note(text(f"Shared by {shared_by}.")))
    return [*blocks, provenance_note(subject)]


def _buttons(subject: Subject, pages: list[list[Unit]], token: str, *, shared: bool) -> tuple[Action, ...]:
    entry = subject.entry
    rest = sum(len(page) for page in pages[1:])
    dated = any(claim.date and subject.tells(claim) for claim in entry.claims)
    offered = (
        (bool(rest), subject.action("more", f"{rest} more", f"1{token}", primary=True)),
        (bool(pages) and dated, subject.action("timeline", "Timeline")),
        (bool(cited_ids(subject)), subject.action("sources", "Sources")),
        (bool(subject.others(subject.library.related(entry, subject.viewer))), subject.action("related", "Related")),
        (bool(pages) and has_background(subject), subject.action("background", "Background", "0")),
        (not shared, subject.action("share", "Share to channel", *([token[1:]] if token else []))),
    )
    return tuple(button for wanted, button in offered if wanted)
