"""Cuts a reply's blocks to what one message of a platform holds; nothing is dropped, nothing changes its order.

Pure, and knows no platform: how long a part is says a `measure` handed in, which counts as that platform counts.
Cuts fall between blocks and list items if they can, then between sentences, then words, and only then inside one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.reply import Block, Bullets, Callout, Divider, Heading, Note, Paragraph, Quote, RichText, Span, plain

Measure = Callable[[Sequence[Block]], int]
Part = tuple[Block, ...]

_SENTENCE_END = re.compile(r"(?<=[.!?。！？;；])\s+|(?<=[。！？；])")
_WORD_END = re.compile(r"\s+")
_EARLY = 3
"""A cut between sentences may leave at most this fraction (1/3) of the room unused; then one between words is taken."""


def split(blocks: Iterable[Block], measure: Measure, limit: int) -> list[Part]:
    """Return `blocks` as parts, each of which `measure`s at most `limit`; no blocks give one empty part.

    A heading stays with what follows it. Raises ValueError when not even one character fits: a programming error.
    """
    parts: list[list[Block]] = [[]]
    waiting = [piece for block in blocks for piece in _pieces(block)][::-1]
    while waiting:
        piece = waiting.pop()
        grown = _with(parts[-1], piece)
        if measure(grown) <= limit:
            parts[-1] = grown
        elif parts[-1] and not _only_headings(parts[-1]):
            parts.append(_trailing_headings(parts[-1]))
            waiting.append(piece)
        else:
            room = parts.pop()
            head, rest = _cut(piece, _room_beside(room, measure, limit))
            if head is None:  # beside its heading there is no room at all
                parts += [room] if room else []
                head, rest = _cut(piece, _room_beside([], measure, limit))
                room = []
            if head is None:
                raise ValueError(f"a limit of {limit} holds no part of a {type(piece).__name__}")
            parts.append(_with(room, head))
            waiting += [rest] if rest is not None else []
    return [tuple(part) for part in parts if part] or [()]


def _room_beside(part: Sequence[Block], measure: Measure, limit: int) -> Callable[[Block], bool]:
    return lambda piece: measure(_with(part, piece)) <= limit


def _pieces(block: Block) -> list[Block]:
    if not isinstance(block, Bullets):
        return [block]
    start = block.start
    return [Bullets((item,), None if start is None else start + place) for place, item in enumerate(block.items)]


def _with(part: Sequence[Block], piece: Block) -> list[Block]:
    """Return `part` with `piece` behind it, list items that belong together as one list again."""
    last = part[-1] if part else None
    if isinstance(last, Bullets) and isinstance(piece, Bullets) and _continues(last, piece):
        return [*part[:-1], Bullets((*last.items, *piece.items), last.start)]
    return [*part, piece]


def _continues(last: Bullets, piece: Bullets) -> bool:
    if last.start is None or piece.start is None:
        return last.start is piece.start
    return piece.start == last.start + len(last.items)


def _only_headings(part: Sequence[Block]) -> bool:
    return all(isinstance(block, Heading) for block in part)


def _trailing_headings(part: list[Block]) -> list[Block]:
    """Take the headings off the end of `part`, which has nothing below them, and return them."""
    taken: list[Block] = []
    while part and isinstance(part[-1], Heading):
        taken.insert(0, part.pop())
    return taken


def _cut(block: Block, fits: Callable[[Block], bool]) -> tuple[Block | None, Block | None]:
    """Return the longest beginning of `block` that fits, cut where it hurts least, and the rest; None for nothing."""
    if fits(block):
        return block, None
    words = _words(block)
    low, high = 0, len(words)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        if fits(_cut_at(block, 0, middle)):
            low = middle
        else:
            high = middle - 1
    if not low:
        return None, block
    place = _boundary(words, low)
    while place < low and not fits(_cut_at(block, 0, place)):
        place -= 1
    return _cut_at(block, 0, place), _cut_at(block, place, len(words))


def _boundary(words: str, furthest: int) -> int:
    """Return where to cut at or before `furthest`: behind a sentence, else behind a word, else right there."""
    for pattern, least in ((_SENTENCE_END, furthest - furthest // _EARLY), (_WORD_END, 1)):
        ends = [found.end() for found in pattern.finditer(words, 0, min(len(words), furthest + 1))]
        place = next((end for end in reversed(ends) if end <= furthest), 0)
        if place >= least:
            return place
    return furthest


def _words(block: Block) -> str:
    match block:
        case Heading(words):
            return words
        case Paragraph(spans) | Note(spans) | Quote(spans) | Callout(_, spans):
            return plain(spans)
        case Bullets(items):
            return plain(items[0])
        case Divider():
            return ""


def _cut_at(block: Block, start: int, end: int) -> Block:
    match block:
        case Heading(words):
            return replace(block, text=words[start:end])
        case Paragraph(spans) | Note(spans) | Quote(spans) | Callout(_, spans):
            return replace(block, spans=_slice(spans, start, end))
        case Bullets(items):
            return replace(block, items=(_slice(items[0], start, end),))
        case Divider():
            return block


def _slice(spans: RichText, start: int, end: int) -> RichText:
    """Return the characters from `start` to `end`, each piece in the style it had."""
    found: list[Span] = []
    at = 0
    for span in spans:
        piece = span.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            found.append(replace(span, text=piece))
        at += len(span.text)
    return tuple(found)
