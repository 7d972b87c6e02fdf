"""What was typed into the chat's input: a command, talk, and what could complete it."""

from dataclasses import dataclass

from bot.commands import spec
from bot.commands.parse import parse
from bot.commands.request import Caller, Choice
from bot.commands.router import Commands
from bot.commands.spec import Option, OptionKind

_COMPLETED = frozenset({OptionKind.QUERY, OptionKind.SHELF})


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of input; `command` is None where it does not begin with a slash."""

    command: str | None
    words: str


def read(line: str) -> Typed:
    """Return what `line` is."""
    line = line.strip()
    if not line.startswith("/"):
        return Typed(None, line)
    name, *words = line[1:].split(maxsplit=1) or [""]
    return Typed(name.lower(), words[0] if words else "")


def completions(line: str, commands: Commands, caller: Caller) -> tuple[Choice, ...]:
    """Return what could stand in place of `line`: commands, then what the command's free option completes to.

    A choice's value is the whole line. Words without a slash are completed as a query of the first command.
    """
    line = line.lstrip()
    if not line:
        return ()
    if line.startswith("/") and " " not in line:
        known = (each for each in spec.COMMANDS if each.name.startswith(line[1:].lower()))
        return tuple(Choice(f"{each.usage} — {each.summary}", f"/{each.name} ") for each in known)
    typed = read(line) if line.startswith("/") else Typed(spec.COMMANDS[0].name, line)
    command = spec.command(typed.command or "")
    if command is not None and command.subcommands:
        return _below(command, typed.words or line.partition(" ")[2], commands, caller)
    option = _free(command) if command else None
    if command is None or option is None or set(parse(command, typed.words)) - {option.name}:
        return ()
    found = commands.complete(command.name, option.name, typed.words, caller)
    return tuple(Choice(each.label, f"/{command.name} {each.value}") for each in found)


def _below(command: spec.Command, words: str, commands: Commands, caller: Caller) -> tuple[Choice, ...]:
    """Return what completes `words` behind the name of a command with subcommands."""
    from bot.commands.digest_completion import completing, subcommands  # here, since a start has no need of it

    offered = tuple(Choice(f"{each.usage} — {each.summary}", f"/{each.name} ") for each in subcommands(words))
    found = completing(words)
    if found is None:
        return offered
    before, partial = words[: found.start], words[found.start :]
    choices = commands.complete(found.command, found.option, partial, caller)
    return tuple(Choice(each.label, f"/{command.name} {before}{each.value}") for each in choices)


def _free(command: spec.Command) -> Option | None:
    return next((each for each in command.options if each.kind in _COMPLETED), None)
