"""What an edition tells becomes a reply: a short list first, the rest below a rule, and buttons that stay good.

Nothing is cut short. What is beyond the maximum is told in full below; where there is much of it, by its title, with
a button to open or browse. Platforms split what is long into further messages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.digests.edition import Candidate, Item, LeftOut, Section
from bot.reply import (
    Action,
    Block,
    Bullets,
    Callout,
    Divider,
    Heading,
    Note,
    Paragraph,
    RichText,
    Span,
    Tone,
    plain,
    text,
)
from bot.wording import counted

MOST = {
    Section.CORRECTED: 5,
    Section.NEW: 5,
    Section.CHANGED: 5,
    Section.WITHDRAWN: 5,
    Section.COMING: 4,
    Section.ON_THIS_DAY: 3,
    Section.SPOTLIGHT: 1,
    Section.REVIEW: 5,
}
"""What a section has at most in the short list."""
MOST_OVERALL = 15
POINTS = 3
"""Points of one entry in the short list."""
POINTS_BELOW = 24
"""Points of one entry altogether; of an entry that was rewritten the rest is only counted."""
CHARACTERS_BELOW = 9_000
"""From so many characters on, entries are only named below."""
ITEMS_BELOW = 20
"""Entries told below; more are named."""
NAMED_BELOW = 60
"""Entries named below; what is beyond even that was an import or a move, and stands behind the Browse button."""
BUTTONS = 25
"""Buttons of an edition: as many as one message has on every platform."""
_DAY_BUTTONS = 4


@dataclass
class Laid:
    """What goes where."""

    shown: list[Candidate] = field(default_factory=list)
    below: list[Candidate] = field(default_factory=list)
    named: list[Candidate] = field(default_factory=list)
    unnamed: list[Candidate] = field(default_factory=list)
    behind: list[Candidate] = field(default_factory=list)


def lay_out(candidates: Iterable[Candidate]) -> Laid:
    """Return where each candidate goes; they come in the order of the sections."""
    laid, buttons, room = Laid(), dict[str, Action](), CHARACTERS_BELOW
    counts = dict.fromkeys(Section, 0)
    for each in candidates:
        if counts[each.section] < MOST[each.section] and len(laid.shown) < MOST_OVERALL:
            counts[each.section] += 1
            laid.shown.append(each)
            room -= sum(_length(point) for point in each.points[POINTS:])
            continue
        if each.section is Section.SPOTLIGHT:
            continue  # its turn comes on a day with more room
        if each.behind and (each.behind.encode() in buttons or len(buttons) < _DAY_BUTTONS):
            buttons[each.behind.encode()] = each.behind
            laid.behind.append(each)
        elif room > 0 and len(laid.below) < ITEMS_BELOW:
            room -= _length(each.line) + sum(map(_length, each.points)) + len(each.why)
            laid.below.append(each)
        else:
            (laid.named if len(laid.named) < NAMED_BELOW else laid.unnamed).append(each)
    return laid


def _length(spans: RichText) -> int:
    return len(plain(spans))


def blocks(laid: Laid) -> list[Block]:
    """Return the list, then below a rule what is beyond it."""
    explained = set[str]()
    found = _sections(laid.shown, explained, level=2)
    rest = [*_continued(laid.shown), *_sections(laid.below, explained, level=3, whole=True), *_names(laid)]
    behind = dict.fromkeys(each.behind.label for each in laid.behind if each.behind)
    if behind:
        found.append(Note(text(f"And {len(laid.behind)} more of this day, behind: {', '.join(behind)}.")))
    beyond = len(laid.below) + len(laid.named) + len(laid.unnamed)
    if rest:
        found.append(Note(text(f"And {beyond} more, below." if beyond else "The rest of what changed is below.")))
        found += [Divider(), Heading("The rest of this edition", level=2), *rest]
    return found


def _sections(candidates: Sequence[Candidate], explained: set[str], *, level: int, whole: bool = False) -> list[Block]:
    """Return the sections, with a few points of an entry or the `whole`.

    `explained` are the entries of which the edition said why they matter: once is enough.
    """
    found: list[Block] = []
    section: Section | None = None
    for each in candidates:
        if each.section is not section:
            section = each.section
            found.append(Heading(section.heading, level=level))
        line = each.line if each.entry_id in explained else (*each.line, *_why(each))
        explained.add(each.entry_id)
        if section is Section.CORRECTED:
            found.append(Callout(Tone.WARNING, line))
        elif section is Section.CHANGED:
            points = each.points[: POINTS_BELOW if whole else POINTS]
            found += [Paragraph(line), *_bullets(points), *(_rewritten(each) if whole else ())]
        elif isinstance(found[-1], Bullets):
            found[-1] = Bullets((*found[-1].items, line))
        else:
            found.append(Bullets((line,)))
    return found


def _why(each: Candidate) -> RichText:
    return text(Span(f" Why it matters: {each.why}" if each.why else "", italic=True))


def _bullets(points: tuple[RichText, ...]) -> list[Block]:
    return [Bullets(points)] if points else []


def _rewritten(each: Candidate) -> list[Block]:
    """Return how many points are only counted, if any."""
    left = len(each.points) - POINTS_BELOW
    words = f"And {counted(left, 'more change')}: {each.title} was rewritten, open it to read it."
    return [Note(text(words))] if left > 0 else []


def _continued(shown: Sequence[Candidate]) -> list[Block]:
    """Return the points that did not stand in the list."""
    found: list[Block] = []
    for each in shown:
        if points := each.points[POINTS:POINTS_BELOW]:
            found += [Paragraph(text(Span(each.title, bold=True), ", continued:")), *_bullets(points)]
            found += _rewritten(each)
    return found


def _names(laid: Laid) -> list[Block]:
    """Return by title what is too much to be told, by section, and how much is beyond even that."""
    found: list[Block] = []
    for section in dict.fromkeys(each.section for each in laid.named):
        titles = dict.fromkeys(each.title for each in laid.named if each.section is section)
        found.append(Paragraph(text(Span(f"Also {section}: ", bold=True), " · ".join(titles))))
    if laid.unnamed:
        found.append(Paragraph(text(f"And {len(laid.unnamed)} more: browse them all.")))
    return found


def buttons(laid: Laid, browse: Action, *, all_new: bool) -> tuple[Action, ...]:
    """Return the buttons, what is in the list first; `browse` where something is only counted, or `all_new`."""
    opens = [Action("open", each.title, (each.entry_id, "")) for each in laid.shown if each.opens]
    days = [each.behind for each in laid.behind if each.behind]
    later = [Action("open", each.title, (each.entry_id, "")) for each in (*laid.below, *laid.named) if each.opens]
    wanted = [browse] if all_new or laid.named or laid.unnamed else []
    different = {each.encode(): each for each in (*opens, *days, *wanted, *later)}
    if len(different) > BUTTONS:  # what has no button of its own can be browsed
        different = {each.encode(): each for each in (*opens, *days, browse, *later)}
    return tuple(different.values())[:BUTTONS]


def told(laid: Laid) -> tuple[Item, ...]:
    """Return what the edition tells, as plain text with the reasons."""
    shown = [(each, False) for each in laid.shown]
    return tuple(_item(each, below=below) for each, below in (*shown, *((each, True) for each in laid.below)))


def _item(each: Candidate, *, below: bool) -> Item:
    words = "\n".join(plain(spans) for spans in (each.line, *each.points))
    return Item(each.section, each.entry_id, each.title, words, each.reason, below)


def untold(laid: Laid) -> tuple[LeftOut, ...]:
    """Return what there was no room for, and where it can be read instead."""
    places = [(each, f"behind the button {each.behind.label}") for each in laid.behind if each.behind]
    places += [(each, "named below") for each in laid.named]
    places += [(each, "behind the Browse button") for each in laid.unnamed]
    return tuple(
        LeftOut(each.entry_id, each.title, f"beyond the maximum ({_limit(each.section)}): {place}", each.section)
        for each, place in places
    )


def _limit(section: Section) -> str:
    return f"{MOST[section]} under {section.heading}, {MOST_OVERALL} in all"
