"""Application commands: what a bot may register.

Numbers and shapes: https://docs.discord.com/developers/interactions/application-commands (Application Command Object,
Option Structure, Registering a Command).
"""

import unicodedata
from collections import Counter
from typing import Any

from discord import Locale

from tests.wire.discord.payloads import check_choices
from tests.wire.discord.refusal import Form, Refusal, units

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
MOST = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
NAME = 32
DESCRIPTION = 100
OPTIONS = 25
COMMAND_TOTAL = 8000
STRING_LENGTH = 6000

SUB_COMMAND, SUB_COMMAND_GROUP = 1, 2
_STRING, _INTEGER, _CHANNEL, _NUMBER = 3, 4, 7, 10
_CHANNEL_TYPES = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
_OPTION_TYPES = range(1, 12)
_LOCALES = frozenset(each.value for each in Locale)


def check_commands(commands: object) -> list[Refusal]:
    """Check a bulk overwrite of the commands of one scope, global or a server's."""
    refusals: list[Refusal] = []
    if not isinstance(commands, list):
        return [Refusal("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")]
    forms = [Form(each, str(index), refusals) for index, each in enumerate(commands)]
    taken: set[tuple[int, str]] = set()
    counts: Counter[int] = Counter()
    for form in forms:
        which = _check_command(form)
        counts[which] += 1
        name = (which, str(form.fields.get("name")))
        if name in taken:
            form.refuse("", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        taken.add(name)
    for which, most in MOST.items():
        if counts[which] > most:
            refusals.append(Refusal("", 30032, f"Maximum number of application commands reached ({most})"))
    return refusals


def _check_command(command: Form) -> int:
    which = command.number("type", CHAT_INPUT, MESSAGE) or CHAT_INPUT
    _check_name(command, "name", slash=which == CHAT_INPUT)
    _check_localizations(command, slash=which == CHAT_INPUT)
    if which == CHAT_INPUT:
        command.text("description", DESCRIPTION, least=1, required=True)
        _check_options(command, depth=0)
    else:
        for key in ("description", "options"):
            if command.fields.get(key):
                command.refuse(key, "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", f"Context menus cannot have {key}")
    _check_places(command)
    if _size(command.fields) > COMMAND_TOTAL:
        command.refuse("", "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({COMMAND_TOTAL})")
    return which


def _check_places(command: Form) -> None:
    for key, known in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        listed: Any = command.given(key)
        for index, each in enumerate(listed if isinstance(listed, list) else ()):
            if each not in known:
                command.refuse(f"{key}.{index}", "BASE_TYPE_CHOICES", f"Value must be one of {known}.")
    permissions = command.given("default_member_permissions")
    if permissions is not None and not str(permissions).isdecimal():
        command.refuse("default_member_permissions", "NUMBER_TYPE_COERCE", f'Value "{permissions}" is not int.')


def _check_options(form: Form, depth: int) -> None:
    """Check the options of a command (depth 0), of a group of subcommands (1) or of a subcommand (2)."""
    options = form.items("options", OPTIONS)
    optional_seen, names = False, set()
    kinds = {each.fields.get("type") in {SUB_COMMAND, SUB_COMMAND_GROUP} for each in options}
    if len(kinds) > 1:
        form.refuse(
            "options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and option types cannot be mixed"
        )
    for option in options:
        name = _check_option(option, depth)
        if name in names:
            option.refuse("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique")
        names.add(name)
        required = option.fields.get("required") is True
        if required and optional_seen:
            option.refuse(
                "",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen |= not required


def _check_option(option: Form, depth: int) -> str:
    which = option.number("type", _OPTION_TYPES.start, _OPTION_TYPES.stop - 1, required=True)
    name = _check_name(option, "name", slash=True)
    option.text("description", DESCRIPTION, least=1, required=True)
    _check_localizations(option, slash=True)
    if which in {SUB_COMMAND, SUB_COMMAND_GROUP}:
        if depth >= (2 if which == SUB_COMMAND else 1):
            option.refuse("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command option type is invalid here")
        _check_options(option, depth=1 if which == SUB_COMMAND_GROUP else 2)
        return name
    option.flag("required")
    completes = option.flag("autocomplete")
    if option.fields.get("choices"):
        option.refusals += check_choices(option.fields["choices"], path=option.at("choices"))
        if completes:
            option.refuse(
                "choices", "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES", "Choices and autocomplete are exclusive"
            )
    if which not in {_STRING, _INTEGER, _NUMBER} and (completes or option.fields.get("choices")):
        option.refuse("", "APPLICATION_COMMAND_OPTION_TYPE_CHOICES", "This type of option cannot have choices")
    _check_channel_types(option, which)
    _check_lengths(option, which)
    return name


def _check_channel_types(option: Form, which: int | None) -> None:
    listed: Any = option.given("channel_types")
    if listed and which != _CHANNEL:
        option.refuse("channel_types", "APPLICATION_COMMAND_OPTION_TYPE_CHANNEL_TYPES", "Only channels have types")
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        if each not in _CHANNEL_TYPES:
            option.refuse(f"channel_types.{index}", "BASE_TYPE_CHOICES", f"Value must be one of {_CHANNEL_TYPES}.")


def _check_lengths(option: Form, which: int | None) -> None:
    for key, least in (("min_length", 0), ("max_length", 1)):
        if option.given(key) is not None and which != _STRING:
            option.refuse(key, "APPLICATION_COMMAND_OPTION_LENGTH_TYPE", "Only string options have a length")
        option.number(key, least, STRING_LENGTH)


def _check_name(form: Form, key: str, *, slash: bool) -> str:
    name = form.text(key, NAME, least=1, required=True)
    if name and slash and (name != name.lower() or not all(map(_in_a_name, name))):
        form.refuse(key, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    return name


def _in_a_name(char: str) -> bool:
    """Tell whether the pattern of names has a character: letters, numbers, -, _, ', and all of Devanagari and Thai."""
    scripts = "\u0900" <= char <= "\u097f" or "\u0e00" <= char <= "\u0e7f"
    return char in "-_'" or unicodedata.category(char)[0] in "LN" or scripts


def _check_localizations(form: Form, *, slash: bool) -> None:
    for key in ("name_localizations", "description_localizations"):
        if form.given(key) is None:
            continue
        texts = form.under(key)
        for locale in texts.fields:
            if locale not in _LOCALES:
                texts.refuse(locale, "BASE_TYPE_CHOICES", "Value must be one of the locales of Discord.")
            elif key.startswith("name"):
                _check_name(texts, locale, slash=slash)
            else:
                texts.text(locale, DESCRIPTION, least=1)


def _size(value: Any) -> int:
    """Count names, descriptions and values of a command with all in it, each text in its longest language."""
    if isinstance(value, list):
        return sum(map(_size, value))
    if not isinstance(value, dict):
        return 0
    own = 0
    for key in ("name", "description", "value"):
        texts = [value.get(key), *_texts(value.get(f"{key}_localizations"))]
        own += max((units(text) for text in texts if isinstance(text, str)), default=0)
    return own + _size(value.get("options")) + _size(value.get("choices"))


def _texts(localizations: Any) -> list[Any]:
    return list(localizations.values()) if isinstance(localizations, dict) else []
