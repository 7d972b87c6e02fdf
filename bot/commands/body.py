"""The body's Markdown, as the library parsed it, becomes blocks: folded reading behind the Background button."""

from typing import TYPE_CHECKING

from bot.commands.pages import Unit
from bot.library.entry import Section
from bot.reply import Block, Bullets, Paragraph, Quote, RichText, Span

if TYPE_CHECKING:
    from bot.library.body import Line

_NESTED = "– "


def body_units(section: Section) -> list[Unit]:
    """Return the section line by line, each under the section's heading; an empty one is its heading alone."""
    from bot.library.body import parse_section  # here, since a start has no need of the Markdown parser

    units = [Unit(section.heading, _block(line)) for line in parse_section(section)]
    return units or [Unit("", Paragraph((Span(section.heading, bold=True),)))]


def _block(line: "Line") -> Block:
    spans: RichText = tuple(
        Span(inline.text, bold=inline.bold, italic=inline.italic, code=inline.code, url=inline.url)
        for inline in line.inlines
        if inline.text
    )
    match line.sort:
        case "quote":
            return Quote(spans)
        case "heading":
            return Paragraph(tuple(Span(span.text, bold=True, url=span.url) for span in spans))
        case "item" | "row":
            return Bullets(((Span(_NESTED * line.depth), *spans) if line.depth else spans,))
        case "number":
            return Bullets((spans,), start=line.number)
        case _:
            return Paragraph(spans)
