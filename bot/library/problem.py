"""Problem: one mistake in one file, told so that an editor finds it and knows what to do."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """An error keeps the file out; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """A mistake at `file:line:column` (lines and columns from 1), what it is, and a hint how to mend it."""

    file: str
    line: int
    column: int
    level: Level
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return ``file:line:column: level: message (hint)``."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.level}: {self.message}{hint}"
