"""Finding: what a check found and in which field; becomes a Problem once the field's place in the file is known."""

from dataclasses import dataclass

from bot.library.document import Document, Path
from bot.library.place import Place
from bot.library.problem import Level, Problem

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in the field at `path`."""

    path: Path
    level: Level
    message: str
    hint: str = ""
    rests_on: str = ""
    """The list of the entry whose ids it takes for complete, or `EVERYTHING`; see `mend`."""

    line: int | None = None
    """The line in the file, for what stands in the body and not in a field."""

    def at(self, file: str, document: Document) -> Problem:
        """Return the problem at the field's place in `file`."""
        place = document.place(self.path) if self.line is None else Place(self.line, 1)
        return Problem(file, place.line, place.column, self.level, self.message, self.hint)


def error(path: Path, message: str, hint: str = "", rests_on: str = "") -> Finding:
    """Return a finding that keeps the entry from being served."""
    return Finding(path, Level.ERROR, message, hint, rests_on)


def warning(path: Path, message: str, hint: str = "", rests_on: str = "") -> Finding:
    """Return a finding that an editor should look at."""
    return Finding(path, Level.WARNING, message, hint, rests_on)
