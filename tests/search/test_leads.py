"""Which claim is told first: the one that is about what is asked, as its editor calls it."""

from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


@pytest.mark.parametrize(
    ("query", "claim_id"),
    [
        ("when was qin gang removed?", "removed"),
        ("when was li shangfu dismissed?", "removed"),
        ("did cuba deny the report?", "denials"),
        ("what was agreed at woodside?", "other-results"),
        ("why was li shangfu under us sanctions?", "sanctions"),
    ],
)
def test_the_claim_about_what_is_asked_is_told_first(library: Library, query: str, claim_id: str) -> None:
    first = library.search(query, EVERYBODY).results[0]
    assert first.entry.claims[first.claims[0]].id == claim_id
