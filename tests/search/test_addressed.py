"""How people are spoken of: by a family name and an office, as who held it before, with the date in Chinese."""

from datetime import date
from pathlib import Path

import pytest

from bot.library.addressed import formerly, surnamed
from bot.library.dated import with_dates_said
from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY, entry_text, library_of


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


WHO = {
    "王先生": {"wang-yi", "wang-wentao"},
    "王部長？": {"wang-yi", "wang-wentao"},
    "姓王的部长": {"wang-yi", "wang-wentao"},
    "王外长": {"wang-yi"},
    "李 李": {"li-qiang", "li-shangfu", "chinese-government"},
    "李总理": {"li-qiang"},
    "former us secretary of state": {"antony-blinken", "mike-pompeo"},
    "美国前国务卿": {"antony-blinken", "mike-pompeo"},
    "ex deputy secretary of state": {"wendy-sherman", "kurt-campbell"},
    "former us president": {"joe-biden"},
    "previous us ambassador to china": {"nicholas-burns"},
    "former state councilor": {"qin-gang", "li-shangfu"},
    "ccp chief": {"xi-jinping"},
    "中央军委主席": {"xi-jinping"},
    "head of the central military commission": {"xi-jinping"},
    "china's trade minister": {"wang-wentao"},
    "head of state": {"donald-trump", "xi-jinping"},
    "英国首相 2023年3月": {"rishi-sunak"},
    "中国外交部发言人 2023年6月": {"wang-wenbin"},
    "china defense minister in 2021": {"chinese-defence-ministry"},
    "biden's secretary of state": {"antony-blinken"},
    "who was secretary of state under trump": {"marco-rubio", "mike-pompeo"},
    "trump's secretary of state": {"marco-rubio"},
    "xi's premier": {"li-qiang"},
    "who was ambassador to china under biden": {"nicholas-burns"},
    "who was the secretary of state before rubio": {"antony-blinken"},
    "foreign minister after qin gang": {"wang-yi"},
    "wang yi foreign minister": {"wang-yi"},
}


@pytest.mark.parametrize("query", WHO)
def test_who_is_meant(library: Library, query: str) -> None:
    found = library.search(query, EVERYBODY, date(2026, 11, 26))
    assert {each.id for each in found.entries} == WHO[query]
    assert found.outcome == ("match" if len(WHO[query]) == 1 else "ambiguous")


@pytest.mark.parametrize(
    "query", ["former beatle", "ex wife of the president", "前男友", "张先生", "former us secretary of agriculture"]
)
def test_what_nobody_here_held_is_not_answered(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


def test_a_draft_is_no_holder_of_the_past(tmp_path: Path) -> None:
    role = {"office": "Minister of Ferries", "from": "2020-01-01", "until": "2021-01-01", "sources": ["wire"]}
    files = {"people/ada-crow.md": entry_text("Ada Crow", roles=[role], status="draft")}
    assert library_of(tmp_path / "draft", files).search("former minister of ferries", EVERYBODY).results == ()
    files = {"people/ada-crow.md": entry_text("Ada Crow", roles=[role])}
    assert library_of(tmp_path / "shown", files).search("former minister of ferries", EVERYBODY).outcome == "match"


@pytest.mark.parametrize(
    ("words", "told"),
    [("王部長", ("王", "部长")), ("李先生", ("李", "")), ("王毅先生", None), ("先生", None), ("mr wang", None)],
)
def test_a_family_name_and_an_office_are_told_apart(words: str, told: tuple[str, str] | None) -> None:
    assert surnamed(words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("former us president", ("us president", False)),
        ("previous premier", ("premier", True)),
        ("前国务卿", ("国务卿", False)),
        ("us president", None),
        ("formerly", None),
    ],
)
def test_who_held_it_before_is_told_apart(words: str, told: tuple[str, bool] | None) -> None:
    assert formerly(words) == told


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("2023年6月18日", "18 june 2023"),
        ("秦刚 2023 年 12 月", "秦刚 december 2023"),
        ("2023年的外长", "2023 的外长"),
        ("2023年13月", "2023"),
        ("明年", "明年"),
    ],
)
def test_chinese_dates_are_said_in_english(query: str, said: str) -> None:
    assert " ".join(with_dates_said(query).split()) == said


def test_a_draft_is_nobody_s_minister(tmp_path: Path) -> None:
    president = {"office": "President of Reefland", "from": "2020-01-01", "sources": ["wire"]}
    minister = {"office": "Minister of Ferries of Reefland", "from": "2020-01-01", "sources": ["wire"]}
    files = {
        "people/bo-dell.md": entry_text("Bo Dell", roles=[president]),
        "people/ada-crow.md": entry_text("Ada Crow", roles=[minister], status="draft"),
    }
    hidden = library_of(tmp_path / "hidden", files).search("Dell's minister of ferries", EVERYBODY)
    assert "ada-crow" not in {each.entry.id for each in hidden.results}
    files["people/ada-crow.md"] = entry_text("Ada Crow", roles=[minister])
    shown = library_of(tmp_path / "shown", files).search("Dell's minister of ferries", EVERYBODY)
    assert [each.id for each in shown.entries] == ["ada-crow"]


@pytest.mark.parametrize(
    "query",
    [
        "前主席",
        "马总统",
        "马先生",
        "温总理",
        "杨外长",
        "日首相",
        "奥总统",
        "何总理",
        "秦大使",
        "王总统",
        "王小姐",
        "李总统",
    ],
)
def test_a_family_name_of_nobody_here_or_an_office_they_never_held_is_not_answered(
    library: Library, query: str
) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    "query", ["sunak's vice premier", "xi's cia director", "biden's vice premier", "treasury secretary under sunak"]
)
def test_the_minister_of_one_country_is_not_held_under_the_head_of_another(library: Library, query: str) -> None:
    reasons = [reason for each in library.search(query, EVERYBODY).results for reason in each.reasons]
    assert not any("held that office under" in reason for reason in reasons)
