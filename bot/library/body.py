"""The body's Markdown becomes lines of styled text: a small form of its own that a command can turn into blocks.

Headings, paragraphs, lists, links, emphasis, quotes and tables; CommonMark with tables, by markdown-it-py. What a
body must not hold is refused when the file is read (`check_body`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.library.entry import Section

_MAX_NESTING = 60
"""Levels that are parsed; what is deeper would be left out without a word, so `check_body` refuses far less."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text with one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One block of text: a paragraph, a list item, a line of a quotation, a sub-heading or a row of a table.

    `sort` is ``paragraph``, ``item``, ``number``, ``quote``, ``heading`` or ``row``; `number` counts numbered items;
    `depth` is how deep a list item is nested, from 0.
    """

    sort: str
    inlines: tuple[Inline, ...]
    number: int = 0
    depth: int = 0


@cache
def markdown() -> MarkdownIt:
    """Return the one parser of bodies; it keeps nothing of what it parsed."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING}).enable("table")
    # Its own idea of a safe link would leave a refused one standing as plain words, and nobody would be told.
    setattr(parser, "validateLink", _any_link)  # noqa: B010 - the documented way; typed as a method, so not assignable
    return parser


def _any_link(url: str) -> bool:
    del url
    return True


def parse_section(section: Section) -> tuple[Line, ...]:
    """Return the section's text as lines in reading order; a table's rows name their columns."""
    return tuple(_Reader(markdown().parse(section.markdown)).lines())


class _Reader:
    """Walks the parser's flat tokens, knowing which lists, quotes and tables are open."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._lists: list[int | None] = []
        self._item = False
        self._quotes = 0
        self._heading = False
        self._cell = False
        self._header: list[tuple[Inline, ...]] = []
        self._rows = 0
        self._row: list[tuple[Inline, ...]] = []

    def lines(self) -> Iterator[Line]:
        for token in self._tokens:
            yield from self._line(token)

    def _line(self, token: Token) -> Iterator[Line]:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                start = token.attrGet("start")
                # No chat product counts from 0: such a list counts from 1.
                self._lists.append(max(1 if start is None else int(start), 1) - 1)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._item = True
                if self._lists[-1] is not None:
                    self._lists[-1] += 1
            case "blockquote_open" | "blockquote_close":
                self._quotes += 1 if token.nesting > 0 else -1
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0
            case "table_close":
                yield from self._table_end()
            case "th_open" | "td_open" | "th_close" | "td_close":
                self._cell = token.nesting > 0
            case "tr_open":
                self._row = []
            case "tr_close":
                yield from self._table_row()
            case "inline":
                yield from self._text(token)

    def _text(self, token: Token) -> Iterator[Line]:
        inlines = inlines_of(token)
        if self._cell:
            self._row.append(inlines)
        elif inlines:
            yield self._placed(inlines)

    def _placed(self, inlines: tuple[Inline, ...]) -> Line:
        if self._heading:
            return Line("heading", inlines)
        if self._quotes:
            return Line("quote", inlines)
        if not self._lists or not self._item:
            return Line("paragraph", inlines)
        self._item = False  # what follows in the same item is a paragraph of it
        number = self._lists[-1]
        depth = len(self._lists) - 1
        return Line("item", inlines, depth=depth) if number is None else Line("number", inlines, number, depth)

    def _table_row(self) -> Iterator[Line]:
        if not self._header:
            self._header = [tuple(replace(inline, bold=True) for inline in cell) for cell in self._row]
            return
        inlines: list[Inline] = []
        for place, (name, cell) in enumerate(zip_longest(self._header, self._row, fillvalue=())):
            inlines += [Inline("; ")] if place else []
            inlines += [*name, Inline(": ", bold=True)] if name else []
            inlines += cell
        self._rows += 1
        yield Line("row", tuple(inlines))

    def _table_end(self) -> Iterator[Line]:
        if not self._rows:  # a table of nothing but its head: no word of it may be lost
            yield Line("row", tuple(inline for name in self._header for inline in (*name, Inline("; ")))[:-1])
        self._header, self._rows = [], 0


def inlines_of(token: Token) -> tuple[Inline, ...]:
    """Return the text of an inline `token` in runs of one style each; line breaks become spaces."""
    found: list[Inline] = []
    bold = italic = 0
    url: str | None = None
    for child in token.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "em_open" | "em_close":
                italic += child.nesting
            case "link_open":
                url = str(child.attrGet("href"))
            case "link_close":
                url = None
            case "softbreak" | "hardbreak":
                found.append(Inline(" ", bool(bold), bool(italic), url=url))
            case "code_inline":
                found.append(Inline(child.content, bool(bold), bool(italic), code=True, url=url))
            case _ if child.content:
                found.append(Inline(" ".join(child.content.split("\n")), bool(bold), bool(italic), url=url))
    return tuple(found)
