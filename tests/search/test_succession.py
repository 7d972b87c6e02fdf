"""Who came after or before somebody in an office is read from the offices, as they were on the day."""

from datetime import date
from pathlib import Path

import pytest

from bot.library.library import Library
from bot.library.load import load
from bot.library.succession import asks_for_next
from tests.library.samples import EVERYBODY, entry_text, library_of

OFFICE = "Keeper of the Lighthouse"


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).parents[2] / "briefings")


def keeper(name: str, since: str, until: str | None, office: str = OFFICE, **fields: str) -> str:
    role = {"office": office, "from": since, "sources": ["wire"]} | ({"until": until} if until else {})
    return entry_text(name, roles=[role], **fields)


@pytest.fixture
def keepers(tmp_path: Path) -> Library:
    return library_of(
        tmp_path,
        {
            "people/ada-first.md": keeper("Ada First", "2001-01-01", "2005-01-01"),
            "people/bob-second.md": keeper("Bob Second", "2005-01-01", "2010-01-01"),
            "people/cay-third.md": keeper("Cay Third", "2010-01-01", None),
            "people/dan-other.md": keeper("Dan Other", "2005-01-01", None, office="Keeper of the Harbor"),
            "people/eve-hidden.md": keeper("Eve Hidden", "2005-01-01", "2006-01-01", status="draft"),
        },
    )


@pytest.mark.parametrize(
    ("query", "holder"),
    [
        ("who replaced qin gang?", "wang-yi"),
        ("Who succeeded Li Shangfu as defense minister?", "dong-jun"),
        ("Li Shangfu's successor", "dong-jun"),
        ("who was blinken replaced by", "marco-rubio"),
        ("who did wang yi replace?", "qin-gang"),
        ("successor to wendy sherman", "kurt-campbell"),
        ("谁接替了秦刚", "wang-yi"),
        ("秦剛的繼任者是誰", "wang-yi"),
    ],
)
def test_it_is_who_held_the_office_next_or_before(library: Library, query: str, holder: str) -> None:
    found = library.search(query, EVERYBODY)
    assert (found.outcome, found.entries[0].id) == ("match", holder)


def test_only_the_same_office_counts_and_nobody_who_is_not_seen(keepers: Library) -> None:
    after = {"ada first": "bob-second", "bob second": "cay-third"}
    for name, holder in after.items():
        assert [each.id for each in keepers.search(f"who replaced {name}?", EVERYBODY).entries] == [holder]
    assert keepers.search("who did cay third replace", EVERYBODY).entries[0].id == "bob-second"
    assert keepers.search("who replaced cay third", EVERYBODY).how != "office"


def test_who_was_still_to_come_on_the_day_is_not_told(keepers: Library) -> None:
    assert keepers.search("who replaced bob second?", EVERYBODY, date(2011, 1, 1)).entries[0].id == "cay-third"
    before = keepers.search("who replaced bob second?", EVERYBODY, date(2007, 1, 1))
    assert "cay-third" not in {each.id for each in before.entries}


@pytest.mark.parametrize("query", ["who replaced angela merkel", "who replaced the batteries", "emperor's successor"])
def test_of_somebody_unknown_nobody_is_the_successor(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


@pytest.mark.parametrize("words", ["who replaced", "replacement parts", "who is qin gang", "success of the talks"])
def test_other_questions_do_not_ask_for_it(words: str) -> None:
    assert asks_for_next(words) is None
