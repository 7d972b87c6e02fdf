"""Controls: buttons and selects, and the action rows that hold them, alike in both generations of components.

Numbers: https://docs.discord.com/developers/components/reference (Action Row, Button, String Select).
"""

import unicodedata
from dataclasses import dataclass, field

from tests.wire.discord.refusal import Form

ROW, BUTTON, STRING_SELECT = 1, 2, 3
SELECTS = (3, 5, 6, 7, 8)
"""String, user, role, mentionable and channel selects."""

LABEL = 80
CUSTOM_ID = 100
LINK_URL = 512
BUTTONS_A_ROW = 5
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150
_LINK, _PREMIUM = 5, 6
_WIDTH = ("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")


@dataclass
class Tally:
    """What the components of one message add up to, and which of their names are taken."""

    custom_ids: set[str] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)
    attachments: set[str] = field(default_factory=set)
    components: int = 0
    texts: list[str] = field(default_factory=list)


def kind(form: Form, allowed: tuple[int, ...]) -> int | None:
    """Give a component's type; None, and refused, where it may not stand here."""
    value = form.fields.get("type")
    if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
        return value
    choices = ", ".join(str(each) for each in allowed) + ("," if len(allowed) == 1 else "")
    form.refuse("", "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({choices}).')
    return None


def enter(form: Form, tally: Tally) -> None:
    """Count a component, and take its `id`, which only one component of a message may have; 0 means none."""
    tally.components += 1
    number = form.number("id", 0, 2**31 - 1)
    if number and number in tally.ids:
        form.refuse("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
    tally.ids.add(number or 0)


def check_row(row: Form, tally: Tally) -> None:
    """Check an action row: up to five buttons, or one select."""
    enter(row, tally)
    held = row.items("components", BUTTONS_A_ROW, least=1, required=True)
    width = 0
    for each in held:
        which = kind(each, (BUTTON, *SELECTS))
        if which is None:
            continue
        width += 1 if which == BUTTON else BUTTONS_A_ROW
        if width > BUTTONS_A_ROW:
            each.refuse("", *_WIDTH)
        if which == BUTTON:
            check_button(each, tally)
        else:
            _check_select(each, which, tally)


def check_button(button: Form, tally: Tally) -> None:
    """Check a button: what it shows, and either a custom_id or, for a link, an address."""
    enter(button, tally)
    button.flag("disabled")
    style = button.number("style", 1, _PREMIUM, required=True)
    label = button.text("label", LABEL)
    emoji = button.given("emoji") is not None
    if emoji:
        _check_emoji(button.under("emoji"))
    if style == _PREMIUM:
        button.given("sku_id", required=True)
        return
    if not label.strip() and not emoji:
        button.refuse("", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required")
    if button.given("custom_id") is not None and button.given("url") is not None:
        button.refuse(
            "", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified"
        )
    elif style == _LINK:
        if button.given("custom_id") is not None:
            button.refuse("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED", "A link button has no custom id")
        button.url("url", LINK_URL, schemes=("http", "https", "discord"), required=True)
    elif button.given("url") is not None:
        button.refuse("url", "BUTTON_COMPONENT_URL_NOT_ALLOWED", "Only a link button has a url")
    else:
        _take_custom_id(button, tally)


def _check_select(select: Form, which: int, tally: Tally) -> None:
    enter(select, tally)
    _take_custom_id(select, tally)
    select.flag("disabled")
    select.text("placeholder", PLACEHOLDER)
    least = select.number("min_values", 0, OPTIONS)
    most = select.number("max_values", 1, OPTIONS)
    if least is not None and least > (most or 1):
        select.refuse("min_values", "SELECT_COMPONENT_MIN_VALUES_TOO_LARGE", "min_values is more than max_values")
    if which == STRING_SELECT:
        _check_options(select, most)


def _check_options(select: Form, most: int | None) -> None:
    options = select.items("options", OPTIONS, least=1, required=True)
    if most is not None and most > len(options):
        select.refuse(
            "max_values", "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE", "max_values is more than there are options"
        )
    values: set[str] = set()
    for option in options:
        option.text("label", OPTION_TEXT, least=1, required=True)
        value = option.text("value", OPTION_TEXT, least=1, required=True)
        option.text("description", OPTION_TEXT)
        option.flag("default")
        if option.given("emoji") is not None:
            _check_emoji(option.under("emoji"))
        if value in values:
            option.refuse(
                "value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        values.add(value)


def _take_custom_id(form: Form, tally: Tally) -> None:
    custom_id = form.text("custom_id", CUSTOM_ID, least=1, required=True)
    if custom_id and custom_id in tally.custom_ids:
        form.refuse("", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    tally.custom_ids.add(custom_id)


def _check_emoji(emoji: Form) -> None:
    """Check an emoji: one of a server by its id, or a Unicode one by itself."""
    number, name = emoji.given("id"), emoji.text("name", 32)
    if number is not None:
        if not str(number).isdecimal():
            emoji.refuse("id", "NUMBER_TYPE_COERCE", f'Value "{number}" is not snowflake.')
    elif not any(unicodedata.category(char) in {"So", "Me"} for char in name):
        emoji.refuse("name", "COMPONENT_INVALID_EMOJI", "Invalid emoji")
