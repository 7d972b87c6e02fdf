"""A strict reader of Discord's Markdown, for tests: what a client would show of a message, character by character.

Written from the rules that clients apply (https://support.discord.com/hc/en-us/articles/210298617,
https://docs.discord.com/developers/reference#message-formatting) and stricter where clients differ: what any of them
formats, links or highlights counts as formatted, linked or highlighted here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_BLOCKS = (
    ("heading", re.compile(r"#{1,3}\s+(?!#)")),
    ("small", re.compile(r"-#\s+")),
    ("quote", re.compile(r"[ \t]*>(?:>>)?\s")),
    ("list", re.compile(r"[ \t]*(?:[*+-]|\d+[.)])\s+")),
)
_INLINE = tuple(
    (kind, re.compile(pattern, re.DOTALL))
    for kind, pattern in (
        ("escape", r"\\([^0-9A-Za-z\s])"),
        ("codeblock", r"```.*?[^\n].*?```"),
        ("code", r"(`+)(.+?)(?<!`)\1(?!`)"),
        ("mention", r"<@[!&]?\d+>|<#\d+>|@everyone|@here|<id:\w+>|</[^>]*:\d+>"),
        ("time", r"<t:-?\d+(?::\w)?>"),
        ("emoji", r"<a?:\w+:\d+>|:\w+(?:::skin-tone-\d)?:"),
        ("autolink", r"<([^: >]+:/[^ >]+)>|<(?:mailto|tel|sms|\+)[^>]*>"),
        ("address", r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]"),
        ("link", r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?\s*\)"),
        ("bold", r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)"),
        ("italic", r"\*(?!\s)((?:\\.|\*\*|[^*\\])+?)(?<!\s)\*(?!\*)"),
        ("underline", r"__((?:\\.|[^\\])+?)__(?!_)"),
        ("italic", r"_((?:\\.|__|[^_\\])+?)_(?!\w)"),
        ("strike", r"~~(.+?)~~"),
        ("spoiler", r"\|\|(.+?)\|\|"),
    )
)
_STYLES = {"bold", "italic", "underline", "strike", "spoiler"}
_LABEL_STYLES = tuple(rule for rule in _INLINE if rule[0] in _STYLES | {"code", "emoji", "mention", "address", "time"})


@dataclass(frozen=True)
class Shown:
    """One character as a reader sees it."""

    char: str
    marks: frozenset[str] = frozenset()
    url: str | None = None


def read(text: str) -> list[Shown]:
    """Return what a client shows of `text`; block signs (``## ``, ``- ``) are gone and mark the rest of their line."""
    shown: list[Shown] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            shown.append(Shown("\n"))
        marks: set[str] = set()
        rest = line
        while found := next(((kind, m) for kind, rule in _BLOCKS if (m := rule.match(rest))), None):
            marks.add(found[0])
            rest = rest[found[1].end() :]
        shown += _inline(rest, Shown("", frozenset(marks)), _INLINE)
    return shown


def words(shown: list[Shown]) -> str:
    """Return the characters alone."""
    return "".join(each.char for each in shown)


def marks(shown: list[Shown]) -> set[str]:
    """Return every mark that any character carries."""
    return set().union(*(each.marks for each in shown))


def _inline(text: str, like: Shown, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[Shown]:
    at = 0
    while at < len(text):
        kind, match = _longest(text, at, rules)
        if match is None:
            yield replace(like, char=text[at])
            at += 1
            continue
        at = match.end()
        yield from _shown(kind, match, like, rules)


def _longest(text: str, at: int, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> tuple[str, re.Match[str] | None]:
    """Return the first rule that matches; between bold and italic the longer one, as clients do."""
    matches = [(kind, match) for kind, rule in rules if (match := rule.match(text, at))]
    if not matches:
        return "", None
    if matches[0][0] == "bold":
        return max(matches, key=lambda each: each[1].end() if each[0] in {"bold", "italic"} else -1)
    return matches[0]


def _shown(
    kind: str, match: re.Match[str], like: Shown, rules: tuple[tuple[str, re.Pattern[str]], ...]
) -> Iterator[Shown]:
    marked = replace(like, marks=like.marks | {kind})
    if kind == "escape":
        yield replace(like, char=match[1])
    elif kind in _STYLES:
        yield from _inline(match[1], marked, rules)
    elif kind == "link":
        # In a label nothing is escaped, and a label with an address, a mention or an emoji makes it no link at all.
        label = list(_inline(match[1], replace(like, url=match[2]), _LABEL_STYLES))
        broken = marks(label) & {"emoji", "mention", "address", "time"}
        yield from (replace(each, marks=each.marks | {"broken"}) for each in label) if broken else label
    elif kind == "autolink" and match[1]:
        yield from (replace(like, char=char, url=match[1]) for char in match[1])
    else:
        inner = match[2] if kind == "code" else match[0]
        yield from (replace(marked, char=char) for char in inner)
