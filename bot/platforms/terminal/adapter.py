"""The terminal adapter: reads lines, answers them, and offers the reply's buttons by number.

On a screen: a prompt with history and a completion menu, styled answers with links. In a pipe: plain text, one answer
after the other, no escape codes.
"""

import asyncio
import getpass
import sys
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.text import Text

from bot.commands.parse import clean
from bot.commands.request import Caller, Owner
from bot.commands.router import Commands
from bot.contract import Carrier, Limits
from bot.library.vocabulary import Audience
from bot.platforms.terminal import typed
from bot.platforms.terminal.completion import CommandCompleter
from bot.platforms.terminal.limits import TERMINAL
from bot.platforms.terminal.render import actions, addresses, button_lines, text_lines
from bot.reply import Action, Reply

WELCOME = (
    "Type a name (blinken, 布林肯, spy balloon), or /brief, /timeline, /briefings, help.\n"
    "A number presses the button below an answer. Ctrl-C drops a line, Ctrl-D ends."
)
_LEAVE = frozenset({"exit", "quit", "/exit", "/quit"})


class _Console(Console):
    """Leaves it to the caller what becomes of a pipe that nobody reads any more."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class TerminalPlatform:
    """One person at a terminal, or one pipe."""

    name = "terminal"
    limits: Limits = TERMINAL
    carrier: Carrier | None = None
    """A terminal has no channels."""

    def __init__(
        self, commands: Commands, *, audience: Audience = Audience.PUBLIC, source: TextIO, target: TextIO
    ) -> None:
        """Take the commands, and where lines come from and answers go."""
        self._commands = commands
        self._caller = Caller("terminal", _user(), "terminal", name=_user(), audience=audience, person=Owner())
        self._source = source
        self._console = _Console(file=target, highlight=False, emoji=False, markup=False, soft_wrap=not target.isatty())
        self._offered: tuple[Action, ...] = ()  # the numbers last seen hold until others are shown
        self._pressed = ""
        self._closed = asyncio.Event()
        self.connected = False

    async def run(self) -> None:
        """Answer line by line until the end of input, `exit`, or `close`."""
        self.connected = True
        try:
            if self._source.isatty() and self._console.is_terminal:
                await self._converse()
            else:
                await self._pipe()
        finally:
            self.connected = False

    async def close(self) -> None:
        """Let `run` return after the answer in hand."""
        self._closed.set()

    async def answer(self, line: str) -> Reply | None:
        """Return the reply to one typed line: a button's number, a command, or a plain question; None for nothing."""
        if not line.strip():
            return None
        words = clean(line)
        number, command = typed.number(words), typed.command(words)
        self._pressed = ""
        if number is not None:
            reply = await self._press(number)
        elif command is not None:
            reply = await self._run(command)
        else:
            reply = await self._commands.run("brief", words, self._caller)
        self._offered = actions(reply) or self._offered
        return reply

    async def _press(self, number: int) -> Reply:
        if not 1 <= number <= len(self._offered):
            return typed.unknown_number(number, len(self._offered))
        action = self._offered[number - 1]
        self._pressed = action.name
        return await self._commands.press(action.encode(), self._caller)

    async def _run(self, command: typed.Command) -> Reply:
        if not command.name:
            return await self._commands.run("help", "", self._caller)
        return await self._commands.run(command.name, command.words, self._caller)

    async def _converse(self) -> None:
        completer = CommandCompleter(self._commands, lambda: self._caller)
        session: PromptSession[str] = PromptSession(history=InMemoryHistory(), completer=completer)
        self._console.print(WELCOME, style="dim")
        with patch_stdout(raw=True):
            while not self._closed.is_set():
                try:
                    line = await session.prompt_async("briefbot> ", complete_while_typing=True)
                except KeyboardInterrupt:  # it drops what was typed; where nothing was, it is meant for the chat
                    if session.default_buffer.text:
                        continue
                    return
                except EOFError:
                    return
                if line.strip().casefold() in _LEAVE:
                    return
                self._show(await self.answer(line))

    async def _pipe(self) -> None:
        while not self._closed.is_set():
            line = await asyncio.to_thread(self._source.readline)
            if not line or line.strip().casefold() in _LEAVE:
                return
            self._show(await self.answer(line))

    def _show(self, reply: Reply | None) -> None:
        if reply is None:
            return
        for text in text_lines(reply):
            self._console.print(text)
        if not self._console.is_terminal or self._pressed == "sources":  # not every terminal can follow a link
            for address in addresses(reply):
                self._console.print(address)
        buttons = button_lines(reply, self._console.width if self._console.is_terminal else None)
        for line in (Text(), *buttons) if buttons else ():
            self._console.print(line)
        self._console.print()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user need not have a name
        return "you"


def terminal(commands: Commands, audience: Audience = Audience.PUBLIC) -> TerminalPlatform:
    """Return the platform on this process's own standard input and output."""
    return TerminalPlatform(commands, audience=audience, source=sys.stdin, target=sys.stdout)
