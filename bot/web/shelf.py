"""What the page needs of the folder of briefings: the current library, where its files are, and to hear of changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bot.library.library import Library


class Shelf(Protocol):
    """The library that is current; `bot.library.watch.Shelf` is one."""

    @property
    def library(self) -> Library:
        """The library as last read."""
        ...

    @property
    def root(self) -> Path:
        """The folder that its files' paths are relative to."""
        ...

    def subscribe(self, changed: Callable[[Library], None]) -> Callable[[], None]:
        """Call `changed` after each reload; the function that is returned ends that."""
        ...
