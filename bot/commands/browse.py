"""`/briefings`: what there is, by kind or by topic, a page at a time."""

from bot.commands.find import echo
from bot.commands.help import help_reply
from bot.commands.pages import page_number
from bot.commands.request import Request
from bot.commands.spec import HELP_WORDS, command
from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind
from bot.reply import Action, Block, Bullets, Heading, Note, Outcome, Paragraph, Reply, RichText, Span, text
from bot.wording import counted

PAGE = 8
"""Entries a page: one button each, and two to turn the page, fit on every platform."""
TOPIC_BUTTONS = 8


def briefings(library: Library, request: Request) -> Reply:
    """Answer `/briefings [TOPIC|KIND]`: the shelves, or the entries on one of them."""
    shelf = request.option("shelf")
    if shelf.casefold() in HELP_WORDS:
        return help_reply(command("briefings"))
    return browse(library, request.viewer, shelf)


def browse(library: Library, viewer: Viewer, shelf: str, page: str = "0") -> Reply:
    """Return a page of the entries on `shelf` (a kind, its folder or a topic), or the shelves when it is empty."""
    if not shelf:
        return _shelves(library, viewer)
    if shelf.casefold() == ALL:
        return _listing("All briefings", ALL, library.browse(viewer), page)
    kind = _kind(shelf)
    if kind is not None:
        return _listing(kind.folder.capitalize(), kind.folder, library.browse(viewer, kind=kind), page)
    topic = "-".join(shelf.casefold().split())
    found = library.browse(viewer, topic=topic)
    return _listing(f"Topic: {topic}", topic, found, page) if found else _no_shelf(library, viewer, shelf)


ALL = "all"


def shelf_names(library: Library, viewer: Viewer) -> tuple[str, ...]:
    """Return every kind that has entries, then every topic, then `all`: what `/briefings` completes to."""
    kinds = (kind.folder for kind in Kind if library.browse(viewer, kind=kind))
    return (*kinds, *(topic for topic, _ in library.topics(viewer)), ALL)


def _kind(shelf: str) -> Kind | None:
    word = shelf.casefold()
    return next((kind for kind in Kind if word in {kind.value, kind.folder, f"{kind.value}s"}), None)


def _shelves(library: Library, viewer: Viewer) -> Reply:
    sizes = [(kind, len(library.browse(viewer, kind=kind))) for kind in Kind]
    kinds = [(kind, count) for kind, count in sizes if count]
    topics = library.topics(viewer)
    listed: list[RichText] = [text(Span(kind.folder.capitalize(), bold=True), f" · {count}") for kind, count in kinds]
    total = sum(count for _, count in kinds)
    blocks: list[Block] = [Heading(f"Briefings: {counted(total, 'entry', 'entries')}"), Bullets(tuple(listed))]
    if topics:
        words = " · ".join(f"{topic} ({count})" for topic, count in topics)
        blocks.append(Paragraph(text(Span("Topics: ", bold=True), words)))
    blocks.append(Note(text("Choose a shelf below, or type /briefings and a kind or topic.")))
    buttons = [Action("browse", kind.folder.capitalize(), (kind.folder, "0")) for kind, _ in kinds]
    buttons += [Action("browse", topic, (topic, "0")) for topic, _ in topics[:TOPIC_BUTTONS]]
    return Reply(
        blocks=tuple(blocks),
        summary=f"{total} briefings: {', '.join(kind.folder for kind, _ in kinds)}",
        outcome=Outcome.LIST,
        actions=(*buttons, Action("browse", "All", (ALL, "0"))),
    )


def _listing(title: str, shelf: str, entries: tuple[Entry, ...], page: str) -> Reply:
    pages = [entries[start : start + PAGE] for start in range(0, len(entries), PAGE)] or [()]
    place = min(page_number(page), len(pages) - 1)
    shown = pages[place]
    listed = tuple(text(Span(entry.title, bold=True), f" · {entry.description}") for entry in shown)
    turns = (
        (place > 0, Action("browse", "Previous", (shelf, str(place - 1)))),
        (place + 1 < len(pages), Action("browse", "Next", (shelf, str(place + 1)), primary=True)),
        (True, Action("browse", "All shelves", ("", "0"))),
    )
    return Reply(
        blocks=(
            Heading(title),
            Bullets(listed) if listed else Paragraph(text("Nothing here yet.")),
            Note(text(f"{counted(len(entries), 'entry', 'entries')} · page {place + 1} of {len(pages)}")),
        ),
        summary=f"{title}: {', '.join(entry.title for entry in shown)}",
        outcome=Outcome.LIST,
        actions=(
            *(Action("open", entry.title, (entry.id, "")) for entry in shown),
            *(button for wanted, button in turns if wanted),
        ),
        replaces=True,
    )


def _no_shelf(library: Library, viewer: Viewer, shelf: str) -> Reply:
    names = ", ".join(shelf_names(library, viewer))
    return Reply(
        blocks=(
            Paragraph(text(Span(f"No shelf is called “{echo(shelf)}”.", bold=True))),
            Paragraph(text("There are: ", names)),
        ),
        summary=f"No shelf is called “{echo(shelf)}”. There are: {names}",
        outcome=Outcome.NONE,
        actions=(Action("browse", "All shelves", ("", "0")),),
    )
