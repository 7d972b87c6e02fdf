"""Whom a message notifies, and what its reader sees."""

import pytest

from tests.wire.slack import pings_of
from tests.wire.slack.reading import find, shown, shown_mrkdwn
from tests.wire.slack.samples import (
    Json,
    actions,
    button,
    cell,
    container,
    listed,
    mrkdwn,
    plain,
    rich,
    section,
    table,
    text,
    words,
)


@pytest.mark.parametrize(
    ("payload", "targets"),
    [
        ({"text": "<!channel> <!here|here> <!everyone>"}, ["channel", "here", "everyone"]),
        ({"text": "<@U1> <@W2|bao> <!subteam^S3> <!subteam^S3|@desk>"}, ["U1", "W2", "S3", "S3"]),
        ({"text": "&lt;!channel&gt; @channel &lt;@U1&gt; <#C1> <!date^1^{date}|x> <https://a.org|@here>"}, []),
        ({"text": "x", "blocks": [section(mrkdwn("<@U1>"))]}, ["U1"]),
        ({"text": "x", "blocks": [section(plain("<@U1> <!here>"))]}, []),
        ({"text": "x", "blocks": [{"type": "context", "elements": [mrkdwn("<!here>")]}]}, ["here"]),
        ({"text": "x", "blocks": [{"type": "markdown", "text": "<@U1>"}]}, ["U1"]),
        ({"text": "x", "blocks": [rich(words(text("<!channel> <@U1>")))]}, []),
        (
            {
                "blocks": [
                    rich(listed(words({"type": "user", "user_id": "U1"}, {"type": "broadcast", "range": "here"})))
                ]
            },
            ["U1", "here"],
        ),
        ({"blocks": [container(rich(words({"type": "usergroup", "usergroup_id": "S1"})))]}, ["S1"]),
        ({"blocks": [table([[rich(words({"type": "user", "user_id": "U1"}))]])]}, ["U1"]),
        ({"text": "@here and @U1", "link_names": True}, ["here"]),
        ({"text": "@channel, x@here.org", "parse": "full"}, ["channel"]),
        ({"text": "x", "attachments": [{"text": "<!here>"}]}, ["here"]),
    ],
)
def test_pings(payload: Json, targets: list[str]) -> None:
    assert [ping.target for ping in pings_of(payload)] == targets


def test_what_a_reader_sees() -> None:
    seen = [
        section(mrkdwn("*a* &lt;b&gt; &amp;amp; <https://a.org|label> <https://b.org> <!date^1^{date}|today> <@U1>")),
        rich(words(text("wo"), text("rds "), {"type": "link", "url": "https://a.org"}), listed(words(text("item")))),
        table([[cell("one"), cell("two")], [cell("three"), rich(words(text("four")))]]),
        container(section(mrkdwn("inside"))),
        actions(button(text=plain("Press"))),
    ]
    assert shown(seen).split("\n") == [
        "*a* <b> &amp; label https://b.org today <@U1>",
        "words https://a.org",
        "item",
        "one\ttwo",
        "three",
        "four",
        "Background",
        "inside",
        "Press",
    ]
    assert shown_mrkdwn("a &lt;!channel&gt;") == "a <!channel>"
    assert find(seen, label="Press").action_id == "a"
    with pytest.raises(LookupError, match="'Press'"):
        find(seen, label="Pull")
