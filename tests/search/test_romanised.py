"""Chinese names are found by pinyin and by Wade and Giles's writing, without an entry having to say them so."""

from functools import partial
from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from bot.library.normal import normal
from bot.library.romanised import romanised
from bot.library.vocabulary import AliasSort
from tests.library.samples import EVERYBODY, entry_text, library_of

NAMES = {"Somebody One": "习近平", "Somebody Two": "秦刚", "Somebody Three": "吕玉兰", "Somebody Four": "王文涛"}


def _within(name: str, beginning: str, characters: str) -> list[str]:
    return [beginning + each for each in characters if name.startswith(beginning + each)]


def _anything(beginning: str, characters: str) -> list[str]:
    return [beginning + each for each in characters]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {
        f"people/{title.lower().replace(' ', '-')}.md": entry_text(
            title, names=[{"name": name, "sort": "simplified", "lang": "zh-Hans"}]
        )
        for title, name in NAMES.items()
    }
    return library_of(tmp_path_factory.mktemp("named"), files)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("xi jinping", "Somebody One"),
        ("XIJINPING", "Somebody One"),
        ("Xí Jìnpíng", "Somebody One"),
        ("xi2 jin4 ping2", "Somebody One"),
        ("xi jin-ping", "Somebody One"),
        ("Hsi Chin-p'ing", "Somebody One"),
        ("Hsi Chin-p’ing", "Somebody One"),
        ("hsi chinping", "Somebody One"),
        ("qin gang", "Somebody Two"),
        ("Ch'in Kang", "Somebody Two"),
        ("lü yulan", "Somebody Three"),
        ("lv yulan", "Somebody Three"),
        ("Wang Wên-t'ao", "Somebody Four"),
        ("who is wangwentao?", "Somebody Four"),
    ],
)
def test_a_chinese_name_is_found_as_it_is_read(library: Library, query: str, title: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].title) == ("match", title)


@pytest.mark.parametrize(
    "query", ["qin kang", "xi jin", "chou en-lai", "xi jinping's dog", "hsi", "xi zhongxun", "li wentao"]
)
def test_another_name_is_not_taken_for_it(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome != "match"


def test_a_name_that_is_not_seen_is_not_found(tmp_path: Path) -> None:
    hidden = entry_text("Somebody", names=[{"name": "秦刚", "sort": "simplified", "lang": "zh-Hans"}], status="draft")
    library = library_of(tmp_path, {"people/somebody.md": hidden, "people/other.md": entry_text("Other Person")})
    assert library.search("qin gang", EVERYBODY).results == ()


def test_the_chinese_people_of_ours_are_read_as_their_entries_write_them() -> None:
    checked = 0
    for entry in load(Path(__file__).parents[2] / "briefings").entries_by_id.values():
        of_sort = {each.sort: each.name for each in reversed(entry.names)}
        if AliasSort.WADE_GILES not in of_sort:
            continue
        chinese, written = of_sort[AliasSort.SIMPLIFIED], (entry.title, of_sort[AliasSort.WADE_GILES])
        for name in written:
            assert any(chinese in each for each in romanised(normal(name), partial(_within, chinese))), name
            checked += 1
    assert checked >= 20


def test_nothing_is_read_that_is_no_pinyin() -> None:
    assert [list(each) for each in romanised("blinken", _anything)] == [[], []]
    assert list(romanised("xi", _anything)) == []
    assert list(romanised("习近平 xi", _anything)) == []
    assert all(len(each) <= 64 for each in romanised("yi" * 15, _anything))
