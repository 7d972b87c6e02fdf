"""Names that are nearly typed: an answer where only one thing can be meant, and else offered before all others."""

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
        ("blinken tril to china", "blinken-beijing-june-2023"),
        ("un votes ob ukraine", "un-ukraine-resolutions"),
        ("spy base in cuga", "cuba-spying"),
        ("aukuss", "aukus"),
        ("singaporer", "singapore"),
    ],
)
def test_one_letter_of_a_name_may_be_wrong(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize("query", ["milita", "blinken shop to china", "xi jinping park"])
def test_a_word_of_every_day_or_one_that_is_not_done_is_no_slip(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome != "match"


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("taiwn strate", "taiwan-strait"),
        ("trunp", "donald-trump"),
        ("oscow", "russia"),
        ("flinken beijing visit", "blinken-beijing-june-2023"),
        ("wghte house", "white-house"),
    ],
)
def test_what_a_whole_name_is_nearly_is_offered_first(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert found.entries[0].id == entry_id


def test_what_is_not_seen_is_not_offered_for_being_nearly_it(tmp_path: Path) -> None:
    files = {"people/ada-crow.md": entry_text("Ada Crow", status="draft"), "people/b.md": entry_text("Bo Dell")}
    library = library_of(tmp_path, files)
    assert [library.search(query, EVERYBODY).results for query in ("adda crwo", "da crow", "ada crov")] == [()] * 3


@pytest.mark.parametrize(
    "query", ["daniel biden", "mark austin", "andy blinken", "ruth biden", "adam kerry", "jacob biden"]
)
def test_somebody_else_of_the_same_family_name_is_not_ours(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [("anthony blinken", "antony-blinken"), ("melinda gates", "gates-foundation"), ("marc rubio", "marco-rubio")],
)
def test_a_given_name_of_ours_may_be_slightly_off_or_stand_in_another_name(
    library: Library, query: str, entry_id: str
) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize(
    "query", ["parking", "snake", "burden", "or not", "to be or not to be", "gang of four", "yelling"]
)
def test_words_of_english_are_no_slips(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


PREFIXES = {
    "hong": {"hong-kong"},
    "shangri": {"shangri-la-dialogue"},
    "bru": {"brussels"},
    "bei": {"beijing"},
    "blin": {"antony-blinken"},
    "taiwa": {"taiwan"},
    "港": {"hong-kong"},
    "shang": {"li-shangfu", "shangri-la-dialogue"},
    "王": {"wang-yi", "wang-wentao"},
}


@pytest.mark.parametrize("begun", PREFIXES)
def test_a_name_that_is_begun_is_found_with_all_that_begin_so(library: Library, begun: str) -> None:
    found = library.search(begun, EVERYBODY)
    assert {each.id for each in found.entries} == PREFIXES[begun]
    assert found.outcome == ("match" if len(PREFIXES[begun]) == 1 else "ambiguous")
