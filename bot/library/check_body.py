"""What a body must not hold, and where it is cut into sections.

Raw HTML, images and code blocks: a chat message cannot show the one and has no use for the others. And whatever
Markdown would swallow without showing it: definitions of links, titles of links, cells beyond the last column, text
nested too deep. No word of an entry may be lost on its way to a reader.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from pydantic import ValidationError

from bot.library.address import is_web_address
from bot.library.body import inlines_of, markdown
from bot.library.characters import HINT, hidden, told
from bot.library.entry import Section
from bot.library.place import Fault, Place

MAX_PIECE = 2_500
"""Characters of one paragraph or list item: what still fits in one chat message."""
_DENSE = 4_000
"""Characters without an empty line: reading such a block of brackets takes time that grows with its square."""
_MAX_DEPTH = 20
_REFUSED = {
    "html_block": ("raw HTML", "write Markdown"),
    "html_inline": ("raw HTML", "write Markdown; a < that is meant is written \\<"),
    "image": ("an image", "link to it instead"),
    "fence": ("a code block", "write it as a paragraph"),
    "code_block": ("an indented code block", "take the spaces away from the start of the line"),
}
_Sections = tuple[Section, ...]


def sections(body: str, first_line: int) -> tuple[_Sections, list[Fault]]:
    """Return the body cut at its headings of the first two levels, and everything in it that is not allowed.

    Text above the first heading is a section called "Background". `first_line` is the file's line of the body's first.
    """
    source = _Source(body.split("\n"), first_line)
    dense = _dense(source)
    if dense is not None:
        return (), [dense]
    told_apart: dict[str, Any] = {}
    tokens = markdown().parse(body, told_apart)
    faults = list(_definitions(told_apart, source))
    for token, children in ((token, token.children or []) for token in tokens):
        faults += _block_faults(token, source)
        faults += _inline_faults(token, children, source)
    faults += _table_faults(tokens, source)
    found, more = _cut(tokens, source)
    return found, [*faults, *more]


class _Source:
    """The body's lines, and where they stand in the file."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self._first = first_line

    def place(self, line: int, fragment: str = "") -> Place:
        """Return the place of `fragment` in a line of the body (from 0), or of the line's first character."""
        text = self.lines[line] if line < len(self.lines) else ""
        column = max(text.find(fragment), 0) if fragment else len(text) - len(text.lstrip())
        return Place(self._first + line, column + 1)


def _dense(source: _Source) -> Fault | None:
    """Return where more text stands without an empty line than anybody reads; parsing it could take long."""
    length = begin = 0
    for number, line in enumerate(source.lines):
        length, begin = (length + len(line), begin) if line.strip() else (0, number + 1)
        if length > _DENSE:
            hint = "empty lines make paragraphs"
            return Fault(source.place(begin), f"more than {_DENSE:,} characters without an empty line", hint)
    return None


def _definitions(told_apart: Mapping[str, Any], source: _Source) -> Iterator[Fault]:
    defined = (*told_apart.get("references", {}).values(), *told_apart.get("duplicate_refs", ()))
    for each in defined:
        yield Fault(source.place(each["map"][0]), "a link defined apart from its words", "write [words](address)")


def _block_faults(token: Token, source: _Source) -> Iterator[Fault]:
    line = token.map[0] if token.map else 0
    if token.type in _REFUSED:
        message, hint = _REFUSED[token.type]
        yield Fault(source.place(line), f"{message} in the body", hint)
    if token.level > _MAX_DEPTH and token.nesting > 0:
        yield Fault(source.place(line), f"nested deeper than {_MAX_DEPTH} levels", "nobody can follow that deep")
    if token.type == "table_open" and token.level > 0:
        yield Fault(source.place(line), "a table in a list or a quotation", "let it stand by itself")
    if token.type == "inline" and len(token.content) > MAX_PIECE:
        message = f"a paragraph of {len(token.content)} characters, {MAX_PIECE} are allowed"
        yield Fault(source.place(line), message, "break it in two")


def _inline_faults(token: Token, children: list[Token], source: _Source) -> Iterator[Fault]:
    line = token.map[0] if token.map else 0
    for child, following in pairwise(chain(children, [Token("end", "", 0)])):
        if child.type in _REFUSED:
            message, hint = _REFUSED[child.type]
            fragment = "![" if child.type == "image" else child.content.split("\n")[0]
            yield Fault(source.place(line, fragment), f"{message} in the body", hint)
        elif child.type == "link_open":
            yield from _link_faults(child, following, source, line)
        found = hidden(child.content)
        if found and found[0] not in token.content:  # written out in numbers; the character itself is told elsewhere
            yield Fault(source.place(line, "&"), told(found[0]), HINT)
        line += 1 if child.type in {"softbreak", "hardbreak"} else child.content.count("\n")


def _link_faults(link: Token, following: Token, source: _Source, line: int) -> Iterator[Fault]:
    address = str(link.attrGet("href") or "")
    place = source.place(line, "<" if link.info == "auto" else "](")
    if not is_web_address(address):
        shown = address if len(address) <= 40 else f"{address[:40]}…"  # noqa: PLR2004 - as much as shows what it is
        hint = "link to a web address, or leave the words alone"
        yield Fault(place, f"a link that is not http or https: {shown!r}", hint)
    if link.attrGet("title"):
        yield Fault(place, "a link with a title, which nobody sees", "write it into the text")
    if following.type == "link_close":
        yield Fault(place, "a link without words", "write [words](address)")


def _table_faults(tokens: list[Token], source: _Source) -> Iterator[Fault]:
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns and token.level == 2:  # noqa: PLR2004 - table, body, row
            cells = escapedSplit(source.lines[token.map[0]].strip())
            count = len(cells) - (cells[0] == "") - (cells[-1] == "" and len(cells) > 1)
            if count > columns:
                message = f"a row of {count} cells in a table of {columns} columns"
                yield Fault(source.place(token.map[0]), message, "a | that is meant is written \\|")


def _cut(tokens: list[Token], source: _Source) -> tuple[_Sections, list[Fault]]:
    lines, found, faults = source.lines, list[Section](), list[Fault]()
    heads = [
        (token.map[0], token.map[1], "".join(inline.text for inline in inlines_of(tokens[place + 1])))
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in {"h1", "h2"} and token.level == 0 and token.map
    ]
    first = heads[0][0] if heads else len(lines)
    begin = next((number for number, line in enumerate(lines[:first]) if line.strip()), None)
    if begin is not None:
        heads.insert(0, (begin, begin, "Background"))
    for (line, after, heading), (end, _, _) in pairwise([*heads, (len(lines), 0, "")]):
        try:
            place = source.place(line)
            text, begin = "\n".join(lines[after:end]), place.line + after - line
            found.append(Section(heading=heading, markdown=text, line=place.line, begin=begin))
        except ValidationError as error:
            what = "a heading without words" if not heading.strip() else f"a heading: {error.errors()[0]['msg']}"
            faults.append(Fault(source.place(line), what, "a heading has 1 to 120 characters"))
    return tuple(found), faults
