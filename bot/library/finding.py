"""Finding: what a check found and in which field; becomes a Problem once the field's place in the file is known."""

from dataclasses import dataclass

from bot.library.problem import Level, Problem
from bot.library.yaml_source import Document, Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in the field at `path`."""

    path: Path
    level: Level
    message: str
    hint: str = ""

    def at(self, file: str, document: Document) -> Problem:
        """Return the problem at the field's place in `file`."""
        place = document.place(self.path)
        return Problem(file, place.line, place.column, self.level, self.message, self.hint)


def error(path: Path, message: str, hint: str = "") -> Finding:
    """Return a finding that keeps the entry from being served."""
    return Finding(path, Level.ERROR, message, hint)


def warning(path: Path, message: str, hint: str = "") -> Finding:
    """Return a finding that an editor should look at."""
    return Finding(path, Level.WARNING, message, hint)
