from hypothesis import given
from hypothesis import strategies as st

from bot.commands.pages import Unit, blocks_of, line, page_number, paginate
from bot.reply import Bullets, Heading, Paragraph, text

UNITS = st.lists(
    st.builds(line, st.sampled_from(["", "A", "B"]), st.builds(text, st.text(min_size=1, max_size=900))), max_size=40
)


@given(UNITS, st.integers(1, 3000), st.integers(1, 8))
def test_pages_hold_everything_in_order_within_their_bounds(units: list[Unit], first: int, most: int) -> None:
    pages = paginate(units, first=first, first_most=most)
    assert [unit for page in pages for unit in page] == units
    assert all(pages) or not units
    assert all(len(page) <= (most if not place else 12) for place, page in enumerate(pages))


def test_runs_of_a_heading_stand_under_it_once() -> None:
    units = [line("", text("a")), line("", text("b")), line("P", text("c")), Unit("P", Paragraph(text("d")))]
    assert blocks_of(units) == [
        Bullets((text("a"), text("b"))),
        Heading("P", level=2),
        Bullets((text("c"),)),
        Paragraph(text("d")),
    ]


def test_numbered_lines_join_only_when_they_count_on() -> None:
    units = [Unit("", Bullets((text("a"),), start=3)), Unit("", Bullets((text("b"),), start=4))]
    assert blocks_of(units) == [Bullets((text("a"), text("b")), start=3)]
    assert len(blocks_of([units[1], units[0]])) == 2


def test_a_damaged_page_number_is_the_first_page() -> None:
    assert [page_number(words) for words in ("2", "", "-1", "²", "x", "1" * 5000)] == [2, 0, 0, 0, 0, 0]
