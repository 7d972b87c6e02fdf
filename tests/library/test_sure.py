"""Sure only where every word is accounted for; what is merely like it is offered as the nearest, best first."""

from datetime import date
from typing import Any

import pytest

from bot.library.library import Library
from tests.library.samples import EVERYBODY, entry_text, library_of

BLINKEN, XI, QIN, WANG = "Antony Blinken", "Xi Jinping", "Qin Gang", "Wang Yi"
BALLOON, VISIT = "Balloon over the United States, February 2023", "Blinken's visit to Beijing, June 2023"
BALI, CHANNELS = "Biden–Xi meeting in Bali, November 2022", "US–China communication channels"
UNTIL_2025 = {"until": "2025-01-20"}
QINS, WANGS = {"shared": True, "from": "2022-12-30", "until": "2023-07-24"}, {"shared": True, "from": "2023-07-25"}


def named(name: str, sort: str = "short", **fields: Any) -> dict[str, Any]:
    return {"name": name, "sort": sort} | fields


NAMES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "AUKUS": ("agreement", [named("Australia UK US"), named("AUKUS submarines")]),
    "Taiwan": ("issue", [named("Taiwan question"), named("Taiwan Strait")]),
    CHANNELS: ("issue", [named("military hotline"), named("mil-mil"), named("communication channels")]),
    BALI: ("event", [named("Bali meeting"), named("Bali summit"), named("Biden Xi Bali")]),
    VISIT: ("event", [named("Blinken visit"), named("Blinken trip to China"), named("June 2023 visit")]),
    BALLOON: (
        "event",
        [named("balloon"), named("spy balloon"), named("surveillance balloon"), named("Chinese balloon incident")],
    ),
    BLINKEN: (
        "person",
        [
            named("布林肯", "simplified", lang="zh-Hans"),
            named("美国国务卿布林肯", "simplified", lang="zh-Hans"),
            named("US Secretary of State", "office", **UNTIL_2025),
        ],
    ),
    "Joe Biden": ("person", [named("President Biden", "office"), named("POTUS 46", "abbreviation")]),
    XI: ("person", [named("President Xi", "office"), named("China's president", "office")]),
    QIN: ("person", [named("Foreign Minister Qin", "office"), named("China's foreign minister", "office", **QINS)]),
    WANG: ("person", [named("Director Wang Yi", "office"), named("China's foreign minister", "office", **WANGS)]),
    "Wang Wentao": ("person", []),
    "Li Shangfu": ("person", [named("General Li Shangfu", "office")]),
    "Nicholas Burns": (
        "person",
        [named("Ambassador Burns", "office"), named("US ambassador to China", "office", **UNTIL_2025)],
    ),
    "William Burns": ("person", [named("CIA director Burns", "office"), named("CIA director", "office", **UNTIL_2025)]),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    ids = {BALLOON: "balloon-february-2023", VISIT: "blinken-beijing-june-2023", BALI: "biden-xi-bali-2022"}
    folders = {"person": "people", "event": "events", "issue": "issues", "agreement": "agreements"}
    files = {
        f"{folders[kind]}/{ids.get(title) or f'entry-{place}'}.md": entry_text(title, kind=kind, names=names)
        for place, (title, (kind, names)) in enumerate(NAMES.items())
    }
    made = library_of(tmp_path_factory.mktemp("sure"), files)
    assert made.problems == ()
    return made


