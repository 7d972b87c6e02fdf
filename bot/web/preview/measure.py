"""How much of each limit a message uses. The limits are the platforms' own data; here things are only counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.platforms.discord import limits as discord
from bot.platforms.slack import limits as slack
from bot.web.drawing import Json, components, items

_RUNNING = frozenset({"section", "rich_text"})
"""Slack's blocks that hold running text, each under the same limit."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One limit: what is counted, how much there is, how much there may be."""

    name: str
    used: int
    limit: int


def discord_measures(payload: Json) -> Sequence[Measure]:
    """Return the measures of a Discord message of either style."""
    every = list(components(payload))
    texts = sum(discord.units(str(each.get("content", ""))) for each in every)
    buttons = sum(each.get("type") == 2 for each in every)  # noqa: PLR2004 - Discord's number for a button
    embeds = items(payload.get("embeds"))
    if not embeds:
        return (
            Measure("Components", len(every), discord.LAYOUT_COMPONENTS),
            Measure("Text", texts, discord.LAYOUT_TEXT),
            Measure("Buttons", buttons, discord.BUTTONS_A_ROW * discord.ROWS),
        )
    descriptions = [discord.units(str(each.get("description", ""))) for each in embeds]
    return (
        Measure("Embeds", len(embeds), discord.EMBEDS),
        Measure("Text of all embeds", sum(map(_embed_text, embeds)), discord.EMBEDS_TOTAL),
        Measure("Longest description", max(descriptions), discord.EMBED_DESCRIPTION),
        Measure("Buttons", buttons, discord.BUTTONS_A_ROW * discord.ROWS),
    )


def slack_measures(payload: Json) -> Sequence[Measure]:
    """Return the measures of a Slack message."""
    blocks = items(payload.get("blocks"))
    texts = [sum(len(text) for text in _texts(block)) for block in blocks]
    longest = max((size for block, size in zip(blocks, texts, strict=True) if block.get("type") in _RUNNING), default=0)
    buttons = max((len(items(block.get("elements"))) for block in blocks if block.get("type") == "actions"), default=0)
    return (
        Measure("Blocks", len(blocks), slack.BLOCKS),
        Measure("Text", sum(texts), slack.MESSAGE_TEXT),
        Measure("Longest section", longest, slack.SECTION_TEXT),
        Measure("Buttons of a row", buttons, slack.ROW_BUTTONS),
    )


def _texts(piece: object) -> Iterator[str]:
    """Yield every text in a Slack block, at any depth."""
    if isinstance(piece, Mapping):
        for key, value in piece.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(piece, list | tuple):
        for each in piece:
            yield from _texts(each)


def _embed_text(embed: Json) -> int:
    """Return the characters of an embed that Discord counts together."""
    footer, author = embed.get("footer"), embed.get("author")
    texts = [embed.get("title"), embed.get("description")]
    texts += [footer.get("text") if isinstance(footer, Mapping) else None]
    texts += [author.get("name") if isinstance(author, Mapping) else None]
    texts += [each.get(name) for each in items(embed.get("fields")) for name in ("name", "value")]
    return sum(discord.units(str(text)) for text in texts if text)
