"""Replies as Slack's messages: whatever a reply holds, Slack takes it, nobody is pinged and no word is lost."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.router import Commands
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import cost
from bot.platforms.slack.drawn import Drawings, draw
from bot.platforms.slack.home import home_view
from bot.platforms.slack.render import fallback_text, messages
from bot.reply import (
    Action,
    Block,
    Bullets,
    Callout,
    Divider,
    Heading,
    Note,
    Outcome,
    Paragraph,
    Quote,
    Reply,
    Span,
    Tone,
    lines,
    plain,
    text,
)
from tests.platforms.slack.script import HOSTILE, SHORT
from tests.samples import CALLER, router
from tests.wire.slack import check_message, check_view, pings_of
from tests.wire.slack.reading import shown

ODD = "ab. \n\r\t\x00\x1b<>&@!|*_~`布林肯。，👩\u200d🚀e\u0301\u202e\ufeff\ud800"
HARD = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(ODD)), max_size=60)
WORDS = st.one_of(HARD, st.sampled_from([HOSTILE, "", " ", "\n", "x" * 3_100, "長" * 3_050, "two words " * 400]))
SPANS = st.lists(
    st.builds(
        Span,
        WORDS,
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.booleans(),
        url=st.sampled_from([None, None, "https://example.org/a?b=1&c=<d>", f"https://example.org/{'u' * 900}"]),
    ),
    max_size=5,
).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS, level=st.integers(1, 3)),
    st.builds(Paragraph, SPANS),
    st.builds(Note, SPANS),
    st.builds(Quote, SPANS),
    st.builds(Callout, st.sampled_from(Tone), SPANS),
    st.builds(Bullets, st.lists(SPANS, max_size=6).map(tuple), st.sampled_from([None, 1, 7])),
    st.just(Divider()),
)
ACTIONS = st.lists(
    st.builds(
        Action,
        st.sampled_from(["open", "share"]),
        HARD,
        st.tuples(st.integers(0, 99).map(str)),
        primary=st.booleans(),
    ),
    max_size=60,
).map(tuple)
REPLIES = st.builds(Reply, st.lists(BLOCKS, max_size=60).map(tuple), WORDS, st.sampled_from(Outcome), actions=ACTIONS)


def letters(words: str) -> str:
    """Return what a reader can see of `words`: no white space, no control characters, nothing Slack cannot carry."""
    return "".join(
        char for char in words if char.isprintable() and not char.isspace() and not "\ud800" <= char <= "\udfff"
    )


def said(reply: Reply) -> str:
    """Return all words of `reply`, with what the drawing itself adds."""
    signs = {Tone.INFO: "ℹ️ Note:", Tone.WARNING: "⚠️ Caution:", Tone.ERROR: "⛔ Error:"}
    found = []
    for block in reply.blocks:
        before = signs[block.tone] if isinstance(block, Callout) and plain(block.spans).strip() else ""
        found += [before, *(plain(spans) for spans in lines((block,)))]
    return letters("".join(found))


def cut_warning(block: Block) -> bool:
    """Return whether `block` is a warning in several pieces: each says again that it is one."""
    return isinstance(block, Callout) and cost((block,)) > limits.SECTION_TEXT


def drawn_words(payloads: tuple[dict[str, Any], ...]) -> str:
    bodies = [[block for block in each["blocks"] if block["type"] != "actions"] for each in payloads]
    return letters("".join(shown(blocks) for blocks in bodies)).replace("\ufffd", "")


@settings(deadline=None, max_examples=150)
@given(REPLIES)
def test_slack_takes_every_message_nobody_is_pinged_and_no_word_is_lost(reply: Reply) -> None:
    payloads = messages(reply)
    for payload in payloads:
        assert check_message(payload) == []
        assert pings_of(payload) == []
        assert payload["text"].strip()
        json.dumps(payload).encode()
    # A warning that is cut says so again where it goes on.
    missing = said(reply).replace("\ufffd", "")
    if missing and not any(
        isinstance(block, Callout) and cost((block,)) > limits.SECTION_TEXT for block in reply.blocks
    ):
        assert drawn_words(payloads) == missing
    offered = [
        b["value"] for each in payloads for row in each["blocks"] for b in row.get("elements", ()) if "value" in b
    ]
    assert offered == list(dict.fromkeys(action.encode() for action in reply.actions))


@settings(deadline=None, max_examples=60)
@given(REPLIES, st.sampled_from(["", "bb1|open|antony-blinken|"]))
def test_slack_takes_every_home_tab_whole(reply: Reply, shown: str) -> None:
    view = home_view(reply, shown)
    assert [each for each in check_view(view) if each.error_code != "view_too_large"] == []
    assert len(view["blocks"]) <= limits.HOME_BLOCKS


@pytest.mark.parametrize(
    "words", ["blinken", "hostile entry", "longest entry", "burns", "nothing of the kind", "help", ""]
)
async def test_real_answers_fit_with_room_to_spare(words: str) -> None:
    commands: Commands = router()
    for payload in messages(await commands.run("brief", words, CALLER)):
        assert check_message(payload) == []
        assert len(payload["blocks"]) <= limits.BLOCKS


def test_each_block_is_drawn_as_slacks_own() -> None:
    (payload,) = messages(SHORT)
    kinds = [block["type"] for block in payload["blocks"]]
    assert kinds == ["header", "rich_text", "rich_text", "divider", "rich_text", "rich_text", "context", "actions"]
    claims = payload["blocks"][2]["elements"]
    assert [part["type"] for part in claims] == ["rich_text_section", "rich_text_list"]
    assert claims[0]["elements"] == [{"type": "text", "text": "Claims", "style": {"bold": True}}]
    assert claims[1]["elements"][0]["elements"][1] == {
        "type": "link",
        "url": "https://example.org/1?a=1&b=2",
        "text": "[1]",
    }
    warning = payload["blocks"][5]["elements"][0]["elements"]
    assert [part["text"] for part in warning] == ["⚠️ ", "Caution: ", "Review overdue."]


def test_a_numbered_list_goes_on_where_the_page_before_ended() -> None:
    (payload,) = messages(Reply((Bullets((text("seven"), text("eight")), start=7),), "s", Outcome.LIST))
    listed = payload["blocks"][0]["elements"][0]
    assert (listed["style"], listed["offset"]) == ("ordered", 6)


def test_a_title_too_long_for_a_header_is_bold_text() -> None:
    (payload,) = messages(Reply((Heading("word " * 40),), "s", Outcome.MATCH))
    assert payload["blocks"][0]["type"] == "rich_text"


def test_buttons_stand_in_rows_under_the_last_part() -> None:
    actions = tuple(Action("open", f"Entry {number}", (str(number),)) for number in range(12))
    parts = messages(Reply((Paragraph(text("word " * 4_000)),), "s", Outcome.LIST, actions=(*actions, actions[0])))
    assert len(parts) > 1
    rows = [[len(b["elements"]) for b in part["blocks"] if b["type"] == "actions"] for part in parts]
    assert rows == [*[[]] * (len(parts) - 1), [5, 5, 2]]
    elements = [b for row in parts[-1]["blocks"] for b in row["elements"] if row["type"] == "actions"]
    assert len({each["action_id"] for each in elements}) == 12


def test_the_fallback_is_escaped_and_never_cut_inside_an_escape() -> None:
    assert fallback_text("<!channel> & co") == "&lt;!channel&gt; &amp; co"
    long = fallback_text("& " * 3_000)
    assert len(long) <= limits.FALLBACK
    assert long.replace("&amp;", "").replace(" ", "") == "…"


def test_a_reply_is_drawn_once() -> None:
    drawings = Drawings()
    assert drawings.of(SHORT) is drawings.of(SHORT)
    ack = json.loads(draw(SHORT).ack)
    assert ack == {"response_type": "ephemeral", **messages(SHORT)[0]}
