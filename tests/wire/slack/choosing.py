"""What a menu or a picker sends when something was chosen in it."""

from typing import Any

from tests.wire.slack.reading import Element

_OFFERING = frozenset({"static_select", "radio_buttons", "overflow", "external_select"})
_NAMED = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}


def chosen(element: Element, choice: Any) -> dict[str, Any]:
    """Give the fields that an element adds to its action.

    Args:
        element: the menu or picker.
        choice: an option, its value or its text (a list of them for checkboxes and multi-selects), or the id, date or
            time that the other kinds take, or the text of an input.

    Raises:
        LookupError: it does not offer that.
    """
    if element.type in _OFFERING:
        return {"selected_option": _option(element, choice)}
    if element.type in ("checkboxes", "multi_static_select", "multi_external_select"):
        return {"selected_options": [_option(element, each) for each in choice]}
    if element.type in _NAMED:
        return {_NAMED[element.type]: choice}
    return {"value": choice}


def _option(element: Element, choice: Any) -> dict[str, Any]:
    if element.type.endswith("external_select"):
        if isinstance(choice, dict):
            return choice
        return {"text": {"type": "plain_text", "text": choice, "emoji": True}, "value": choice}
    groups = element.raw.get("option_groups", [])
    offered = [*element.raw.get("options", []), *(option for group in groups for option in group["options"])]
    for option in offered:
        if choice in (option, option["value"], option["text"]["text"]):
            return dict(option)
    raise LookupError(f"{choice!r} is not among {[option['value'] for option in offered]}")
