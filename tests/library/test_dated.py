"""The date in a question about an office."""

from datetime import date

import pytest

from bot.library.dated import dated


@pytest.mark.parametrize(
    ("words", "rest", "first", "last"),
    [
        ("foreign minister of china in june 2023", "foreign minister of china", date(2023, 6, 1), date(2023, 6, 30)),
        ("us ambassador to china 2023", "us ambassador to china", date(2023, 1, 15), date(2023, 12, 15)),
        ("secretary of state on 18 june 2023", "secretary of state", date(2023, 6, 18), date(2023, 6, 18)),
        ("secretary of state june 18 2023", "secretary of state", date(2023, 6, 18), date(2023, 6, 18)),
        ("in feb 2024 us president", "us president", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021 us president", "us president", date(2021, 1, 15), date(2021, 12, 15)),
        ("commerce secretary in may 2023 us", "commerce secretary us", date(2023, 5, 1), date(2023, 5, 31)),
        ("us president 31 february 2023", "us president", date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_a_date_is_taken_off_and_stands_for_days(words: str, rest: str, first: date, last: date) -> None:
    without, days = dated(words)
    assert (without, days[0], days[-1]) == (rest, first, last)


@pytest.mark.parametrize("words", ["us president", "2023", "storm 0558", "us president in june"])
def test_without_an_office_or_a_year_nothing_is_taken_off(words: str) -> None:
    assert dated(words) == (words, ())
