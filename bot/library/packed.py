"""Sorted words, and the numbers that belong to each, in a few long pieces of memory.

A string, a tuple and a dictionary's slot for each of a million names of a large library are ten times their letters.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import accumulate, groupby, islice
from operator import itemgetter
from typing import overload

from bot.library.steady import breathe

_BITS = 5
_BLOCK = 1 << _BITS
"""Words that are held in one string: few enough to look through, and enough that a string's own room is little."""
_AT_ONCE = 4_000
"""Pairs that are sorted in one step: a millisecond or two."""


class Words(Sequence[str]):
    """Words in order, each found by its place, and its place by bisection."""

    def __init__(self, words: Iterable[str]) -> None:
        """Hold `words`, which come in ascending order."""
        self._blocks: list[str] = []
        self._firsts: list[str] = []
        self._ends = array("I")
        rest = iter(words)
        while block := list(islice(rest, _BLOCK)):
            breathe()
            self._firsts.append(block[0])
            self._blocks.append("".join(block))
            self._ends.extend(accumulate(map(len, block)))

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """Return the word at `place`, or the words at a slice of places."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        begin = self._ends[place - 1] if place % _BLOCK else 0
        return self._blocks[place >> _BITS][begin : self._ends[place]]

    def __iter__(self) -> Iterator[str]:
        """Yield every word in order."""
        for number, block in enumerate(self._blocks):
            begin = 0
            for end in self._ends[number << _BITS : (number + 1) << _BITS]:
                yield block[begin:end]
                begin = end

    def find(self, word: str) -> int | None:
        """Return the place of `word`, or None."""
        block = bisect_right(self._firsts, word) - 1
        if block < 0 or word not in self._blocks[block]:  # most of what is looked for is not there
            return None
        place = self._from(word)
        return place if place < len(self) and self[place] == word else None

    def starting(self, start: str) -> Iterator[tuple[int, str]]:
        """Yield the place of every word that starts with `start`, and the word, in order."""
        place = self._from(start)
        while place < len(self) and (word := self[place]).startswith(start):
            yield place, word
            place += 1

    def _from(self, word: str) -> int:
        """Return the place of the first word that is not before `word`."""
        block = bisect_right(self._firsts, word) - 1
        first = max(block, 0) << _BITS
        return bisect_left(self, word, first, min(first + _BLOCK, len(self)))


class Postings:
    """Words, each with its numbers in ascending order."""

    def __init__(self, pairs: Iterable[tuple[str, int]], sort: str = "I") -> None:
        """Hold `pairs` of a word and a number, in whatever order; `sort` is an array's type that holds the numbers."""
        self._starts = array("I", [0])
        self._numbers = array(sort)
        self.words = Words(self._taken(_ordered(pairs, sort)))

    def _taken(self, ordered: Iterable[tuple[str, int]]) -> Iterator[str]:
        for word, group in groupby(ordered, itemgetter(0)):
            self._numbers.extend(number for _, number in group)
            self._starts.append(len(self._numbers))
            yield word

    def at(self, place: int) -> Sequence[int]:
        """Return the numbers of the word at `place`."""
        return self._numbers[self._starts[place] : self._starts[place + 1]]

    def of(self, word: str) -> Sequence[int]:
        """Return the numbers of `word`, none where it is not there."""
        place = self.words.find(word)
        return () if place is None else self.at(place)


def _ordered(pairs: Iterable[tuple[str, int]], sort: str) -> Iterator[tuple[str, int]]:
    """Yield `pairs` in order: sorted some at a time, packed, and merged."""
    rest, runs = iter(pairs), list[Iterator[tuple[str, int]]]()
    while run := sorted(islice(rest, _AT_ONCE)):
        if len(run) < _AT_ONCE and not runs:
            return iter(run)
        words, numbers = zip(*run, strict=True)
        runs.append(zip(Words(words), array(sort, numbers), strict=True))
    return merge(*runs)
