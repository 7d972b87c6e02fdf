"""The Home tab: a search menu, and below it what was found or can be browsed."""

from collections.abc import Mapping
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


def home_view(reply: Reply, shown: str) -> Json:
    """Return the Home tab that shows `reply`.

    `shown` is the encoded action that brings it, which comes back with the view. The page the tab opens with
    is brought by no action, and has no button that leads back to it.
    """
    top = [_MENU, *(button_rows((_BACK,)) if shown else ()), {"type": "divider"}]
    actions = tuple(action for action in reply.actions if action.name not in _CHANNEL_ONLY)
    told = Reply(reply.blocks, reply.summary, reply.outcome, actions)
    blocks = [*top, *home_blocks(told, limits.HOME_BLOCKS - len(top))]
    return {"type": "home", "private_metadata": shown, "blocks": blocks}


def opened(entry_id: str) -> str:
    """Return the encoded action that shows an entry; empty when `entry_id` cannot be the id of one."""
    try:
        return Action("open", "", (entry_id, "")).encode()
    except ValueError:
        return ""


def shown_in(view: object) -> str:
    """Return the encoded action that brings what a view of Slack's shows; empty for the page the tab opens with."""
    encoded = str(view.get("private_metadata") or "") if isinstance(view, Mapping) else ""
    action = Action.decode(encoded)
    return "" if action is None or action.args[:2] == _BACK.args else encoded


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
