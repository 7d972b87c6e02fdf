"""A reply as lines of a terminal: styled and linked on a screen, plain text in a pipe."""

import re
from collections.abc import Iterator

from rich.style import Style
from rich.text import Text

from bot.reply import Action, Block, Bullets, Callout, Divider, Heading, Note, Paragraph, Quote, Reply, RichText, Tone

_SIGNS = {Tone.INFO: "ℹ", Tone.WARNING: "⚠", Tone.ERROR: "✖"}
_TONES = {Tone.INFO: "cyan", Tone.WARNING: "yellow", Tone.ERROR: "red"}
_ELSEWHERE = frozenset({"share"})
"""Buttons that mean nothing here: there is no channel to share to."""
_MARK = re.compile(r"\[[0-9]{1,6}\]")
_LAST = 1_000_000
_GAP = "   "


def actions(reply: Reply) -> tuple[Action, ...]:
    """Return the buttons a terminal offers, in the order of their numbers from 1."""
    return tuple(action for action in reply.actions if action.name not in _ELSEWHERE)


def text_lines(reply: Reply) -> list[Text]:
    """Return the reply's blocks as styled lines, an empty one between blocks that are not one list."""
    found: list[Text] = []
    for place, block in enumerate(reply.blocks):
        if place and not isinstance(reply.blocks[place - 1], Heading):
            found.append(Text())
        found.extend(_lines(block))
    return found


def plain_text(reply: Reply) -> str:
    """Return what the reader sees before opening anything folded, without styles, escape codes or addresses."""
    return "\n".join(line.plain for line in text_lines(reply))


def button_lines(reply: Reply, width: int | None) -> list[Text]:
    """Return the numbered buttons in lines of at most `width`, none of them broken; in one line for None."""
    lines: list[Text] = []
    for number, action in enumerate(actions(reply), 1):
        button = Text().append(f"{number})", "bold cyan").append(f" {action.label}")
        if not lines or (width is not None and lines[-1].cell_len + len(_GAP) + button.cell_len > width):
            lines.append(button)
        else:
            lines[-1].append(_GAP).append_text(button)
    return lines


def addresses(reply: Reply) -> list[str]:
    """Return ``[1] https://…`` for every link of the reply, once each: a pipe carries links no other way.

    The numbered ones come first, by number; titles stand in the order of the reply.
    """
    found: dict[str, str] = {}
    for block in reply.blocks:
        for spans in _rich_texts(block):
            for span in spans:
                if span.url:
                    found.setdefault(span.url, span.text)
    ordered = sorted(found.items(), key=lambda pair: int(pair[1][1:-1]) if _MARK.fullmatch(pair[1]) else _LAST)
    return [f"{label} {url}" for url, label in ordered]


def _lines(block: Block) -> Iterator[Text]:
    match block:
        case Heading(words, level):
            yield Text(words, "bold underline" if level == 1 else "bold")
        case Paragraph(spans):
            yield _styled(spans)
        case Note(spans):
            yield _styled(spans, "dim")
        case Quote(spans):
            yield Text("│ ", "dim").append_text(_styled(spans))
        case Callout(tone, spans):
            yield Text(f"{_SIGNS[tone]} ", _TONES[tone]).append_text(_styled(spans, _TONES[tone]))
        case Bullets(items, start):
            for number, spans in enumerate(items, start or 0):
                mark = "• " if start is None else f"{number}. "
                yield Text(mark, "dim").append_text(_styled(spans))
        case Divider():
            yield Text("────", "dim")


def _rich_texts(block: Block) -> tuple[RichText, ...]:
    match block:
        case Paragraph(spans) | Note(spans) | Quote(spans) | Callout(_, spans):
            return (spans,)
        case Bullets(items):
            return items
        case Heading() | Divider():
            return ()


def _styled(spans: RichText, base: str = "") -> Text:
    line = Text(style=base)
    for span in spans:
        colour = "blue" if span.url else ("cyan" if span.code else None)
        line.append(span.text, Style(bold=span.bold or None, italic=span.italic or None, color=colour, link=span.url))
    return line
