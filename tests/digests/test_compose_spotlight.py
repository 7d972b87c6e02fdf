"""The spotlight: every entry once, then all over again, in an order of each channel's own."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.edition import Before, Edition, Section
from bot.digests.model import OnEmpty, Wants
from bot.digests.spotlight import LANES, choose, lane, order
from bot.library.library import Library
from tests.digests.editions import TODAY, claim, edition, files, made, of, seen, words

TITLES = [f"Person {letter}" for letter in "ABCDEFGH"]
EVERY_DAY = files("Day By Day", claims=[claim("one", "It was.", date="2020-11-26")])


def days(library: Library, before: Before, number: int) -> list[Edition]:
    """Return so many editions, each with what is kept of the one before; something is dated on each of the days."""
    found = []
    for _ in range(number):
        found.append(edition(library, before, today=TODAY))
        before = replace(before, spotlit=found[-1].spotlit)
    return found


def test_every_entry_stands_there_once_before_any_does_twice() -> None:
    library = made(files(*TITLES) | EVERY_DAY)
    stood = [each.spotlight for each in days(library, seen(library), 27)]
    for start in (0, 9, 18):
        assert set(stood[start : start + 9]) == set(library.entries_by_id)
    assert all(one != other for one, other in pairwise(stood))


def test_it_is_told_with_its_reason_and_a_button() -> None:
    library = made(files("Ada One", why_it_matters="It counts.") | EVERY_DAY)
    found = edition(library, seen(library, spotlit=("day-by-day",)))
    assert found.spotlight == "ada-one"
    assert "Ada One: Ada One is the subject of this sample. Why it matters: It counts." in words(found.reply)
    assert [item.reason for item in found.items if item.section is Section.SPOTLIGHT] == [
        "its turn: each briefing once, until all were shown"
    ]
    assert ("ada-one", "") in {action.args for action in found.reply.actions}


def test_channels_differ_and_one_channel_does_not() -> None:
    library = made(files(*TITLES) | EVERY_DAY)
    firsts = {edition(library, seen(library, seed=str(number))).spotlight for number in range(40)}
    assert len(firsts) > 4
    assert len({edition(library, seen(library, seed="7")).spotlight for _ in range(3)}) == 1


def test_what_is_news_anyway_waits_for_another_day() -> None:
    was = made(EVERY_DAY)
    now = made(EVERY_DAY | files("Ada One"))
    found = edition(now, seen(was, spotlit=("day-by-day",)))
    assert of(found, Section.NEW) == ["ada-one"]
    assert found.spotlight == ""
    assert found.spotlit == ("day-by-day",)


def test_a_new_round_does_not_begin_with_whoever_came_last() -> None:
    assert choose(("a", "b", "c"), ("b", "c", "a"), ()).after("b") == ("b",)
    assert choose(("a", "b", "c"), ("b", "c", "a"), ()).entry_id == "b"
    assert choose(("a",), ("a",), ()).entry_id == "a"
    assert choose((), (), ()).entry_id == ""
    assert choose(("a", "b"), ("a",), ("b",)).entry_id == ""


def test_an_edition_that_tells_nothing_takes_nobodys_turn() -> None:
    library = made(files(*TITLES))
    for on_empty in OnEmpty:
        found = edition(library, seen(library, spotlit=("person-a",)), wants=Wants(on_empty=on_empty))
        assert found.spotlit == ("person-a",)


def test_entries_that_left_the_library_drop_out_and_hidden_ones_keep_their_place() -> None:
    was = made(files(*TITLES) | EVERY_DAY)
    now = made(files(*TITLES[1:]) | files("Person B", status="draft") | EVERY_DAY)
    found = edition(now, replace(seen(was), spotlit=("person-a", "person-b", "person-c")))
    assert found.spotlit == ("person-b", "person-c", found.spotlight)


def test_an_expired_entry_has_no_turn() -> None:
    library = made(files("Ada One", expires="2026-11-01") | EVERY_DAY)
    found = edition(library, seen(library, spotlit=("day-by-day",)))
    assert found.spotlight == "day-by-day"  # a new round of the only one there is


def test_another_day_does_not_change_the_order() -> None:
    library = made(files(*TITLES, claims=[claim(f"c{n}", "It was.", date=f"2020-11-{n}") for n in (26, 27)]))
    assert (
        edition(library, seen(library)).spotlight
        == edition(library, seen(library), today=TODAY + timedelta(days=1)).spotlight
    )


@given(st.sets(st.text("abcdef", min_size=1, max_size=4), min_size=1, max_size=20), st.text(max_size=12))
def test_a_round_has_every_entry_once_whatever_they_are_called(entry_ids: set[str], seed: str) -> None:
    assert 0 <= lane(seed) < LANES
    ordered = order(entry_ids, lane(seed))
    spotlit: tuple[str, ...] = ()
    stood: list[str] = []
    for _ in range(2 * len(entry_ids)):
        turn = choose(ordered, spotlit, ())
        stood.append(turn.entry_id)
        spotlit = turn.after(turn.entry_id)
    assert set(stood[: len(entry_ids)]) == set(stood[len(entry_ids) :]) == entry_ids
    assert len(entry_ids) == 1 or all(one != other for one, other in pairwise(stood))


@given(st.sets(st.text("abcdef", min_size=1, max_size=3), min_size=2, max_size=9), st.data())
def test_an_entry_that_comes_or_goes_leaves_the_order_of_the_others(entry_ids: set[str], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(entry_ids)))
    assert order(entry_ids - {gone}, 3) == tuple(each for each in order(entry_ids, 3) if each != gone)
