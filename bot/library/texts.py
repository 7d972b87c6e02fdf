"""Every text of an entry that is ours, and where it stands: what the rules of wording are held against."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.library.document import Path
from bot.library.entry import Entry, Section
from bot.library.finding import Finding
from bot.library.problem import Level


class Text(NamedTuple):
    """Words of ours in the field at `path`, or on `line` of the file where they stand in the body."""

    path: Path
    words: str
    line: int | None = None
    quote: bool = False
    """Whether the form says that they are somebody's words: a quotation in Markdown."""

    def finding(self, level: Level, message: str, hint: str) -> Finding:
        """Return a finding about the text."""
        return Finding(self.path, level, message, hint, line=self.line)


def own_texts(entry: Entry) -> Iterator[Text]:
    """Yield every text that is ours: fields first, in the order of the format, then the body's paragraphs."""
    yield Text(("description",), entry.description)
    yield Text(("bottom_line",), entry.bottom_line)
    if entry.why_it_matters:
        yield Text(("why_it_matters",), entry.why_it_matters)
    yield from _claims(entry)
    yield from (Text(("positions", n, "holds"), each.holds) for n, each in enumerate(entry.positions))
    yield from (Text(("judgments", n, "text"), each.text) for n, each in enumerate(entry.judgments))
    yield from (Text(("former_bottom_lines", n, "text"), each.text) for n, each in enumerate(entry.former_bottom_lines))
    yield from (Text(("corrections", n, "now"), each.now) for n, each in enumerate(entry.corrections))
    for section in entry.sections:
        yield from _body(section)


def _claims(entry: Entry) -> Iterator[Text]:
    for place, claim in enumerate(entry.claims):
        yield Text(("claims", place, "text"), claim.text)
        yield from (
            Text(("claims", place, "other_side", n, "text"), side.text) for n, side in enumerate(claim.other_side)
        )
        if claim.forecast and claim.forecast.text:
            yield Text(("claims", place, "forecast", "text"), claim.forecast.text)
        for name, words in (("general_knowledge", claim.general_knowledge), ("source_note", claim.source_note)):
            if words:
                yield Text(("claims", place, name), words)


def _body(section: Section) -> Iterator[Text]:
    yield Text((), section.heading, section.line)
    paragraph: list[str] = []
    begin = section.begin
    for number, line in enumerate((*section.markdown.split("\n"), ""), section.begin):
        if line.strip():
            begin = begin if paragraph else number
            paragraph.append(line.strip())
        elif paragraph:
            yield Text((), " ".join(paragraph), begin, quote=paragraph[0].startswith(">"))
            paragraph = []
