"""Our buttons: what a press means stands in its custom_id, so it works after a restart and on any replica."""

import re
from typing import Any, Protocol, Self

import discord

from bot.reply import ACTION_LIMIT, ACTION_PREFIX


class Presses(Protocol):
    """A client that answers presses."""

    async def pressed(self, interaction: discord.Interaction[Any], action: str) -> None:
        """Answer the button whose custom_id is `action`."""
        ...


class ActionButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=re.compile(rf"{re.escape(ACTION_PREFIX)}\|.{{1,{ACTION_LIMIT}}}", re.DOTALL),
):
    """Any button whose custom_id is an encoded `Action`."""

    @classmethod
    async def from_custom_id(  # type: ignore[override]  # the client's type is ours, as everywhere in discord.py
        cls, interaction: discord.Interaction[Any], item: discord.ui.Button[Any], match: re.Match[str], /
    ) -> Self:
        """Return the pressed button; the action is read when it is answered."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the client."""
        client: Presses = interaction.client
        await client.pressed(interaction, self.custom_id)
