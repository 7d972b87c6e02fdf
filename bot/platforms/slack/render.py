"""A reply becomes the messages that Slack draws it with: within every limit, in order, buttons under the last."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.blocks import slack_blocks
from bot.platforms.slack.limits import shorten
from bot.platforms.split import split
from bot.reply import Action, Block, Paragraph, Reply, lines, text

Json = dict[str, Any]

ACTION_ID = "bb:"
"""What the action_id of every button of ours begins with; the rest makes it unique within its message."""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def messages(reply: Reply) -> tuple[Json, ...]:
    """Return `reply` as bodies with `text` and `blocks`, to be sent in order."""
    parts = split(_worded(reply), _measure, limits.MESSAGE_TEXT)
    drawn = [slack_blocks(part) for part in parts]
    rows = button_rows(reply.actions)
    if len(drawn[-1]) + len(rows) > limits.MESSAGE_BLOCKS:
        drawn.append([])
    drawn[-1] = [*drawn[-1], *rows]
    fallback = fallback_text(reply.summary)
    return tuple({"text": fallback, "blocks": blocks} for blocks in drawn)


def home_blocks(reply: Reply) -> list[Json]:
    """Return `reply` as blocks of a Home tab, which takes twice as many and has no limit on their sum of text."""
    return [*slack_blocks(_worded(reply)), *button_rows(reply.actions)]


def button_rows(actions: Iterable[Action]) -> list[Json]:
    """Return the buttons in rows; the same button twice is one."""
    buttons = [
        _button(place, action) for place, action in enumerate({each.encode(): each for each in actions}.values())
    ]
    step = limits.BUTTONS_A_ROW
    return [{"type": "actions", "elements": buttons[at : at + step]} for at in range(0, len(buttons), step)]


def fallback_text(summary: str) -> str:
    """Return the text for notifications and screen readers: Slack reads mrkdwn there, so its signs are escaped.

    Source: https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return shorten(summary or "briefbot", limits.FALLBACK // 5).translate(_ESCAPES)


def _worded(reply: Reply) -> Sequence[Block]:
    """Return the reply's blocks; one that has no word says at least its summary."""
    has_words = any(span.text.strip() for spans in lines(reply.blocks) for span in spans)
    return reply.blocks if has_words else (Paragraph(text(reply.summary or "…")),)


def _measure(part: Sequence[Block]) -> int:
    """Return how full a message is: by characters, or by blocks where these run out first.

    Addresses count too: whether Slack counts them is not documented.
    """
    characters = sum(len(span.text) + len(span.url or "") for spans in lines(part) for span in spans)
    return max(characters, len(part) * limits.MESSAGE_TEXT // (limits.MESSAGE_BLOCKS - 5))


def _button(place: int, action: Action) -> Json:
    label = shorten(action.label, limits.LABEL) or action.name
    button: Json = {
        "type": "button",
        "action_id": f"{ACTION_ID}{place}:{action.name}",
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": action.encode(),
    }
    return button | ({"style": "primary"} if action.primary else {})
