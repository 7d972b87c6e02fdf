"""What Discord accepts, as data; each number with the page it comes from.

Lengths are counted in UTF-16 code units (`units`): Discord counts code points in some places and its clients count
UTF-16 units, so the larger of the two is never refused.
"""

from bot.contract import Limits

MESSAGE_REFERENCE = "https://docs.discord.com/developers/resources/message"
COMPONENT_REFERENCE = "https://docs.discord.com/developers/components/reference"
COMMAND_REFERENCE = "https://docs.discord.com/developers/interactions/application-commands"

CONTENT = 2_000
"""Characters of a message's `content` (MESSAGE_REFERENCE, Create Message)."""

EMBED_DESCRIPTION = 4_096
EMBEDS_TOTAL = 6_000
"""Characters of one embed's description, and of all embeds of a message (MESSAGE_REFERENCE, Embed Limits)."""
EMBEDS = 10

LAYOUT_TEXT = 4_000
"""Characters over all text displays of a Components V2 message (discord.py, `LayoutView.content_length`)."""
LAYOUT_BYTES, LAYOUT_TEXT_COST = 10_170, 12
"""Bytes of UTF-8 over all text displays of a Components V2 message, and what each of them costs beside its words. Not
documented: above it Discord answers 500 (https://github.com/discord/discord-api-docs/issues/8554), and Chinese
text reaches it well before `LAYOUT_TEXT`."""
LAYOUT_COMPONENTS = 40
"""Components of a Components V2 message, nested ones counted (COMPONENT_REFERENCE)."""

BUTTONS_A_ROW = 5
ROWS = 5
LABEL = 80
"""Action rows of a message, buttons of a row, characters of a label (COMPONENT_REFERENCE, Action Row, Button)."""

FOLLOW_UPS = 5
"""Follow-ups to one interaction where a person alone installed the bot, and not the server
(https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages)."""

NONCE = 25
"""Characters of a message's nonce (MESSAGE_REFERENCE, Create Message)."""

THREAD_NAME = 100
"""Characters of a thread's name
(https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel)."""

CHOICES = 25
CHOICE_TEXT = 100
"""Choices of one completion, characters of a choice's name and of its value (COMMAND_REFERENCE, Choice Structure)."""

DISCORD = Limits(
    message_text=EMBEDS_TOTAL,
    blocks=LAYOUT_COMPONENTS,
    block_text=EMBED_DESCRIPTION,
    heading=EMBED_DESCRIPTION,  # drawn as a line of text
    actions=ROWS * BUTTONS_A_ROW,
    label=LABEL,
    summary=0,  # a Components V2 message may not have `content`
    choices=CHOICES,
    choice_label=CHOICE_TEXT,
)


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def shorten(text: str, limit: int) -> str:
    """Return `text` in at most `limit` units, cut at a word and ended with “…” where it was longer."""
    if units(text) <= limit:
        return text
    kept = text[: limit - 1]
    while units(kept) > limit - 1:
        kept = kept[:-1]
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > limit // 2 else kept).rstrip() + "…"
