"""A line as it is typed in chat comes apart where it was meant to, and nowhere else."""

import time
from datetime import date

import pytest

from bot.commands import spec
from bot.commands.dates import parse_day, parse_span
from bot.commands.parse import clean, parse

TODAY = date(2026, 11, 24)


def options(command: str, typed: str) -> dict[str, str]:
    found = spec.command(command)
    assert found is not None
    return parse(found, clean(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "qin gang as of June 18 2023",
        "qin gang AS OF JUNE 18, 2023",
        "qin gang —as-of 2023-06-18",
        "qin gang --as-of 18.6.2023",
        "qin gang as‑of 2023-6-18",
        "qin gang as–of 2023-06-18",
        "qin gang,as-of 2023-06-18",
        "qin gang, as of 18 June 2023.",
        "qin gang - as of 18 June 2023",
        "qin gang (as of 18 June 2023)",
        'qin gang "as of 18 June 2023"',
        'qin gang as-of "2023-06-18"',
        "qin gang as-of “June 18th, 2023”",
        "qin gang as-of: 2023-06-18?",
        "qin gang as-of 2023年6月18日",
        "qin gang as-of ２０２３－０６－１８",
        "as-of 2023-06-18 qin gang",
        "as of June 18, 2023: qin gang",
    ],
)
def test_a_day_in_many_hands_is_taken_out_of_the_question(typed: str) -> None:
    found = options("brief", typed)
    assert found["query"] == "qin gang"
    assert parse_day(found["as-of"], TODAY) == date(2023, 6, 18)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("blinken as of june 2023", {"query": "blinken", "as-of": "june 2023"}),
        ("blinken as of yesterday", {"query": "blinken", "as-of": "yesterday"}),
        ("blinken as of now", {"query": "blinken", "as-of": "now"}),
        ("as of now", {"as-of": "now"}),
        ("blinken as of June", {"query": "blinken", "as-of": "June"}),
        ("blinken as of 2023-02-30", {"query": "blinken", "as-of": "2023-02-30"}),
        ("blinken as-of 2023-06-01/2023-06-18", {"query": "blinken", "as-of": "2023-06-01/2023-06-18"}),
        ("blinken as-of yesterday's news", {"query": "blinken", "as-of": "yesterday's news"}),
        ("布林肯as-of 2023", {"query": "布林肯", "as-of": "2023"}),
        ("blinken as of 2023 please", {"query": "blinken please", "as-of": "2023"}),
        ("blinken as-of", {"query": "blinken", "as-of": "as-of"}),
        ("blinken as of", {"query": "blinken", "as-of": "as-of"}),
        ('blinken as-of ""', {"query": "blinken", "as-of": "as-of"}),
        ("state of play", {"query": "state of play"}),
        ("as of yet unknown", {"query": "as of yet unknown"}),
        ("june 2023 visit", {"query": "june 2023 visit"}),
        ("balloon february 2023", {"query": "balloon february 2023"}),
        ("overseas of 2023", {"query": "overseas of 2023"}),
    ],
)
def test_as_of_is_the_keyword_only_where_it_is_meant(typed: str, expected: dict[str, str]) -> None:
    assert options("brief", typed) == expected


JUNE = (date(2023, 6, 1), date(2023, 6, 30))
TWO_YEARS = (date(2023, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("typed", "query", "span"),
    [
        ("june 2023", "", JUNE),
        ("blinken 2023 to 2024", "blinken", TWO_YEARS),
        ("blinken 2023 - 2024", "blinken", TWO_YEARS),
        ("blinken 2023-2024", "blinken", TWO_YEARS),
        ("blinken, 2023–2024.", "blinken", TWO_YEARS),
        ("between 2023 and 2024 blinken", "blinken", TWO_YEARS),
        ("balloon june 2023", "balloon", JUNE),
        ("balloon in june 2023", "balloon", JUNE),
        ("balloon (june 2023)", "balloon", JUNE),
        ("june 2023 balloon", "balloon", JUNE),
        ("2023-02-03 balloon", "balloon", (date(2023, 2, 3), date(2023, 2, 3))),
        ("blinken june 2023..july 2023", "blinken", (date(2023, 6, 1), date(2023, 7, 31))),
        ("blinken from 2023-02 to 2023-06", "blinken", (date(2023, 2, 1), date(2023, 6, 30))),
        ("blinken 18–19 June 2023", "blinken", (date(2023, 6, 18), date(2023, 6, 19))),
        ("since 2023", "", (date(2023, 1, 1), None)),
        ("until june 2023", "", (None, date(2023, 6, 30))),
        ("blinken since 2023", "blinken", (date(2023, 1, 1), None)),
        ("blinken as of june 2023", "blinken", (None, date(2023, 6, 30))),
        ("布林肯 2023年6月", "布林肯", JUNE),
        ("balloon february 2023", "balloon", (date(2023, 2, 1), date(2023, 2, 28))),
        ("june 2023 visit", "june 2023 visit", (None, None)),
        ("visit june 2023", "visit june 2023", (None, None)),
        ("blinken-beijing-june-2023", "blinken-beijing-june-2023", (None, None)),
        ("trip to china", "trip to china", (None, None)),
    ],
)
def test_a_span_is_taken_out_of_the_question(typed: str, query: str, span: tuple[date | None, date | None]) -> None:
    found = options("timeline", typed)
    assert found.get("query", "") == query
    assert parse_span(found.get("dates", ""), TODAY) == span


@pytest.mark.parametrize(
    "typed",
    [
        "as of " * 20_000 + "x",
        "as of 2023/" * 9_000,
        "as-of " * 20_000,
        "2023 " * 20_000 + "x",
        ".. " * 30_000 + "x",
        "18 june " * 12_000,
        "-" * 100_000,
    ],
    ids=lambda typed: typed[:12],
)
def test_a_long_line_takes_no_time(typed: str) -> None:
    started = time.perf_counter()
    for command in ("brief", "timeline"):
        options(command, typed)
    assert time.perf_counter() - started < 2
