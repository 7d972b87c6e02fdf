"""Pings: whom a message notifies, after its allowed_mentions.

Rules: https://docs.discord.com/developers/resources/message#allowed-mentions-object. Embeds never notify; content and
text displays do. Without the field a plain message, and any edit, may notify everybody it names, but the answer to an
interaction only users. A backslash before a mention changes what is drawn, not who is notified; code does both.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)
_MENTION = re.compile(r"<@!?(?P<users>\d+)>|<@&(?P<roles>\d+)>|@(?P<everyone>everyone|here)")


@dataclass(frozen=True, slots=True)
class Ping:
    """One notification: its kind ("users", "roles" or "everyone") and whom ("1001", "here"), and the message's id."""

    kind: str
    target: str
    message_id: int


def pings_of(body: Mapping[str, Any], message_id: int, *, interaction: bool) -> list[Ping]:
    """List whom a message's body notifies, each once and in order; `interaction` sets the default."""
    default = ["users"] if interaction else ["users", "roles", "everyone"]
    allowed = body.get("allowed_mentions")
    if allowed is None:
        allowed = {"parse": default}
    found: dict[Ping, None] = {}
    for text in mentionable_texts(body):
        for match in _MENTION.finditer(_CODE.sub(" ", text)):
            kind, target = next((key, value) for key, value in match.groupdict().items() if value)
            listed = {str(each) for each in allowed.get(kind) or ()}
            if kind in (allowed.get("parse") or ()) or target in listed:
                found[Ping(kind, target, message_id)] = None
    return list(found)


def mentionable_texts(body: Mapping[str, Any]) -> Iterable[str]:
    """Give the texts in which a mention notifies: the content and every text display."""
    yield str(body.get("content") or "")
    for part in walk(body.get("components")):
        if part.get("type") == 10:
            yield str(part.get("content") or "")


def walk(components: Any) -> Iterable[dict[str, Any]]:
    """Give every component, nested ones and accessories too, in the order in which they are read."""
    for part in components or ():
        yield part
        yield from walk(part.get("components"))
        if isinstance(part.get("accessory"), dict):
            yield from walk([part["accessory"]])
