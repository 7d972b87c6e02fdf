"""What a line typed into the chat is: a button's number, a command in whatever case, or a plain question."""

import re
from dataclasses import dataclass

from bot.commands.router import refusal
from bot.errors import BadRequestError
from bot.reply import Reply

_COMMAND = re.compile(r"/(\S*)(\s*)(.*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,2}")
"""Two digits at most: no answer has a hundred buttons, and a year is a question."""


@dataclass(frozen=True, slots=True)
class Command:
    """A line that begins with a slash; `complete` once something stands behind the name, if only a space."""

    name: str
    words: str
    complete: bool


def command(line: str) -> Command | None:
    """Return the command that `line` is; None where it does not begin with a slash."""
    found = _COMMAND.fullmatch(line.lstrip())
    return Command(found[1].casefold(), found[3], bool(found[2])) if found else None


def number(line: str) -> int | None:
    """Return the number of the button that `line` presses; None where it is something else."""
    words = line.strip()
    return int(words) if _NUMBER.fullmatch(words) else None


def unknown_number(wanted: int, offered: int) -> Reply:
    """Return what is answered to the number of a button that is not there."""
    there = f"There are 1 to {offered}." if offered > 1 else "There is only 1."
    advice = f"{there if offered else 'Nothing is offered yet.'} To look up a number, type /brief {wanted}."
    return refusal(BadRequestError(f"No button has the number {wanted}.", advice))
