"""What people type leads to the entry they mean, to a choice, or honestly to nothing; never to what is not theirs."""

import random
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.library import Library
from bot.library.normal import normal
from bot.library.slips import distance
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from tests.library.samples import EVERYBODY, NOW, entry_text, library_of


def alias(name: str, sort: str = "short", **fields: Any) -> dict[str, Any]:
    return {"name": name, "sort": sort} | fields


FOREIGN_MINISTER = alias("foreign minister", "office", shared=True)
PEOPLE: dict[str, list[dict[str, Any]]] = {
    "Antony Blinken": [
        alias("布林肯"),
        alias("安东尼·布林肯"),
        alias("Tony Blinken"),
        alias("SecState", "office", **{"from": "2021-01-26", "until": "2025-01-20"}),
    ],
    "Xi Jinping": [alias("习近平"), alias("習近平"), alias("Hsi Chin-p'ing", "wade-giles")],
    "Qin Gang": [alias("秦刚"), FOREIGN_MINISTER | {"from": "2022-12-30", "until": "2023-07-24"}],
    "Wang Yi": [alias("王毅"), FOREIGN_MINISTER | {"from": "2023-07-25"}],
    "Wang Wentao": [alias("王文涛")],
    "Li Shangfu": [],
    "Joe Biden": [alias("POTUS 46")],
    "Nicholas Burns": [alias("Nick Burns")],
    "William J. Burns": [alias("Bill Burns")],
    "Año Eduardo": [],
}
EVENTS: dict[str, list[dict[str, Any]]] = {
    "Chinese balloon over the United States, 2023": [alias("spy balloon"), alias("气球事件")],
    "Blinken's visit to Beijing, June 2023": [],
    "Bali meeting, November 2022": [],
    "AUKUS": [],
    "Taiwan": [alias("台湾")],
    "South China Sea": [alias("S.C.S.", "abbreviation")],
}


def slug(title: str) -> str:
    return normal(title).replace(" ", "-")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {f"people/{slug(title)}.md": entry_text(title, names=names) for title, names in PEOPLE.items()}
    files |= {f"events/{slug(t)}.md": entry_text(t, kind="event", names=names) for t, names in EVENTS.items()}
    files["people/secret-putin.md"] = entry_text("Vladimir Putin", audience="internal", names=[alias("Blinkon")])
    files["people/draft-pizza.md"] = entry_text("Pizza Draft", status="draft")
    files["people/later-zzzz.md"] = entry_text("Zzzz Later", publish_at="2027-01-01T00:00Z")
    made = library_of(tmp_path_factory.mktemp("names"), {path.replace(" ", "-"): text for path, text in files.items()})
    assert made.problems == ()
    return made


BLINKEN, XI, QIN, WANG_YI = "Antony Blinken", "Xi Jinping", "Qin Gang", "Wang Yi"
BALLOON, VISIT = "Chinese balloon over the United States, 2023", "Blinken's visit to Beijing, June 2023"

MATCHES = {
    "antony-blinken": BLINKEN,
    "Antony Blinken": BLINKEN,
    "  ANTONY   blinken ": BLINKEN,
    "blinken": BLINKEN,
    "Blinken's": BLINKEN,
    "*blinken*???": BLINKEN,
    "ｂｌｉｎｋｅｎ": BLINKEN,
    "mr blinken": BLINKEN,
    "Secretary of State Blinken": BLINKEN,
    "who is Antony Blinken?": BLINKEN,
    "tell me about the Blinken": BLINKEN,
    "Blinken, Antony": BLINKEN,
    "antonyblinken": BLINKEN,
    "antony j. blinken": BLINKEN,
    "布林肯": BLINKEN,
    "布": BLINKEN,
    "安东尼布林肯": BLINKEN,
    "安东尼 布林肯": BLINKEN,
    "blin": BLINKEN,
    "blink": BLINKEN,
    "blinkin": BLINKEN,
    "blinkem": BLINKEN,
    "blniken": BLINKEN,
    "antonny blinkan": BLINKEN,
    "xi jingping": XI,
    "xi jimping": XI,
    "xijinping": XI,
    "xijingping": XI,
    "xi jin ping": XI,
    "xi jing ping": XI,
    "Jinping Xi": XI,
    "xi": XI,
    "President Xi": XI,
    "xi jinping president": XI,
    "習近平": XI,
    "hsi chin p'ing": XI,
    "quin gang": QIN,
    "qin gnag": QIN,
    "qín-gāng": QIN,
    "gang qin": QIN,
    "WANG YI": WANG_YI,
    "foreign minister": WANG_YI,
    "wang we": "Wang Wentao",
    "ano": "Año Eduardo",
    "joe bidden": "Joe Biden",
    "potus 46": "Joe Biden",
    "bill burns": "William J. Burns",
    "amb. nicholas burns": "Nicholas Burns",
    "spy balloon": BALLOON,
    "the spy balloom": BALLOON,
    "aukuss": "AUKUS",
    "taiwann": "Taiwan",
    "tiawan": "Taiwan",
    "SCS": "South China Sea",
    "s.c.s.": "South China Sea",
    "soth chna sea": "South China Sea",
    "blinken visit": VISIT,
    "王毅外长": WANG_YI,
}


