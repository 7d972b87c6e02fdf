"""Our briefings tell facts in our own words: no run of eight words is shared with what they were made from.

The hashes in `article-runs.txt` are those of the founding article, those in `inventory-runs.txt` of the notes that
were made while its claims were checked. Verbatim and translated quotations are somebody's words and are left out, and
so are names.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library.entry import Entry
from bot.library.load import load
from bot.library.texts import own_texts
from tests.content.runs import known, runs

BRIEFINGS = Path(__file__).parents[2] / "briefings"


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield every text of `entry` that is ours, behind its place."""
    for text in own_texts(entry):
        yield f"{entry.path} {'.'.join(map(str, text.path)) or text.line}", text.words
    for quote in entry.quotations:
        if quote.form not in {"verbatim", "translated"}:
            yield f"{entry.path} quotation {quote.id}", quote.text
    for source in entry.sources:
        yield f"{entry.path} source {source.id}", source.title


@pytest.mark.parametrize("name", ["article-runs.txt", "inventory-runs.txt"])
def test_no_eight_words_in_a_row_are_anybody_elses(name: str) -> None:
    taken = known(name)
    found = [
        f"{place}: {run}"
        for entry in load(BRIEFINGS).entries_by_id.values()
        for place, words in texts(entry)
        for digest, run in runs(words)
        if digest in taken
    ]
    assert found == []


def test_eight_words_are_found_whatever_their_case_and_marks_and_seven_are_not() -> None:
    def shared(theirs: str) -> list[str]:
        mine = {digest for digest, _ in runs("She said that nobody’d ever seen such a bird, not once.")}
        return [run for digest, run in runs(theirs) if digest in mine]

    assert shared("He heard THAT nobody'd ever seen “such a bird” — not now") == [
        "that nobody'd ever seen such a bird not"
    ]
    assert shared("He heard that nobody'd ever seen such a bird before") == []


def test_what_is_kept_of_the_article_are_hashes() -> None:
    for name in ("article-runs.txt", "inventory-runs.txt"):
        assert all(len(each) == 12 and set(each) <= set("0123456789abcdef") for each in known(name))
    assert len(known("article-runs.txt")) > 1_000
