"""The settings file: TOML with the line of every setting, and no secrets in it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from bot.settings.given import BY_NAME, Given, nearest
from bot.settings.model import SPECS
from bot.settings.problem import SettingProblem

_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SECTIONS = tuple(dict.fromkeys(spec.section for spec in SPECS))


class SettingsFile:
    """A settings file that was read: what it gives, and what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        """Take the file's name, for the places of problems, and its text."""
        self.given: list[Given] = []
        self.problems: list[SettingProblem] = []
        self._path = path
        self._text = text.replace("\r\n", "\n")
        try:
            document = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            self.problems.append(self._syntax(str(error)))
            return
        for name, value in _leaves(document):
            self._take(name, value)

    def _take(self, name: str, value: object) -> None:
        spec = BY_NAME.get(name)
        if spec is None:
            self.problems.append(_unknown(name, self._place(name)))
        elif spec.secret:
            self.problems.append(
                SettingProblem(
                    name,
                    self._place(name),
                    "is a secret and must not stand in a file that is shared",
                    f"take it out, renew it, and set {spec.variable} or {spec.variable}_FILE",
                )
            )
        else:
            self.given.append(Given(spec, value, lambda: self._place(name), typed=True))

    def _place(self, name: str) -> str:
        return f"{self._path}:{self._lines.get(name, 1)}"

    def _syntax(self, message: str) -> SettingProblem:
        position = _POSITION.search(message)
        line = (position and position[1]) or str(self._text.count("\n") + 1)
        what = _POSITION.sub("", message)
        hint = 'text stands in double quotes: mode = "http"' if what == "Invalid value" else ""
        return SettingProblem("the file", f"{self._path}:{line}", f"is not TOML: {what}", hint)

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        # tomllib keeps no positions. A statement begins on the line after the longest beginning of the file that
        # parses without it; this holds for every way TOML has of writing a setting.
        found: dict[str, int] = {}
        lines = self._text.split("\n")
        complete = 0
        for count in range(1, len(lines) + 1):
            try:
                document = tomllib.loads("\n".join(lines[:count]))
            except tomllib.TOMLDecodeError:
                continue
            for name, _ in _leaves(document):
                found.setdefault(name, complete + 1)
            complete = count
        return found


def _leaves(document: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield each setting as ``section.key`` and its value; what stands outside a known table keeps its own name."""
    for section, table in document.items():
        if isinstance(table, Mapping) and (table or section not in _SECTIONS):
            yield from ((f"{section}.{key}", value) for key, value in table.items())
            if not table:
                yield section, table
        elif not isinstance(table, Mapping):
            yield section, table


def _unknown(name: str, place: str) -> SettingProblem:
    section, _, key = name.partition(".")
    if name in _SECTIONS:
        return SettingProblem(name, place, f"must be a table, written [{name}] on a line of its own")
    if key.endswith("_file") and BY_NAME.get(name.removesuffix("_file")) in [spec for spec in SPECS if spec.secret]:
        variable = f"BRIEFBOT_{section}__{key}".upper()
        return SettingProblem(name, place, "may be set in the environment only", f"set {variable}")
    meant = nearest(name, [spec.name for spec in SPECS] if key else _SECTIONS)
    hint = f"did you mean {meant}?"
    if not meant:
        own = ", ".join(spec.key for spec in SPECS if spec.section == section and not spec.secret)
        hint = f"[{section}] has {own}" if own else f"the tables are {', '.join(f'[{one}]' for one in _SECTIONS)}"
    return SettingProblem(name, place, "is not a setting", hint)
