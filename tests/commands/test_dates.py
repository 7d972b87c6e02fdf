from datetime import date

import pytest

from bot.commands.dates import parse_day, parse_span
from bot.errors import BadRequestError

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023-06-18", date(2023, 6, 18)),
        ("18 June 2023", date(2023, 6, 18)),
        ("18 jun 2023", date(2023, 6, 18)),
        ("June 18, 2023", date(2023, 6, 18)),
        ("2023/06/18", date(2023, 6, 18)),
        ("June 2023", date(2023, 6, 30)),
        ("2023-02", date(2023, 2, 28)),
        ("2023", date(2023, 12, 31)),
        ("2026", TODAY),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 23)),
    ],
)
def test_days_as_people_type_them(words: str, day: date) -> None:
    assert parse_day(words, TODAY) == day


@pytest.mark.parametrize("words", ["soon", "18.6", "9" * 5000, "2023-06-18; drop"])
def test_what_is_no_date_is_said_in_words(words: str) -> None:
    with pytest.raises(BadRequestError, match="cannot read") as caught:
        parse_day(words, TODAY)
    assert "2023-06-18" in caught.value.advice
    assert len(caught.value.sentence) < 100


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(BadRequestError, match="2027-01-01 is still to come"):
        parse_day("2027-01-01", TODAY)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("", (None, None)),
        ("2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("2023-06..2023-12", (date(2023, 6, 1), date(2023, 12, 31))),
        ("2023..", (date(2023, 1, 1), None)),
        ("..2023-02-04", (None, date(2023, 2, 4))),
        ("2023…2024", (date(2023, 1, 1), date(2024, 12, 31))),
        ("...2021", (None, date(2021, 12, 31))),
    ],
)
def test_spans(words: str, span: tuple[date | None, date | None]) -> None:
    assert parse_span(words, TODAY) == span


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadRequestError, match="ends before it starts"):
        parse_span("2024..2023", TODAY)
