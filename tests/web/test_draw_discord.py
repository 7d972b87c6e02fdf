"""Discord's payloads as drawn: its Markdown, components, embeds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.web import draw_discord
from bot.web.draw_discord.markdown import markdown
from bot.web.draw_discord.moment import moment
from tests.web.drawn import Piece, Plain, read

EVERYTHING = r"\*a\* \_b\_ \~\~c\~\~ \`d\` \[e](https://example.org) \<@1> \@everyone \|\|f\|\| \:g: \\h"


def drawn(source: str) -> Piece:
    return read(markdown(source))


def message(**payload: Any) -> Piece:
    return read(draw_discord.message(payload, Plain(), time="09:00", private=False))


@pytest.mark.parametrize(
    ("source", "tag", "words"),
    [
        ("**bold**", "strong", "bold"),
        ("*it*", "em", "it"),
        ("_it_", "em", "it"),
        ("__under__", "u", "under"),
        ("~~gone~~", "s", "gone"),
        ("`co\\de **x**`", "code", "co\\de **x**"),
        ("``a ` b``", "code", "a ` b"),
        ("```py\n# no heading\n```", "pre", "# no heading"),
        ("||secret||", "span", "secret"),
        ("[label](<https://example.org/a_(b)>)", "a", "label"),
        ("[label](https://example.org/a_(b))", "a", "label"),
        ("<https://example.org/>", "a", "https://example.org/"),
        ("see https://example.org/a.", "a", "https://example.org/a"),
        ("(https://example.org/a)", "a", "https://example.org/a"),
        ("<t:0:D>", "time", "1 January 1970"),
        ("<@123>", "span", "@123"),
        ("<#123>", "span", "#123"),
        ("</brief:1>", "span", "/brief"),
        ("@everyone", "span", "@everyone"),
        ("# one", "h3", "one"),
        ("### three ##", "h3", "three"),
        ("-# small", "p", "small"),
        ("> said", "blockquote", "said"),
        (">>> all\nof it", "blockquote", "all\nof it"),
    ],
)
def test_markdown(source: str, tag: str, words: str) -> None:
    assert drawn(source).one(tag).text == words


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (EVERYTHING, "*a* _b_ ~~c~~ `d` [e](https://example.org) <@1> @everyone ||f|| :g: \\h"),
        (r"\# no \- no", "# no - no"),
        (r"\> no", "> no"),
        (r"1999\. A year", "1999. A year"),
        (r"C:\dir and a\1", r"C:\dir and a\1"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("#hashtag", "#hashtag"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("<t:99999999999999:F>", "<t:99999999999999:F>"),
    ],
)
def test_words_that_only_look_like_markdown(source: str, shown: str) -> None:
    piece = drawn(source)
    assert piece.text == shown
    unstyled = {"div", "a"} if "example.org" in source else {"div"}
    assert {each.tag for each in piece.all()} <= unstyled


def test_a_label_may_not_show_another_address() -> None:
    assert drawn("[https://a.example](https://b.example)").text == "[https://a.example](https://b.example)"


def test_a_label_has_styles_and_no_backslashes() -> None:
    link = drawn(r"[a **b** \c](https://example.org)").one("a")
    assert link.one("strong").text == "b"
    assert link.text == r"a b \c"


def test_styles_nest_and_escape_inside() -> None:
    assert drawn("***both***").one("strong").one("em").text == "both"
    assert drawn("**a *b* c**").one("strong").text == "a b c"
    assert drawn(r"**a\*\*b**").one("strong").text == "a**b"


def test_lists() -> None:
    piece = drawn("- a\n  - b **c**\n  - d\n- e\n  goes on\nafter\n3. x\n4. y")
    first, inner = piece.all("ul")
    assert [each.text for each in first.children if isinstance(each, Piece)] == ["ab cd", "e\ngoes on"]
    assert inner.texts("li") == ["b c", "d"]
    assert piece.one("ol").attributes["start"] == "3"
    assert piece.one("ol").texts("li") == ["x", "y"]
    assert "after" in piece.texts(look="dc-text")


def test_line_breaks_stay() -> None:
    assert drawn("one\ntwo\n\nthree").text == "one\ntwo\n\nthree"


def test_a_quote_holds_blocks_and_no_quotes() -> None:
    quote = drawn("> ## Title\n> - item\n> > not again\nout").one("blockquote")
    assert quote.one("h3").text == "Title"
    assert quote.one("li").text == "item"
    assert "> not again" in quote.text


def test_moments() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert read(moment(1_700_000_000, "R", now)).one("time").text == "3 years ago"
    assert read(moment(int(now.timestamp()) + 7_200, "R", now)).one("time").text == "in 2 hours"
    assert read(moment(int(now.timestamp()), "R", now)).one("time").text == "now"
    assert read(moment(0, "t")).one("time").text == "00:00"
    assert moment(10**13, "F") is None


def test_deep_nesting_ends() -> None:
    assert "x" in drawn("**_" * 60 + "x" + "_**" * 60).text


def test_container() -> None:
    piece = message(
        flags=1 << 15,
        components=[
            {
                "type": 17,
                "accent_color": 0xC8102E,
                "components": [
                    {"type": 10, "content": "## Title\ntext"},
                    {"type": 14, "divider": True, "spacing": 2},
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "beside"}],
                        "accessory": {"type": 2, "style": 2, "label": "Open", "custom_id": "o"},
                    },
                    {"type": 14, "divider": False},
                    {"type": 1, "components": [{"type": 2, "style": 1, "label": "Timeline", "custom_id": "bb1|t"}]},
                ],
            }
        ],
    )
    box = piece.one(look="dc-container")
    assert box.one("rect").attributes["fill"] == "#c8102e"
    assert box.one("h3").text == "Title"
    assert len(box.all("hr")) == 1
    opening, timeline = box.all("button")
    assert opening.text == "Open"
    assert (timeline.attributes["value"], timeline.looks) == ("bb1|t", {"dc-button", "dc-primary"})
    assert not piece.all(look="cannot")


def test_buttons_and_menus() -> None:
    row: list[dict[str, object]] = [
        {"type": 2, "style": style, "label": str(style), "custom_id": f"b{style}"} for style in (1, 2, 3, 4)
    ]
    row.append({"type": 2, "style": 5, "label": "Site", "url": "https://example.org/"})
    row.append({"type": 2, "style": 2, "label": "Off", "custom_id": "x", "disabled": True, "emoji": {"name": "⬅"}})
    menu = {
        "type": 3,
        "custom_id": "m",
        "placeholder": "Which?",
        "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2", "default": True}],
    }
    piece = message(components=[{"type": 1, "components": row}, {"type": 1, "components": [menu]}])
    looks = [each.looks - {"dc-button"} for each in piece.all("button")]
    assert looks == [{"dc-primary"}, set(), {"dc-success"}, {"dc-danger"}, set()]
    assert "disabled" in piece.all("button")[-1].attributes
    assert piece.all("button")[-1].text == "⬅ Off"
    assert piece.one("a").attributes["href"] == "https://example.org/"
    assert piece.one("select").attributes["aria-label"] == "Which?"
    assert [each.text for each in piece.all("option") if "selected" in each.attributes] == ["Two"]


def test_embed() -> None:
    piece = message(
        embeds=[
            {
                "type": "rich",
                "title": "Antony **Blinken**",
                "url": "https://example.org/",
                "description": "- a\n- b",
                "color": 0x2F6DB5,
                "author": {"name": "Desk"},
                "fields": [{"name": "Office", "value": "_was_", "inline": True}, {"name": "n", "value": "v"}],
                "footer": {"text": "edition 3"},
                "timestamp": "2026-11-24T10:00:00+00:00",
            }
        ]
    )
    box = piece.one(look="dc-embed")
    assert box.one("rect").attributes["fill"] == "#2f6db5"
    assert box.one("h3").one("a").one("strong").text == "Blinken"
    assert box.texts("li") == ["a", "b"]
    assert [("dc-full" in each.looks) for each in box.all(look="dc-field")] == [False, True]
    assert box.one("em").text == "was"
    assert box.one(look="dc-author").text == "Desk"
    assert box.one(look="dc-footer").text == "edition 3 • 24/11/2026 10:00"
    assert not piece.all(look="cannot")


def test_sender_content_and_who_sees_it() -> None:
    private = read(draw_discord.message({"content": "*hi*"}, Plain(), time="09:00", private=True, used="/brief"))
    assert private.one("em").text == "hi"
    assert private.one(look="dc-used").text == "you used /brief"
    assert "Only you can see this" in private.one(look="dc-private").text
    assert message(content="hi").all(look="dc-private") == []
    assert message(content="hi").all(look="dc-used") == []


@pytest.mark.parametrize(
    "payload",
    [
        {"components": [{"type": 12}]},
        {"components": [{"type": "x"}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 6, "label": "Buy"}]}]},
        {"embeds": [{"image": {"url": "https://example.org/a.png"}}]},
    ],
)
def test_unknown_is_a_visible_box(payload: dict[str, Any]) -> None:
    assert message(**payload).one(look="cannot").text.startswith("cannot draw ")
