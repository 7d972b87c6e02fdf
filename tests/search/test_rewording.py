"""What questions say in other words: forms of verbs, words for one thing, Chinese beside names."""

from pathlib import Path

import pytest

from bot.library.about import kind_asked
from bot.library.asking import ask
from bot.library.in_english import said_in_english
from bot.library.library import Library
from bot.library.load import load
from bot.library.terms import stem, terms
from bot.library.vocabulary import Kind
from bot.library.wording import alike
from tests.library.samples import EVERYBODY, entry_text, library_of


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


@pytest.mark.parametrize(
    ("one", "two"),
    [("met", "meets"), ("shot", "shoot"), ("refusal", "refused"), ("organisations", "organization"), ("went", "goes")],
)
def test_forms_of_one_word_are_one_term(one: str, two: str) -> None:
    assert stem(one) == stem(two)


def test_a_name_that_ends_like_a_plural_is_not_one() -> None:
    assert stem("burns") != stem("burn")
    assert stem("marcos") != stem("marco")
    assert stem("balloons") == stem("balloon")


def test_several_words_for_one_thing_are_one_term() -> None:
    assert terms("It was brought down") == [*terms("It was"), stem("shoot"), "down"]
    assert terms("the Group of Twenty") == ["the", "g20"]


@pytest.mark.parametrize(("word", "other"), [("scrapped", "postponed"), ("sacked", "removed"), ("graft", "bribery")])
def test_a_word_of_the_field_is_said_by_others(word: str, other: str) -> None:
    assert stem(other) in alike(stem(word))
    assert stem(word) not in alike(stem(word))
    assert not alike("zeppelin")


def test_what_an_entry_says_in_other_words_answers_and_a_word_that_no_entry_has_does_not(tmp_path: Path) -> None:
    claims = [{"id": "a", "text": "The voyage of Ada Crow was postponed.", "date": "2023-02-03", "sources": ["wire"]}]
    event = entry_text("Voyage of Ada Crow to Avalon", kind="event", claims=claims)
    library = library_of(tmp_path, {"events/voyage.md": event, "people/ada-crow.md": entry_text("Ada Crow")})
    assert library.search("was ada crow's voyage to avalon scrapped?", EVERYBODY).entries[0].id == "voyage"
    assert library.search("was ada crow's voyage to narnia filmed?", EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("law used to punish arms dealers", Kind.AGREEMENT),
        ("chinese spokesman who rejected the report", Kind.PERSON),
        ("second trip of blinken", Kind.EVENT),
        ("balloon over montana", None),
    ],
)
def test_the_word_in_front_says_of_which_kind_it_is(query: str, kind: Kind | None) -> None:
    assert kind_asked(query) is kind


@pytest.mark.parametrize(
    "query",
    [
        "how do i plan a trip to beijing?",
        "can i visit the great hall of the people?",
        "my flight to tokyo was postponed",
        "what time is it in tokyo?",
    ],
)
def test_what_people_ask_about_themselves_is_not_answered(library: Library, query: str) -> None:
    assert ask(query).own
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("how many submarines is australia buying?", "match"),
        ("how many islands are in the philippines?", "none"),
        ("how many nuclear warheads does china have?", "none"),
    ],
)
def test_a_number_is_told_only_where_a_claim_counts_that(library: Library, query: str, outcome: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome == "none") == (outcome == "none")


@pytest.mark.parametrize("query", ["east china sea", "did marcos visit beijing?", "who was biden's vice president?"])
def test_what_only_sounds_like_ours_is_not_taken_for_it(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


def test_chinese_is_said_in_english_as_far_as_it_can_be() -> None:
    name = {"习近平": "xi jinping", "秦刚": "qin gang"}.get
    assert said_in_english("秦刚为什么被免职", name) == "qin gang remove"
    assert said_in_english("習近平訪美", name) == "xi jinping visit us"
    assert said_in_english("习近平的狗", name) == "xi jinping 狗"
    assert said_in_english("火锅", name) == "火锅"
    assert said_in_english("what now", name) == "what now"


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("李尚福被判死缓", "li-shangfu"),
        ("特朗普北京国事访问", "trump-beijing-2026"),
        ("比尔盖茨见习近平", "xi-gates-june-2023"),
        ("秦剛為什麼被免職？", "qin-gang"),
    ],
)
def test_a_chinese_question_is_answered_by_english_texts(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize(
    "query",
    [
        "how old is xi jinping?",
        "how big was the balloon?",
        "how long is the taiwan strait?",
        "how many spies does china have?",
        "how deep is the south china sea?",
    ],
)
def test_a_measure_is_told_only_where_a_text_has_one(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("how long did sullivan and wang yi talk?", "sullivan-wang-vienna-2023"),
        ("how many nuclear submarines will australia get?", "nuclear-submarines"),
        ("how many organizations did mandiant say were hacked?", "mandiant-report-2023"),
    ],
)
def test_a_measure_is_told_where_a_text_has_one(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize(
    "query",
    [
        "biden xi meeting 2021",
        "spy balloon 2021",
        "trump xi summit 2017",
        "wang yi visit to washington 2022",
        "yellen visit to beijing 2024",
        "shangri-la dialogue 2019",
        "austin li meeting november 2022",
    ],
)
def test_what_happened_in_another_year_is_not_answered_by_this_one(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("austin dong jun 2024", "dong-jun"),
        ("sherman in tianjin 2021", "wendy-sherman"),
        ("who was china's defense minister in the summer of 2023?", "li-shangfu"),
        ("un vote on ukraine february 2023", "un-ukraine-resolutions"),
        ("wang yi in washington october 2023", "wang-yi-washington-2023"),
    ],
)
def test_what_is_told_of_that_year_is(library: Library, query: str, entry_id: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", entry_id)


@pytest.mark.parametrize(
    "query", ["did kerry meet xi?", "did dong jun meet hegseth?", "did rubio visit beijing in 2025?"]
)
def test_whether_two_met_is_told_only_where_both_are_told_of_together(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"
    assert library.search("did yellen meet li qiang?", EVERYBODY).outcome == "match"
