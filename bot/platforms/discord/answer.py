"""From an interaction to its answer: who asked, what the commands say, how long it may take, what is still in hand."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import discord
import structlog
from cachetools import LRUCache
from discord import app_commands

from bot.commands.request import Caller, Choice
from bot.commands.router import Commands, failure
from bot.errors import report
from bot.library.vocabulary import Audience
from bot.platforms.discord.callback import respond_quietly
from bot.platforms.discord.deliver import OUTDATED, Deferral, Draw, deliver
from bot.platforms.discord.limits import CHOICE_TEXT, CHOICES, shorten, units
from bot.platforms.discord.members import Member
from bot.platforms.discord.render import DiscordMessage, Style, messages
from bot.reply import Reply

_log = structlog.get_logger("briefbot")

PATIENCE = 2.0
"""Seconds an answer may take before Discord is asked to wait; it gives up after three."""
_KEPT_DRAWINGS = 256

Interaction = discord.Interaction[Any]


class Answers:
    """Answers interactions with what the commands reply; never raises, and knows what is in hand."""

    def __init__(
        self,
        commands: Commands,
        *,
        audience: Audience = Audience.PUBLIC,
        roles: Sequence[str] = (),
        patience: float = PATIENCE,
    ) -> None:
        """Take the commands, the audience of servers that have the bot, and the seconds before a deferral.

        `roles` are names or ids of the roles that may manage digests, beside those who may manage the server.
        """
        self._commands = commands
        self._roles = roles
        self._audience = audience
        self._patience = patience
        self._drawn: LRUCache[tuple[Reply, Style | None], tuple[DiscordMessage, ...]] = LRUCache(_KEPT_DRAWINGS)
        self._in_hand: set[asyncio.Task[Any]] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def command(self, interaction: Interaction, name: str, options: Mapping[str, str]) -> None:
        """Answer the command called `name` with its options by name."""
        await self._answer(interaction, lambda caller: self._commands.run(name, options, caller), self._drawn_once)

    async def press(self, interaction: Interaction, action: str) -> None:
        """Answer the button whose custom_id is `action`."""
        await self._answer(interaction, lambda caller: self._commands.press(action, caller), _draw)

    async def complete(
        self, interaction: Interaction, command: str, option: str, partial: str
    ) -> list[app_commands.Choice[str]]:
        """Return the choices for `partial`, within Discord's limits; none when that fails."""
        respond_quietly()
        try:
            found = self._commands.complete(command, option, partial, self.caller(interaction))
        except Exception as error:  # noqa: BLE001 - the border: completion fails to nothing, and says so in the log
            report(error, action="discord.complete", command=command, interaction=interaction.id)
            return []
        return choices(found)

    async def fail(self, interaction: Interaction, error: Exception) -> None:
        """Tell the user of an `error` in discord.py: the command is not, or no longer, what Discord believes."""
        _log.warning("command outdated", action="discord.command", interaction=interaction.id, error=str(error))
        if interaction.type is discord.InteractionType.application_command and not interaction.response.is_done():
            with self._hand():
                await deliver(interaction, failure(report(OUTDATED, action="discord.command")), _draw)

    def caller(self, interaction: Interaction) -> Caller:
        """Return who asked, and where.

        Anybody may install the bot for themselves, and use it in direct messages and on servers that never asked for
        it: there the audience is the public. Whoever may add the bot to a server brings in all who read there.
        """
        return Caller(
            platform="discord",
            user=str(interaction.user.id),
            place=str(interaction.channel_id or ""),
            workspace=str(interaction.guild_id or ""),
            name=interaction.user.display_name,
            language=str(interaction.locale),
            audience=self._audience if interaction.is_guild_integration() else Audience.PUBLIC,
            person=Member(interaction, self._roles),
        )

    async def finished(self) -> None:
        """Wait until no answer is in hand."""
        await asyncio.sleep(0)  # an interaction that has just arrived is a task that has yet to begin
        await self._idle.wait()

    def give_up(self) -> int:
        """Cancel the answers in hand, and return how many they were."""
        for task in self._in_hand:
            task.cancel()
        return len(self._in_hand)

    async def _answer(self, interaction: Interaction, ask: Callable[[Caller], Awaitable[Reply]], draw: Draw) -> None:
        with self._hand():
            deferral = Deferral(interaction, self._patience)
            try:
                reply = await ask(self.caller(interaction))
            except Exception as error:  # noqa: BLE001 - the border: whatever happened, the reader gets a sentence
                reply = failure(report(error, action="discord.answer", interaction=interaction.id))
            finally:
                await deferral.end()
            await deliver(interaction, reply, draw)

    def _drawn_once(self, reply: Reply, style: Style | None) -> tuple[DiscordMessage, ...]:
        # Replies are compared by identity: the commands hand out the same one while nothing has changed. Those to
        # presses are made anew each time, so they are not kept.
        drawn = self._drawn.get((reply, style))
        if drawn is None:
            drawn = self._drawn[reply, style] = _draw(reply, style)
        return drawn

    @contextmanager
    def _hand(self) -> Iterator[None]:
        """Count the current task among those in hand, and let its responses go out quietly."""
        respond_quietly()
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("answers are given in tasks")
        self._in_hand.add(task)
        self._idle.clear()
        try:
            yield
        finally:
            self._in_hand.discard(task)
            if not self._in_hand:
                self._idle.set()


def _draw(reply: Reply, style: Style | None) -> tuple[DiscordMessage, ...]:
    return messages(reply, style or "auto")


def choices(found: tuple[Choice, ...]) -> list[app_commands.Choice[str]]:
    """Return `found` as Discord takes it: each value once, labels shortened, what cannot be sent back left out."""
    by_value = {each.value: each.label for each in reversed(found) if 0 < units(each.value) <= CHOICE_TEXT}
    kept = list(reversed(by_value.items()))[:CHOICES]
    return [
        app_commands.Choice(name=shorten(" ".join(label.split()) or value, CHOICE_TEXT), value=value)
        for value, label in kept
    ]
