"""What the calendar brings: what lies ahead, and this day of earlier years; our own briefings among them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.digests.edition import Before, Edition, Kept, Section
from bot.library.load import load
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from tests.digests.editions import TODAY, changed, claim, edition, files, of, seen, words

BRIEFINGS = Path(__file__).parent.parent.parent / "briefings"


def on(day: date, *claims: dict[str, Any], **fields: Any) -> Edition:
    """Return the edition of `day` that has something new beside Ada's `claims`, so that there is one."""
    ada = files("Ada One", claims=list(claims) or [claim("one", "Ada is.")], **fields)
    return changed(ada, ada | files("Zoe Last"), today=day)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "2026-12-01", "forecast": {"outcome": "pending"}}, "1 December 2026 (in 5 days) · Ada One: "),
        ({"date": "2026-11-26", "forecast": {"outcome": "pending"}}, "26 November 2026 (today) · Ada One: "),
        ({"date": "2026-12-10", "forecast": {"outcome": "pending"}}, "10 December 2026 (in 14 days) · "),
        ({"date": "2026-01-05", "forecast": {"outcome": "pending", "date": "2026-12"}}, "December 2026 (in 5 days) · "),
        ({"date": "2026-11-24/2026-11-28"}, "24–28 November 2026 (ends in 2 days) · "),
        ({"date": "2026-11-20/2026-11-26"}, "20–26 November 2026 (ends today) · "),
        ({"date": "2026-11", "forecast": {"outcome": "pending"}}, "November 2026 (ends in 4 days) · "),
        ({"date": "2026-12-03"}, "3 December 2026 (in 7 days) · "),
        ({"date": "2020-01-01", "valid_until": "2026-11-30"}, "until 30 November 2026 (in 4 days) · "),
        ({"date": "2026", "forecast": {"outcome": "pending"}}, None),
        ({"date": "2026-12-11", "forecast": {"outcome": "pending"}}, None),
        ({"date": "2026-11-25", "forecast": {"outcome": "pending"}}, None),
        ({"date": "2026-12-01", "forecast": {"outcome": "happened"}}, None),
        ({"date": "2026-11"}, None),
        ({"date": "2026-12-01", "superseded_by": "two"}, None),
        ({}, None),
    ],
)
def test_what_is_coming_up(fields: dict[str, Any], told: str | None) -> None:
    other = claim("two", "Two.", supersedes=["one"]) if "superseded_by" in fields else claim("two", "Two.")
    found = on(TODAY, claim("one", "It is to be.", **fields), other)
    assert of(found, Section.COMING) == (["ada-one"] if told else [])
    assert (told or "") in words(found.reply)


def test_the_end_of_a_year_is_told_when_it_is_near() -> None:
    year = claim("one", "It is to be.", date="2026", forecast={"outcome": "pending"})
    assert of(on(date(2026, 12, 20), year), Section.COMING) == ["ada-one"]


def test_what_expires_soon_is_told() -> None:
    found = on(TODAY, expires="2026-12-01")
    assert of(found, Section.COMING) == ["ada-one"]
    assert "1 December 2026 (in 5 days) · Ada One: expires; after that day only" in words(found.reply)


