"""Block elements: buttons, menus, pickers, inputs, images, and in which block each may stand.

https://docs.slack.dev/reference/block-kit/block-elements, and the limits that slack_sdk's models check.
"""

from tests.wire.slack.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    OPTION,
    OPTION_GROUP,
    OPTIONS_MOST,
    SLACK_FILE,
    option,
    plain,
    text_object,
)
from tests.wire.slack.rich_text import RICH_TEXT
from tests.wire.slack.shapes import (
    Check,
    Report,
    anything,
    array,
    boolean,
    choice,
    either,
    integer,
    matching,
    record,
    string,
    url,
)

_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "must be in the format YYYY-MM-DD")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be in the format HH:mm")


def _once_in_its_block(value: object, at: str, report: Report) -> None:
    action_id = value.get("action_id") if isinstance(value, dict) else None
    if isinstance(action_id, str):
        if action_id in report.action_ids:
            report.refuse(f"{at}/action_id", f"`action_id` {action_id} already exists for this block")
        report.action_ids.add(action_id)


def _focus(value: object, at: str, report: Report) -> None:
    boolean(value, at, report)
    report.focused += value is True
    if report.focused > 1:
        report.refuse(at, "only one element can have focus_on_load set to true")


def _interactive(required: dict[str, Check], optional: dict[str, Check], *also: Check) -> Check:
    return record({"type": anything, **required}, {"action_id": string(1, 255), **optional}, _once_in_its_block, *also)


