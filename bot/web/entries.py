"""The list of entries beside every tab: what can be seen, what is broken, and what is there but shown to nobody."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from htpy import Node

from bot.errors import new_reference
from bot.library.entry import Entry
from bot.library.problem import Level, Problem
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Status
from bot.web.layout import Listed, entry_list
from bot.web.shelf import Shelf

FOUND = 25
"""Entries that a search shows at most."""


class Entries:
    """The entries and files of a shelf as one reader may see them."""

    def __init__(self, shelf: Shelf, viewer: Callable[[], Viewer]) -> None:
        """Take the shelf, and who looks, asked each time because an embargo may end."""
        self._shelf = shelf
        self._viewer = viewer
        self._start = new_reference()  # a page that was left open over a restart has to see that it is out of date
        self._reloads = 0

    @property
    def revision(self) -> str:
        """What changes with each reload, also when only the mistakes have changed."""
        return f"{self._start}-{self._reloads}"

    def reloaded(self) -> None:
        """Note that the library was read again."""
        self._reloads += 1

    @property
    def root(self) -> Path:
        """The folder that the files' paths are relative to."""
        return self._shelf.root

    def draw(self, current: str = "", query: str = "") -> Node:
        """Return the search box and the list; `current` is the address of the entry that is open."""
        return entry_list(self.listed(query), current, query)

    def listed(self, query: str = "") -> Sequence[Listed]:
        """Return the lines of the list: those that match `query`, best first, or all of them by title."""
        library, viewer = self._shelf.library, self._viewer()
        if query.strip():
            entries: Iterable[Entry] = (each.entry for each in library.complete(query, viewer, FOUND))
        else:
            entries = library.browse(viewer)
        shown = [self._line(entry) for entry in entries]
        others = [each for each in self._others(viewer) if query.strip().casefold() in each.file.casefold()]
        return [*shown, *others]

    def find(self, slug: str) -> Entry | None:
        """Return the visible entry whose file is `slug` without its ending."""
        library, viewer = self._shelf.library, self._viewer()
        found = (entry for entry in library.entries_by_id.values() if slug_of(entry.path) == slug)
        return next((entry for entry in found if visible(entry, viewer)), None)

    def problems(self, file: str) -> tuple[Problem, ...]:
        """Return the problems of one file, in its order."""
        return tuple(sorted(each for each in self._shelf.library.problems if each.file == file))

    def files(self) -> Sequence[str]:
        """Return every file that is an entry or has a problem."""
        library = self._shelf.library
        return sorted(
            {entry.path for entry in library.entries_by_id.values()} | {each.file for each in library.problems}
        )

    def is_stale(self, entry: Entry) -> bool:
        """Return whether `entry` is an older version than its file, which is broken."""
        return entry.id in self._shelf.library.stale

    def hidden(self, file: str) -> str:
        """Return why nobody is shown the entry in `file`; empty when they are, or when there is none."""
        viewer = self._viewer()
        found = (entry for entry in self._shelf.library.entries_by_id.values() if entry.path == file)
        return next((_reason(entry, viewer) for entry in found if not visible(entry, viewer)), "")

    def _line(self, entry: Entry) -> Listed:
        problems = self.problems(entry.path)
        return Listed(address(entry.path), entry.title, entry.path, _state(problems), _broken(problems))

    def _others(self, viewer: Viewer) -> list[Listed]:
        """Return the files that are no visible entry: new and broken ones, and those that are shown to nobody."""
        seen = {entry.path for entry in self._shelf.library.browse(viewer)}
        lines = []
        for file in self.files():
            if file not in seen:
                problems = self.problems(file)
                # The title of what may not be seen is not told; its file is.
                state = _state(problems) or self.hidden(file)
                lines.append(Listed(address(file), slug_of(file).rpartition("/")[2], file, state, _broken(problems)))
        return lines


def slug_of(path: str) -> str:
    """Return an entry's path without its ending: ``people/antony-blinken``."""
    return path.removesuffix(".md")


def address(path: str) -> str:
    """Return where the page shows the file at `path`."""
    return f"/preview/{slug_of(path)}"


def _state(problems: Sequence[Problem]) -> str:
    if _broken(problems):
        return "has errors"
    return f"{len(problems)} warning{'s' if len(problems) > 1 else ''}" if problems else ""


def _broken(problems: Sequence[Problem]) -> bool:
    return any(each.level is Level.ERROR for each in problems)


def _reason(entry: Entry, viewer: Viewer) -> str:
    if entry.status is not Status.PUBLISHED:
        return f"{entry.status}: shown to nobody"
    if entry.publish_at is not None and entry.publish_at > viewer.now:
        return f"not before {entry.publish_at:%Y-%m-%d %H:%M %Z}"
    return f"for the {entry.audience} audience only"
