"""Who would be notified by a message: mentions and broadcasts that Slack acts on.

https://docs.slack.dev/messaging/formatting-message-text: `<!channel>`, `<!here>`, `<!everyone>`, `<@U…>` and
`<!subteam^S…>` are acted on in top-level text, in mrkdwn objects and in markdown blocks, if the angle brackets are
not escaped; rich_text has elements of its own for them; plain_text is never acted on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MARKUP = re.compile(
    r"<(?:!(?P<range>channel|here|everyone)|@(?P<user>[UW][A-Z0-9]*)|!subteam\^(?P<group>S[A-Z0-9]*))(?:\|[^>]*)?>"
)
_WORD = re.compile(r"(?<![\w@])@(?P<range>channel|here|everyone|group)\b")
_ELEMENTS = {"user": "user_id", "usergroup": "usergroup_id", "broadcast": "range"}


@dataclass(frozen=True, slots=True)
class Ping:
    """One mention: `kind` is "user", "usergroup" or "broadcast", `target` the id or the range."""

    kind: str
    target: str
    json_pointer: str


def pings_of(payload: Mapping[str, Any]) -> list[Ping]:
    """List what a message would notify of, from its text and its blocks.

    Bare words such as `@here` count only where the message asks for them with `parse: full` or `link_names`.
    """
    words = payload.get("parse") == "full" or payload.get("link_names") in (True, 1, "1", "true", "True")
    found = list(_in_markup(payload.get("text") or "", "/text", words=words))
    found += _in_node(payload.get("blocks") or [], "/blocks", words=words)
    found += _in_node(payload.get("attachments") or [], "/attachments", words=words)
    return found


def _in_markup(text: str, at: str, *, words: bool) -> Iterator[Ping]:
    for match in _MARKUP.finditer(text):
        for kind, group in (("broadcast", "range"), ("user", "user"), ("usergroup", "group")):
            if match[group]:
                yield Ping(kind, match[group], at)
    if words:
        for match in _WORD.finditer(text):
            yield Ping("broadcast", match["range"], at)


def _in_node(node: object, at: str, *, words: bool) -> Iterator[Ping]:
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from _in_node(child, f"{at}/{index}", words=words)
    elif isinstance(node, dict):
        kind = node.get("type")
        if kind in ("mrkdwn", "markdown") or (kind is None and at.startswith("/attachments")):
            yield from _in_markup(str(node.get("text") or ""), f"{at}/text", words=words)
        elif kind in _ELEMENTS and _ELEMENTS[kind] in node:
            yield Ping(kind, str(node[_ELEMENTS[kind]]), at)
        for name, child in node.items():
            if isinstance(child, (dict, list)):
                yield from _in_node(child, f"{at}/{name}", words=words)
