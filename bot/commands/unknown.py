"""A command that there is not: named, with the nearest that there is."""

from difflib import get_close_matches

from bot.commands import spec
from bot.commands.find import echo
from bot.errors import BadRequestError


def unknown_command(name: str) -> BadRequestError:
    """Return what a reader is told who typed the command `name` (without its slash, in lower case)."""
    names = [each.name for each in spec.COMMANDS]
    longer = [each for each in names if name and each.startswith(name)]
    near = longer or get_close_matches(name, names, 1)
    slashed = [f"/{each}" for each in names]
    known = f"Did you mean /{near[0]}?" if near else f"There are {', '.join(slashed[:-1])} and {slashed[-1]}."
    return BadRequestError(f"There is no command /{echo(name)}.", f"{known} Type help for more.")
