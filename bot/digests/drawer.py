"""Replies drawn for the platforms: the same one for a hundred channels is drawn once."""

from collections.abc import Mapping

from cachetools import LRUCache

from bot.contract import Carrier
from bot.reply import Reply

_KEPT = 256


class Drawer:
    """Draws editions; remembers the latest, by identity, as the composer hands out the same reply for the same."""

    def __init__(self, carriers: Mapping[str, Carrier]) -> None:
        """Take who draws, by platform."""
        self._carriers = carriers
        self._kept: LRUCache[tuple[str, Reply], tuple[str, ...]] = LRUCache(_KEPT)

    def knows(self, platform: str) -> bool:
        """Return whether anybody carries to `platform`."""
        return platform in self._carriers

    def draw(self, platform: str, reply: Reply) -> tuple[str, ...]:
        """Return the messages of `reply` in order, as JSON."""
        found = self._kept.get((platform, reply))
        if found is None:
            found = self._kept[platform, reply] = self._carriers[platform].draw(reply)
        return found
