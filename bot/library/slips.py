"""How far a typed word is from a name, as fingers and ears slip.

A wrong vowel or a doubled letter is half a slip, a wrong consonant one and a half, two neighbours that changed places
one, and the first letter is always right: *blinkin* is Blinken, *blanket* is not. No digit is ever a slip: 2024 is
not nearly 2023; and no Chinese character: 副总统 is not nearly 总统.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.library.normal import is_han
from bot.library.steady import breathe

_VOWELS = frozenset("aeiouy")
_SHORTEST, _LONGEST = 3, 40
_CANDIDATES = 20
_OUTSIDE = 2
_ASTRAY = 1.5
_KEPT = 4_096
"""Words whose neighbours are kept: one question asks for the same word several times."""


def _allowed(word: str) -> float:
    """Return how far a name may be from `word`: the longer the word, the more."""
    length = len(word)
    return 1.0 if length <= 5 else 1.5 if length <= 7 else 2.0  # noqa: PLR2004 - letters


def _may_slip(word: str) -> bool:
    if not _SHORTEST <= len(word) <= _LONGEST:
        return False
    return word.isalpha() if word.isascii() else not any(letter.isdigit() or is_han(letter) for letter in word)


class Vocabulary:
    """Words, to find those that a typed word may have been meant to be."""

    def __init__(self, words: Iterable[str]) -> None:
        """Index `words` by first letter and length."""
        shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in words:
            breathe()
            if _may_slip(word):
                shelves[word[0], len(word)].append(word)
        # One string a shelf: a library of many names has most of its words here a second time.
        self._shelves: dict[tuple[str, int], str] = {}
        while shelves:
            breathe()
            begin, shelf = shelves.popitem()
            self._shelves[begin] = " ".join(sorted(shelf))
        self._kept: dict[str, list[tuple[float, str]]] = {}

    def near(self, word: str) -> list[tuple[float, str]]:
        """Return the words that `word` may be a slip of, nearest first, each behind its distance."""
        if not _may_slip(word):
            return []
        if word not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[word] = self._near(word)
        return self._kept[word]

    def one_off(self, word: str) -> list[str]:
        """Return words that are one letter away from `word`, whichever letter: less likely than what is `near`."""
        if not _may_slip(word):
            return []
        from rapidfuzz import process  # here, as below
        from rapidfuzz.distance import OSA

        found = process.extract(word, list(self._around(word)), scorer=OSA.distance, score_cutoff=1, limit=_CANDIDATES)
        return sorted(each for each, _, _ in found)

    def _near(self, word: str) -> list[tuple[float, str]]:
        # Here, since most words are spelt right: a start has no need of the fifty modules of it.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = _allowed(word)
        rough = process.extract(
            word, list(self._around(word)), scorer=OSA.distance, score_cutoff=_OUTSIDE, limit=_CANDIDATES
        )
        measured = ((distance(word, each), each) for each, _, _ in rough)
        return sorted(pair for pair in measured if pair[0] <= limit)

    def _around(self, word: str) -> Iterator[str]:
        for length in range(len(word) - _OUTSIDE, len(word) + _OUTSIDE + 1):
            yield from self._shelves.get((word[0], length), "").split()


def distance(one: str, two: str) -> float:
    """Return the weighted number of slips between two words: substitutions, insertions, deletions, swaps.

    Words of the same letters are no further than one letter gone astray: *tawain* is Taiwan.
    """
    slips = _slips(one, two)
    return _ASTRAY if slips > _ASTRAY and sorted(one) == sorted(two) else slips


def _slips(one: str, two: str) -> float:
    above: list[float] = []
    row = [0.0]
    for place, letter in enumerate(two):
        row.append(row[-1] + _extra(two, place, letter))
    for i, left in enumerate(one):
        further, above = above, row
        row = [above[0] + _extra(one, i, left)]
        for j, right in enumerate(two):
            best = min(
                above[j] + _swap(left, right), above[j + 1] + _extra(one, i, left), row[j] + _extra(two, j, right)
            )
            if i and j and left == two[j - 1] and right == one[i - 1]:
                best = min(best, further[j - 1] + 1)
            row.append(best)
    return row[-1]


def _swap(left: str, right: str) -> float:
    if left == right:
        return 0
    vowels = (left in _VOWELS) + (right in _VOWELS)
    return (1.5, 1.0, 0.5)[vowels]


def _extra(word: str, place: int, letter: str) -> float:
    """Return what one letter too many costs: half when it doubles the one before it."""
    return 0.5 if place and word[place - 1] == letter else 1
