"""A Slack message with its sender, and the App Home."""

import htpy as h
from htpy import Element, Node

from bot.web.draw_slack.blocks import block
from bot.web.draw_slack.mrkdwn import mrkdwn
from bot.web.drawing import Controls, Json, items


def message(payload: Json, controls: Controls, *, time: str, private: bool) -> Element:
    """Return a message as its reader sees it; `time` is shown beside the sender, `private` says who else sees it."""
    return h.article(".sl-message")[
        h.div(".avatar", aria_hidden="true")["≡"],
        h.div(".sl-content")[
            h.div(".sl-private")["Only visible to you"] if private else None,
            h.div(".sl-sender")[h.strong["Briefbot"], " ", h.span(".app")["APP"], " ", h.span(".when")[time]],
            _body(payload, controls),
        ],
    ]


def home(view: Json, controls: Controls) -> Element:
    """Return an App Home view."""
    return h.section(".sl-home", aria_label="App Home")[h.div(".sl-place")["Briefbot · Home"], _blocks(view, controls)]


def _body(payload: Json, controls: Controls) -> Node:
    # With blocks, Slack keeps `text` for notifications and screen readers.
    if items(payload.get("blocks")):
        return _blocks(payload, controls)
    return h.div(".sl-text")[mrkdwn(str(payload.get("text", "")))]


def _blocks(payload: Json, controls: Controls) -> Node:
    return [block(each, controls) for each in items(payload.get("blocks"))]
