"""Pages: how much of a long answer stands on one screen. Nothing is cut, the rest waits behind a button."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.reply import Block, Bullets, Heading, RichText, lines, plain

FIRST_SCREEN = 1_700
"""Characters of claims and positions in the first answer: what a phone shows in two or three thumb strokes."""
FIRST_LINES = 6
"""Claims and positions in the first answer; a short answer is read, a long one is scrolled past."""
FOLLOWING_SCREEN = 2_800
"""Characters of a page that somebody asked for; leaves room for addresses within every platform's limit."""
FOLLOWING_LINES = 12
_PAGE_DIGITS = 4


class Unit(NamedTuple):
    """A piece of an answer that stays in one piece: a claim, a paragraph, a line of a list, under its heading.

    `sources` are the ids of the sources it cites, for the footnotes of the page it lands on.
    """

    heading: str
    block: Block
    sources: tuple[str, ...] = ()


def line(heading: str, spans: RichText, sources: tuple[str, ...] = ()) -> Unit:
    """Return a unit that is one bulleted line."""
    return Unit(heading, Bullets((spans,)), sources)


def paginate(
    units: Sequence[Unit],
    *,
    first: int = FOLLOWING_SCREEN,
    following: int = FOLLOWING_SCREEN,
    first_most: int = FOLLOWING_LINES,
    most: int = FOLLOWING_LINES,
) -> list[list[Unit]]:
    """Return `units` in order as pages of at most `first`, then `following` characters, and so many pieces each.

    A page holds at least one unit, however long. No units give no pages.
    """
    pages: list[list[Unit]] = []
    room, places = 0, 0
    for unit in units:
        length = sum(len(plain(spans)) for spans in lines((unit.block,)))
        if not pages or length > room or not places:
            room, places = (following, most) if pages else (first, first_most)
            pages.append([])
        pages[-1].append(unit)
        room, places = room - length, places - 1
    return pages


def blocks_of(units: Sequence[Unit]) -> list[Block]:
    """Return `units` as blocks, each run of one heading under that heading, neighbouring list lines as one list."""
    blocks: list[Block] = []
    heading = ""
    for unit in units:
        if unit.heading != heading:
            heading = unit.heading
            blocks += [Heading(heading, level=2)] if heading else []
        before = blocks[-1] if blocks else None
        if isinstance(before, Bullets) and isinstance(unit.block, Bullets) and _continues(before, unit.block):
            blocks[-1] = Bullets((*before.items, *unit.block.items), before.start)
        else:
            blocks.append(unit.block)
    return blocks


def _continues(before: Bullets, after: Bullets) -> bool:
    if before.start is None or after.start is None:
        return before.start is after.start
    return after.start == before.start + len(before.items)


def page_number(words: str) -> int:
    """Return the page that a button names, counted from 0; a damaged number is the first page."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _PAGE_DIGITS else 0
