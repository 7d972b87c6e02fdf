"""Plain words stay plain on Discord, whatever they are; only our own styles and links format."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.markup import address, escape, lines, single
from bot.reply import Span, plain
from tests.platforms.discord.markdown import Shown, marks, read, words

BITS = (
    "<@1001>",
    "<@!1001>",
    "<@&3>",
    "<#2001>",
    "</brief:1>",
    "<:wave:123456>",
    "<a:wave:123456>",
    "<t:0:R>",
    "<id:customize>",
    "<https://example.org>",
    "@everyone",
    "@here",
    "https://example.org/a_b_c*d",
    ":smile:",
    "[x](javascript:alert(1))",
    "[x](<https://example.org>)",
    "](https://example.org)",
    "**b**",
    "__u__",
    "*i*",
    "||s||",
    "~~s~~",
    "`c`",
    "```f```",
    "\\",
    "\n# h",
    "\n-# small",
    "\n> q",
    "\n>>> q",
    "\n- l",
    "\n1. l",
    "¯\\_(ツ)_/¯",
)
SIGNS = "\\*_~`|#>-+.()[]<>@!&:/=1234567890 \n\tabhtps"
ANY_WORDS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=("Cs", "Cc"))), max_size=60)
TEXTS = st.one_of(ANY_WORDS, st.lists(st.one_of(st.sampled_from(BITS), ANY_WORDS), max_size=4).map("".join))
ADDRESSES = st.builds(
    "https://example.org/{}".format, st.text(st.characters(min_codepoint=33, max_codepoint=0x4FF), max_size=20)
)
SPANS = st.builds(
    Span,
    TEXTS,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    url=st.one_of(st.none(), st.none(), ADDRESSES),
)
RAW_MENTION = re.compile(r"<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:|</")
LABELS = st.from_regex(r"[a-zA-Z布林肯][a-zA-Z0-9 ,布林肯]{0,12}(\[[0-9]\])?", fullmatch=True)
GAP = "\u200b"


def visible(text: str) -> str:
    """Return `text` without what Discord takes out of it, or we put in to keep styles apart."""
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept.rstrip("\n")


@given(TEXTS)
def test_any_words_are_shown_as_they_are_and_nothing_else(text: str) -> None:
    shown = read(escape(text))
    assert visible(words(shown)) == visible(text)
    assert marks(shown) == set()
    assert all(each.url is None for each in shown)


@given(TEXTS)
def test_no_mention_is_left_even_for_a_reader_that_knows_no_escapes(text: str) -> None:
    assert not RAW_MENTION.search(escape(text))


@given(st.lists(SPANS, max_size=5).map(tuple))
def test_styles_never_cost_a_word_or_make_a_mention(spans: tuple[Span, ...]) -> None:
    shown = read("\n".join(lines(spans)))
    assert marks(shown) <= {"bold", "italic", "code"}
    left = iter(visible(words(shown)))
    assert all(char in left for char in visible(plain(spans)))
    targets = {address(span.url) for span in spans if span.url}
    assert {each.url for each in shown if each.url} <= targets


@given(st.lists(st.tuples(LABELS, st.booleans(), st.booleans(), st.one_of(st.none(), ADDRESSES)), max_size=4))
def test_each_word_has_the_style_and_the_address_of_its_span(
    drawn: list[tuple[str, bool, bool, str | None]],
) -> None:
    spans = tuple(Span(text, bold=bold, italic=italic, url=url) for text, bold, italic, url in drawn)
    shown = [each for each in read("".join(lines(spans))) if each.char.strip() and each.char != GAP]
    wanted = [
        Shown(char, frozenset({"bold"} if span.bold else ()) | frozenset({"italic"} if span.italic else ()), target)
        for span in spans
        for target in [address(span.url) if span.url else None]
        for char in span.text
        if char.strip()
    ]
    assert shown == wanted


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("[1]", "[[1]](<https://example.org/>)"),
        ("A *starred* title", "A \\*starred\\* title ([link](<https://example.org/>))"),
        ("Half [open", "Half \\[open ([link](<https://example.org/>))"),
        ("Party 🎉", "Party 🎉 ([link](<https://example.org/>))"),
        ("see https://example.com", "see https\\://example.com ([link](<https://example.org/>))"),
        ("https://example.org/", "<https://example.org/>"),
        ("snake_case", "[snake_case](<https://example.org/>)"),
        (" spaced ", " [spaced](<https://example.org/>) "),
    ],
)
def test_a_label_is_a_link_where_discord_shows_it_as_it_stands(label: str, drawn: str) -> None:
    assert lines((Span(label, url="https://example.org/"),)) == [drawn]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a(b)_c?d=e#f", "https://example.org/a%28b%29_c?d=e#f"),
        ("https://example.org/a b>c", "https://example.org/a%20b%3Ec"),
        ("https://例え.jp/布林肯", "https://例え.jp/布林肯"),
        ("https://example.org/@everyone", "https://example.org/%40everyone"),
        ("https://example.org/\u202e", "https://example.org/%E2%80%AE"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("https://user@example.org/", None),
        ("javascript:alert(1)", None),
        ("ftp://example.org", None),
        ("https:///nowhere", None),
    ],
)
def test_an_address_is_plain_http_and_cannot_end_its_link(url: str, safe: str | None) -> None:
    assert address(url) == safe


def test_a_link_without_a_usable_address_keeps_its_words() -> None:
    assert lines((Span("a_b", url="javascript:x"),)) == ["a\\_b"]


def test_neighbouring_styles_do_not_swallow_each_other() -> None:
    shown = read(lines((Span("a", bold=True), Span("b", italic=True), Span("c", bold=True, italic=True)))[0])
    assert [(each.char, set(each.marks)) for each in shown if each.char != GAP] == [
        ("a", {"bold"}),
        ("b", {"italic"}),
        ("c", {"bold", "italic"}),
    ]


def test_what_cannot_stand_in_code_is_plain() -> None:
    assert lines((Span("/brief QUERY [as-of DATE]", code=True),)) == ["`/brief QUERY [as-of DATE]`"]
    assert lines((Span("a`b", code=True),)) == ["a\\`b"]
    assert lines((Span("<@1>", code=True),)) == ["\\<\\@1>"]


def test_one_line_stays_one_line_and_keeps_its_last_number_sign() -> None:
    assert single((Span("a\nb\r\n c"),)) == "a b c"
    assert words(read(f"## {single((Span('C#'),))}")).rstrip(GAP) == "C#"


def test_what_json_cannot_carry_is_replaced() -> None:
    assert escape("a\ud800b\x00c") == "a\ufffdbc"
