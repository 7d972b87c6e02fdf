"""What Slack accepts, as data; each number with the page it comes from.

"Characters" are Slack's word; they are counted as Python counts them, as Slack's own SDK does.
"""

from bot.contract import Limits

BLOCK_REFERENCE = "https://docs.slack.dev/reference/block-kit/blocks"
ELEMENT_REFERENCE = "https://docs.slack.dev/reference/block-kit/block-elements"
OPTION_REFERENCE = "https://docs.slack.dev/reference/block-kit/composition-objects/option-object"
MESSAGE_REFERENCE = "https://docs.slack.dev/reference/methods/chat.postMessage"
VIEW_REFERENCE = "https://docs.slack.dev/reference/views/home-tab-views"

MESSAGE_TEXT = 10_000
"""Characters over all blocks of a message. Undocumented: Slack has refused messages with `msg_blocks_too_long` from
11,341 characters on (https://github.com/slackapi/bolt-js/issues/2867, and 2509)."""
ELEMENT_COST = 20
"""Characters that a piece of rich text is taken to cost besides its words and its address: the issues show that Slack
adds something for each, not how much."""
BLOCKS = 50
"""Blocks of a message (BLOCK_REFERENCE)."""
HOME_BLOCKS = 100
"""Blocks of a Home tab (VIEW_REFERENCE)."""
SECTION_TEXT = 3_000
"""Characters of a text object (BLOCK_REFERENCE, section); rich_text states no limit of its own and is held to it."""
HEADER = 150
"""Characters of a header block (BLOCK_REFERENCE, header)."""

ROW_BUTTONS = 5
"""Buttons that read well beside each other; Slack would take 25 (BLOCK_REFERENCE, actions)."""
ROWS = 5
"""Rows of buttons under one message, for the same reason."""
LABEL = 75
"""Characters of a button's label (ELEMENT_REFERENCE, button)."""

OPTIONS = 100
"""Options of an external menu (ELEMENT_REFERENCE, select menu)."""
OPTION_TEXT = 75
OPTION_VALUE = 150
"""Characters of an option's text and of its value (OPTION_REFERENCE)."""

FALLBACK = 4_000
"""Characters of a message's `text`, which is only the fallback where there are blocks (MESSAGE_REFERENCE)."""

SLACK = Limits(
    message_text=MESSAGE_TEXT,
    blocks=BLOCKS,
    block_text=SECTION_TEXT,
    heading=HEADER,
    actions=ROWS * ROW_BUTTONS,
    label=LABEL,
    summary=FALLBACK,
    choices=OPTIONS,
    choice_label=OPTION_TEXT,
)


def shorten(text: str, limit: int) -> str:
    """Return `text` on one line in at most `limit` characters, cut at a word and ended with “…” where it was longer."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > limit // 2 else kept).rstrip() + "…"
