"""Questions that say an office where a name could stand: what its holders did, and nobody else's deeds."""

from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY, entry_text, library_of


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("us secretary of state trip to china june 2023", "blinken-beijing-june-2023"),
        ("national security adviser meets wang yi", "sullivan-wang-vienna-2023"),
        ("us commerce chief goes to china", "raimondo-china-2023"),
        ("america's top diplomat in beijing june 2023", "blinken-beijing-june-2023"),
        ("us president and chinese president in woodside", "biden-xi-woodside-2023"),
        ("us defense secretary snubbed by chinese defense minister", "austin-li-singapore-2023"),
        ("why did the us secretary of state not go in february", "blinken-visit-february-2023"),
    ],
)
def test_an_office_stands_for_who_held_it(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)
    assert "the office may mean" in found.results[0].reasons[0]


def test_what_several_holders_did_is_a_choice(library: Library) -> None:
    found = library.search("secretary of state visit to beijing", EVERYBODY)
    assert found.outcome == "ambiguous"
    assert {each.id for each in found.entries} >= {"blinken-beijing-june-2023", "pompeo-beijing-2018"}


@pytest.mark.parametrize(
    "query",
    [
        "secretary of state speech in cairo",
        "secretary of state visit to japan",
        "japanese prime minister trip to washington",
        "president of france visits beijing",
        "german foreign minister in beijing",
        "us president visit to vietnam",
        "defense minister of japan visits beijing",
        "assistant us president in woodside",
    ],
)
def test_the_office_of_another_or_what_no_holder_did_is_not_answered(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


def test_who_held_it_is_asked_where_it_is_counted_or_dated(library: Library) -> None:
    found = library.search("british prime minister when the submarine pact was announced", EVERYBODY)
    assert not any("may mean" in reason for each in found.results for reason in each.reasons)


def test_a_holder_who_is_not_seen_stands_for_nothing(tmp_path: Path) -> None:
    role = {"office": "minister of ferries", "from": "2020-01-01", "sources": ["wire"]}
    files = {
        "people/ada-crow.md": entry_text("Ada Crow", roles=[role], status="draft"),
        "events/crow-reef.md": entry_text("Ada Crow's trip to the reef", kind="event"),
    }
    library = library_of(tmp_path, files)
    found = library.search("ferries minister's trip to the reef", EVERYBODY)
    assert not any("may mean" in reason for each in found.results for reason in each.reasons)
    shown = library_of(tmp_path / "shown", files | {"people/ada-crow.md": entry_text("Ada Crow", roles=[role])})
    found = shown.search("ferries minister's trip to the reef", EVERYBODY)
    assert (found.entries[0].id, found.results[0].reasons[0]) == ("crow-reef", "the office may mean Ada Crow")


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("commerce", {"commerce-department", "chinese-commerce-ministry"}),
        ("ministry", {"chinese-commerce-ministry", "chinese-defence-ministry", "chinese-foreign-ministry"}),
    ],
)
def test_one_word_of_several_institutions_is_a_choice(library: Library, word: str, ids: set[str]) -> None:
    found = library.search(word, EVERYBODY)
    assert (found.outcome, {each.id for each in found.entries}) == ("ambiguous", ids)


def test_what_is_named_as_it_is_comes_before_an_event_of_that_name(library: Library) -> None:
    assert library.search("when was aukus announced", EVERYBODY).entries[0].id == "aukus"
