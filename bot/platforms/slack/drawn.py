"""Replies drawn once: the commands hand out the same one while nothing has changed.

Kept with each is the acknowledgement that carries it, as JSON already: making it costs more than all else in a command.
"""

import json
from dataclasses import dataclass, replace

from cachetools import LRUCache

from bot.platforms.slack.render import Json, messages
from bot.reply import Reply, Visibility

_KEPT = 256
_SHARE = "share"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reply as Slack's messages, whether all may see them, and the JSON of an acknowledgement with the first."""

    messages: tuple[Json, ...]
    public: bool
    ack: str


class Drawings:
    """The drawings of the replies that were asked for last."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: LRUCache[Reply, Drawn] = LRUCache(_KEPT)
        self._kept_open: LRUCache[Reply, Drawn] = LRUCache(_KEPT)

    def of(self, reply: Reply) -> Drawn:
        """Return `reply` drawn; replies are compared by identity."""
        found = self._kept.get(reply)
        if found is None:
            found = self._kept[reply] = draw(reply)
        return found

    def in_the_open(self, reply: Reply) -> Drawn:
        """Return `reply` drawn for where everybody sees it."""
        found = self._kept_open.get(reply)
        if found is None:
            found = self._kept_open[reply] = draw(replace(reply, visibility=Visibility.PUBLIC))
        return found


def draw(reply: Reply) -> Drawn:
    """Draw `reply`; what is public already is not offered to be shared."""
    public = reply.visibility is Visibility.PUBLIC
    if public:
        reply = replace(reply, actions=tuple(action for action in reply.actions if action.name != _SHARE))
    drawn = messages(reply)
    kind = "in_channel" if public else "ephemeral"
    return Drawn(drawn, public, json.dumps({"response_type": kind, **drawn[0]}, separators=(",", ":")))
