"""An ambassador is of one country and at another: the two turned round are another office, and the library has one."""

from datetime import date
from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


@pytest.mark.parametrize(
    "query",
    [
        "chinese ambassador to the us",
        "who is china's ambassador to the united states",
        "china's ambassador",
        "ambassador to the us",
        "ambassador of china to the united states",
        "chinese ambassador in washington",
        "中国驻美大使",
    ],
)
@pytest.mark.parametrize("day", [date(2021, 5, 1), date(2022, 6, 1), date(2024, 3, 1), None])
def test_the_other_ones_ambassador_is_not_known(library: Library, query: str, day: date | None) -> None:
    assert library.search(query, EVERYBODY, day).outcome == "none"


@pytest.mark.parametrize(
    "query", ["us ambassador to china", "american ambassador in beijing", "ambassador to china", "美国驻华大使"]
)
def test_ours_is_who_held_the_post_on_the_day(library: Library, query: str) -> None:
    found = library.search(query, EVERYBODY, date(2023, 6, 18))
    assert (found.outcome, found.results[0].entry.id) == ("match", "nicholas-burns")
