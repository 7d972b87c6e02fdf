"""Discord's Markdown by lines: headings, small print, quotes, lists and code; everything else runs on as typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import htpy as h
from htpy import Element, Node

from bot.web.draw_discord.inline import inline

_FENCE = re.compile(r"(?<!\\)```(?:[\w+#.-]+\n)?\n*(.+?)\n*```", re.DOTALL)
_HEADING = re.compile(r" *(#{1,3}) +(.*?)[ #]*$")
_SMALL = re.compile(r" *-# +(.*)$")
_QUOTE = re.compile(r" *> (.*)$")
_QUOTE_REST = re.compile(r" *>>> (.*)$")
_ITEM = re.compile(r"( *)([-*]|\d+\.) +(\S.*)$")


def markdown(text: str) -> Node:
    """Return a text as Discord shows it in messages, text displays and descriptions."""
    # Every second piece is the inside of a fence; the line break beside a fence belongs to it.
    nodes: list[Node] = []
    for number, piece in enumerate(_FENCE.split(text)):
        if number % 2:
            nodes.append(h.pre[piece])
        elif words := piece.removeprefix("\n") if number else piece:
            nodes.append(_lines(words))
    return nodes


def _lines(text: str, *, quoted: bool = False) -> Node:
    lines = text.removesuffix("\n").split("\n")
    nodes: list[Node] = []
    at = 0
    while at < len(lines):
        node, at = _block(lines, at, quoted=quoted)
        nodes.append(node)
    return nodes


def _block(lines: list[str], at: int, *, quoted: bool) -> tuple[Node, int]:
    """Return the block that begins at line `at`, and the line after it."""
    line = lines[at]
    if heading := _HEADING.match(line):
        return h.h3(class_=f"dc-h{len(heading[1])}")[inline(heading[2])], at + 1
    if small := _SMALL.match(line):
        return h.p(".dc-small")[inline(small[1])], at + 1
    if not quoted and (rest := _QUOTE_REST.match(line)):
        return h.blockquote[_lines("\n".join([rest[1], *lines[at + 1 :]]), quoted=True)], len(lines)
    if not quoted and _QUOTE.match(line):
        inside = _run(lines, at, _QUOTE)
        words = (found[1] for each in inside if (found := _QUOTE.match(each)))
        return h.blockquote[_lines("\n".join(words), quoted=True)], at + len(inside)
    if _ITEM.match(line):
        entries, after = _items(lines, at)
        return _list(entries), after
    end = at + 1
    while end < len(lines) and not _begins(lines[end], quoted=quoted):
        end += 1
    return _text(lines[at:end]), end


def _begins(line: str, *, quoted: bool) -> bool:
    rules = (_HEADING, _SMALL, _ITEM) if quoted else (_HEADING, _SMALL, _ITEM, _QUOTE, _QUOTE_REST)
    return any(rule.match(line) for rule in rules)


def _run(lines: list[str], at: int, rule: re.Pattern[str]) -> list[str]:
    end = at
    while end < len(lines) and rule.match(lines[end]):
        end += 1
    return lines[at:end]


def _text(lines: list[str]) -> Node:
    words = "\n".join(lines)
    return h.div(".dc-text")[inline(words)] if words.strip() else h.div(".dc-gap")


@dataclass(slots=True)
class _Entry:
    """A line of a list, and the lines that go on below it."""

    indent: int
    mark: str
    words: str


def _items(lines: list[str], at: int) -> tuple[list[_Entry], int]:
    entries: list[_Entry] = []
    while at < len(lines):
        found = _ITEM.match(lines[at])
        if found:
            entries.append(_Entry(len(found[1]), found[2], found[3]))
        elif lines[at].startswith(" ") and lines[at].strip():
            entries[-1].words += "\n" + lines[at].strip()
        else:
            break
        at += 1
    return entries, at


def _list(entries: list[_Entry]) -> Node:
    """Return entries as a list; an entry indented by two spaces or more belongs to the one above it."""
    first = entries[0]
    listed: Element = h.ul if first.mark in "-*" else h.ol(start=first.mark.rstrip("."))
    return listed[(h.li[inline(own.words), _list(below) if below else None] for own, below in _grouped(entries))]


def _grouped(entries: list[_Entry]) -> Iterator[tuple[_Entry, list[_Entry]]]:
    deep = entries[0].indent + 2
    own, below = entries[0], list[_Entry]()
    for entry in entries[1:]:
        if entry.indent >= deep:
            below.append(entry)
            continue
        yield own, below
        own, below = entry, []
    yield own, below
