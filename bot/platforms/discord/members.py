"""Who may manage what a Discord channel is sent: Manage Server, a role that the settings name, or one's own messages.

Discord sends the member and their permissions with every interaction
(https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object); nothing is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

Interaction = discord.Interaction[Any]
_ASK = "Only those who may manage the server may"


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever did something, as `bot.commands.request.Person` promises; `roles` are names or ids from the settings."""

    interaction: Interaction
    roles: Sequence[str] = ()

    async def may_not_manage(self) -> str:
        """Return why they may not manage what this place is sent; empty where they may."""
        if self.interaction.guild_id is None:
            return ""  # in direct messages there is nobody else
        permissions = self.interaction.permissions
        if permissions.administrator or permissions.manage_guild or self._has_role():
            return ""
        return f"{_ASK}, and those with a role that the bot's settings name." if self.roles else f"{_ASK}."

    async def zone(self) -> str:
        """Return nothing: Discord does not tell."""
        return ""

    async def overheard(self) -> bool:
        """Return that nobody does: everybody who reads has been let into the server, and so into its audience."""
        return False

    def _has_role(self) -> bool:
        """Whether they have a role that the settings name; a role that cannot be told by its name does not count."""
        user = self.interaction.user
        if not isinstance(user, discord.Member):
            return False
        wanted = {role.casefold().removeprefix("@") for role in self.roles}
        held = (name for role in user.roles for name in (str(role.id), role.name.casefold().removeprefix("@")))
        return not wanted.isdisjoint(held)
