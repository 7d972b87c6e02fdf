"""A reply becomes the messages that Slack draws it with: within every limit, in order, buttons under the last."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.blocks import ESCAPES, clean, cost, one_block, slack_blocks
from bot.platforms.slack.limits import shorten
from bot.platforms.split import split
from bot.reply import Action, Block, Paragraph, Reply, lines, plain, text

Json = dict[str, Any]

ACTION_ID = "bb:"
"""What the action_id of every button of ours begins with; the rest makes it unique within its message."""


def messages(reply: Reply) -> tuple[Json, ...]:
    """Return `reply` as bodies with `text` and `blocks`, to be sent in order."""
    rows = button_rows(reply.actions)
    pieces = [piece for block in _worded(reply) for piece in _pieces(block)]
    drawn = [slack_blocks(part) for part in split(pieces, cost, limits.MESSAGE_TEXT, most=limits.BLOCKS - limits.ROWS)]
    drawn[-1] += rows[: limits.ROWS]
    drawn += [rows[at : at + limits.ROWS] for at in range(limits.ROWS, len(rows), limits.ROWS)]
    fallback = fallback_text(reply.summary)
    return tuple({"text": fallback, "blocks": blocks} for blocks in drawn)


def home_blocks(reply: Reply, most: int) -> list[Json]:
    """Return `reply` as at most `most` blocks of a Home tab, which has no limit on their sum of text."""
    rows = button_rows(reply.actions)
    pieces = [piece for block in _worded(reply) for piece in _pieces(block)]
    drawn = slack_blocks(pieces)
    if len(drawn) + len(rows) > most:
        drawn = one_block(pieces)
    return [*drawn, *rows]


def button_rows(actions: Iterable[Action]) -> list[Json]:
    """Return the buttons in rows; the same button twice is one."""
    different = {action.encode(): action for action in actions}
    buttons = [_button(place, action) for place, action in enumerate(different.values())]
    step = limits.ROW_BUTTONS
    return [{"type": "actions", "elements": buttons[at : at + step]} for at in range(0, len(buttons), step)]


def fallback_text(summary: str) -> str:
    """Return the text for notifications and screen readers: Slack reads mrkdwn there, so its signs are escaped."""
    words, room = clean(summary).strip() or "briefbot", limits.FALLBACK
    while len(escaped := shorten(words, room).translate(ESCAPES)) > limits.FALLBACK:
        room -= max(1, (len(escaped) - limits.FALLBACK) // len("&amp;"))
    return escaped


def _pieces(block: Block) -> Iterable[Block]:
    """Return `block` in pieces of which each fits into one block of Slack's."""
    return (piece for part in split((block,), cost, limits.SECTION_TEXT) for piece in part)


def _worded(reply: Reply) -> Sequence[Block]:
    """Return the reply's blocks; one that has no word says at least its summary."""
    has_words = any(clean(plain(spans)).strip() for spans in lines(reply.blocks))
    return reply.blocks if has_words else (Paragraph(text(clean(reply.summary).strip() or "…")),)


def _button(place: int, action: Action) -> Json:
    button: Json = {
        "type": "button",
        "action_id": f"{ACTION_ID}{place}:{action.name}",
        "text": {
            "type": "plain_text",
            "text": shorten(clean(action.label), limits.LABEL) or action.name,
            "emoji": False,
        },
        "value": action.encode(),
    }
    return button | ({"style": "primary"} if action.primary else {})