@pytest.mark.parametrize("query", MATCHES)
def test_a_name_as_people_type_it_is_found(query: str, library: Library) -> None:
    found = library.resolve(query, EVERYBODY)
    assert (found.outcome, [entry.title for entry in found.entries]) == ("match", [MATCHES[query]]), found.how


CHOICES = {
    "burns": {"Nicholas Burns", "William J. Burns"},
    "burns burns": {"Nicholas Burns", "William J. Burns"},
    "Burns!": {"Nicholas Burns", "William J. Burns"},
    "burnss": {"Nicholas Burns", "William J. Burns"},
    "wang": {"Wang Yi", "Wang Wentao"},
    "王": {"Wang Yi", "Wang Wentao"},
}


@pytest.mark.parametrize("query", CHOICES)
def test_a_name_of_several_is_a_choice(query: str, library: Library) -> None:
    found = library.resolve(query, EVERYBODY)
    assert (found.outcome, {entry.title for entry in found.entries}) == ("ambiguous", CHOICES[query])


NOTHING: dict[str, set[str]] = {
    "blanket": set(),
    "blink-182 tickets": set(),
    "wang li": {"Wang Yi", "Wang Wentao", "Li Shangfu"},
    "wang wei": {"Wang Yi", "Wang Wentao"},
    "balk": {"Bali meeting, November 2022"},
    "secstate": {BLINKEN},
    "sourdough starter": set(),
    "zzzz": set(),
    "pizza": set(),
    "Putin": set(),
    "vladimir putin": set(),
    "blinkon": {BLINKEN},
    "明天几点下雨": set(),
    "b": set(),
    "": set(),
    "   ": set(),
    "?!…": set(),
    "😀🎉": set(),
    "the": set(),
}


@pytest.mark.parametrize("query", [query for query in NOTHING if query != "blinkon"])
def test_what_is_unknown_is_none_and_what_is_near_is_offered_as_such(query: str, library: Library) -> None:
    found = library.resolve(query, EVERYBODY)
    assert found.outcome == "none", [entry.title for entry in found.entries]
    assert {entry.title for entry in found.entries} == NOTHING[query]
    assert len(found.entries) <= 3


def test_an_office_is_who_held_it_on_the_day(library: Library) -> None:
    for day, title in ((date(2023, 6, 18), QIN), (date(2023, 7, 25), WANG_YI), (date(2026, 1, 1), WANG_YI)):
        found = library.resolve("foreign minister", EVERYBODY, on=day)
        assert [entry.title for entry in found.entries] == [title]
        assert found.outcome == "match"
    assert library.resolve("secstate", EVERYBODY, on=date(2023, 6, 18)).outcome == "match"
    before = library.resolve("foreign minister", EVERYBODY, on=date(2020, 1, 1))
    assert before.outcome == "none"
    assert {entry.title for entry in before.entries} == {QIN, WANG_YI}


def test_what_a_reader_may_not_see_surfaces_nowhere_and_hides_nothing(library: Library) -> None:
    inner = Viewer(Audience.INTERNAL, NOW)
    later = Viewer(Audience.PUBLIC, datetime(2027, 1, 1, tzinfo=UTC))
    assert library.resolve("putin", inner).outcome == "match"
    assert library.resolve("zzzz", later).outcome == "match"
    assert library.resolve("blinkon", inner).entries[0].title == "Vladimir Putin"
    assert library.resolve("blinkon", EVERYBODY).entries[0].title == BLINKEN, "as if the other name did not exist"
    for query in ("p", "pu", "putin", "vladimir", "pizza", "draft", "zzzz", "secret-putin", "later", "", "blinko"):
        shown = {completion.entry.id for completion in library.complete(query, EVERYBODY, limit=99)}
        shown |= {entry.id for entry in library.resolve(query, EVERYBODY).entries}
        assert not shown & {"secret-putin", "draft-pizza", "later-zzzz"}, query


