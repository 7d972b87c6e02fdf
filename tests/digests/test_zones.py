"""Zones by the names people type, and what is offered for those that mean none or several."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests import zone_names
from bot.digests.zones import complete_zones, nearest_zones, zone, zone_words

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("america/new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("shanghai", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("台北", "Asia/Taipei"),
        ("臺北", "Asia/Taipei"),
        ("华盛顿", "America/New_York"),
        ("纽约", "America/New_York"),
        ("香港", "Asia/Hong_Kong"),
        ("EST", "America/New_York"),
        ("ET", "America/New_York"),
        ("PT", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("HKT", "Asia/Hong_Kong"),
        ("BST", "Europe/London"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("GMT+8", "Etc/GMT-8"),
        ("utc-5", "Etc/GMT+5"),
        ("+08:00", "Etc/GMT-8"),
        ("UTC+0", "UTC"),
        ("Washington, DC", "America/New_York"),
        ("san francisco", "America/Los_Angeles"),
        ("US/Eastern", "US/Eastern"),
        ("lord howe", "Australia/Lord_Howe"),
        ("Ｓｈａｎｇｈａｉ", "Asia/Shanghai"),
    ],
)
def test_a_zone_is_known_by_what_people_call_it(typed: str, name: str) -> None:
    found = zone(typed)
    assert found is not None
    assert found.key == name


@pytest.mark.parametrize(
    "typed",
    ["", "CST", "IST", "america", "usa", "atlantis", "../../etc/passwd", "UTC+99", "+5:30", "localtime", "Factory"],
)
def test_what_means_no_zone_or_several_is_none(typed: str) -> None:
    assert zone(typed) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("shangai", ("Asia/Shanghai",)),
        ("new yrok", ("America/New_York",)),
        ("Asia/Beijng", ("Asia/Shanghai",)),
        ("CST", ("America/Chicago", "Asia/Shanghai")),
        ("ist", ("Asia/Kolkata", "Asia/Jerusalem")),
        ("+5:30", ("Asia/Kolkata",)),
        ("UTC+5:45", ("Asia/Kathmandu",)),
        ("indiana", ("America/Indiana/Indianapolis",)),
        ("washingtn", ("America/New_York",)),
    ],
)
def test_the_nearest_come_first(typed: str, first: tuple[str, ...]) -> None:
    assert nearest_zones(typed, 3, NOW)[: len(first)] == first


def test_nothing_is_offered_where_nothing_is_like() -> None:
    assert nearest_zones("qqqqqq", 3, NOW) == ()
    assert nearest_zones("+5:17", 3, NOW) == ()


@pytest.mark.parametrize(
    ("partial", "name", "place"),
    [
        ("", "America/New_York", 3),
        ("sh", "Asia/Shanghai", 1),
        ("new", "America/New_York", 1),
        ("asia/sh", "Asia/Shanghai", 1),
        ("beij", "Asia/Shanghai", 1),
        ("york", "America/New_York", 1),
        ("上", "Asia/Shanghai", 1),
        ("lond", "Europe/London", 1),
        ("hk", "Asia/Hong_Kong", 1),
        ("taip", "Asia/Taipei", 1),
    ],
)
def test_what_is_typed_completes(partial: str, name: str, place: int) -> None:
    assert name in complete_zones(partial, 25)[:place]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("America/New_York", "America/New York"),
        ("Etc/GMT-8", "UTC+8"),
        ("Etc/GMT+5", "UTC-5"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_told_in_words(name: str, words: str) -> None:
    assert zone_words(name) == words
    again = zone(words)
    assert again is not None
    assert again.key == name


def test_every_name_is_of_a_zone_that_there_is() -> None:
    several = {each for names in zone_names.SEVERAL.values() for each in names}
    named = {*zone_names.TYPED.values(), *zone_names.STARTERS, *several}
    assert named <= available_timezones()


def test_no_name_means_two_zones() -> None:
    typed = [name for names in zone_names._TYPED.values() for name in names]
    assert len(typed) == len(set(typed))
    assert not set(typed) & set(zone_names.SEVERAL)
    assert all(name == name.casefold() for name in (*typed, *zone_names.SEVERAL))


def test_every_zone_of_the_database_is_known_by_its_own_name() -> None:
    for name in available_timezones() - {"localtime", "Factory"}:
        found = zone(name)
        other = {*zone_names.TYPED, *zone_names.SEVERAL, "gmt+0", "gmt-0"}
        assert (found is not None and found.key == name) or name.casefold() in other, name


@given(st.text(max_size=80))
def test_any_text_is_a_zone_or_has_offers(typed: str) -> None:
    found = zone(typed)
    offered = complete_zones(typed, 25)
    assert len(offered) <= 25
    assert len(set(offered)) == len(offered)
    assert {*offered, *nearest_zones(typed, 3, NOW)} <= available_timezones()
    assert found is None or found.key in offered
