"""Completion menu of `briefbot chat`: commands, then the names of entries with their Chinese aliases."""

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.commands import spec
from bot.commands.request import Caller
from bot.commands.router import Commands
from bot.platforms.terminal import typed


class CommandCompleter(Completer):
    """Completes what stands before the cursor the way the platforms' own menus do."""

    def __init__(self, commands: Commands, caller: Callable[[], Caller]) -> None:
        """Take the commands and who is asking."""
        self._commands = commands
        self._caller = caller

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield completions of the command's name, of its subcommand, or of an option."""
        del complete_event
        line = document.text_before_cursor.lstrip()
        given = typed.command(line)
        if given is not None and not given.complete:
            for each in spec.COMMANDS:
                if each.name.startswith(given.name):
                    yield Completion(f"/{each.name} ", -len(line), display=each.usage, display_meta=each.summary)
            return
        command = spec.command(given.name) if given else spec.COMMANDS[0]
        partial = given.words if given else line
        if command is not None and command.subcommands:
            yield from self._below(partial)
            return
        if command is None or not partial.strip() or typed.number(line) is not None:
            return
        for choice in self._commands.complete(command.name, command.options[0].name, partial, self._caller()):
            yield Completion(choice.value, -len(partial), display=choice.label)

    def _below(self, words: str) -> Iterable[Completion]:
        """Yield what completes `words` behind the name of a command with subcommands."""
        from bot.commands.digest_completion import completing, subcommands  # here, since a start has no need of it

        for each in subcommands(words):
            yield Completion(f"{each.last} ", -len(words), display=each.last, display_meta=each.summary)
        found = completing(words)
        if found is not None:
            partial = words[found.start :]
            for choice in self._commands.complete(found.command, found.option, partial, self._caller()):
                yield Completion(choice.value, -len(partial), display=choice.label)
