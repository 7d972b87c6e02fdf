"""Document: the data of a YAML text as read, and where each key and value of it stands."""

from dataclasses import dataclass, field
from typing import Any

from bot.library.place import Fault, Place

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """The data, where each value and key stands, and every fault found on the way.

    The parser's own marks are kept, counted from 0 within the text: of ten thousand places hardly one is asked for.
    """

    first_line: int = 1
    data: Any = None
    values: dict[Path, Any] = field(default_factory=dict)
    keys: dict[Path, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return where the value at `path` stands, or its nearest parent that is written in the file."""
        while path and path not in self.values:
            path = path[:-1]
        return self.at(self.values[path]) if path in self.values else Place(1, 1)

    def key_place(self, path: Path) -> Place:
        """Return where the key of `path` stands, or the value's place when it is not a key."""
        return self.at(self.keys[path]) if path in self.keys else self.place(path)

    def at(self, mark: Any) -> Place:
        """Return the place of one of the parser's marks in the file."""
        return Place(self.first_line + mark.line, mark.column + 1)
