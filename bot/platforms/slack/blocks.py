"""Blocks of a reply as blocks of Slack: rich text, whose elements carry words as data.

Nothing of ours goes out as mrkdwn, so no word of an entry or of a reader can ping, format or link by accident.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.platforms.slack import limits
from bot.reply import (
    Block,
    Bullets,
    Callout,
    Divider,
    Heading,
    Note,
    Paragraph,
    Quote,
    RichText,
    Span,
    Tone,
    lines,
    plain,
    text,
)

Json = dict[str, Any]

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""What Slack escapes in texts (https://docs.slack.dev/messaging/formatting-message-text#escaping)."""
_SIGNS = {
    Tone.INFO: ("ℹ️ ", "Note: "),
    Tone.WARNING: ("⚠️ ", "Caution: "),
    Tone.ERROR: ("⛔ ", "Error: "),
}
_RULE = "⎯" * 12
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def slack_blocks(blocks: Iterable[Block]) -> list[Json]:
    """Return `blocks` as Slack's JSON, one for each; a heading shares one with its text, a list with what announces it.

    Blocks without a word are left out.
    """
    drawn: list[Json] = []
    run: list[Block] = []
    for block in blocks:
        if alone := _standing_alone(block):
            drawn += [*_rich(run), alone]
            run = []
        elif run and _continues(run[-1], block) and cost((*run, block)) <= limits.SECTION_TEXT:
            run.append(block)
        else:
            drawn += _rich(run)
            run = [block]
    return [*drawn, *_rich(run)]


def one_block(blocks: Iterable[Block]) -> list[Json]:
    """Return all `blocks` as a single one, for where blocks are scarcer than characters."""
    return _rich(list(blocks))


def cost(blocks: Iterable[Block]) -> int:
    """Return how many characters Slack is taken to count: words as it escapes them, addresses, something a piece."""
    return sum(
        len(span.text.translate(ESCAPES)) + len(span.url or "") + limits.ELEMENT_COST
        for spans in lines(blocks)
        for span in spans
    )


def _continues(before: Block, block: Block) -> bool:
    return isinstance(before, Heading) or (isinstance(before, Paragraph) and isinstance(block, Bullets))


def _standing_alone(block: Block) -> Json | None:
    """Return the block that Slack has for it, or None where rich text serves."""
    match block:
        case Heading(words, 1) if 0 < len(title := " ".join(clean(words).split())) <= limits.HEADER:
            return {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}
        case Note(spans) if not any(span.url for span in spans) and (words := clean(plain(spans)).strip()):
            return {"type": "context", "elements": [{"type": "plain_text", "text": words, "emoji": False}]}
        case Divider():
            return {"type": "divider"}
        case _:
            return None


def _rich(run: Sequence[Block]) -> list[Json]:
    parts: list[Json] = []
    for block in run:
        for part in _parts(block):
            before = parts[-1] if parts else None
            if before and part["type"] == before["type"] == "rich_text_section":
                before["elements"] += [_element(Span("\n")), *part["elements"]]
            else:
                parts.append(part)
    return [{"type": "rich_text", "elements": parts}] if parts else []


def _parts(block: Block) -> list[Json]:
    match block:
        case Heading(words):
            return _part("section", (Span(words, bold=True),))
        case Paragraph(spans) | Note(spans):
            return _part("section", spans)
        case Callout(tone, spans):
            sign, word = _SIGNS[tone]
            return _part("section", (Span(sign), Span(word, bold=True), *spans)) if plain(spans).strip() else []
        case Quote(spans):
            return _part("quote", spans)
        case Bullets(items, start):
            elements = [line for item in items for line in _part("section", item)]
            style: Json = {"style": "bullet"} if start is None else {"style": "ordered", "offset": start - 1}
            return [{"type": "rich_text_list", **style, "elements": elements}] if elements else []
        case Divider():
            return _part("section", text(_RULE))


def _part(kind: str, spans: RichText) -> list[Json]:
    tidy = _tidy(spans)
    return [{"type": f"rich_text_{kind}", "elements": [_element(span) for span in tidy]}] if tidy else []


def _tidy(spans: RichText) -> RichText:
    """Return `spans` as Slack takes them: without characters it refuses, without space around them."""
    kept = [replace(span, text=clean(span.text)) for span in spans]
    while kept and not (first := kept[0].text.lstrip()):
        del kept[0]
    while kept and not (last := kept[-1].text.rstrip()):
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], text=first)
        kept[-1] = replace(kept[-1], text=last if len(kept) > 1 else first.rstrip())
    return tuple(span for span in kept if span.text)


def clean(words: str) -> str:
    """Return `words` without the characters that Slack could not take: controls, halves of surrogate pairs."""
    lines_alike = words.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", lines_alike)


def _element(span: Span) -> Json:
    style = {name: True for name, on in (("bold", span.bold), ("italic", span.italic), ("code", span.code)) if on}
    element: Json = {"type": "link", "url": span.url} if span.url else {"type": "text"}
    return element | {"text": span.text} | ({"style": style} if style else {})
