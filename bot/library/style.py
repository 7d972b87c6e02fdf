"""The house style: words that take a side or mislead, and what to write instead. `briefbot check` warns of them.

The list is a file of its own, so that a desk can change its style without a programmer. Words in verbatim and
translated quotations are somebody else's and are left alone; so are names of sources.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.library.entry import Entry
from bot.library.fields import Line, Short
from bot.library.finding import Finding
from bot.library.library import Library
from bot.library.problem import Level, Problem
from bot.library.texts import Text, own_texts
from bot.library.yaml_source import read_yaml


class Avoided(BaseModel):
    """A word or phrase to avoid; with `unless`, not where the text is somebody's attributed view."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: Short
    instead: Short
    why: Line
    unless: Literal["attributed"] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the word: whole words in any case, with any white space between them."""
        words = r"\s+".join(map(re.escape, self.word.split()))
        return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


_MENTIONED = re.compile(r"[“\"][^“”\"]*[”\"]|‘[^‘’]*’")
"""What stands in quotation marks is spoken of, not used."""
_LIST: TypeAdapter[list[Avoided]] = TypeAdapter(Annotated[list[Avoided], Field(max_length=500)])


def read_style(path: Path) -> tuple[Sequence[Avoided], list[Problem]]:
    """Return the list in the file at `path` and what is wrong with it; a file with a mistake avoids nothing."""
    try:
        document = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return (), [Problem(str(path), 1, 1, Level.ERROR, f"cannot be read: {type(error).__name__}")]
    problems = [
        Problem(str(path), fault.place.line, fault.place.column, Level.ERROR, fault.message, fault.hint)
        for fault in document.faults
    ]
    if problems:
        return (), problems
    try:
        return _LIST.validate_python(document.data), []
    except ValidationError as error:
        hint = "each item has word, instead and why, and may say unless: attributed"
        for detail in error.errors(include_url=False):
            place = document.place(tuple(detail["loc"]))
            problems.append(Problem(str(path), place.line, place.column, Level.ERROR, detail["msg"], hint))
        return (), problems


def style_problems(library: Library, style: Sequence[Avoided]) -> list[Problem]:
    """Return a warning at each place in the entries of `library` where a word of `style` stands."""
    found: list[Problem] = []
    for read in library.reads:
        if read.entry is not None and read.sound:
            found += read.located(list(style_findings(read.entry, style)))
    return found


def style_findings(entry: Entry, style: Iterable[Avoided]) -> Iterator[Finding]:
    """Yield a warning for each avoided word in the texts of `entry` that are its own."""
    texts = [(text, _attributed(entry, text)) for text in own_texts(entry)]
    for avoided in style:
        for text, attributed in texts:
            if avoided.unless == "attributed" and attributed:
                continue
            if found := avoided.pattern.search(_MENTIONED.sub(" … ", text.words)):
                hint = f"{avoided.instead}: {avoided.why}"
                yield text.finding(Level.WARNING, f"the house style avoids “{found[0]}”", hint)


def _attributed(entry: Entry, text: Text) -> bool:
    """Return whether `text` says whose view it tells."""
    match text.path:
        case ("claims", int(place), "text"):
            claim = entry.claims[place]
            return claim.said_by is not None
        case ("claims", int(), "other_side", *_) | ("positions" | "judgments", *_):
            return True
        case _:
            return text.quote
