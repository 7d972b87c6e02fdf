"""Lengths as Discord counts them, and labels that fit."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.limits import shorten, units


@given(st.text(max_size=200), st.integers(min_value=1, max_value=120))
def test_shortening_fits_and_keeps_what_fitted(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert short == text or short.endswith("…")
    assert (short == text) == (units(text) <= limit)


def test_a_label_is_cut_at_a_word() -> None:
    assert shorten("Secretary of State Antony Blinken", 20) == "Secretary of State…"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    assert units("a布🎉𠀀") == 6
