"""Document: the data of a YAML text as read, and where each key and value of it stands."""

from dataclasses import dataclass, field
from typing import Any

from bot.library.place import Fault, Place

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """The data, where each value and key stands, and every fault found on the way."""

    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return where the value at `path` stands, or its nearest parent that is written in the file."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(1, 1))

    def key_place(self, path: Path) -> Place:
        """Return where the key of `path` stands, or the value's place when it is not a key."""
        return self.keys.get(path) or self.place(path)
