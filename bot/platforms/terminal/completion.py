"""Completion menu of `briefbot chat`: commands, then the names of entries with their Chinese aliases."""

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.commands import spec
from bot.commands.request import Caller
from bot.commands.router import Commands


class CommandCompleter(Completer):
    """Completes what stands before the cursor the way the platforms' own menus do."""

    def __init__(self, commands: Commands, caller: Callable[[], Caller]) -> None:
        """Take the commands and who is asking."""
        self._commands = commands
        self._caller = caller

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield completions of the command's name, or of its free-text option."""
        del complete_event
        words = document.text_before_cursor
        name, space, partial = words.removeprefix("/").partition(" ")
        if words.startswith("/") and not space:
            for each in spec.COMMANDS:
                if each.name.startswith(name):
                    yield Completion(f"/{each.name} ", -len(words), display=each.usage, display_meta=each.summary)
            return
        command = spec.command(name) if words.startswith("/") else spec.COMMANDS[0]
        typed = partial if words.startswith("/") else words
        if command is None or not typed.strip():
            return
        for choice in self._commands.complete(command.name, command.options[0].name, typed, self._caller()):
            yield Completion(choice.value, -len(typed), display=choice.label)
