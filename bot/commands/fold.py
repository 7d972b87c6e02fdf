"""What is folded away under an answer: sources, related entries, quotations, and the longer reading."""

from bot.commands.body import body_units
from bot.commands.cite import footnotes, marks, reference
from bot.commands.claims import sources_of
from bot.commands.pages import Unit, blocks_of, line, page_number, paginate
from bot.commands.screen import Subject, provenance, provenance_note
from bot.library.entry import Judgment, Quotation, Role
from bot.library.known import sayings
from bot.library.visibility import expired
from bot.library.vocabulary import QuoteForm
from bot.reply import Action, Bullets, Heading, Note, Outcome, Paragraph, Reply, Span, text
from bot.wording import dated, day_words

RELATED_BUTTONS = 10


def sources(subject: Subject, page: str = "0") -> Reply:
    """Return in full every source of what is told, numbered as in the answer."""
    told = cited_ids(subject)
    units = [
        Unit("", Bullets((reference(source),), start=number))
        for number, source in enumerate(subject.entry.sources, start=1)
        if source.id in told
    ]
    return _page(subject, "sources", "Sources", units, page)


def cited_ids(subject: Subject) -> frozenset[str]:
    """Return the ids of the sources that the answer may show: all of them while all of the entry holds."""
    entry = subject.entry
    if subject.is_current:
        return frozenset(source.id for source in entry.sources)
    claims = (each for claim in entry.claims if subject.tells(claim) for each in sources_of(subject, claim))
    told = (each for saying in sayings(entry) if subject.tells_of(saying.date) for each in saying.sources)
    held = subject.library.roles(entry, subject.viewer, subject.on)
    offices = (each for held_role in held if held_role.source_entry is entry for each in held_role.role.sources)
    return frozenset((*claims, *told, *offices))


def background(subject: Subject, page: str = "0") -> Reply:
    """Return a page of the longer reading: the body's sections, offices, names, corrections."""
    return _page(subject, "background", "Background", background_units(subject), page)


def related(subject: Subject) -> Reply:
    """Return the entries that belong with this one, the first ones with a button to open them."""
    entry, found = subject.entry, subject.others(subject.library.related(subject.entry, subject.viewer))
    day = subject.day.isoformat() if subject.day else ""
    listed = tuple(subject.listed(other) for other in found)
    nothing = Paragraph(text("Nothing else in the library is linked with it."))
    return Reply(
        blocks=(Heading(f"Related to {entry.title}", level=2), Bullets(listed) if listed else nothing),
        summary=f"Related to {entry.title}: {', '.join(other.title for other in found) or 'nothing'}",
        outcome=Outcome.LIST,
        actions=tuple(Action("open", other.title, (other.id, day)) for other in found[:RELATED_BUTTONS]),
        entry_id=entry.id,
    )


def has_background(subject: Subject) -> bool:
    """Return whether `background_units` has anything to tell, without making it."""
    entry = subject.entry
    told = (entry.sections, entry.names, entry.corrections, entry.former_bottom_lines, entry.topics)
    return subject.is_current and (any(told) or bool(subject.library.roles(entry, subject.viewer, None)))


def background_units(subject: Subject) -> list[Unit]:
    """Return the folded text in pieces; nothing for a past day on which later text would mislead, or once expired."""
    entry = subject.entry
    if not subject.is_current or expired(entry, subject.viewer):
        return []
    units = [unit for section in entry.sections for unit in body_units(section)]
    held = subject.library.roles(entry, subject.viewer, None)
    units += [
        line("Offices", _role_line(subject, each.role, each.holder.title if each.holder else ""), each.role.sources)
        if each.source_entry.id == entry.id
        else line("Offices", _role_line(subject, each.role, each.holder.title if each.holder else "", cite=False))
        for each in held
    ]
    units += [
        line("Also known as", text(Span(alias.name, bold=True), f" · {_alias_words(alias.sort, alias.lang)}"))
        for alias in entry.names
    ]
    units += [
        line("Corrections", text(Span(f"{day_words(each.date)}: ", bold=True), f"was: {each.was} Now: {each.now}"))
        for each in entry.corrections
    ]
    units += [
        line("Earlier bottom lines", text(Span(f"From {day_words(each.valid_from)}: ", bold=True), each.text))
        for each in entry.former_bottom_lines
    ]
    if entry.topics:
        units.append(line("Topics", text(", ".join(entry.topics))))
    return units


