"""What a terminal can carry: everything; it scrolls. The numbers are far above any reply, so that one rule fits all."""

from bot.contract import Limits

_PLENTY = 1_000_000

TERMINAL = Limits(
    message_text=_PLENTY,
    blocks=_PLENTY,
    block_text=_PLENTY,
    heading=_PLENTY,
    actions=99,
    label=120,
    summary=0,
    choices=25,
    choice_label=120,
)
