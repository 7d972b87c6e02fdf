"""A value somebody gave to a setting: where it stands, whether it is allowed, and the words when it is not."""

import difflib
import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from bot.redact import Redactor
from bot.settings.model import SPECS, Spec
from bot.settings.problem import SettingProblem

_SHOWN = 60
"""Characters of a wrong value that are shown."""

BY_NAME = {spec.name: spec for spec in SPECS}
BY_VARIABLE = {spec.variable: spec for spec in SPECS}


class Given(NamedTuple):
    """One value, and what finds its place; most are never asked for it, and a line in a file takes looking for."""

    spec: Spec
    value: object
    find: Callable[[], str]
    typed: bool
    """Whether the place knows types (a TOML file does, the environment holds text alone)."""

    @property
    def place(self) -> str:
        """Where it stands: ``file:line``, or the environment variable that holds it or names its file."""
        return self.find()


def validated(given: Given) -> tuple[Any, SettingProblem | None]:
    """Return the value in its type, or the problem with it. A secret's value never enters a problem."""
    spec = given.spec
    if type(given.value) is type(spec.default) and given.value == spec.default:
        return given.value, None
    try:
        if given.typed:
            return spec.adapter.validate_json(json.dumps(given.value, default=str), strict=True), None
        return spec.adapter.validate_python(_parts(given.value) if spec.many else given.value), None
    except ValidationError:
        seen = "" if spec.secret else f", not {_shown(given.value)}"
        return None, SettingProblem(spec.name, given.place, f"must be {spec.form}{seen}")


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string when none is."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.7)
    return found[0] if found else ""


def _parts(value: object) -> list[str]:
    return [part.strip() for part in str(value).split(",")]


def _shown(value: object) -> str:
    if value == "":
        return "empty"
    # A token pasted into the wrong setting must not end up in the log either.
    text = Redactor()(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