def quotation_units(subject: Subject) -> list[Unit]:
    """Return judgments and quotations known on the day asked for; a garbled quotation never in quotation marks."""
    entry = subject.entry
    judgments = [each for each in entry.judgments if subject.tells_of(each.date)]
    quotes = [each for each in entry.quotations if subject.tells_of(each.date)]
    return [
        *(line("Judgments", _judgment(each) + marks(entry, each.sources), each.sources) for each in judgments),
        *(line("In their words", _quotation(each) + marks(entry, each.sources), each.sources) for each in quotes),
    ]


def _judgment(judgment: Judgment) -> tuple[Span, ...]:
    level = f"{judgment.likelihood}" if judgment.likelihood else f"{judgment.confidence} confidence"
    return text(Span(f"{judgment.by}: ", bold=True), judgment.text, Span(f" ({level})", italic=True))


def _quotation(quote: Quotation) -> tuple[Span, ...]:
    when = f", {dated(quote.date)}" if quote.date else ""
    original = f" ({quote.original})" if quote.original else ""
    match quote.form:
        case QuoteForm.VERBATIM:
            words = f"“{quote.text}”{original}"
        case QuoteForm.TRANSLATED:
            words = f"“{quote.text}” (translated from {quote.lang}){original}"
        case QuoteForm.PARAPHRASE:
            words = f"{quote.text} (paraphrase){original}"
        case QuoteForm.GARBLED:
            words = f"{quote.text} (garbled in reports; not to be quoted){original}"
    return text(Span(f"{quote.speaker}{when}: ", bold=True), words)


def _role_line(subject: Subject, role: Role, holder: str, *, cite: bool = True) -> tuple[Span, ...]:
    who = role.person or (holder if holder != subject.entry.title else "")
    span = role_span(role)
    head = f"{who}, {role.office}" if who else role.office
    cited = marks(subject.entry, role.sources) if cite else ()
    known = f" (general knowledge: {role.general_knowledge})" if role.general_knowledge else ""
    return text(Span(head, bold=True), f" · {span}" if span else "", *cited, Span(known, italic=True))


def role_span(role: Role) -> str:
    """Return when an office was held: ``from 30 December 2022 until 25 July 2023``."""
    held = (("from", role.valid_from), ("until", role.valid_until))
    seen = (("seen in it by", role.seen_first), ("last seen in it on", role.seen_last))
    return ", ".join(
        (
            *filter(None, [" ".join(f"{word} {end}" for word, end in held if end)]),
            *(f"{word} {day_words(day)}" for word, day in seen if day),
        )
    )


def _alias_words(sort: str, lang: str) -> str:
    return sort if lang == "en" else f"{sort}, {lang}"


def _page(subject: Subject, name: str, title: str, units: list[Unit], page: str) -> Reply:
    pages = paginate(units) or [[Unit("", Paragraph(text("Nothing here.")))]]
    place = min(page_number(page), len(pages) - 1)
    cited = footnotes(subject.entry, (each for unit in pages[place] for each in unit.sources))
    step = f" ({place + 1} of {len(pages)})" if len(pages) > 1 else ""
    following = subject.action(name, f"More ({place + 2} of {len(pages)})", str(place + 1), primary=True)
    return Reply(
        blocks=(
            Heading(f"{title}: {subject.entry.title}{step}", level=2),
            *blocks_of(pages[place]),
            *([Note(cited)] if cited else []),
            provenance_note(subject),
        ),
        summary=f"{title}: {subject.entry.title}{step}",
        outcome=Outcome.MATCH,
        actions=(following,) if place + 1 < len(pages) else (),
        entry_id=subject.entry.id,
        provenance=provenance(subject.entry),
    )
