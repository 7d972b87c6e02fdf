"""Cuts what is too long for one message into parts that fit, at the best place there is, and drops no word of it.

A platform hands in how it counts and how much it takes. Places to cut, best first: between blocks, between the lines of
a list, behind a sentence or a line, between words, before a link, between characters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.reply import Block, Bullets, Callout, Divider, Heading, Note, Paragraph, Quote, RichText, Span, plain

Measure = Callable[[Sequence[Block]], int]

_SENTENCE_END = re.compile(r"\n|[.!?…][\"'”’)\]]*\s|[。！？…][”’」』）]*")
_WORD_END = re.compile(r"\s|[，、；：]")
_JOINED = frozenset("\u200d\ufe0e\ufe0f") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""Characters that belong to the one before: joiner, variation selectors, skin tones."""
_LEAST = 0.5
"""The share of the room that a part should fill before a cut between sentences is preferred to one between words."""


def split(blocks: Sequence[Block], measure: Measure, limit: int, *, most: int | None = None) -> list[tuple[Block, ...]]:
    """Return `blocks` in order as parts that each measure at most `limit` and have at most `most` blocks.

    A block stays whole if it fits into a part of its own; a heading stays with what follows it. `measure` must not
    shrink when something is added. No blocks give one empty part. Raises ValueError when not even one character of a
    block fits: the limit is none.
    """
    room = _Room(measure, limit, most)
    parts: list[tuple[Block, ...]] = []
    part: list[Block] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if room.takes(part, block):
            part.append(block)
            continue
        held = _trailing_headings(part)
        filled = part[: len(part) - len(held)]
        rest: list[Block] = [block]
        if not (filled and room.takes(held, block)):  # it does not fit whole into the next part either
            cut = _cut(block, part, room)
            if cut is not None:
                head, rest = cut
                filled, held = [*part, head], []
            elif not part:
                raise ValueError(f"a limit of {limit} holds no part of a {type(block).__name__}")
        waiting += reversed(rest)
        parts.append(tuple(filled or held))
        part = held if filled else []
    return [*parts, tuple(part)] if part or not parts else parts


class _Room:
    """How much one part takes."""

    def __init__(self, measure: Measure, limit: int, most: int | None) -> None:
        self._measure = measure
        self._limit = limit
        self._most = most

    def takes(self, part: Sequence[Block], block: Block) -> bool:
        """Return whether `block` fits behind `part`."""
        if self._most is not None and len(part) >= self._most:
            return False
        return self._measure((*part, block)) <= self._limit


def _trailing_headings(part: Sequence[Block]) -> list[Block]:
    start = len(part)
    while start and isinstance(part[start - 1], Heading):
        start -= 1
    return list(part[start:])


def _cut(block: Block, part: Sequence[Block], room: _Room) -> tuple[Block, list[Block]] | None:
    """Return a first piece of `block` that fits behind `part`, and the rest; None when not one character of it does."""
    match block:
        case Bullets(items):
            return _cut_list(block, part, room) if items else None
        case Heading(words, level):
            pieces = _cut_spans((Span(words),), lambda head: room.takes(part, Heading(plain(head), level)))
            return _paired([Heading(plain(piece), level) for piece in pieces])
        case Divider():
            return None
        case Paragraph(spans) | Note(spans) | Quote(spans) | Callout(_, spans):
            pieces = _cut_spans(spans, lambda head: room.takes(part, replace(block, spans=head)))
            return _paired([replace(block, spans=piece) for piece in pieces])


def _paired(pieces: list[Block]) -> tuple[Block, list[Block]] | None:
    return (pieces[0], pieces[1:]) if pieces else None


def _cut_list(block: Bullets, part: Sequence[Block], room: _Room) -> tuple[Block, list[Block]] | None:
    """Cut between lines; where the first line alone is too long, inside it: its rest goes on without a bullet."""
    items, start = block.items, block.start

    def tail(count: int) -> list[Block]:
        after = None if start is None else start + count
        return [Bullets(items[count:], after)] if items[count:] else []

    for count in range(len(items) - 1, 0, -1):
        if room.takes(part, head := Bullets(items[:count], start)):
            return head, tail(count)
    pieces = _cut_spans(items[0], lambda spans: room.takes(part, Bullets((spans,), start)))
    if not pieces:
        return None
    return Bullets((pieces[0],), start), [*(Paragraph(piece) for piece in pieces[1:]), *tail(1)]


def _cut_spans(spans: RichText, fits: Callable[[RichText], bool]) -> list[RichText]:
    """Return `spans` in two pieces of which the first fits; none when not one character does."""
    most = _longest(spans, fits)
    for place in _places(spans, most):
        if fits(head := _before(spans, place)):
            return [head, _behind(spans, place)]
    return []


def _longest(spans: RichText, fits: Callable[[RichText], bool]) -> int:
    """Return how many characters fit, found by halving."""
    low, high = 0, len(plain(spans))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_before(spans, middle)) else (low, middle - 1)
    return low


def _places(spans: RichText, most: int) -> Iterator[int]:
    """Yield where to cut within the first `most` characters, the best place first."""
    words = plain(spans)
    unbroken = [(at, at + len(span.text)) for at, span in _placed(spans) if span.url or span.code]

    def open_at(place: int) -> bool:
        return not any(start < place < end for start, end in unbroken)

    sentences = [found.end() for found in _SENTENCE_END.finditer(words) if found.end() <= most]
    first = len(words) - len(words.lstrip())
    gaps = [found.end() for found in _WORD_END.finditer(words) if first < found.end() <= most]
    yield from (place for place in reversed(sentences) if place >= most * _LEAST and open_at(place))
    yield from (place for place in reversed(gaps) if open_at(place))
    yield from (start for start, _ in reversed(unbroken) if 0 < start <= most)
    yield from reversed(gaps)
    yield from (place for place in range(most, 0, -1) if not _holds_together(words, place))
    yield from range(most, 0, -1)


def _holds_together(words: str, place: int) -> bool:
    """Return whether the characters on both sides of `place` are seen as one."""
    behind = words[place : place + 1]
    return bool(behind) and (
        behind in _JOINED or unicodedata.category(behind).startswith("M") or words[place - 1] == "\u200d"
    )


def _placed(spans: RichText) -> Iterator[tuple[int, Span]]:
    at = 0
    for span in spans:
        yield at, span
        at += len(span.text)


def _before(spans: RichText, place: int) -> RichText:
    return tuple(replace(span, text=span.text[: place - at]) for at, span in _placed(spans) if at < place)


def _behind(spans: RichText, place: int) -> RichText:
    return tuple(
        replace(span, text=span.text[max(0, place - at) :])
        for at, span in _placed(spans)
        if at + len(span.text) > place
    )
