"""Times and days as people type them, and what they are told of those that are none."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.times import date_words, days_words, parse_days, parse_time, read_days, read_time
from bot.errors import BadRequestError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7", time(7)),
        ("07:00", time(7)),
        ("7:30", time(7, 30)),
        ("7.30", time(7, 30)),
        ("730", time(7, 30)),
        ("0730", time(7, 30)),
        ("1930", time(19, 30)),
        ("7:30am", time(7, 30)),
        ("7:30 PM", time(19, 30)),
        ("7pm", time(19)),
        ("7 p.m.", time(19)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("19h30", time(19, 30)),
        ("19h", time(19)),
        ("at 8", time(8)),
        ("8 o'clock", time(8)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("0:05", time(0, 5)),
        ("23:59", time(23, 59)),
        ("７：３０", time(7, 30)),
        ("早上7点", time(7)),
        ("7点半", time(7, 30)),
        ("下午3点15分", time(15, 15)),
        ("晚上8點", time(20)),
        ("晚上12点", time(0)),
        ("中午12点", time(12)),
        ("13pm", time(13)),
    ],
)
def test_a_time_is_read(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("25:00", "05:00 or 15:00"),
        ("7:75", "07:59 or 08:00"),
        ("13am", "13:00"),
        ("24:00", "00:00 or 23:59"),
        ("24:30", "00:30 or 23:30"),
        ("noom", "noon"),
        ("midnite", "midnight"),
    ],
)
def test_a_wrong_time_is_answered_with_the_nearest(typed: str, offered: str) -> None:
    assert read_time(typed) is None
    with pytest.raises(BadRequestError) as refused:
        parse_time(typed)
    assert f"Did you mean {offered}?" in refused.value.advice
    assert typed in refused.value.sentence


@pytest.mark.parametrize("typed", ["", "soon", "shanghai", "1:2:3", "-7", "7-8", "2026-11-26", "taiwan", "½"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_time(typed) is None
    with pytest.raises(BadRequestError, match="no time of day"):
        parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("every day", (0, 1, 2, 3, 4, 5, 6)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("Weekends", (5, 6)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Mon–Fri", (0, 1, 2, 3, 4)),
        ("mon to thu", (0, 1, 2, 3)),
        ("monday through wednesday", (0, 1, 2)),
        ("fri-mon", (0, 4, 5, 6)),
        ("mon,wed,fri", (0, 2, 4)),
        ("mon, wed and fri", (0, 2, 4)),
        ("tue & thu", (1, 3)),
        ("mon wed", (0, 2)),
        ("sundays", (6,)),
        ("mon-wed,sat", (0, 1, 2, 5)),
        ("weekdays,sat", (0, 1, 2, 3, 4, 5)),
        ("fri,fri", (4,)),
        ("周一至周五", (0, 1, 2, 3, 4)),
        ("周一、周三", (0, 2)),
        ("星期日", (6,)),
        ("工作日", (0, 1, 2, 3, 4)),
        ("每天", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days_are_read(typed: str, meant: tuple[int, ...]) -> None:
    assert parse_days(typed) == meant


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("mun-fri", "Mon?"), ("wensday", "Wednesday?"), ("weekdys", "Weekdays?"), ("dayly", "Daily?")],
)
def test_wrong_days_are_answered_with_the_nearest(typed: str, offered: str) -> None:
    with pytest.raises(BadRequestError) as refused:
        parse_days(typed)
    assert f"Did you mean {offered}" in refused.value.advice


@pytest.mark.parametrize("typed", ["", "7", "taiwan", "2023", "mon-", "-", ",", "shanghai"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_days(typed) is None
    with pytest.raises(BadRequestError, match="no days of the week"):
        parse_days(typed)


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_refused(typed: str) -> None:
    found = read_time(typed)
    if found is None:
        with pytest.raises(BadRequestError):
            parse_time(typed)
    days = read_days(typed)
    assert days is None or (days and set(days) <= set(range(7)))


@given(st.times())
def test_a_time_written_the_usual_ways_is_that_time(moment: time) -> None:
    moment = moment.replace(second=0, microsecond=0)
    for form in ("%H:%M", "%I:%M %p", "%Hh%M", "%H%M"):
        assert parse_time(moment.strftime(form)) == moment


@given(st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))))
def test_days_told_in_words_are_read_again(days: tuple[int, ...]) -> None:
    assert parse_days(days_words(days)) == days


@pytest.mark.parametrize(
    ("instant", "zone", "words"),
    [
        ("2026-11-26T23:00Z", "Asia/Shanghai", "Fri 27 Nov 07:00 (UTC+8)"),
        ("2026-11-27T12:00Z", "America/New_York", "Fri 27 Nov 07:00 (UTC-5)"),
        ("2026-07-01T11:00Z", "America/New_York", "Wed 1 Jul 07:00 (UTC-4)"),
        ("2026-11-27T01:30Z", "Asia/Kolkata", "Fri 27 Nov 07:00 (UTC+5:30)"),
        ("2026-11-27T07:00Z", "UTC", "Fri 27 Nov 07:00 (UTC)"),
        ("2026-11-27T10:30Z", "America/St_Johns", "Fri 27 Nov 07:00 (UTC-3:30)"),
    ],
)
def test_a_date_is_told_with_its_offset(instant: str, zone: str, words: str) -> None:
    assert date_words(datetime.fromisoformat(instant).astimezone(UTC), zone) == words
