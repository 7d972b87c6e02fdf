"""Blocks as Discord Markdown: one text a block, and the gaps between them."""

from collections.abc import Iterable

from bot.platforms.discord.markup import lines, single
from bot.reply import Block, Bullets, Callout, Divider, Heading, Note, Paragraph, Quote, Span, Tone

_HEADINGS = {1: "## ", 2: "### "}
_SIGNS = {Tone.INFO: "ℹ️ **Note:**", Tone.WARNING: "⚠️ **Caution:**", Tone.ERROR: "⛔ **Error:**"}
RULE = "⎯" * 12
"""A divider where there is no separator component."""


def block_text(block: Block) -> str:
    """Return `block` as Discord Markdown; empty when it has no words."""
    match block:
        case Heading(words, level):
            drawn = _heading(single((Span(words),)), level)
        case Paragraph(spans):
            drawn = "\n".join(line.strip() for line in lines(spans)).strip()
        case Note(spans):
            drawn = _prefixed("-# ", lines(spans))
        case Quote(spans):
            drawn = _prefixed("> ", lines(spans))
        case Callout(tone, spans):
            drawn = f"{_SIGNS[tone]} {single(spans)}"
        case Bullets(items, start):
            marks = ("- " if start is None else f"{start + i}. " for i in range(len(items)))
            drawn = "\n".join(f"{mark}{single(item)}" for mark, item in zip(marks, items, strict=True))
        case Divider():
            drawn = RULE
    return drawn


def _heading(title: str, level: int) -> str:
    if not title:
        return ""
    return f"{_HEADINGS[level]}{title}" if level in _HEADINGS else f"**{title}**"


def _prefixed(prefix: str, texts: Iterable[str]) -> str:
    return "\n".join(f"{prefix}{text.strip()}" for text in texts if text.strip())


def joined(blocks: Iterable[Block]) -> str:
    """Return `blocks` under each other: close to their heading, a blank line apart from each other."""
    drawn = ""
    previous: Block | None = None
    for block in blocks:
        piece = block_text(block)
        if not piece:
            continue
        if drawn:
            drawn += "\n" if isinstance(previous, Heading) or _runs_on(previous, block) else "\n\n"
        drawn += piece
        previous = block
    return drawn


def _runs_on(previous: Block | None, block: Block) -> bool:
    """Return whether `block` continues `previous`: two notes, or the list that a paragraph announces."""
    match previous, block:
        case (Note(), Note()) | (Paragraph(), Bullets()):
            return True
        case _:
            return False
