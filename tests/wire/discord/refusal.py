"""Refusals: what is wrong with a body, where, and how Discord says it.

Discord answers a body that it will not take with 400, code 50035 and a tree of errors that follows the body's own
shape (https://docs.discord.com/developers/reference#error-messages); a few faults of the whole body have a number of
their own instead, such as 50006 for an empty message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

INVALID_FORM_BODY = 50035
EMPTY_MESSAGE = 50006


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which Discord would not take a body.

    Attributes:
        path: where, as keys and indices joined by dots; "" is the body itself.
        code: Discord's name for the fault ("BASE_TYPE_MAX_LENGTH"), or a number when the whole body is refused with it;
            0 where Discord answers 500 rather than 400.
        message: Discord's sentence.
    """

    path: str
    code: str | int
    message: str


def units(text: str) -> int:
    """Count UTF-16 code units: the API counts code points and the clients these, so nothing over a limit passes."""
    return len(text) + sum(char > "\uffff" for char in text)


def error_body(refusals: Sequence[Refusal]) -> tuple[int, dict[str, Any]]:
    """Say refusals as Discord does: the HTTP status and the JSON body."""
    for each in refusals:
        if isinstance(each.code, int):
            return (400 if each.code else 500), {"message": each.message, "code": each.code}
    errors: dict[str, Any] = {}
    for each in refusals:
        node = errors
        for key in each.path.split(".") if each.path else ():
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": each.code, "message": each.message})
    return 400, {"message": "Invalid Form Body", "code": INVALID_FORM_BODY, "errors": errors}


class Form:
    """A JSON object under inspection: its fields, its place in the body, and the list that its faults go to."""

    def __init__(self, value: object, path: str, refusals: list[Refusal]) -> None:
        """Take any JSON value; what is not an object is refused and then has no fields."""
        self.path, self.refusals = path, refusals
        self.fields: Mapping[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.refuse("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")

    def at(self, key: str) -> str:
        """Give the path of a field; "" is the object itself."""
        return ".".join(part for part in (self.path, key) if part)

    def refuse(self, key: str, code: str | int, message: str) -> None:
        """Refuse a field, or with "" the object itself."""
        self.refusals.append(Refusal(self.at(key), code, message))

    def under(self, key: str) -> Self:
        """Give an object field."""
        return type(self)(self.fields[key], self.at(key), self.refusals)

    def given(self, key: str, *, required: bool = False) -> Any:
        """Give a field's value; None if missing or null, which is refused where it is required."""
        value = self.fields.get(key)
        if value is None and required:
            self.refuse(key, "BASE_TYPE_REQUIRED", "This field is required")
        return value

    def text(self, key: str, most: int, *, least: int = 0, required: bool = False) -> str:
        """Give a string of least..most characters, refused if it is not; "" if missing."""
        value = self.given(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(key, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
            return ""
        self.length(key, units(value), most, least)
        return value

    def items(self, key: str, most: int, *, least: int = 0, required: bool = False) -> list[Self]:
        """Give a list of least..most objects, refused if it is not; empty if missing."""
        value = self.given(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        self.length(key, len(value), most, least)
        return [type(self)(each, self.at(f"{key}.{index}"), self.refusals) for index, each in enumerate(value)]

    def length(self, key: str, length: int, most: int, least: int = 0) -> None:
        """Refuse a length that is not in least..most; Discord names both ends where there are two."""
        if least and not least <= length <= most:
            self.refuse(key, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif length > most:
            self.refuse(key, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def number(self, key: str, least: int, most: int, *, required: bool = False) -> int | None:
        """Give a whole number in least..most, refused if it is not; None if missing."""
        value = self.given(key, required=required)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return None
        if value < least:
            self.refuse(key, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        if value > most:
            self.refuse(key, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return value

    def flag(self, key: str) -> bool:
        """Give a boolean, refused if it is not one; False if missing."""
        value = self.given(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return value is True

    def url(
        self, key: str, most: int = 2048, *, schemes: Sequence[str] = ("http", "https"), required: bool = False
    ) -> str:
        """Give an absolute address, refused if it is not one or has another scheme; "" if missing."""
        value = self.text(key, most, required=required)
        if not value:
            if required and self.fields.get(key) == "":
                self.refuse(key, "BASE_TYPE_REQUIRED", "This field is required")
            return value
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme.lower() not in schemes:
            names = ", ".join(f"'{scheme}'" for scheme in schemes)
            self.refuse(
                key,
                "URL_TYPE_INVALID_SCHEME",
                f'Scheme "{parts.scheme}" is not supported. Scheme must be one of ({names}).',
            )
        elif not parts.netloc or any(char.isspace() for char in value):
            self.refuse(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return value
