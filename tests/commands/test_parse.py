import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import spec
from bot.commands.parse import clean, parse


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("blinken", {"query": "blinken"}),
        ("qin gang as-of 2023-06-18", {"query": "qin gang", "as-of": "2023-06-18"}),
        ("qin gang AS OF 2023-06-18", {"query": "qin gang", "as-of": "2023-06-18"}),
        ("qin gang --as-of=2023", {"query": "qin gang", "as-of": "2023"}),
        ("qin gang asof: 18 June 2023", {"query": "qin gang", "as-of": "18 June 2023"}),
        ("as of yet unknown", {"query": "as of yet unknown"}),
        ("blinken as-of soon", {"query": "blinken", "as-of": "soon"}),
        ("as-of 2023", {"as-of": "2023"}),
        ("", {}),
    ],
)
def test_brief_takes_a_query_and_a_day(typed: str, options: dict[str, str]) -> None:
    brief = spec.command("brief")
    assert brief is not None
    assert parse(brief, typed) == options


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("2023", {"dates": "2023"}),
        ("balloon", {"query": "balloon"}),
        ("taiwan 2023-06..2023-12", {"query": "taiwan", "dates": "2023-06..2023-12"}),
        ("taiwan 2023 .. 2024", {"query": "taiwan", "dates": "2023..2024"}),
        ("aukus 2021..", {"query": "aukus", "dates": "2021.."}),
        ("aukus ..2021", {"query": "aukus", "dates": "..2021"}),
        ("aukus ...2021", {"query": "aukus", "dates": "...2021"}),
        ("g20", {"query": "g20"}),
        ("storm-0558", {"query": "storm-0558"}),
        ("", {}),
    ],
)
def test_timeline_takes_a_query_and_a_span(typed: str, options: dict[str, str]) -> None:
    timeline = spec.command("timeline")
    assert timeline is not None
    assert parse(timeline, typed) == options


def test_clean_leaves_one_line_without_what_cannot_be_seen() -> None:
    assert clean(" a\x00b\n\tc\u202ed\u200be\ud800f\ufeff ") == "ab cdef"
    assert clean("布林肯 😀 الصين") == "布林肯 😀 الصين"


@given(st.sampled_from(spec.COMMANDS), st.text(max_size=400))
def test_any_text_parses_to_known_options(command: spec.Command, typed: str) -> None:
    options = parse(command, clean(typed))
    assert set(options) <= {option.name for option in command.options}
    assert all(value == value.strip() and value for value in options.values())


def test_a_long_run_of_dots_or_spaces_takes_no_time() -> None:
    timeline = spec.command("timeline")
    assert timeline is not None
    for typed in ("." * 100_000, "as-of " * 20_000, "2" * 100_000, "2023.." * 20_000 + "x"):
        assert set(parse(timeline, clean(typed))) <= {"query", "dates"}
