"""What is wrong with the settings, told so that it can be put right without looking anything up."""

from typing import NamedTuple


class SettingProblem(NamedTuple):
    """One mistake: which setting, where its value stands, what is wrong with the allowed form, and what may help.

    `name` is the setting as the file nests it (``slack.port``); `place` is ``file:line`` or an environment variable.
    """

    name: str
    place: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Say it in one line: ``config/briefbot.toml:12: slack.port must be …; did you mean …?``."""
        words = f"{self.name} {self.message}".strip()
        return f"{self.place}: {words}" + (f"; {self.hint}" if self.hint else "")


class SettingsError(Exception):
    """Every mistake in the settings, all at once. Holds no secret."""

    def __init__(self, problems: tuple[SettingProblem, ...]) -> None:
        """Keep the problems, in the order in which they should be read."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
