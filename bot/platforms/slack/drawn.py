"""Replies drawn once: the commands hand out the same one while nothing has changed.

Kept with each is the acknowledgement that carries it, as JSON already: making it costs more than all else in a command.
"""

import json
from dataclasses import dataclass

from cachetools import LRUCache

from bot.platforms.slack.render import Json, messages
from bot.reply import Reply, Visibility

_KEPT = 256


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reply as Slack's messages; `ack` is the JSON of an acknowledgement with the first of them."""

    messages: tuple[Json, ...]
    ack: str


class Drawings:
    """The drawings of the replies that were asked for last."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: LRUCache[Reply, Drawn] = LRUCache(_KEPT)

    def of(self, reply: Reply) -> Drawn:
        """Return `reply` drawn; replies are compared by identity."""
        found = self._kept.get(reply)
        if found is None:
            found = self._kept[reply] = draw(reply)
        return found


def draw(reply: Reply) -> Drawn:
    """Draw `reply`."""
    drawn = messages(reply)
    kind = "in_channel" if reply.visibility is Visibility.PUBLIC else "ephemeral"
    return Drawn(drawn, json.dumps({"response_type": kind, **drawn[0]}))
