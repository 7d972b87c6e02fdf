"""What each tier of readers sees of a library, kept from when it is first asked for."""

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

from bot.library.entry import Entry
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience

if TYPE_CHECKING:
    from bot.library.sight import Sight


class Sights:
    """What each tier of readers sees, made when it is first asked for, or before by `follow`."""

    def __init__(self, entries: Iterable[Entry], before: "Sights | None" = None) -> None:
        """Make nothing yet; what did not change since `before` will be taken over from it."""
        self._entries = tuple(entry for entry in entries)  # not in one step, however many there are
        self._before = before.made() if before else {}
        self._made: dict[Audience, tuple[Sight, Viewer]] = {}
        self._lock = Lock()

    def __reduce__(self) -> tuple[type["Sights"], tuple[tuple[Entry, ...]]]:
        """Hand the entries to another process, without what was made of them."""
        return Sights, (self._entries,)

    def of(self, viewer: Viewer) -> "Sight":
        """Return what `viewer` sees; the first time, and when something lapses, it is made."""
        sight = self._fitting(viewer)
        if sight is not None:
            return sight
        with self._lock:
            sight = self._fitting(viewer)
            if sight is None:
                from bot.library.sight import Sight  # here, since a start makes none

                before, _ = self._before.pop(viewer.audience, (None, None))
                sight = Sight.of(self._entries, viewer, before)
                self._made[viewer.audience] = sight, viewer
        return sight

    def ready(self, viewer: Viewer) -> bool:
        """Return whether what `viewer` sees is made, so that asking for it takes no time."""
        return self._fitting(viewer) is not None

    def follow(self) -> None:
        """Make what was made before, for the same tiers."""
        for _, viewer in tuple(self._before.values()):
            self.of(viewer)

    def made(self) -> dict[Audience, tuple["Sight", Viewer]]:
        """Return what was made, each with the viewer it was made for."""
        return dict(self._made)

    def _fitting(self, viewer: Viewer) -> "Sight | None":
        sight, _ = self._made.get(viewer.audience, (None, None))
        return sight if sight is not None and sight.fits(viewer) else None
