"""Who may manage what a Discord channel is sent: Manage Server, a role that the settings name, or one's own messages.

Discord sends the member and their permissions with every interaction
(https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object); nothing is asked for.
What they may do in another channel comes along where they chose it in a command; else it is reckoned from what the
`guilds` intent tells of the server's roles and channels.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.commands.request import Elsewhere
from bot.errors import BadRequestError

Interaction = discord.Interaction[Any]
_CHANNEL = re.compile(r"(?:<#)?([1-9][0-9]{0,19})>?")
"""An id as Discord writes it, and in no other way: the same channel under another would be another place."""
_ASK = "Only those who may manage the server may"


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever did something, as `bot.commands.request.Person` promises; `roles` are names or ids from the settings."""

    interaction: Interaction
    roles: Sequence[str] = ()
    elsewhere: str = ""
    """The id of the channel that they ask about, where it is another one than their own."""

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
        """Return whether it is an announcement channel: what is posted there is published to servers that follow it.

        Everybody who reads in another channel has been let into the server, and so into its audience.
        """
        return self._kind() == discord.ChannelType.news.value

    async def there(self, channel: str) -> Elsewhere:
        """Return another channel of this server. Raises BadRequestError where there is none that they see."""
        interaction, found = self.interaction, _CHANNEL.fullmatch(channel)
        if interaction.guild_id is None:
            raise BadRequestError(
                "In direct messages there is no other channel.", "Leave it out, or ask on the server."
            )
        if found is None:
            raise BadRequestError("A name alone does not tell me which channel.", "Choose it in the field “channel”.")
        name = _chosen(interaction, found[1]) or self._seen(int(found[1]))
        if not name:
            raise BadRequestError("There is no such channel that both you and I can see.", "Choose another one.")
        return Elsewhere(found[1], name, replace(self, elsewhere=found[1]))

    def _kind(self) -> int | None:
        """Return Discord's number for what kind of channel they ask about; None where it does not tell."""
        interaction, number = self.interaction, self.elsewhere
        chosen = _resolved(interaction, number)
        if chosen is not None:
            kind = chosen.get("type")
            return kind if isinstance(kind, int) else None
        guild = interaction.guild
        channel = guild.get_channel_or_thread(int(number)) if number and guild else interaction.channel
        return channel.type.value if channel is not None else None

    def _seen(self, number: int) -> str:
        """Return what they see a channel of the server called; empty where they do not, or it cannot be told."""
        guild, user = self.interaction.guild, self.interaction.user
        channel = guild.get_channel_or_thread(number) if guild is not None else None
        if guild is None or channel is None or not isinstance(user, discord.Member):
            return ""
        thread = channel if isinstance(channel, discord.Thread) else None
        place = thread.parent if thread is not None else channel
        if place is None or isinstance(place, discord.Thread):
            return ""
        may = place.permissions_for(user)
        if thread is not None and thread.is_private() and not may.manage_threads:
            return ""  # who has been let in is known of nobody but the bot
        return f"#{channel.name}" if may.view_channel else ""

    def _has_role(self) -> bool:
        """Whether they have a role that the settings name; a role that cannot be told by its name does not count."""
        user = self.interaction.user
        if not isinstance(user, discord.Member):
            return False
        wanted = {role.casefold().removeprefix("@") for role in self.roles}
        held = (name for role in user.roles for name in (str(role.id), role.name.casefold().removeprefix("@")))
        return not wanted.isdisjoint(held)


def _chosen(interaction: Interaction, number: str) -> str:
    """Return what a channel is called that was chosen in the command, if Discord says that whoever chose it sees it.

    To see a private thread takes more than its permissions tell, which are those of its parent.
    """
    found = _resolved(interaction, number)
    if found is None or not str(found.get("permissions", "")).isdecimal():
        return ""
    may = discord.Permissions(int(found["permissions"]))
    private = found.get("type") == discord.ChannelType.private_thread.value
    sees = may.administrator or (may.view_channel and (may.manage_threads or not private))
    return f"#{found.get('name') or number}" if sees else ""


def _resolved(interaction: Interaction, number: str) -> Mapping[str, Any] | None:
    """Return what Discord sends along of a channel that was chosen in the command; None of another."""
    data: Mapping[str, Any] = dict(interaction.data or {})
    resolved = data.get("resolved")
    channels = resolved.get("channels") if isinstance(resolved, Mapping) else None
    found = channels.get(number) if isinstance(channels, Mapping) else None
    return found if isinstance(found, Mapping) else None
