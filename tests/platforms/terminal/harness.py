"""The terminal under the contract suite: real pipes in and out of the adapter."""

import asyncio
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.commands.request import Caller
from bot.commands.router import Commands
from bot.contract import Limits
from bot.platforms.terminal.adapter import TerminalPlatform
from bot.platforms.terminal.completion import CommandCompleter
from bot.platforms.terminal.limits import TERMINAL
from tests.platforms.contract import Seen


class TerminalHarness:
    """Types lines into the adapter's pipe and reads what comes out until the empty line that ends an answer."""

    limits: Limits = TERMINAL
    can_share = False
    channel = None

    def __init__(
        self, platform: TerminalPlatform, keyboard: io.TextIOWrapper, screen: io.StringIO, commands: Commands
    ) -> None:
        self.platform = platform
        self._keyboard = keyboard
        self._screen = screen
        self._completer = CommandCompleter(commands, lambda: Caller("terminal", "reader", "terminal"))

    async def ask(self, words: str) -> Seen:
        return await self._type(f"/brief {words}")

    async def press(self, seen: Seen, label: str) -> Seen:
        place = next(number for number, button in enumerate(seen.buttons, 1) if button.startswith(label))
        return await self._type(str(place))

    async def complete(self, partial: str) -> tuple[str, ...]:
        document = Document(f"/brief {partial}")
        return tuple(each.display_text for each in self._completer.get_completions(document, CompleteEvent()))

    def pinged(self) -> list[str]:
        return ["bell"] if "\a" in self._screen.getvalue() else []

    def refused(self) -> list[str]:
        return ["escape code"] if "\x1b" in self._screen.getvalue() else []

    async def echo(self) -> int:
        return 0  # a terminal has no events: what it prints is never read back

    async def _type(self, line: str) -> Seen:
        before = len(self._screen.getvalue())
        self._keyboard.write(" ".join(line.split("\n")) + "\n")
        self._keyboard.flush()
        async with asyncio.timeout(5):
            while not (printed := self._screen.getvalue()[before:]).endswith("\n\n") or not printed.strip():
                await asyncio.sleep(0.005)
        *body, buttons = printed.rstrip().split("\n\n")
        labels = [part.split(" ", 1)[1] for part in buttons.split("   ") if part[:1].isdigit()] if body else []
        return Seen((printed,), private=True, buttons=tuple(labels), handle=None)


@asynccontextmanager
async def harness(commands: Commands) -> AsyncIterator[TerminalHarness]:
    """Yield a harness over a terminal adapter that reads a real pipe."""
    reading, writing = os.pipe()
    screen = io.StringIO()
    with os.fdopen(reading, encoding="utf-8") as source, os.fdopen(writing, "w", encoding="utf-8") as keyboard:
        platform = TerminalPlatform(commands, source=source, target=screen)
        running = asyncio.create_task(platform.run())
        yield TerminalHarness(platform, keyboard, screen, commands)
        await platform.close()
        keyboard.close()
        await running