COMPLETIONS = {
    "bl": [BLINKEN, VISIT],
    "布": [f"{BLINKEN} · 布林肯"],
    "xi j": [XI],
    "pot": ["Joe Biden · POTUS 46"],
    "beij": [VISIT],
    "visit bei": [VISIT],
    "foreign": [f"{WANG_YI} · foreign minister"],
    "blinkin": [BLINKEN, VISIT],
    "zzzz": [],
}


@pytest.mark.parametrize("partial", COMPLETIONS)
def test_completion_follows_what_is_typed(partial: str, library: Library) -> None:
    assert [completion.label for completion in library.complete(partial, EVERYBODY)] == COMPLETIONS[partial]


def test_an_empty_completion_is_everything_by_title_up_to_the_limit(library: Library) -> None:
    labels = [completion.label for completion in library.complete("", EVERYBODY, limit=5)]
    assert labels == sorted(PEOPLE | EVENTS, key=str.casefold)[:5]


def test_slips_cost_what_fingers_and_ears_make_of_them() -> None:
    assert distance("blinken", "blinken") == 0
    assert distance("blinkin", "blinken") == 0.5
    assert distance("taiwann", "taiwan") == 0.5
    assert distance("blniken", "blinken") == 1
    assert distance("blinkem", "blinken") == 1.5
    assert distance("blanket", "blinken") == 2


HOSTILE = (
    "x" * 4_000,
    "é" * 4_000,
    "e\u0301" * 500_000,
    "\u0301" * 1_000_000,
    "😀" * 4_000,
    "ﷺ" * 4_000,
    "\ud800",
    "\udfff" * 300,
    "\x00" * 4_000,
    "\u202e\u2066abc",
    "'s" * 2_000,
    "u." * 2_000,
    "the " * 1_000,
    "who is " * 500,
    "mr " * 1_000,
    "a b " * 1_000,
    "blinkin " * 500,
    "wang " * 40,
    "习" * 4_000,
    "aaaa bbbb cccc dddd eeee ffff gggg hhhh",
    "@everyone <!channel> [x](javascript:1)",
)


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:8]))
def test_any_input_is_answered_in_bounded_time(query: str, library: Library) -> None:
    started = time.perf_counter()
    assert library.resolve(query, EVERYBODY).outcome in {"none", "match", "ambiguous"}
    assert len(list(library.complete(query, EVERYBODY))) <= 25
    assert time.perf_counter() - started < 1


@settings(deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_any_text_is_answered(library: Library, query: str) -> None:
    found = library.resolve(query, EVERYBODY)
    assert found.outcome != "match" or len(found.entries) == 1
    assert found.outcome != "ambiguous" or len(found.entries) > 1
    assert normal(normal(query)) == normal(query)


def test_a_large_library_answers_in_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pick = random.Random(7)  # noqa: S311 - names for a test
    syllables = [f"{consonant}{vowel}" for consonant in "bdklmnrst" for vowel in "aeio"]

    def word() -> str:
        return "".join(pick.choice(syllables) for _ in range(4))

    titles = list(dict.fromkeys(f"{word()} {word()}" for _ in range(1_000)))
    files = {f"people/{slug(title)}.md": entry_text(title) for title in titles}
    started = time.perf_counter()
    library = library_of(tmp_path, dict(files))
    loaded = time.perf_counter() - started
    assert len(library.entries_by_id) == len(titles)
    times: dict[str, float] = {}
    for name, query in {
        "exact": titles[5],
        "near": f"{titles[5][:-1]}x",
        "none": "zyxwv utsrq",
        "prefix": titles[9][:5],
    }.items():
        started = time.perf_counter()
        for _ in range(20):
            library.resolve(query, EVERYBODY)
        times[name] = (time.perf_counter() - started) / 20
    with capsys.disabled():
        shown = ", ".join(f"{name} {seconds * 1e6:.0f} µs" for name, seconds in times.items())
        print(f"\n{len(titles)} entries written and loaded in {loaded:.2f} s; {shown}")  # noqa: T201 - measured, not asserted
