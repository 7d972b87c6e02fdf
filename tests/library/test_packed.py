"""Packed words answer as a sorted list and a dictionary do."""

from bisect import bisect_left
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import packed
from bot.library.packed import Postings, Words

WORDS = st.text("ab 布\U00020000", max_size=4)


@given(st.sets(WORDS), WORDS)
def test_words_are_found_by_place_and_by_beginning(words: set[str], asked: str) -> None:
    ordered = sorted(words)
    held = Words(ordered)
    assert list(held) == ordered
    assert held[:] == ordered
    assert len(held) == len(ordered)
    assert [held.find(word) for word in ordered] == list(range(len(ordered)))
    assert held.find(asked) == (bisect_left(ordered, asked) if asked in words else None)
    begun = [(place, word) for place, word in enumerate(ordered) if word.startswith(asked)]
    assert list(held.starting(asked)) == begun


@given(st.lists(st.tuples(WORDS, st.integers(0, 2**40))), WORDS)
def test_each_word_has_its_numbers(pairs: list[tuple[str, int]], asked: str) -> None:
    expected: defaultdict[str, list[int]] = defaultdict(list)
    for word, number in sorted(pairs):
        expected[word].append(number)
    held = Postings(pairs, "Q")
    assert {word: list(held.at(place)) for place, word in enumerate(held.words)} == expected
    assert list(held.of(asked)) == expected.get(asked, [])


def test_more_than_is_sorted_at_once_is_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_AT_ONCE", 10)
    pairs = [(f"{number * 7919 % 97:02}", number) for number in range(500)]
    held = Postings(iter(pairs))
    assert [(word, number) for place, word in enumerate(held.words) for number in held.at(place)] == sorted(pairs)
