"""Blocks of a reply as blocks of Slack: rich text, whose elements carry words as data.

Nothing of ours goes out as mrkdwn, so no word of an entry or of a reader can ping, format or link by accident.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.platforms.slack import limits
from bot.reply import Block, Bullets, Callout, Divider, Heading, Note, Paragraph, Quote, RichText, Span, Tone, plain

Json = dict[str, Any]

_SIGNS = {Tone.INFO: "ℹ️ ", Tone.WARNING: "⚠️ ", Tone.ERROR: "⛔ "}


def slack_blocks(blocks: Iterable[Block]) -> list[Json]:
    """Return `blocks` as Slack's JSON; neighbouring texts share one rich_text block, which reads closer together."""
    found: list[Json] = []
    run: list[Json] = []
    size = 0
    for block in blocks:
        alone = _standing_alone(block)
        words = 0 if alone else sum(len(plain(spans)) for spans in _texts(block))
        if run and (alone or size + words > limits.BLOCK_TEXT):
            found.append({"type": "rich_text", "elements": run})
            run, size = [], 0
        if alone:
            found.append(alone)
        else:
            run += _rich(block, first=not run)
            size += words
    return [*found, {"type": "rich_text", "elements": run}] if run else found


def _standing_alone(block: Block) -> Json | None:
    """Return the block that Slack has for it, or None where rich text serves."""
    match block:
        case Heading(words, 1) if words.strip() and len(words) <= limits.HEADER:
            return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}
        case Note(spans) if not any(span.url for span in spans) and 0 < len(plain(spans).strip()) <= limits.BLOCK_TEXT:
            text = {"type": "plain_text", "text": plain(spans), "emoji": False}
            return {"type": "context", "elements": [text]}
        case Divider():
            return {"type": "divider"}
        case _:
            return None


def _texts(block: Block) -> Sequence[RichText]:
    match block:
        case Heading(words):
            return ((Span(words),),)
        case Bullets(items):
            return items
        case Paragraph(spans) | Note(spans) | Quote(spans) | Callout(_, spans):
            return (spans,)
        case Divider():
            return ()


def _rich(block: Block, *, first: bool) -> list[Json]:
    """Return the rich text of `block`; a paragraph that follows another text keeps a line's distance."""
    gap = "" if first else "\n"
    match block:
        case Heading(words):
            return _section((Span(words, bold=True),), gap)
        case Paragraph(spans) | Note(spans):
            return _section(spans, gap)
        case Callout(tone, spans):
            return _section((Span(_SIGNS[tone]), *spans), gap)
        case Quote(spans):
            return [{"type": "rich_text_quote", "elements": elements}] if (elements := _elements(spans)) else []
        case Bullets(items, start):
            lines = [
                {"type": "rich_text_section", "elements": elements} for item in items if (elements := _elements(item))
            ]
            style: Json = {"style": "bullet"} if start is None else {"style": "ordered", "offset": start - 1}
            return [{"type": "rich_text_list", **style, "elements": lines}] if lines else []
        case Divider():
            return []


def _section(spans: RichText, gap: str) -> list[Json]:
    elements = _elements((Span(gap), *spans) if gap else spans)
    return [{"type": "rich_text_section", "elements": elements}] if plain(spans) else []


def _elements(spans: RichText) -> list[Json]:
    return [_element(span) for span in spans if span.text]


def _element(span: Span) -> Json:
    style = {name: True for name, on in (("bold", span.bold), ("italic", span.italic), ("code", span.code)) if on}
    element: Json = {"type": "text", "text": span.text}
    if span.url:
        element = {"type": "link", "url": span.url, "text": span.text}
    return element | ({"style": style} if style else {})
