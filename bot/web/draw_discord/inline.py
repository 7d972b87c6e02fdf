r"""Discord's Markdown inside a line: styles, links, times, mentions, and backslashes that switch all of it off.

The rules are tried in order at each character, as Discord's clients do it. A backslash in front of any character that
is no letter, digit or space shows that character.

Source: https://support.discord.com/hc/en-us/articles/210298617 and
https://docs.discord.com/developers/reference#message-formatting
"""

import re
from collections.abc import Callable

import htpy as h
from htpy import Element, Node

from bot.web.draw_discord.moment import moment
from bot.web.drawing import link

_Draw = Callable[[re.Match[str], int], Node]
_Rules = tuple[tuple[re.Pattern[str], _Draw], ...]
_DEEPEST = 12

_ADDRESS = re.compile(r"https?://\S|discord(?:app)?\.(?:gg|com)|<[@#:a/]", re.IGNORECASE)


def inline(text: str, *, depth: int = 0, label: bool = False) -> Node:
    """Return `text` with its styles; in a link's `label` there are no links and no backslashes."""
    if depth > _DEEPEST:
        return text
    nodes: list[Node] = []
    start = pos = 0
    while pos < len(text):
        found = _match(text, pos, label=label)
        if found is None:
            pos += 1
            continue
        match, draw = found
        nodes += [text[start:pos], draw(match, depth + 1)]
        start = pos = match.end()
    return [*nodes, text[start:]]


def _match(text: str, pos: int, *, label: bool) -> tuple[re.Match[str], _Draw] | None:
    if text[pos] not in _STARTS:
        return None
    for rule, draw in _STYLES if label else _RULES:
        match = rule.match(text, pos)
        if match is not None:
            return match, draw
    return None


def _masked(match: re.Match[str], depth: int) -> Node:
    words, target = match["label"], match["angled"] or re.sub(r"\\(.)", r"\1", match["bare"])
    # A label that shows an address of its own could lie about where the link leads: Discord leaves it as text.
    if _ADDRESS.search(words) or not target.lower().startswith(("http://", "https://")):
        return match[0]
    return link(target, inline(words, depth=depth, label=True))


def _bare(match: re.Match[str], _depth: int) -> Node:
    url, rest = match[0], ""
    while url.endswith(")") and url.count(")") > url.count("("):
        url, rest = url[:-1], ")" + rest
    return [link(url, url), rest]


def _timed(match: re.Match[str], _depth: int) -> Node:
    return moment(int(match[1]), match[2] or "f") or match[0]


def _mention(words: str) -> Node:
    return h.span(".dc-mention")[words]


def _styled(element: Element) -> _Draw:
    return lambda match, depth: element[inline(match[1], depth=depth)]


_ANY = r"(?:\\[\s\S]|[^\\])"
_STYLES: _Rules = (
    (re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)"), lambda m, _: h.code[m[2].strip()]),
    (re.compile(rf"\*\*({_ANY}+?)\*\*(?!\*)"), _styled(h.strong)),
    (re.compile(rf"__({_ANY}+?)__(?!_)"), _styled(h.u)),
    (re.compile(rf"~~(?=\S)({_ANY}+?)~~"), _styled(h.s)),
    (re.compile(r"\*(?=\S)((?:\*\*|\\[\s\S]|[^*\\])+?)(?<!\s)\*(?!\*)"), _styled(h.em)),
    (re.compile(r"_((?:__|\\[\s\S]|[^\\_])+?)_\b"), _styled(h.em)),
    (re.compile(rf"\|\|({_ANY}+?)\|\|"), _styled(h.span(".dc-spoiler"))),
)
_RULES: _Rules = (
    (re.compile(r"\\([^0-9A-Za-z\s])"), lambda m, _: m[1]),
    (re.compile(r"<(https?://[^ >]+)>"), lambda m, _: link(m[1], m[1])),
    (
        re.compile(
            r"\[(?P<label>(?:\[[^\[\]]*\]|[^\[\]])+)\]"
            r"\((?:<(?P<angled>[^<>\s]+)>|(?P<bare>(?:\\.|\([^()\s]*\)|[^\s()\\<])+))\)"
        ),
        _masked,
    ),
    (re.compile(r"<t:(-?\d{1,13})(?::([tTdDfFR]))?>"), _timed),
    (re.compile(r"<@[!&]?(\d+)>"), lambda m, _: _mention(f"@{m[1]}")),
    (re.compile(r"<#(\d+)>"), lambda m, _: _mention(f"#{m[1]}")),
    (re.compile(r"</([^:>]+):\d+>"), lambda m, _: _mention(f"/{m[1]}")),
    (re.compile(r"<a?(:\w+:)\d+>"), lambda m, _: m[1]),
    (re.compile(r"@(?:everyone|here)\b"), lambda m, _: _mention(m[0])),
    (re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]"), _bare),
    *_STYLES,
)
_STARTS = frozenset("\\<[@h`*_~|")
