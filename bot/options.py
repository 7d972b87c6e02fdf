"""What the commands of the command line have in common: their options, and the settings or an end."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

USAGE_ERROR = 2
"""Exit status for wrong arguments or settings; 1 is a failed check."""


class AnswerFormat(StrEnum):
    """How `briefbot brief` prints an answer."""

    TEXT = "text"
    JSON = "json"


Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings; default config/briefbot.toml.")
]
Briefings = Annotated[Path | None, typer.Option("--briefings", metavar="DIR", help="The folder of briefings.")]


def settings_or_exit(config: Path | None, briefings: Path | None = None) -> "Settings":
    """Return the settings, or print every mistake in them and exit with `USAGE_ERROR`."""
    from bot.settings import SettingsError, load_settings  # here, since the command line is read before they are needed

    try:
        settings = load_settings(config)
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(f"briefbot: {problem}", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    if briefings is None:
        return settings
    moved = settings.briefings.model_copy(update={"path": briefings})
    return settings.model_copy(update={"briefings": moved})
