"""Composition objects: texts, options, confirmation dialogs, filters.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

from tests.wire.slack.shapes import (
    Check,
    Report,
    anything,
    array,
    boolean,
    choice,
    either,
    record,
    string,
    tagged,
    url,
)

OPTIONS_MOST = 100
OPTION_TEXT_MOST = 75
OPTION_VALUE_MOST = 150


def text_object(*kinds: str, most: int = 3000, counted: bool = True) -> Check:
    """Make a check for a text object of these kinds ("plain_text", "mrkdwn"), 1..most characters.

    `emoji` goes with plain_text only and `verbatim` with mrkdwn only: Slack answers
    "invalid additional property" to the other way round. `counted` adds to the message's text budget.
    """
    shapes: dict[str, Check] = {
        "plain_text": record({"type": anything, "text": string(1, most)}, {"emoji": boolean}),
        "mrkdwn": record({"type": anything, "text": string(1, most)}, {"verbatim": boolean}),
    }
    shape = tagged({kind: shapes[kind] for kind in kinds})

    def check(value: object, at: str, report: Report) -> None:
        shape(value, at, report)
        if counted and isinstance(value, dict) and isinstance(value.get("text"), str):
            report.text_length += len(value["text"])

    return check


def plain(most: int) -> Check:
    """Make a check for a plain_text object of 1..most characters."""
    return text_object("plain_text", most=most)


def either_text(most: int) -> Check:
    """Make a check for a plain_text or mrkdwn object of 1..most characters."""
    return text_object("plain_text", "mrkdwn", most=most)


CONFIRM = record(
    {"title": plain(100), "text": either_text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
"""https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object"""

DISPATCH = record({}, {"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), 1)})

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(choice("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)

SLACK_FILE = record({}, {"id": string(1), "url": url()}, either("id", "url"))


def option(*, marked_up: bool = False, linked: bool = False) -> Check:
    """Make a check for an option; checkboxes and radio buttons may be marked up, overflow menus linked."""
    words = either_text if marked_up else plain
    optional: dict[str, Check] = {"description": words(OPTION_TEXT_MOST)}
    if linked:
        optional["url"] = url()
    return record({"text": words(OPTION_TEXT_MOST), "value": string(1, OPTION_VALUE_MOST)}, optional)


OPTION = option()
OPTION_GROUP = record({"label": plain(OPTION_TEXT_MOST), "options": array(OPTION, 1, OPTIONS_MOST)})
