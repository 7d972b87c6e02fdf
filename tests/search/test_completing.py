"""Completion is the search: what it finds comes first, then what has a name of today that begins so."""

from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY


@pytest.fixture(scope="module")
def library() -> Library:
    made = load(Path(__file__).parents[2] / "briefings")
    made.prepare(EVERYBODY)
    return made


FIRST = {
    "china's foreign minister": "wang-yi",
    "secstate": "marco-rubio",
    "why was the february trip postponed": "blinken-visit-february-2023",
    "who shot down the balloon": "balloon-february-2023",
    "秦剛 Blinken": "blinken-qin-call-june-2023",
    "nuclear subs australia": "nuclear-submarines",
    "布林": "antony-blinken",
}


@pytest.mark.parametrize("typed", FIRST)
def test_what_the_search_finds_is_offered_first(library: Library, typed: str) -> None:
    assert library.complete(typed, EVERYBODY)[0].entry.id == FIRST[typed]


def test_a_question_is_not_filled_up_with_what_merely_has_a_word_like_it(library: Library) -> None:
    assert len(library.complete("who shot down the balloon", EVERYBODY)) == 1


def test_an_office_of_the_past_is_no_name_of_today(library: Library) -> None:
    labels = [each.label for each in library.complete("us secretary of state", EVERYBODY)]
    assert not any(label.startswith("Antony Blinken") for label in labels)


def test_no_more_than_was_asked_for_is_offered(library: Library) -> None:
    assert [len(library.complete(typed, EVERYBODY, limit=2)) for typed in ("", "b", "ministry")] == [2, 2, 2]
