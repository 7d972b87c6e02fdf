"""The Home tab: a search menu, and below it what was found or can be browsed."""

from typing import Any

from bot.commands.request import Choice
from bot.platforms.slack import limits
from bot.platforms.slack.limits import shorten
from bot.platforms.slack.render import button_rows, home_blocks
from bot.reply import Action, Reply

Json = dict[str, Any]

SEARCH = "bb:search"
"""The action_id of the search menu."""
_BACK = Action("browse", "← All briefings", ("", "0"))
_CHANNEL_ONLY = frozenset({"share"})
"""Buttons that make no sense where there is no channel."""
_MENU: Json = {
    "type": "actions",
    "block_id": "bb:search",
    "elements": [
        {
            "type": "external_select",
            "action_id": SEARCH,
            "min_query_length": 1,
            "placeholder": {"type": "plain_text", "text": "Find a briefing: a name, 布林肯, a phrase", "emoji": False},
        }
    ],
}


def home_view(reply: Reply, *, start: bool) -> Json:
    """Return the Home tab that shows `reply`; `start` is the page it opens with, which needs no way back."""
    top = [_MENU, *([] if start else button_rows((_BACK,))), {"type": "divider"}]
    actions = tuple(action for action in reply.actions if action.name not in _CHANNEL_ONLY)
    shown = Reply(reply.blocks, reply.summary, reply.outcome, actions)
    return {"type": "home", "blocks": [*top, *home_blocks(shown, limits.HOME_BLOCKS - len(top))]}


def options(choices: tuple[Choice, ...]) -> list[Json]:
    """Return `choices` as options of the search menu, within Slack's limits."""
    fitting = [choice for choice in choices if 0 < len(choice.value) <= limits.OPTION_VALUE]
    return [
        {
            "text": {
                "type": "plain_text",
                "text": shorten(choice.label.strip() or choice.value, limits.OPTION_TEXT),
                "emoji": False,
            },
            "value": choice.value,
        }
        for choice in fitting[: limits.OPTIONS]
    ]
