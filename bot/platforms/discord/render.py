"""A reply becomes the messages that Discord draws it with: Components V2 where it fits, else embeds, else several.

Components V2 carry 4,000 characters, embeds 6,000; a message has one or the other. Nothing is cut: what is longer goes
on in the next message, and the buttons stand under the last one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import discord

from bot.platforms.discord import limits
from bot.platforms.discord.blocks import RULE, joined
from bot.platforms.discord.drawn import Component, DrawnLayout, DrawnRows
from bot.platforms.discord.limits import shorten, units
from bot.platforms.split import split
from bot.reply import Action, Block, Callout, Divider, Outcome, Paragraph, Reply, Tone, text

Style = Literal["components", "embed"]

_ACTION_ROW, _BUTTON, _TEXT, _SEPARATOR, _CONTAINER = 1, 2, 10, 14, 17  # component types (limits.COMPONENT_REFERENCE)
_PRIMARY, _SECONDARY = 1, 2  # button styles
_PING_NOBODY: dict[str, list[str]] = {"parse": []}

_BLUE, _GREY, _AMBER, _RED = 0x2F6DB5, 0x8A8F98, 0xC98A1B, 0xC0392B
_COLOURS = {Outcome.FAILED: _RED, Outcome.NONE: _GREY, Outcome.INVALID: _AMBER, Outcome.AMBIGUOUS: _AMBER}


@dataclass(frozen=True, slots=True)
class DiscordMessage:
    """One message, drawn: its words and buttons as the API takes them, and the same as discord.py sends them."""

    style: Style
    embeds: tuple[discord.Embed, ...]
    view: DrawnLayout | DrawnRows

    def payload(self, *, ephemeral: bool = False) -> dict[str, Any]:
        """Return the JSON body of the message, as it goes over the wire."""
        flags = discord.MessageFlags(components_v2=self.style == "components", ephemeral=ephemeral)
        body: dict[str, Any] = {"components": self.view.to_components(), "allowed_mentions": _PING_NOBODY}
        if self.embeds:
            body["embeds"] = [embed.to_dict() for embed in self.embeds]
        return body | {"flags": flags.value}

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for discord.py's `send_message`, `send` and the edits."""
        return {"view": self.view, "embeds": self.embeds} if self.style == "embed" else {"view": self.view}


def messages(
    reply: Reply, style: Literal["auto", "components", "embed"] = "auto", *, room: int = 0
) -> tuple[DiscordMessage, ...]:
    """Return `reply` drawn as one message or, where it is too long for one, as several to be sent in order.

    `style` says how; "auto" prefers components, then embeds, and embeds where there are several messages. `room` is how
    many characters each message has to have left for one more text, or the footer of an embed.
    """
    blocks: Sequence[Block] = reply.blocks if joined(reply.blocks) else (Paragraph(text(reply.summary or "…")),)
    first, *more = _rows(reply.actions)
    colour = _colour(reply)
    if style == "components" or (style == "auto" and _layout_size(blocks) <= limits.LAYOUT_TEXT - room):
        drawn = _layouts(blocks, first, colour, room)
    else:
        drawn = _embeds(blocks, first, colour, room)
    return (*drawn, *(DiscordMessage("components", (), DrawnLayout(rows)) for rows in more))


def _layouts(blocks: Sequence[Block], rows: list[Component], colour: int, room: int) -> list[DiscordMessage]:
    parts = split(blocks, _layout_size, limits.LAYOUT_TEXT - room)
    most = limits.LAYOUT_COMPONENTS - (room > 0)
    last = len(parts) - 1
    return [
        DiscordMessage("components", (), DrawnLayout([_container(part, rows if number == last else [], colour, most)]))
        for number, part in enumerate(parts)
    ]


def _layout_size(blocks: Sequence[Block]) -> int:
    """Return how full a Components V2 message is, in characters: by its characters, or by bytes if these run out."""
    words = joined(blocks)
    displays = 1 + sum(isinstance(block, Divider) for block in blocks)
    size = len(words.encode()) + displays * limits.LAYOUT_TEXT_COST
    return max(units(words), -(-size * limits.LAYOUT_TEXT // limits.LAYOUT_BYTES))


def _container(blocks: Iterable[Block], rows: list[Component], colour: int, most: int) -> Component:
    """Return a container with texts and separators, or with one text where these would be more than `most`."""
    texts: list[Component] = []
    section: list[Block] = []
    for block in (*blocks, Divider()):
        if not isinstance(block, Divider):
            section.append(block)
        elif words := joined(section):
            texts += [{"type": _SEPARATOR, "divider": True, "spacing": 1}] if texts else []
            texts.append({"type": _TEXT, "content": words})
            section = []
    if 1 + len(texts) + sum(1 + len(row["components"]) for row in rows) > most:
        sections = (each["content"] for each in texts if each["type"] == _TEXT)
        texts = [{"type": _TEXT, "content": f"\n{RULE}\n".join(sections)}]
    return {"type": _CONTAINER, "accent_color": colour, "components": [*texts, *rows]}


def _embeds(blocks: Sequence[Block], rows: list[Component], colour: int, room: int) -> list[DiscordMessage]:
    parts = split(blocks, lambda part: units(joined(part)), limits.EMBED_DESCRIPTION)
    grouped: list[list[str]] = []
    for words in (joined(part) for part in parts):
        if not grouped or sum(map(units, (*grouped[-1], words))) > limits.EMBEDS_TOTAL - room:
            grouped.append([])
        grouped[-1].append(words)
    last = len(grouped) - 1
    return [
        DiscordMessage(
            "embed",
            tuple(discord.Embed(description=words, colour=colour) for words in group),
            DrawnRows(rows if number == last else []),
        )
        for number, group in enumerate(grouped)
    ]


def _rows(actions: Sequence[Action]) -> list[list[Component]]:
    """Return the buttons in rows, as many rows at once as a message may have; at least one, perhaps empty."""
    buttons = list({action.encode(): _button(action) for action in reversed(actions)}.values())[::-1]
    rows = [
        {"type": _ACTION_ROW, "components": buttons[at : at + limits.BUTTONS_A_ROW]}
        for at in range(0, len(buttons), limits.BUTTONS_A_ROW)
    ]
    return [rows[at : at + limits.ROWS] for at in range(0, len(rows), limits.ROWS)] or [[]]


def _button(action: Action) -> Component:
    return {
        "type": _BUTTON,
        "style": _PRIMARY if action.primary else _SECONDARY,
        "label": shorten(" ".join(action.label.split()) or action.name, limits.LABEL),
        "custom_id": action.encode(),
        "disabled": False,
    }


def _colour(reply: Reply) -> int:
    warned = any(isinstance(block, Callout) and block.tone is not Tone.INFO for block in reply.blocks)
    return _COLOURS.get(reply.outcome, _AMBER if warned else _BLUE)
