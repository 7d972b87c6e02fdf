"""The table of commands as Discord's application commands: options, descriptions, completion, where they work."""

import inspect
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

import discord
from discord import app_commands

from bot.commands.spec import COMMANDS, COMPLETED, Command, Option, OptionKind

Choices = list[app_commands.Choice[str]]


CHANNELS = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
)
"""What Discord offers where a channel is chosen: those that take editions (`places.Kind`)."""


class Answers(Protocol):
    """What answers the commands of a tree (`answer.Answers`)."""

    async def command(self, interaction: discord.Interaction[Any], name: str, options: dict[str, str]) -> None:
        """Answer the command called `name`."""
        ...

    async def complete(self, interaction: discord.Interaction[Any], command: str, option: str, partial: str) -> Choices:
        """Return the choices for what was typed so far."""
        ...

    async def fail(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Tell the user that `error` happened before a command could begin."""
        ...


class _Channel(app_commands.Transformer):
    """A channel that is chosen, as its id; what may be done there is asked of whoever chose it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return list(CHANNELS)

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        del interaction
        return str(getattr(value, "id", value))  # words where a client has an older command


class CommandTree(app_commands.CommandTree[discord.AutoShardedClient]):
    """The tree of our commands; what goes wrong in discord.py itself is told to the user as well."""

    def __init__(
        self, client: discord.AutoShardedClient, answers: Answers, commands: Sequence[Command] = COMMANDS
    ) -> None:
        """Build every command of `commands` for servers, direct messages and group chats."""
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._answers = answers
        for command in commands:
            made = command_group(command, answers) if command.subcommands else application_command(command, answers)
            self.add_command(made)

    async def on_error(
        self, interaction: discord.Interaction[discord.AutoShardedClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer a command that Discord still has and we do not, or have with other options."""
        await self._answers.fail(interaction, error)


def command_group(command: Command, answers: Answers) -> app_commands.Group:
    """Return a command with subcommands as discord.py's group; Discord itself offers no command without one."""
    group = app_commands.Group(name=command.name, description=command.summary)
    for each in command.subcommands:
        group.add_command(application_command(each, answers))
    return group


def application_command(command: Command, answers: Answers) -> app_commands.Command[Any, ..., None]:
    """Return `command` as discord.py's command: options by name, text but for channels, completed where we complete."""
    names = {_identifier(option): option.name for option in command.options}

    async def callback(interaction: discord.Interaction[Any], **typed: str) -> None:
        await answers.command(interaction, command.name, {names[key]: words for key, words in typed.items() if words})

    # discord.py reads a command's options from its callback's signature; ours comes from the table.
    callback.__signature__ = _signature(command.options)  # type: ignore[attr-defined]  # functions have it, typeshed does not say so
    renamed = app_commands.rename(**names)(callback)
    described = app_commands.describe(**{_identifier(each): each.help for each in command.options})(renamed)
    chosen = app_commands.choices(
        **{
            _identifier(each): [app_commands.Choice(name=choice, value=choice) for choice in each.choices]
            for each in command.options
            if each.choices
        }
    )(described)
    built: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=command.last, description=command.summary, callback=chosen
    )
    for option in command.options:
        if option.kind in COMPLETED:
            built.autocomplete(_identifier(option))(_completion(command.name, option.name, answers))
    return built


_CHANNEL = app_commands.Transform[str, _Channel]


def _identifier(option: Option) -> str:
    return option.name.replace("-", "_")


def _signature(options: Sequence[Option]) -> inspect.Signature:
    keyword = inspect.Parameter.KEYWORD_ONLY
    interaction = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_ONLY, annotation=discord.Interaction)
    parameters = (
        inspect.Parameter(
            _identifier(option),
            keyword,
            annotation=_CHANNEL if option.kind is OptionKind.CHANNEL else str,
            default=inspect.Parameter.empty if option.required else "",
        )
        for option in options
    )
    return inspect.Signature((interaction, *parameters))


def _completion(
    command: str, option: str, answers: Answers
) -> Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, Choices]]:
    async def complete(interaction: discord.Interaction[Any], partial: str) -> Choices:
        return await answers.complete(interaction, command, option, partial)

    return complete
