"""The messages of an edition: drawn to JSON that is kept, and marked with their key when they are posted.

Discord knows a message again by its nonce for some minutes, but never says it when messages are read. So the key also
stands in the message, where a reader takes it for the number of the edition: in the footer of an embed, or in small
print below the text.
"""

import json
from base64 import b32encode
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import discord

from bot.contract import Part
from bot.platforms.discord import limits
from bot.platforms.discord.drawn import Component, DrawnLayout, DrawnRows
from bot.platforms.discord.limits import shorten
from bot.platforms.discord.render import messages
from bot.reply import Heading, Reply

KEY = 40
"""Characters of a key at most (`bot.contract.Part`)."""
_MARK, _SMALL = "Edition ", "-# "
ROOM = len(_SMALL + _MARK) + KEY
"""Characters that a mark takes."""
_SHARE = "share"
_ACTION_ROW, _TEXT, _CONTAINER = 1, 10, 17  # component types (limits.COMPONENT_REFERENCE)


def draw(reply: Reply) -> tuple[str, ...]:
    """Return `reply` as the messages to post, in order, each as JSON with room left for its mark.

    What everybody sees already needs no button to share it.
    """
    actions = tuple(action for action in reply.actions if action.name != _SHARE)
    drawn = messages(replace(reply, actions=actions), room=ROOM)
    title = _title(reply)
    return tuple(
        json.dumps(
            {
                "number": number,
                "of": len(drawn),
                "title": title,
                "embeds": [embed.to_dict() for embed in message.embeds],
                "components": message.view.to_components(),
                "layout": message.style == "components",
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for number, message in enumerate(drawn, 1)
    )


def _title(reply: Reply) -> str:
    headings = (" ".join(block.text.split()) for block in reply.blocks if isinstance(block, Heading))
    words = next(filter(None, headings), " ".join(reply.summary.split()))
    return shorten(words, limits.THREAD_NAME) or "Edition"


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that can be posted, with its mark in it."""

    number: int
    title: str
    """The name of the thread that it begins in a forum."""
    _embeds: list[dict[str, Any]]
    _components: list[Component]
    _layout: bool
    _key: str

    @classmethod
    def read(cls, part: Part) -> "Ready":
        """Return what `draw` made; raise ValueError, KeyError or TypeError when `part` holds something else."""
        body = json.loads(part.body)
        layout, components = bool(body["layout"]), body["components"]
        return cls(int(body["number"]), str(body["title"]), body["embeds"], components, layout, part.key)

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for discord.py's `send` and `create_thread`.

        Embeds and components show no previews of the links in them, so nothing is to be suppressed; the flag for that
        would take the embeds away too. Only the first part of an edition rings.
        """
        silent = {"silent": self.number > 1}
        if self._layout:
            return {"view": DrawnLayout(_marked(self._components, self._key)), **silent}
        embeds = [discord.Embed.from_dict(each) for each in self._embeds]
        embeds[-1].set_footer(text=mark(self._key))
        return {"embeds": embeds, "view": DrawnRows(self._components), **silent}

    def plain(self) -> dict[str, Any]:
        """Return the same as plain text, cut to what a message holds, for when Discord will not take it as drawn."""
        words = [each.get("description", "") for each in self._embeds] + list(_texts(self._components))
        small = f"\n{_SMALL}{mark(self._key)}"
        content = shorten("\n\n".join(words) or self.title, limits.CONTENT - len(small)) + small
        return {"content": content, "suppress_embeds": True, "silent": self.number > 1}


def _marked(components: list[Component], key: str) -> list[Component]:
    """Return `components` with the mark under the text, above the buttons."""
    small: Component = {"type": _TEXT, "content": _SMALL + mark(key)}
    last = components[-1]
    if last["type"] != _CONTAINER:
        return [*components, small]
    inner = last["components"]
    texts = [each for each in inner if each["type"] != _ACTION_ROW]
    return [*components[:-1], {**last, "components": [*texts, small, *inner[len(texts) :]]}]


def _texts(components: list[Component]) -> list[str]:
    found: list[str] = []
    for each in components:
        if each["type"] == _TEXT:
            found.append(each["content"])
        found += _texts(each.get("components", []))
    return found


def mark(key: str) -> str:
    """Return what a message with `key` shows of it."""
    return _MARK + key


def keys(message: discord.Message) -> set[str]:
    """Return the keys that `message` is marked with: one if it is a part of an edition, else none."""
    marks = [embed.footer.text or "" for embed in message.embeds]
    marks += [text.removeprefix(_SMALL) for text in _contents(message.components)]
    marks.append(message.content.rpartition("\n")[2].removeprefix(_SMALL))
    return {each.removeprefix(_MARK) for each in marks if each.startswith(_MARK)}


def _contents(components: Any) -> list[str]:
    found: list[str] = []
    for each in components:
        if isinstance(each, discord.TextDisplay):
            found.append(each.content)
        found += _contents(getattr(each, "children", ()))
    return found


def edition(key: str) -> str:
    """Return what the keys of all parts of an edition for one place have in common."""
    return key.rpartition("-")[0]


def nonce(key: str, channel: str) -> str:
    """Return what Discord knows a message again by: as long as it may be, and another one for each channel."""
    return b32encode(sha256(f"{key}|{channel}".encode()).digest()).decode()[: limits.NONCE].lower()
