"""What stands around a name: polite words, what is asked for, Chinese in either script, offices and countries."""

from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


@pytest.mark.parametrize(
    "frame",
    [
        "{} briefing",
        "{} summary please",
        "/brief {}",
        "do we have something on {}?",
        "give me everything you have on {}",
        "please help me with {}",
        "the {}",
    ],
)
@pytest.mark.parametrize(
    ("name", "entry_id"),
    [("Taiwan", "taiwan"), ("defence talks", "military-contacts"), ("Wang Yi", "wang-yi"), ("Strait", "taiwan-strait")],
)
def test_a_name_is_found_within_what_asks_for_it(library: Library, frame: str, name: str, entry_id: str) -> None:
    found = library.search(frame.format(name), EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("who is this li shangfu guy", "li-shangfu"),
        ("wang yi the politician", "wang-yi"),
        ("xi jinping biography", "xi-jinping"),
        ("washibgton summary", "washington"),
    ],
)
def test_somebody_is_found_by_name_beside_what_they_are(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


def test_a_briefing_that_is_in_the_name_is_not_what_is_asked_for(library: Library) -> None:
    found = library.search("campbell kritenbrink briefing", EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", "campbell-kritenbrink-briefing-june-2023")


@pytest.mark.parametrize(
    "frame", ["我想了解{}", "解释一下{}", "什麼是{}？", "能不能讲讲{}", "{}相关信息", "關於{}的消息"]
)
@pytest.mark.parametrize(
    ("name", "entry_id"),
    [("南海", "south-china-sea"), ("雷蒙多訪中", "raimondo-china-2023"), ("维也纳会谈", "sullivan-wang-vienna-2023")],
)
def test_a_chinese_name_is_found_in_either_script(library: Library, frame: str, name: str, entry_id: str) -> None:
    found = library.search(frame.format(name), EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize("query", ["习近平會見蓋茲", "習近平会见盖兹"])
def test_scripts_may_be_mixed_in_one_name(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).entries[0].id == "xi-gates-june-2023"


@pytest.mark.parametrize(
    ("query", "other"),
    [("美国外交部", "chinese-foreign-ministry"), ("新加坡危机", "singapore"), ("英国总统", "united-kingdom")],
)
def test_what_stands_around_a_name_may_say_that_it_is_another(library: Library, query: str, other: str) -> None:
    found = library.search(query, EVERYBODY)
    assert found.outcome != "match" or found.entries[0].id != other


@pytest.mark.parametrize("query", ["chuan1 pu3 fang3 zhong1", "liangjunduihua", "an dong ni bu lin ken"])
def test_a_name_in_traditional_characters_is_read_aloud_as_well(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "match"


@pytest.mark.parametrize(
    "query",
    [
        "us foreign ministry",
        "us ministry of commerce",
        "chinese state department",
        "chinese trade representative",
        "japanese foreign minister",
        "taiwan premier",
        "美国副总统",
        "美国商务部副部长",
    ],
)
def test_the_same_of_another_country_is_not_taken_for_it(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    ("query", "entry_id"), [("defense chief of china", "dong-jun"), ("china's defence boss", "dong-jun")]
)
def test_a_chief_is_the_minister(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


def test_what_is_quoted_is_found_where_it_is_said_so(library: Library) -> None:
    found = library.search('"core of its core interests"', EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", "taiwan")
    assert "core of its core interests" in found.entries[0].bottom_line
    assert library.search("“far-fetched and unprofessional”", EVERYBODY).entries[0].id == "mandiant-report-2023"


@pytest.mark.parametrize("query", ["he jie", "he wei", "wang fang", "hua fang", "guo jinping"])
def test_somebody_else_with_a_syllable_of_ours_is_not_taken_for_them(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome != "match"


@pytest.mark.parametrize("query", ["beijing opening hours", "tickets to bali", "incident opening times"])
def test_what_is_bought_or_visited_is_not_answered(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"
