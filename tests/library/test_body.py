"""A body becomes lines that no word is missing from, cut into sections that know their line."""

import pytest

from bot.library.body import Inline, Line, parse_section
from bot.library.check_body import sections
from bot.library.entry import Section


def lines(markdown: str) -> list[Line]:
    return list(parse_section(Section(heading="Any", markdown=markdown, line=1, begin=2)))


def plain(line: Line) -> str:
    return "".join(inline.text for inline in line.inlines)


def test_styles_and_links_are_runs_of_text() -> None:
    assert lines("a **b *c* d** [e **f**](https://example.org/x_y) `g*` <https://h.example>") == [
        Line(
            "paragraph",
            (
                Inline("a "),
                Inline("b ", bold=True),
                Inline("c", bold=True, italic=True),
                Inline(" d", bold=True),
                Inline(" "),
                Inline("e ", url="https://example.org/x_y"),
                Inline("f", bold=True, url="https://example.org/x_y"),
                Inline(" "),
                Inline("g*", code=True),
                Inline(" "),
                Inline("https://h.example", url="https://h.example"),
            ),
        )
    ]


def test_lists_keep_numbers_and_depth() -> None:
    found = lines("3. three\n4. four\n   - bullet\n     1. one\n\n   more of four\n5. five\n\n- a\n- b\n\n0. zero")
    assert [(each.sort, plain(each), each.number, each.depth) for each in found] == [
        ("number", "three", 3, 0),
        ("number", "four", 4, 0),
        ("item", "bullet", 0, 1),
        ("number", "one", 1, 2),
        ("paragraph", "more of four", 0, 0),
        ("number", "five", 5, 0),
        ("item", "a", 0, 0),
        ("item", "b", 0, 0),
        ("number", "zero", 1, 0),  # no chat product counts from 0
    ]


def test_quotes_headings_breaks_and_rules() -> None:
    found = lines("### small\n\n> one\n> two\n>\n> - three\n\nfour  \nfive\nsix\n\n***\n\nseven")
    assert [(each.sort, plain(each)) for each in found] == [
        ("heading", "small"),
        ("quote", "one two"),
        ("quote", "three"),
        ("paragraph", "four five six"),
        ("paragraph", "seven"),
    ]


def test_a_row_of_a_table_names_its_columns() -> None:
    found = lines("| a | [b](https://b.example) | |\n|---|---|---|\n| 1 | | 3 |\n| 4 |\n")
    assert [(each.sort, plain(each)) for each in found] == [("row", "a: 1; b: ; 3"), ("row", "a: 4; b: ; ")]
    assert found[0].inlines[4] == Inline("b", bold=True, url="https://b.example")


def test_a_table_of_nothing_but_a_head_is_shown() -> None:
    assert [plain(each) for each in lines("| a | b |\n|---|---|\n\n| c |\n|---|\n| d |\n")] == ["a; b", "c: d"]


def test_sections_are_cut_at_headings_of_the_first_two_levels() -> None:
    body = "\nBefore.\n\n# One *two*\n\ntext\n\n### below\n\nThree\n-----\n- # no section\n\n## ~~&amp;~~\n"
    found, faults = sections(body, 10)
    assert faults == []
    assert [(each.heading, each.line, each.markdown.strip()) for each in found] == [
        ("Background", 11, "Before."),
        ("One two", 13, "text\n\n### below"),
        ("Three", 19, "- # no section"),
        ("~~&~~", 23, ""),
    ]


def test_a_body_of_nothing_has_no_sections() -> None:
    assert sections("", 5) == ((), [])
    assert sections("\n \n", 5) == ((), [])


@pytest.mark.parametrize(
    "words", ["snake_case_name 2 * 3 * 4", "1 < 2 & 3 > 2", "@everyone <@U1> <#C1>", "a \\| b \\* c"]
)
def test_what_only_looks_like_markup_is_text(words: str) -> None:
    assert sections(words, 1)[1] == []
    assert "".join(map(plain, lines(words))) == words.replace("\\", "")
