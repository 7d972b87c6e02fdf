"""What the settings' tests share: reading settings that must be refused."""

from pathlib import Path

import pytest

from bot.settings import SettingProblem, SettingsError, load_settings

SECRET = "made-up-secret"


def refused(config: str | None = None, environ: dict[str, str] | None = None) -> list[SettingProblem]:
    """Return the problems of a file with this text, in the current folder, and of this environment."""
    path = None
    if config is not None:
        path = Path("test.toml")
        path.write_bytes(config.encode())
    with pytest.raises(SettingsError) as caught:
        load_settings(path, environ or {})
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    assert all(problem.name and problem.place and problem.message for problem in caught.value.problems)
    assert SECRET not in str(caught.value) + repr(caught.value) + repr(caught.value.problems)
    return list(caught.value.problems)


def told(config: str | None = None, environ: dict[str, str] | None = None) -> list[str]:
    """Return the problems as the operator reads them."""
    return [str(problem) for problem in refused(config, environ)]
