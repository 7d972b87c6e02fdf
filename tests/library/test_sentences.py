"""Sentences are counted as a reader would count them."""

import pytest

from bot.library.sentences import sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("One! Two? Three… Four", 4),
        ("The U.S. and the P.R.C. met. They talked.", 2),
        ("U.S. President Joe Biden met Mr. Xi. They talked.", 2),
        ("Joseph R. Biden Jr. left on Jan. 20, 2025.", 1),
        ("It rose 3.5 percent. It was No. 2 of 10.", 2),
        ("Sen. Smith vs. Gov. Jones, cf. Art. 5 of the treaty.", 1),
        ("He said “It ended.” Then he left.", 2),
        ("He left (for good.) Then it rained.", 2),
        ("from example.org. Then on.", 2),
        ("At 9 a.m. he left.", 1),
        ("布林肯访问北京。他会见了秦刚。", 2),
        ("他说：“会见很重要。”然后离开。", 2),
        ("One sentence without an end", 1),
        ("", 0),
        ("...", 1),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)