NONE = {
    "june 2024 visit": VISIT,
    "june 2022 visit": VISIT,
    "july 2023 visit": VISIT,
    "balloon february 2024": BALLOON,
    "balloon 2024": BALLOON,
    "blinken trip to chile": VISIT,
    "taiwan foreign minister": "Taiwan",
    "taiwan president": "Taiwan",
    "taiwn president": "Taiwan",
    "us president xi": XI,
    "chile president xi": XI,
    "weather balloon craft": BALLOON,
    "blinken 2023": VISIT,
    "us ambassador to chile": "Nicholas Burns",
    "li shang wu": "Li Shangfu",
    "us foreign minister": QIN,
    "ambassador": "Nicholas Burns",
    "director": WANG,
    "cia": "William Burns",
    "summit": BALI,
    "meeting": BALI,
    "visit": VISIT,
    "trip": VISIT,
    "military": CHANNELS,
    "communication": CHANNELS,
    "us-china": CHANNELS,
    "mil": CHANNELS,
    "australia": "AUKUS",
    "submarines": "AUKUS",
    "surveillance": BALLOON,
    "surveil": BALLOON,
    "strait": "Taiwan",
    "june 2023": VISIT,
    "potus": "Joe Biden",
    "tawain strait crisis": "Taiwan",
}


@pytest.mark.parametrize("query", NONE)
def test_a_word_left_over_or_a_word_of_many_is_no_match_and_the_nearest_comes_first(
    query: str, library: Library
) -> None:
    found = library.resolve(query, EVERYBODY)
    assert found.outcome == "none", (found.how, [entry.title for entry in found.entries])
    assert found.entries[0].title == NONE[query]


@pytest.mark.parametrize("query", ["us", "china", "chinese", "president", "foreign", "general", "2023", "美国", "an"])
def test_a_word_that_many_have_is_nobodys_name(query: str, library: Library) -> None:
    assert library.resolve(query, EVERYBODY).outcome == "none"


MATCHES = {
    "who is he: qin gang": QIN,
    "tawain": "Taiwan",
    "tawian": "Taiwan",
    "taiwn": "Taiwan",
    "china's foreign minister": WANG,
    "foreign minister": WANG,
    "chinese president": XI,
    "president of china": XI,
    "chinese foreign minister qin gang": QIN,
    "former secretary of state antony blinken": BLINKEN,
    "director burns": "William Burns",
    "cia burns": "William Burns",
    "director wang": WANG,
    "mr. xi": XI,
    "xi jin ping": XI,
    "xij": XI,
    "布": BLINKEN,
    "blin": BLINKEN,
    "june 2023 visit": VISIT,
    "visit june 2023": VISIT,
    "june 2023 visi": VISIT,
    "blinken trip": VISIT,
    "blinken visits beijing": VISIT,
    "Blinken's visit to Beijing": VISIT,
    "balloon february 2023": BALLOON,
    "balloon 2023": BALLOON,
    "chinese balloon": BALLOON,
    "spy ball": BALLOON,
    "biden and xi in bali": BALI,
    "biden xi": BALI,
    "us china comm": CHANNELS,
}


@pytest.mark.parametrize("query", MATCHES)
def test_what_is_said_in_other_words_is_still_found(query: str, library: Library) -> None:
    found = library.resolve(query, EVERYBODY)
    assert (found.outcome, [entry.title for entry in found.entries]) == ("match", [MATCHES[query]]), found.how


def test_an_office_goes_with_its_day_however_it_is_called(library: Library) -> None:
    then = date(2023, 6, 18)
    for query in ("foreign minister", "Chinese foreign minister", "minister of foreign china"):
        assert [entry.title for entry in library.resolve(query, EVERYBODY, on=then).entries] == [QIN]
    for query in ("secretary of state", "us ambassador", "cia director"):
        assert library.resolve(query, EVERYBODY, on=then).outcome == "match"
        assert library.resolve(query, EVERYBODY).outcome == "none"


def test_a_family_name_comes_first_among_the_nearest(library: Library) -> None:
    titles = [entry.title for entry in library.resolve("wang li", EVERYBODY).entries]
    assert titles == [WANG, "Wang Wentao", "Li Shangfu"]


@pytest.mark.parametrize("partial", ["ambassador", "surveillance", "military", "cia", "meeting", "trip"])
def test_completion_offers_what_an_answer_would_not_dare(partial: str, library: Library) -> None:
    assert library.complete(partial, EVERYBODY)
