"""What every platform promises, whoever wrote it: one suite, run against each folder of `bot/platforms` by itself.

A platform takes part by a `harness.py` in `tests/platforms/<name>/` with one function, `harness(commands)`: an async
context manager that yields a `Harness` over a running adapter. A platform folder without one fails the suite.
One that carries editions says `CARRIES = True` in its harness, and its `Harness.channel` is one to post to.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import bot.platforms
from bot.commands.router import Commands
from bot.contract import Carrier, Limits, Part, Platform, Sent, Target


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


class Channel(Protocol):
    """A channel that editions go to, as its members see it, and the direct messages of the one who ordered them."""

    target: Target
    owner: str

    async def editions(self) -> tuple[Seen, ...]:
        """Return every message that stands there, oldest first."""
        ...

    async def told(self) -> tuple[str, ...]:
        """Return what the owner was told directly."""
        ...

    def lose_answer(self) -> None:
        """Let the next message be taken, and the answer to it be lost."""
        ...

    def bar(self) -> None:
        """Let the channel take nothing from the bot from now on."""
        ...


class Harness(Protocol):
    """A reader's hands and eyes on one platform."""

    platform: Platform
    limits: Limits
    can_share: bool
    """False where there is no channel to share to."""
    channel: Channel | None
    """Where editions can be posted; None where the platform carries none."""

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


def carrying_names() -> list[str]:
    """Return the platforms that carry editions, as their harnesses say."""
    return [
        name
        for name in platform_names()
        if getattr(importlib.import_module(f"tests.platforms.{name}.harness"), "CARRIES", False)
    ]


async def deliver(carrier: Carrier, target: Target, part: Part, first_try: datetime | None) -> Sent:
    """Send a part as the ledger has it sent: where it may have been posted before, it is looked for first."""
    found = None if first_try is None else await carrier.find(target, part, first_try)
    return found or await carrier.post(target, part, first_try)
