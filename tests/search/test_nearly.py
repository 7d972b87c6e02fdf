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


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("chinese balloons", "balloon-february-2023"),
        ("wan yi", "wang-yi"),
        ("south china seal", "south-china-sea"),
        ("toy blinken", "antony-blinken"),
    ],
)
def test_a_word_of_english_may_be_a_slip_among_names_and_its_plural_alone(
    library: Library, query: str, entry_id: str
) -> None:
    assert library.search(query, EVERYBODY).entries[0].id == entry_id


def test_two_letters_are_a_choice_and_never_a_match(library: Library) -> None:
    found = library.search("bi", EVERYBODY)
    assert found.outcome == "ambiguous"
    assert {"joe-biden", "bill-gates"} <= {each.id for each in found.entries}
    assert library.search("ye", EVERYBODY).outcome == "none"


def test_a_hidden_name_changes_nothing_of_what_is_begun(tmp_path: Path) -> None:
    chinese = {"lang": "zh-Hans", "sort": "simplified"}
    call = entry_text("Crow's call", kind="event", names=[{"name": "秦刚通话", **chinese}])
    ada = entry_text("Ada Crow", status="draft", names=[{"name": "秦刚", **chinese}])
    bare = {"events/call.md": call}
    without = library_of(tmp_path / "without", bare)
    hidden = library_of(tmp_path / "hidden", bare | {"people/ada.md": ada})
    many = {f"people/z{n}.md": entry_text(f"Shab{chr(97 + n)} Zed", status="draft") for n in range(26)}
    crowded = library_of(tmp_path / "crowded", bare | many | {"people/s.md": entry_text("Shay Moor")})
    plain = library_of(tmp_path / "plain", bare | {"people/s.md": entry_text("Shay Moor")})
    for query in ("秦", "秦刚"):
        assert without.search(query, EVERYBODY).outcome == hidden.search(query, EVERYBODY).outcome
    for query in ("sha", "shay"):
        found = [each.search(query, EVERYBODY) for each in (crowded, plain)]
        assert [each.outcome for each in found] == ["match", "match"]
