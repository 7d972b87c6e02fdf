"""Slack's payloads as drawn: each kind of block, of text and of control."""

from typing import Any

import pytest

from bot.web import draw_slack
from bot.web.draw_slack.mrkdwn import mrkdwn
from tests.web.drawn import Piece, Plain, read


def blocks(*pieces: dict[str, Any]) -> Piece:
    return read(draw_slack.message({"blocks": list(pieces), "text": "fallback"}, Plain(), time="9:00", private=True))


def rich(*elements: dict[str, Any]) -> Piece:
    return blocks({"type": "rich_text", "elements": list(elements)})


def run(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": style} if style else {"type": "text", "text": text}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def test_sender_and_who_sees_it() -> None:
    private = read(draw_slack.message({"text": "hello"}, Plain(), time="9:00", private=True))
    public = read(draw_slack.message({"text": "hello"}, Plain(), time="9:00", private=False))
    assert private.texts(look="sl-private") == ["Only visible to you"]
    assert public.texts(look="sl-private") == []
    assert public.one(look="sl-sender").text == "Briefbot APP 9:00"


def test_text_is_a_fallback_only() -> None:
    assert "fallback" not in blocks({"type": "divider"}).text
    bare = read(draw_slack.message({"text": "*loud*"}, Plain(), time="", private=False))
    assert bare.one(look="sl-text").one("strong").text == "loud"


def test_layout_blocks() -> None:
    drawn = blocks(
        {"type": "header", "text": plain("Antony Blinken")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*71st*"}, "fields": [plain("a"), plain("b")]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "as of _today_"}, plain("edition 1")]},
        {"type": "divider"},
    )
    assert drawn.one("h3").text == "Antony Blinken"
    assert drawn.one(look="sl-body").one("strong").text == "71st"
    assert drawn.one(look="sl-fields").texts(look="sl-text") == ["a", "b"]
    assert drawn.one(look="sl-context").text == "as of todayedition 1"
    assert len(drawn.all("hr")) == 1
    assert not drawn.all(look="cannot")


def test_section_accessory() -> None:
    drawn = blocks(
        {
            "type": "section",
            "block_id": "s",
            "text": plain("Pick"),
            "accessory": {"type": "button", "action_id": "go", "text": plain("Go"), "value": "v"},
        }
    )
    assert drawn.one("button").attributes["data-key"] == "s/go"


def test_rich_text_styles_nest() -> None:
    drawn = rich(
        {
            "type": "rich_text_section",
            "elements": [run("both", bold=True, italic=True), run("gone", strike=True), run("x < y", code=True)],
        }
    )
    assert drawn.one("em").one("strong").text == "both"
    assert drawn.one("s").text == "gone"
    assert drawn.one("code").text == "x < y"


def test_rich_text_lists_keep_number_and_indent() -> None:
    item = {"type": "rich_text_section", "elements": [run("one")]}
    drawn = rich(
        {"type": "rich_text_list", "style": "ordered", "offset": 4, "elements": [item, item]},
        {"type": "rich_text_list", "style": "bullet", "indent": 2, "elements": [item]},
    )
    assert drawn.one("ol").attributes["start"] == "5"
    assert drawn.one("ol").texts("li") == ["one", "one"]
    assert "indent-2" in drawn.one("ul").looks


def test_rich_text_quote_and_preformatted() -> None:
    drawn = rich(
        {"type": "rich_text_quote", "elements": [run("said")]},
        {"type": "rich_text_preformatted", "elements": [run("a\n  b")]},
    )
    assert drawn.one("blockquote").text == "said"
    assert drawn.one("pre").text == "a\n  b"


def test_rich_text_elements() -> None:
    drawn = rich(
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "link", "url": "https://example.org/a", "text": "[1]"},
                {"type": "link", "url": "https://example.org/b"},
                {"type": "emoji", "name": "warning"},
                {"type": "emoji", "name": "flag", "unicode": "1f1fa-1f1f8"},
                {"type": "emoji", "name": "no_such"},
                {"type": "user", "user_id": "U1"},
                {"type": "channel", "channel_id": "C1"},
                {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 0, "format": "{date}", "fallback": "1 January 1970"},
            ],
        }
    )
    assert [(each.attributes["href"], each.text) for each in drawn.all("a")] == [
        ("https://example.org/a", "[1]"),
        ("https://example.org/b", "https://example.org/b"),
    ]
    assert drawn.one(look="sl-text").text.startswith("[1]https://example.org/b⚠️🇺🇸:no_such:")
    assert drawn.texts(look="sl-mention") == ["@U1", "#C1", "@S1", "@here"]
    assert drawn.one("time").text == "1 January 1970"


