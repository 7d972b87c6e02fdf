"""From a command's name to its reply: parsing, permission, errors. The only door platforms knock on."""

from collections.abc import Mapping
from typing import Protocol

from bot.commands.request import Caller, Choice
from bot.reply import Reply


class Commands(Protocol):
    """What a platform calls. No member raises: every failure is a `Reply` that says so in words with a reference."""

    async def run(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply:
        """Answer `command`; `options` is the text as typed, or the options by name where the platform parsed them."""
        ...

    async def press(self, action: str, caller: Caller) -> Reply:
        """Answer a button; `action` is the text of `Action.encode` as it came back from the platform."""
        ...

    def complete(self, command: str, option: str, partial: str, caller: Caller) -> tuple[Choice, ...]:
        """Return completions of `partial`, best first, at most 25; an empty `partial` gives a place to start."""
        ...
