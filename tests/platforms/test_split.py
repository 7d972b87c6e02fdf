from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.split import split
from bot.reply import Block, Bullets, Callout, Divider, Heading, Note, Paragraph, Quote, Span, Tone, lines, plain, text

TEXT = st.text(st.sampled_from("ab 。. \n布林—*_<@>"), min_size=1, max_size=120)
SPANS = st.lists(
    st.builds(Span, TEXT, bold=st.booleans(), url=st.sampled_from([None, "https://example.org"])),
    min_size=1,
    max_size=4,
).map(tuple)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, TEXT, level=st.integers(1, 3)),
        st.builds(Paragraph, SPANS),
        st.builds(Note, SPANS),
        st.builds(Quote, SPANS),
        st.builds(Callout, st.sampled_from(Tone), SPANS),
        st.builds(Bullets, st.lists(SPANS, min_size=1, max_size=4).map(tuple), st.sampled_from([None, 1, 5])),
        st.just(Divider()),
    ),
    max_size=8,
)


def characters(part: Sequence[Block]) -> int:
    """Measure a part as a platform might: its words, and one for each block and each link."""
    return sum(len(plain(spans)) + sum(1 for span in spans if span.url) for spans in lines(part)) + len(part)


def words(blocks: Sequence[Block]) -> str:
    return "".join(plain(spans) for spans in lines(blocks))


def styled(blocks: Sequence[Block]) -> list[tuple[str, bool, str | None]]:
    return [(char, s.bold, s.url) for spans in lines(blocks) for s in spans for char in s.text]


@given(BLOCKS, st.integers(12, 200))
def test_every_part_fits_and_nothing_is_lost_moved_or_restyled(blocks: list[Block], limit: int) -> None:
    parts = split(blocks, characters, limit)
    assert all(characters(part) <= limit for part in parts)
    together = [block for part in parts for block in part]
    assert words(together) == words(blocks)
    assert styled(together) == styled(blocks)
    assert sum(isinstance(block, Divider) for block in together) == sum(isinstance(b, Divider) for b in blocks)


def test_cuts_fall_between_sentences_then_words() -> None:
    sentences = Paragraph(text("One short sentence here. Another sentence there. And a third one."))
    parts = split([sentences], characters, 52)
    assert [words(part) for part in parts] == ["One short sentence here. Another sentence there. ", "And a third one."]
    unpunctuated = Paragraph(text("alpha beta gamma delta epsilon"))
    assert [words(part) for part in split([unpunctuated], characters, 13)] == ["alpha beta ", "gamma delta ", "epsilon"]


def test_a_heading_stays_with_what_follows() -> None:
    blocks: list[Block] = [Paragraph(text("x" * 40)), Heading("Next"), Paragraph(text("y" * 40))]
    assert [part[0] for part in split(blocks, characters, 60)] == [blocks[0], Heading("Next")]


def test_a_list_is_one_list_again_in_each_part() -> None:
    items = tuple(text(f"item {number}") for number in range(10))
    parts = split([Bullets(items, start=1)], characters, 30)
    assert [(part[0].start, len(part[0].items)) for part in parts if isinstance(part[0], Bullets)] == [
        (1, 4),
        (5, 4),
        (9, 2),
    ]


def test_nothing_is_one_empty_part() -> None:
    assert split([], characters, 10) == [()]


def test_an_impossible_limit_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="holds no part"):
        split([Paragraph(text("abc"))], characters, 0)
