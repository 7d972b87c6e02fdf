"""Dates and spans in every hand people write them in; what is no date is told by what is wrong with it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.dates import parse_day, parse_span
from bot.errors import BadRequestError

TODAY = date(2026, 11, 24)
DAY = date(2023, 6, 18)


@pytest.mark.parametrize(
    "words",
    [
        "2023-6-18",
        "2023.6.18",
        "18.6.2023",
        "18. 06. 2023",
        "18-06-2023",
        "18/6/2023",
        "6/18/2023",
        "June 18th, 2023",
        "JUNE 18, 2023",
        "June 18 2023",
        "jun. 18 2023",
        "18th of June 2023",
        "the 18th of June, 2023",
        "18-Jun-2023",
        "2023 June 18",
        "2023年6月18日",
        "2023 年 6 月 18 日",
        "２０２３－０６－１８",
        "２０２３年６月１８日",
        "2023‑06‑18",
        "2023–06–18",
        '"2023-06-18"',
        "“18 June 2023”",
        "‘2023-06-18’",
        "2023-06-18.",
        "“2023-06-18.”",
        " 2023-06-18 ",
        "2023-06-18T07:30+08:00",
    ],
)
def test_one_day_in_many_hands(words: str) -> None:
    assert parse_day(words, TODAY) == DAY


@pytest.mark.parametrize("month", ["Sept", "Sep", "sept.", "SEPTEMBER"])
def test_september_has_two_short_forms(month: str) -> None:
    assert parse_day(f"18 {month} 2023", TODAY) == parse_day(f"{month} 18 2023", TODAY) == date(2023, 9, 18)
    assert parse_day(f"{month} 2023", TODAY) == date(2023, 9, 30)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2023-02-30", "no such day as 2023-02-30"),
        ("30 February 2023", "no such day as 30 February 2023"),
        ("31.4.2023", "no such day"),
        ("40/40/2023", "no such day"),
        ("2023年2月30日", "no such day"),
        ("2023-13-01", "no such day"),
        ("2023-13", "no such month"),
        ("0000", "no such year"),
        ("6/7/2023", "two different days"),
        ("", "date is missing"),
        ('""', "date is missing"),
        ("as-of", "date is missing"),
        ("2023-06-01/2023-06-18", "is a span"),
        ("2023-06-01..2023-06-18", "is a span"),
        ("June to July 2023", "is a span"),
    ],
)
def test_what_is_wrong_with_a_day_is_said(words: str, told: str) -> None:
    with pytest.raises(BadRequestError, match=told) as caught:
        parse_day(words, TODAY)
    assert "2023-06-18" in caught.value.advice
    assert len(caught.value.sentence) < 100


FIRST_HALF = (date(2023, 2, 1), date(2023, 6, 30))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("from 2023-02 to 2023-06", FIRST_HALF),
        ("2023-02 to 2023-06", FIRST_HALF),
        ("2023-02 - 2023-06", FIRST_HALF),
        ("2023-02–2023-06", FIRST_HALF),
        ("2023-02/2023-06", FIRST_HALF),
        ("between February 2023 and June 2023", FIRST_HALF),
        ("february 2023..june 2023", FIRST_HALF),
        ("February to June 2023", FIRST_HALF),
        ("Feb – Jun 2023", FIRST_HALF),
        ("2023年2月至2023年6月", FIRST_HALF),
        ("18–19 June 2023", (DAY, date(2023, 6, 19))),
        ("18 June - 2 July 2023", (DAY, date(2023, 7, 2))),
        ("18-June-2023", (DAY, DAY)),
        ("2023-2024", (date(2023, 1, 1), date(2024, 12, 31))),
        ("since 2023", (date(2023, 1, 1), None)),
        ("from June 2023", (date(2023, 6, 1), None)),
        ("2023 onwards", (date(2023, 1, 1), None)),
        ("after June 2023", (date(2023, 7, 1), None)),
        ("until june 2023", (None, date(2023, 6, 30))),
        ("up to 2023", (None, date(2023, 12, 31))),
        ("as of 2023-06-18", (None, DAY)),
        ("before 2023", (None, date(2022, 12, 31))),
        ("in june 2023", (date(2023, 6, 1), date(2023, 6, 30))),
        ("on 18 June 2023", (DAY, DAY)),
        ("since yesterday", (date(2026, 11, 23), None)),
        ("2026 to now", (date(2026, 1, 1), TODAY)),
        ("after 9999", (date(9999, 12, 31), None)),
        ("before 0001", (None, date(1, 1, 1))),
    ],
)
def test_spans_in_words(words: str, span: tuple[date | None, date | None]) -> None:
    assert parse_span(words, TODAY) == span


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("soon..2023", "cannot read"),
        ("2023 to soon", "cannot read"),
        ("2023-02-30..2024", "no such day"),
        ("2024 to 2023", "ends before it starts"),
    ],
)
def test_what_is_wrong_with_a_span_is_said(words: str, told: str) -> None:
    with pytest.raises(BadRequestError, match=told):
        parse_span(words, TODAY)


@given(st.text(max_size=200) | st.text("0123456789./- ,aegijnpu年月日至to…“”", max_size=60))
def test_any_text_is_read_or_refused_in_words(words: str) -> None:
    for read in (parse_day, parse_span):
        with suppress(BadRequestError):
            assert read(words, TODAY) is not None