def test_links_of_other_schemes_are_words() -> None:
    drawn = rich({"type": "rich_text_section", "elements": [{"type": "link", "url": "javascript:x", "text": "hm"}]})
    assert drawn.all("a") == []
    assert drawn.one(look="sl-text").text == "hm"


def test_actions() -> None:
    options = [{"text": plain("People"), "value": "people"}, {"text": plain("Events"), "value": "events"}]
    drawn = blocks(
        {
            "type": "actions",
            "block_id": "b1",
            "elements": [
                {"type": "button", "action_id": "a", "text": plain("Timeline"), "value": "bb1|x", "style": "primary"},
                {"type": "button", "action_id": "d", "text": plain("Delete"), "style": "danger"},
                {"type": "button", "action_id": "l", "text": plain("Site"), "url": "https://example.org/"},
                {
                    "type": "static_select",
                    "action_id": "s",
                    "placeholder": plain("Shelf"),
                    "options": options,
                    "initial_option": options[1],
                },
                {"type": "external_select", "action_id": "e", "placeholder": plain("Search")},
            ],
        }
    )
    timeline, delete = drawn.all("button")
    assert (timeline.text, timeline.attributes["data-key"], timeline.attributes["value"]) == (
        "Timeline",
        "b1/a",
        "bb1|x",
    )
    assert "sl-primary" in timeline.looks
    assert "sl-danger" in delete.looks
    assert drawn.one("a").attributes["href"] == "https://example.org/"
    shelf, search = drawn.all("select")
    assert [each.attributes["value"] for each in shelf.all("option")] == ["people", "events"]
    assert [each.text for each in shelf.all("option") if "selected" in each.attributes] == ["Events"]
    assert search.attributes["aria-label"] == "Search"


def test_home() -> None:
    view = {"type": "home", "blocks": [{"type": "header", "text": plain("Briefings")}, {"type": "divider"}]}
    assert read(draw_slack.home(view, Plain())).one("h3").text == "Briefings"


@pytest.mark.parametrize(
    "block",
    [
        {"type": "hologram"},
        {},
        {"type": "section", "text": {"type": "latex", "text": "x"}},
        {"type": "rich_text", "elements": [{"type": "rich_text_song"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "smell"}]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run("x", blink=True)]}]},
        {"type": "actions", "elements": [{"type": "lever"}]},
    ],
)
def test_unknown_is_a_visible_box(block: dict[str, Any]) -> None:
    assert blocks(block).one(look="cannot").text.startswith("cannot draw ")


@pytest.mark.parametrize(
    ("source", "tag", "words"),
    [
        ("a *bold* word", "strong", "bold"),
        ("an _italic_ word", "em", "italic"),
        ("a ~struck~ word", "s", "struck"),
        ("some `code *here*`", "code", "code *here*"),
        ("```\nblock\n```", "pre", "block"),
        ("&gt; quoted", "blockquote", "quoted"),
        ("<https://example.org/?a=1&amp;b|la&lt;bel>", "a", "la<bel"),
        ("<!date^0^{date}|long ago>", "time", "long ago"),
        ("<!here>", "span", "@here"),
        ("<!subteam^S1|desk>", "span", "@desk"),
        ("<@U1>", "span", "@U1"),
        ("<#C1|general>", "span", "#general"),
    ],
)
def test_mrkdwn(source: str, tag: str, words: str) -> None:
    assert read(mrkdwn(source)).one(tag).text == words


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("&lt;!channel&gt; &amp;amp;", "<!channel> &amp;"),
        ("* not bold *", "* not bold *"),
        (":warning: :no_such:", "⚠️ :no_such:"),
    ],
)
def test_mrkdwn_leaves_words_alone(source: str, shown: str) -> None:
    drawn = read(mrkdwn(source))
    assert drawn.text == shown
    assert not drawn.all("strong")
    assert not drawn.all("em")


def test_mrkdwn_quotes_end_with_their_lines() -> None:
    drawn = read(mrkdwn("before\n&gt; one\n&gt; two\nafter"))
    assert drawn.texts("blockquote") == ["one\ntwo"]
    assert drawn.text == "beforeone\ntwoafter"
