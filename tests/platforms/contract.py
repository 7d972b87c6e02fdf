"""What every platform promises, whoever wrote it: one suite, run against each folder of `bot/platforms` by itself.

A platform takes part by a `harness.py` in `tests/platforms/<name>/` with one function, `harness(commands)`: an async
context manager that yields a `Harness` over a running adapter. A platform folder without one fails the suite.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

import bot.platforms
from bot.commands.router import Commands
from bot.contract import Limits, Platform


@dataclass(frozen=True)
class Seen:
    """What a reader saw after doing something: the words of every message, who saw them, and the buttons below."""

    texts: tuple[str, ...]
    private: bool
    buttons: tuple[str, ...]
    handle: object
    """The platform's own handle on the answer, for pressing its buttons."""

    @property
    def text(self) -> str:
        """All messages together."""
        return "\n".join(self.texts)


class Harness(Protocol):
    """A reader's hands and eyes on one platform."""

    platform: Platform
    limits: Limits
    can_share: bool
    """False where there is no channel to share to."""

    async def ask(self, words: str) -> Seen:
        """Type `/brief words` and return what is answered."""
        ...

    async def press(self, seen: Seen, label: str) -> Seen:
        """Press the button whose label starts with `label` under what was `seen`."""
        ...

    async def complete(self, partial: str) -> tuple[str, ...]:
        """Return the labels offered while `/brief partial` is being typed."""
        ...

    def pinged(self) -> list[str]:
        """Return everybody who was notified so far by anything the platform posted."""
        ...

    def refused(self) -> list[str]:
        """Return everything the platform would not take so far, in its own words."""
        ...

    async def echo(self) -> int:
        """Let the platform's own last message arrive as an event and return how many answers that caused."""
        ...


HarnessMaker = Callable[[Commands], AbstractAsyncContextManager[Harness]]


def platform_names() -> list[str]:
    """Return every platform there is: each folder of `bot/platforms` that has an adapter."""
    folders = (each.name for each in pkgutil.iter_modules(bot.platforms.__path__) if each.ispkg)
    return [name for name in folders if importlib.util.find_spec(f"bot.platforms.{name}.adapter")]


def harness_of(name: str) -> HarnessMaker:
    """Return the harness of the platform called `name`; raise ModuleNotFoundError when it has none."""
    module = importlib.import_module(f"tests.platforms.{name}.harness")
    maker: HarnessMaker = module.harness
    return maker
