"""Dates as sources give them: read, ordered, told in words, and refused with what was meant."""

from datetime import date

import pytest

from bot.library.when import Precision, parse_day, parse_when


@pytest.mark.parametrize(
    ("iso", "first", "last", "words"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "2023"),
        ("2023-06", date(2023, 6, 1), date(2023, 6, 30), "June 2023"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
        ("2023-06-18", date(2023, 6, 18), date(2023, 6, 18), "18 June 2023"),
        ("2023-06-18T07:30+08:00", date(2023, 6, 18), date(2023, 6, 18), "18 June 2023, 07:30 (UTC+08:00)"),
        ("2023-06-18T07:30Z", date(2023, 6, 18), date(2023, 6, 18), "18 June 2023, 07:30 (UTC)"),
        ("2023-06-18/2023-06-19", date(2023, 6, 18), date(2023, 6, 19), "18–19 June 2023"),
        ("2023-05-31/2023-06-01", date(2023, 5, 31), date(2023, 6, 1), "31 May – 1 June 2023"),
        ("2022-12-31/2023-01", date(2022, 12, 31), date(2023, 1, 31), "31 December 2022 – January 2023"),
        ("2023/2023", date(2023, 1, 1), date(2023, 12, 31), "2023 – 2023"),
    ],
)
def test_a_date_is_read_and_told_in_words(iso: str, first: date, last: date, words: str) -> None:
    when = parse_when(iso)
    assert (when.first, when.last, str(when), when.iso) == (first, last, words, iso)


def test_a_year_may_be_written_without_quotation_marks() -> None:
    assert parse_when(2023).start.precision is Precision.YEAR


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2023-02-30", "no such date: 2023-02-30"),
        ("2023-13", "no such date: 2023-13"),
        ("0000", "no such date: 0000"),
        ("2023-06-18T24:00Z", "no such date"),
        ("2023-06-18T07:30", "not a date"),
        ("2023-06-18T07:30+99:00", "no such date"),
        ("٢٠٢٣", "not a date"),
        ("18 June 2023", r"not a date: '18 June 2023' \(write 2023, 2023-06"),
        ("2023-06-18\n", "not a date"),
        ("2023/2024/2025", "an interval has two ends"),
        ("2023/", "not a date"),
        ("2023-06-19/2023-06-18", r"the interval ends \(18 June 2023\) before it starts"),
        ("2023-06-18T10:00Z/2023-06-18T09:00Z", "the interval ends"),
        (True, "a date is written as"),
        (None, "a date is written as"),
        (2023.5, "a date is written as"),
        (["2023"], "a date is written as"),
    ],
)
def test_what_is_no_date_is_refused_with_what_was_meant(value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_when(value)


@pytest.mark.parametrize(
    "value", ["2023-06", "2023-06-18T00:00Z", "2023-02-29", "٢٠٢٣-٠٦-١٨", 20230618, None, "2023-06-18\n"]
)
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"a day is written as 2023-06-18|no such date: 2023-02-29"):
        parse_day(value)


def test_a_day_is_a_day() -> None:
    assert parse_day("2024-02-29") == parse_day(date(2024, 2, 29)) == date(2024, 2, 29)
