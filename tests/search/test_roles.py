"""Who holds an office on a day, however it is asked for: by its name, by the house, for short, in Chinese."""

from datetime import date
from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from bot.library.script import simplified
from tests.library.samples import EVERYBODY

THEN = date(2023, 6, 18)


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


HOLDERS = {
    "china's foreign minister": ("qin-gang", "wang-yi"),
    "Chinese FM": ("qin-gang", "wang-yi"),
    "who runs China's foreign ministry": ("qin-gang", "wang-yi"),
    "head of the state department": ("antony-blinken", "marco-rubio"),
    "SecState": ("antony-blinken", "marco-rubio"),
    "美国国务卿": ("antony-blinken", "marco-rubio"),
    "美國總統": ("joe-biden", "donald-trump"),
    "US president": ("joe-biden", "donald-trump"),
    "chinese defense minister": ("li-shangfu", "dong-jun"),
    "us ambassador to china": ("nicholas-burns", "david-perdue"),
    "China's premier": ("li-qiang", "li-qiang"),
}


@pytest.mark.parametrize("query", HOLDERS)
def test_an_office_is_its_holder_of_the_day(query: str, library: Library) -> None:
    found = [library.search(query, EVERYBODY, on) for on in (THEN, None)]
    assert [each.outcome for each in found] == ["match", "match"]
    assert tuple(each.entries[0].id for each in found) == HOLDERS[query]


def test_an_office_that_several_countries_have_is_a_choice(library: Library) -> None:
    for query, one in (("foreign minister", "wang-yi"), ("defense minister", "dong-jun")):
        found = library.search(query, EVERYBODY)
        assert found.outcome == "ambiguous"
        assert one in {each.id for each in found.entries}
    assert library.search("singapore foreign minister", EVERYBODY).entries[0].id == "vivian-balakrishnan"


@pytest.mark.parametrize("query", ["us foreign minister", "french foreign minister", "president of brazil", "德国外长"])
def test_an_office_that_nobody_here_holds_is_none(query: str, library: Library) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


def test_both_scripts_are_one_character_by_character() -> None:
    assert simplified("秦剛 習近平 氣球") == "秦刚 习近平 气球"
    assert simplified("布林肯 AUKUS") == "布林肯 AUKUS"