_MENU: dict[str, Check] = {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": _focus}
_MANY: dict[str, Check] = {"max_selected_items": integer(1)}
_CHOICES: dict[str, Check] = {
    "options": array(OPTION, 1, OPTIONS_MOST),
    "option_groups": array(OPTION_GROUP, 1, OPTIONS_MOST),
}


def _offered(element: dict[str, object]) -> list[object]:
    options, groups = element.get("options"), element.get("option_groups")
    found = list(options) if isinstance(options, list) else []
    for group in groups if isinstance(groups, list) else []:
        inside = group.get("options") if isinstance(group, dict) else None
        found += inside if isinstance(inside, list) else []
    return found


def _initial_is_offered(value: object, at: str, report: Report) -> None:
    if not isinstance(value, dict):
        return
    offered = _offered(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        report.refuse(f"{at}/initial_option", "initial_option must be one of the options")
    chosen = value.get("initial_options")
    if isinstance(chosen, list) and any(each not in offered for each in chosen):
        report.refuse(f"{at}/initial_options", "initial_options must be among the options")


def _static(initial: dict[str, Check], more: dict[str, Check]) -> Check:
    return _interactive(
        {}, {**_MENU, **_CHOICES, **initial, **more}, either("options", "option_groups"), _initial_is_offered
    )


BUTTON = _interactive(
    {"text": plain(75)},
    {
        "url": url(),
        "value": string(0, 2000),
        "style": choice("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(0, 75),
        "agent_prompt": string(1, 4000),
        "agent_prompt_display": string(1),
        "visible_to_user_ids": array(string(1)),
    },
)
WORKFLOW_BUTTON = _interactive(
    {
        "text": plain(75),
        "workflow": record({"trigger": record({"url": url()}, {"customizable_input_parameters": anything})}),
    },
    {"style": choice("primary", "danger"), "accessibility_label": string(0, 75), "confirm": CONFIRM},
)
IMAGE = record(
    {"type": anything, "alt_text": string(1, 2000)},
    {"image_url": url(web_only=True), "slack_file": SLACK_FILE},
    either("image_url", "slack_file"),
)
OVERFLOW = _interactive({"options": array(option(linked=True), 1, 5)}, {"confirm": CONFIRM})
_FEEDBACK = record({"text": plain(75), "value": string(0, 2000)}, {"accessibility_label": string(0, 75)})
FEEDBACK_BUTTONS = _interactive({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {})
ICON_BUTTON = _interactive(
    {"icon": choice("trash"), "text": plain(75)},
    {
        "value": string(0, 2000),
        "confirm": CONFIRM,
        "accessibility_label": string(0, 75),
        "visible_to_user_ids": array(string(1)),
    },
)

_TICKS: dict[str, Check] = {"confirm": CONFIRM, "focus_on_load": _focus}
_CONVERSATIONS: dict[str, Check] = {"filter": CONVERSATION_FILTER, "default_to_current_conversation": boolean}
_RESPONSE_URL: dict[str, Check] = {"response_url_enabled": boolean}

SELECTS: dict[str, Check] = {
    "static_select": _static({"initial_option": OPTION}, {}),
    "external_select": _interactive({}, {**_MENU, "initial_option": OPTION, "min_query_length": integer(0)}),
    "users_select": _interactive({}, {**_MENU, "initial_user": string(1)}),
    "conversations_select": _interactive(
        {}, {**_MENU, **_CONVERSATIONS, **_RESPONSE_URL, "initial_conversation": string(1)}
    ),
    "channels_select": _interactive({}, {**_MENU, **_RESPONSE_URL, "initial_channel": string(1)}),
    "multi_static_select": _static({"initial_options": array(OPTION, 1)}, _MANY),
    "multi_external_select": _interactive(
        {}, {**_MENU, **_MANY, "initial_options": array(OPTION, 1), "min_query_length": integer(0)}
    ),
    "multi_users_select": _interactive({}, {**_MENU, **_MANY, "initial_users": array(string(1))}),
    "multi_conversations_select": _interactive(
        {}, {**_MENU, **_MANY, **_CONVERSATIONS, "initial_conversations": array(string(1))}
    ),
    "multi_channels_select": _interactive({}, {**_MENU, **_MANY, "initial_channels": array(string(1))}),
}
TICKS: dict[str, Check] = {
    "checkboxes": _interactive(
        {"options": array(option(marked_up=True), 1, 10)},
        {**_TICKS, "initial_options": array(option(marked_up=True), 1)},
        _initial_is_offered,
    ),
    "radio_buttons": _interactive(
        {"options": array(option(marked_up=True), 1, 10)},
        {**_TICKS, "initial_option": option(marked_up=True)},
        _initial_is_offered,
    ),
}
PICKERS: dict[str, Check] = {
    "datepicker": _interactive({}, {**_MENU, "initial_date": _DATE}),
    "timepicker": _interactive({}, {**_MENU, "initial_time": _TIME, "timezone": string(1)}),
}
DATETIME: dict[str, Check] = {
    "datetimepicker": _interactive({}, {**_TICKS, "initial_date_time": integer(0, 9_999_999_999)}),
}
_TYPED: dict[str, Check] = {"placeholder": plain(150), "focus_on_load": _focus, "dispatch_action_config": DISPATCH}
RICH_TEXT_INPUT: dict[str, Check] = {
    "rich_text_input": _interactive(
        {}, {**_TYPED, "initial_value": RICH_TEXT, "min_lines": integer(1), "max_lines": integer(1)}
    ),
}
INPUTS: dict[str, Check] = {
    **RICH_TEXT_INPUT,
    "plain_text_input": _interactive(
        {},
        {
            **_TYPED,
            "initial_value": string(0, 3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    "email_text_input": _interactive({}, {**_TYPED, "initial_value": string(1)}),
    "url_text_input": _interactive({}, {**_TYPED, "initial_value": url()}),
    "number_input": _interactive(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": string(1), "min_value": string(1), "max_value": string(1)},
    ),
    "file_input": _interactive({}, {"filetypes": array(string(1), 1), "max_files": integer(1, 10)}),
}

IN_SECTION: dict[str, Check] = {
    **SELECTS,
    **TICKS,
    **PICKERS,
    "button": BUTTON,
    "image": IMAGE,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
}
IN_ACTIONS: dict[str, Check] = {
    **SELECTS,
    **TICKS,
    **PICKERS,
    **DATETIME,
    **RICH_TEXT_INPUT,
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
}
IN_CONTEXT: dict[str, Check] = {
    "image": IMAGE,
    "plain_text": text_object("plain_text"),
    "mrkdwn": text_object("mrkdwn"),
}
IN_CONTEXT_ACTIONS: dict[str, Check] = {"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}
IN_INPUT: dict[str, Check] = {**SELECTS, **TICKS, **PICKERS, **DATETIME, **INPUTS}
