"""discord.py views that are already drawn: the components are there once and for all, nothing listens to them.

discord.py keeps a view that it sends, to find the callback of a pressed button and to let it time out: a bot that
answers for months would keep them all. Our buttons carry what they mean in their custom_id, so a view has nothing to
wait for: it has no items and says that it is finished before it is sent. For the same reason one view can be sent many
times.
"""

from typing import Any

import discord

Component = dict[str, Any]


class DrawnLayout(discord.ui.LayoutView):
    """The components of a Components V2 message."""

    def __init__(self, components: list[Component]) -> None:
        """Take the top-level components, as the API wants them."""
        super().__init__(timeout=None)
        self._drawn = components

    def to_components(self) -> list[Component]:
        """Return the components."""
        return self._drawn

    def has_components_v2(self) -> bool:
        """Return True: the message gets the flag."""
        return True

    def is_finished(self) -> bool:
        """Return True: it is not to be kept."""
        return True


class DrawnRows(discord.ui.View):
    """The rows of buttons under a message with embeds."""

    def __init__(self, components: list[Component]) -> None:
        """Take the action rows, as the API wants them."""
        super().__init__(timeout=None)
        self._drawn = components

    def to_components(self) -> list[Component]:
        """Return the rows."""
        return self._drawn

    def is_finished(self) -> bool:
        """Return True: it is not to be kept."""
        return True
