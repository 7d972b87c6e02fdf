"""The body's Markdown: judged when a file is loaded, parsed to a small tree of its own when it is shown.

Headings, paragraphs, lists, links, emphasis, quotes and tables; CommonMark with tables, by markdown-it-py. Raw HTML,
images and code blocks are errors: a chat message cannot show the one and has no use for the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.library.entry import Section
from bot.library.yaml_source import Fault, Place

MAX_PIECE = 2_500
"""Characters of one paragraph or list item: what still fits in one chat message."""
_HEADING_LENGTH = 120
_WEB = re.compile(r"https?://[^\s<>\"\\^`{}|]+\Z")
_REFUSED = {
    "html_block": ("raw HTML", "write Markdown"),
    "html_inline": ("raw HTML", "write Markdown"),
    "image": ("an image", "link to it instead"),
    "fence": ("a code block", "write it as a paragraph"),
    "code_block": ("an indented code block", "take the spaces away from the start of the line"),
}


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


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Its own idea of a safe link would leave a refused one standing as plain words, and nobody would be told.
    setattr(parser, "validateLink", _any_link)  # noqa: B010 - the documented way; typed as a method, so not assignable
    return parser


def _any_link(url: str) -> bool:
    del url
    return True


def sections(body: str, first_line: int) -> tuple[tuple[Section, ...], list[Fault]]:
    """Return the body cut at its headings of the first two levels, and everything in it that is not allowed.

    Text above the first heading is a section called "Background".
    """
    tokens = _parser().parse(body)
    faults = [fault for token in tokens for fault in _token_faults(token, first_line)]
    lines = body.split("\n")
    heads = [
        (token.map[0], token.map[1], tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in {"h1", "h2"} and token.level == 0 and token.map
    ]
    starts = [*heads, (len(lines), len(lines), "")]
    found = []
    if "\n".join(lines[: starts[0][0]]).strip():
        found.append(Section(heading="Background", markdown="\n".join(lines[: starts[0][0]]), line=first_line))
    for (line, after, heading), (end, _, _) in pairwise(starts):
        if not heading or len(heading) > _HEADING_LENGTH:
            faults.append(Fault(Place(first_line + line, 1), f"a heading has 1 to {_HEADING_LENGTH} characters"))
            continue
        words = "".join(inline.text for inline in _inlines(_parser().parseInline(heading)[0]))
        found.append(Section(heading=words, markdown="\n".join(lines[after:end]), line=first_line + line))
    return tuple(found), faults


def _token_faults(token: Token, first_line: int) -> Iterator[Fault]:
    place = Place(first_line + (token.map[0] if token.map else 0), 1)
    for each in (token, *(token.children or ())):
        if each.type in _REFUSED:
            message, hint = _REFUSED[each.type]
            yield Fault(place, f"{message} in the body", hint)
        if each.type == "link_open" and not _WEB.match(str(each.attrGet("href") or "")):
            yield Fault(place, "a link that is not http or https", "link to a web address, or leave the words alone")
    if token.type == "inline" and len(token.content) > MAX_PIECE:
        message = f"a paragraph of {len(token.content)} characters, {MAX_PIECE} are allowed"
        yield Fault(place, message, "break it in two")


def parse_section(section: Section) -> tuple[Line, ...]:
    """Return the section's text as lines in reading order; a table's rows name their columns."""
    return tuple(_Reader(_parser().parse(section.markdown)).lines())


class _Reader:
    """Walks the parser's flat tokens, knowing which lists, quotes and tables are open."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._lists: list[int | None] = []
        self._quotes = 0
        self._heading = False
        self._cell = False
        self._header: list[str] = []
        self._row: list[tuple[Inline, ...]] = []

    def lines(self) -> Iterator[Line]:
        for token in self._tokens:
            yield from self._line(token)

    def _line(self, token: Token) -> Iterator[Line]:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1) - 1)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open" if self._lists[-1] is not None:
                self._lists[-1] += 1
            case "blockquote_open" | "blockquote_close":
                self._quotes += 1 if token.nesting > 0 else -1
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0
            case "thead_open":
                self._header = []
            case "th_open" | "td_open" | "th_close" | "td_close":
                self._cell = token.nesting > 0
            case "tr_open":
                self._row = []
            case "tr_close":
                yield from self._table_row()
            case "inline":
                yield from self._text(token)
            case _:
                return

    def _text(self, token: Token) -> Iterator[Line]:
        inlines = _inlines(token)
        if self._cell:
            self._row.append(inlines)
        elif inlines:
            yield self._placed(inlines)

    def _placed(self, inlines: tuple[Inline, ...]) -> Line:
        if self._heading:
            return Line("heading", inlines)
        if self._quotes:
            return Line("quote", inlines)
        if not self._lists:
            return Line("paragraph", inlines)
        number = self._lists[-1]
        depth = len(self._lists) - 1
        return Line("item", inlines, depth=depth) if number is None else Line("number", inlines, number, depth)

    def _table_row(self) -> Iterator[Line]:
        if not self._header:
            self._header = ["".join(inline.text for inline in cell) for cell in self._row] or [""]
            return
        inlines: list[Inline] = []
        for place, cell in enumerate(self._row):
            name = self._header[place] if place < len(self._header) else ""
            inlines += [Inline("; ")] if place else []
            inlines += [Inline(f"{name}: ", bold=True)] if name else []
            inlines += cell
        yield Line("row", tuple(inlines))


def _inlines(token: Token) -> tuple[Inline, ...]:
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
                found.append(Inline(child.content, bool(bold), bool(italic), url=url))
    return tuple(found)