def test_the_nearest_comes_first_and_the_maximum_holds() -> None:
    days = [
        claim(f"c{n}", f"Event {n}.", date=f"2026-12-0{n}", forecast={"outcome": "pending"}) for n in range(9, 0, -1)
    ]
    found = on(TODAY, *days)
    told = words(found.reply)
    assert [item.below for item in found.items if item.section is Section.COMING] == [False] * 4 + [True] * 5
    places = [told.index(f"Event {n}.") for n in range(1, 10)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "2020-11-26"}, "26 November 2020 (6 years ago) · Ada One: It was."),
        ({"date": "2025-11-26"}, "26 November 2025 (1 year ago) · "),
        ({"date": "2020-11-26T07:30+08:00"}, "26 November 2020, 07:30 (UTC+08:00) (6 years ago) · "),
        ({"date": "2020-11-26/2020-11-28"}, "26–28 November 2020 (6 years ago) · "),
        ({"date": "2020-11-26", "said_by": "Cleo", "disputed": True}, "It was. [A Wire] Said by Cleo. Disputed."),
        ({"date": "2020-11"}, None),
        ({"date": "2020"}, None),
        ({"date": "2020-11-26", "approximate": True}, None),
        ({"date": "2020-11-26", "forecast": {"outcome": "did not happen"}}, None),
        ({"date": "2020-11-26", "superseded_by": "two"}, None),
        ({"date": "2026-11-26"}, None),
        ({"date": "2020-11-25/2020-11-27"}, None),
    ],
)
def test_what_happened_on_this_day(fields: dict[str, Any], told: str | None) -> None:
    other = claim("two", "Two.", supersedes=["one"]) if "superseded_by" in fields else claim("two", "Two.")
    found = on(TODAY, claim("one", "It was.", **fields), other)
    assert of(found, Section.ON_THIS_DAY) == (["ada-one"] if told else [])
    assert (told or "") in words(found.reply)


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2027, 2, 28), True), (date(2027, 3, 1), False), (date(2028, 2, 28), False), (date(2028, 2, 29), True)],
)
def test_a_leap_day_is_remembered_every_year(day: date, told: bool) -> None:
    found = on(day, claim("one", "It was.", date="2024-02-29"))
    assert (of(found, Section.ON_THIS_DAY) == ["ada-one"]) is told


def test_round_anniversaries_come_first_then_the_newest() -> None:
    years = [claim(f"y{year}", f"In {year}.", date=f"{year}-11-26") for year in (2018, 2021, 2025, 2016)]
    found = on(TODAY, *years)
    told = words(found.reply)
    order = [year for year in (2021, 2016, 2025) if f"In {year}." in told]
    assert order == [2021, 2016, 2025]
    assert [told.index(f"In {year}.") for year in order] == sorted(told.index(f"In {year}.") for year in order)
    assert "And 1 more of this day, behind: 26 November 2018." in told


def test_an_event_told_in_two_entries_is_told_once_by_the_one_the_other_points_to() -> None:
    ada = files("Ada One", claims=[claim("one", "Ada met Ben.", date="2020-11-26", same_as="ben-two#met")])
    ben = files("Ben Two", claims=[claim("met", "Ben was met.", date="2020-11-26")])
    found = changed(ada | ben, ada | ben)
    assert of(found, Section.ON_THIS_DAY) == ["ben-two"]
    assert found.news


def test_a_twin_is_told_where_the_other_was_not_asked_for_or_is_hidden() -> None:
    ada = files("Ada One", claims=[claim("one", "Ada met Ben.", date="2020-11-26", same_as="ben-two#met")])
    ben = files("Ben Two", claims=[claim("met", "Ben was met.", date="2020-11-26")], status="draft")
    found = changed(ada | ben, ada | ben)
    assert of(found, Section.ON_THIS_DAY) == ["ada-one"]
    assert "Ben was met." not in words(found.reply)


def test_an_expired_entry_has_no_days() -> None:
    found = on(TODAY, claim("one", "It was.", date="2020-11-26"), expires="2026-11-01")
    assert of(found, Section.ON_THIS_DAY) == []


def test_our_own_briefings_remember_a_day_in_june() -> None:
    library, day = load(BRIEFINGS), date(2026, 6, 18)
    viewer = Viewer(Audience.PUBLIC, datetime(2026, 6, 18, 7, tzinfo=UTC))
    before = seen(library, viewer)
    found = edition(library, before, viewer=viewer, today=day)
    assert found.news
    assert set(of(found, Section.ON_THIS_DAY)) <= set(library.entries_by_id)
    assert len(of(found, Section.ON_THIS_DAY)) == 3
    assert "18 June 2023 (3 years ago) · Blinken's visit to Beijing, June 2023: " in words(found.reply)
    assert any(action.label == "18 June 2023" for action in found.reply.actions)


def test_our_own_briefings_have_a_first_edition_on_every_day_of_a_year() -> None:
    library = load(BRIEFINGS)
    told = set()
    for number in range(366):
        day = date.fromordinal(date(2027, 1, 1).toordinal() + number)
        viewer = Viewer(Audience.PUBLIC, datetime(day.year, day.month, day.day, 7, tzinfo=UTC))
        told |= set(of(edition(library, Before(None, Kept({})), viewer=viewer, today=day), Section.ON_THIS_DAY))
    assert len(told) > len(library.entries_by_id) / 4
