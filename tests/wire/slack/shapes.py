"""Shapes: what a JSON value has to look like for Slack to take it, as small checks that compose.

A check looks at one value and tells the report everything that is wrong with it and where. The sentences are those
that Slack itself answers with (`response_metadata.messages` of a refused call), as far as public reports show them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Check = Callable[[object, str, "Report"], None]
Fields = Mapping[str, Check]

# Schemes that Slack makes clickable; a `javascript:` or relative address is "must be a valid URL".
_URL = re.compile(r"(?:https?://[^\s/?#]+\S*|(?:mailto|tel|sms|slack|facetime|callto|sip|ftp):\S+)", re.IGNORECASE)
_WEB_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which Slack would not take a payload."""

    error_code: str
    json_pointer: str
    message: str

    def __str__(self) -> str:
        """Say it as Slack does."""
        return f"{self.message} [json-pointer:{self.json_pointer}]"


class Report:
    """Collect what is wrong with one payload, and what the whole of it adds up to."""

    def __init__(self, error_code: str, surface: str) -> None:
        """Start empty; `surface` is where it will be shown: "message", "modal" or "home"."""
        self.error_code = error_code
        self.surface = surface
        self.refusals: list[Refusal] = []
        self.text_length = 0
        self.markdown_length = 0
        self.table_length = 0
        self.tables = 0
        self.focused = 0
        self.block_ids: set[str] = set()
        self.action_ids: set[str] = set()

    def refuse(self, at: str, message: str, error_code: str | None = None) -> None:
        """Add a reason at a JSON pointer."""
        self.refusals.append(Refusal(error_code or self.error_code, at, message))


def string(least: int = 0, most: int | None = None) -> Check:
    """Make a check for a string of least..most characters."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.refuse(at, "must provide a string")
        elif len(value) < least:
            report.refuse(at, f"must be more than {least - 1} characters")
        elif most is not None and len(value) > most:
            report.refuse(at, f"must be less than {most + 1} characters")

    return check


def url(most: int = 3000, *, web_only: bool = False) -> Check:
    """Make a check for an absolute address; `web_only` admits nothing but http and https."""
    form = _WEB_URL if web_only else _URL

    def check(value: object, at: str, report: Report) -> None:
        string(0, most)(value, at, report)
        if isinstance(value, str) and not form.fullmatch(value):
            report.refuse(at, "must be a valid URL")

    return check


def matching(pattern: str, message: str) -> Check:
    """Make a check for a string that a regular expression matches whole."""
    form = re.compile(pattern)

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, str) or not form.fullmatch(value):
            report.refuse(at, message)

    return check


def integer(least: int | None = None, most: int | None = None) -> Check:
    """Make a check for a whole number in a range."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.refuse(at, "must provide an integer")
        elif (least is not None and value < least) or (most is not None and value > most):
            report.refuse(at, f"must be a number between {least} and {most}")

    return check


def number(value: object, at: str, report: Report) -> None:
    """Check for any number."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        report.refuse(at, "must provide a number")


def boolean(value: object, at: str, report: Report) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        report.refuse(at, "must provide a boolean")


def choice(*values: object) -> Check:
    """Make a check for one of a few values."""
    said = ", ".join(str(value) for value in values)

    def check(value: object, at: str, report: Report) -> None:
        # 1 == True in Python but not in JSON.
        if not any(value == allowed and type(value) is type(allowed) for allowed in values):
            report.refuse(at, f"must be a valid enum value: {said}")

    return check


def array(item: Check, least: int = 0, most: int | None = None) -> Check:
    """Make a check for a list of least..most items."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.refuse(at, "must provide an array")
            return
        if len(value) < least:
            report.refuse(at, f"no fewer than {least} items allowed")
        if most is not None and len(value) > most:
            report.refuse(at, f"no more than {most} items allowed")
        for index, child in enumerate(value):
            item(child, f"{at}/{index}", report)

    return check


def record(required: Fields, optional: Fields | None = None, *also: Check) -> Check:
    """Make a check for an object with these fields and no others; `also` looks at the object as a whole."""
    known = {**required, **(optional or {})}

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.refuse(at, "must provide an object")
            return
        for name in required:
            if name not in value:
                report.refuse(at, f"missing required field: {name}")
        for name, child in value.items():
            rule = known.get(name)
            if rule is None:
                report.refuse(at, f"invalid additional property: {name}")
            else:
                rule(child, f"{at}/{name.replace('~', '~0').replace('/', '~1')}", report)
        for more in also:
            more(value, at, report)

    return check


def tagged(kinds: Fields) -> Check:
    """Make a check that goes by the object's `type`; `kinds` may be filled in after the call."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.refuse(at, "must provide an object")
            return
        kind = value.get("type")
        if kind is None:
            report.refuse(at, "missing required field: type")
        elif not isinstance(kind, str) or kind not in kinds:
            report.refuse(f"{at}/type", f"unsupported type: {kind}")
        else:
            kinds[kind](value, at, report)

    return check


def either(one: str, other: str) -> Check:
    """Make a check that exactly one of two fields is there."""

    def check(value: object, at: str, report: Report) -> None:
        if isinstance(value, dict) and (one in value) == (other in value):
            wording = "must define either" if one not in value else "must define only one of"
            report.refuse(at, f"{wording} `{one}` or `{other}`")

    return check


def anything(_value: object, _at: str, _report: Report) -> None:
    """Take any value: the `type` that was read already, or a field whose inside Slack does not look at."""
