"""File and environment become `Settings`, or every mistake in them at once."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.settings.check import conflicts
from bot.settings.environment import CONFIG_VARIABLE, Environment
from bot.settings.file import SettingsFile
from bot.settings.given import Given, validated
from bot.settings.model import Settings
from bot.settings.problem import SettingProblem, SettingsError

DEFAULT_CONFIG = Path("config/briefbot.toml")


def load_settings(config: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings: the environment over the file over the defaults.

    The file is `config`, else what BRIEFBOT_CONFIG names, else `config/briefbot.toml` from here, if there is one.
    `environ` stands in for the process's environment. Raise `SettingsError` with every problem found.
    """
    environ = os.environ if environ is None else environ
    problems: list[SettingProblem] = []
    given: list[Given] = []
    for source in (_file(config, environ), Environment(environ)):
        given += source.given
        problems += source.problems
    values, good = _values(given, problems)
    settings = Settings.of(values)
    broken = {problem.name for problem in problems}
    if "slack.mode" not in broken:  # what a mode needs cannot be told while it is unknown
        problems += [one for one in conflicts(settings, good) if one.name not in broken]
    if problems:
        raise SettingsError(tuple(problems))
    return settings


def _values(
    given: Iterable[Given], problems: list[SettingProblem]
) -> tuple[dict[str, dict[str, Any]], dict[str, Given]]:
    """Return the values by section and key, and who gave each, by name; what is wrong is added to `problems`."""
    values: dict[str, dict[str, Any]] = {}
    good: dict[str, Given] = {}
    for one in given:
        value, problem = validated(one)
        if problem is not None:
            problems.append(problem)
            continue
        values.setdefault(one.spec.section, {})[one.spec.key] = value
        good[one.spec.name] = one
    return values, good


def _file(config: Path | None, environ: Mapping[str, str]) -> SettingsFile:
    named = config or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    path = named or DEFAULT_CONFIG
    if named is None and not path.exists():
        return SettingsFile(path, "")
    try:
        return SettingsFile(path, path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it holds no UTF-8 text"
        unread = SettingsFile(path, "")
        unread.problems.append(SettingProblem("the file", str(path), f"cannot be read: {why}"))
        return unread
