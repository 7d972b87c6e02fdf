"""Slack's mrkdwn: links, mentions and dates in angle brackets, four marks, quotes and three escaped characters."""

import html
import re
from collections.abc import Callable, Iterator

import htpy as h
from htpy import Node

from bot.web.draw_slack.emoji import EMOJI
from bot.web.drawing import link

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Node]]

# A mark counts only where a word could begin before it and could end behind it.
_OPENS, _CLOSES = r"(?<![^\s(\[{>\"'*_~])", r"(?![^\s)\]}<.,:;!?\"'*_~])"


def mrkdwn(text: str) -> Node:
    """Return a mrkdwn text; lines that begin with ``>`` are quoted."""
    return [
        h.blockquote[inline(_unquoted(run))] if quoted else inline(run)
        for quoted, run in _quotes(text)
        if run.strip("\n")
    ]


def inline(text: str) -> Node:
    """Return a mrkdwn text without looking for quotes."""
    nodes: list[Node] = []
    start = pos = 0
    while pos < len(text):
        found = next(((m, draw) for rule, draw in _RULES if (m := rule.match(text, pos))), None)
        if found is None:
            pos += 1
            continue
        nodes += [_literal(text[start:pos]), found[1](found[0])]
        start = pos = found[0].end()
    return [*nodes, _literal(text[start:])]


def _literal(text: str) -> str:
    # Only these three are escaped in mrkdwn; html.unescape would know too many.
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _quotes(text: str) -> Iterator[tuple[bool, str]]:
    """Yield runs of lines, each with whether it is quoted."""
    run: list[str] = []
    quoted = False
    for line in text.split("\n"):
        is_quote = line.startswith((">", "&gt;"))
        if run and is_quote != quoted:
            yield quoted, "\n".join(run)
            run = []
        quoted = is_quote
        run.append(line)
    yield quoted, "\n".join(run)


def _unquoted(run: str) -> str:
    return re.sub(r"^(?:>|&gt;) ?", "", run, flags=re.MULTILINE)


def _angle(match: re.Match[str]) -> Node:
    target, _, label = match[1].partition("|")
    if target.startswith("!date^"):
        return h.time[_literal(label or target)]
    if target.startswith("!subteam^"):
        return mention("@" + (label or target.removeprefix("!subteam^")))
    if target.startswith(("@", "#", "!")):
        sign = "#" if target.startswith("#") else "@"
        return mention(sign + (label or target[1:]))
    return link(html.unescape(target), _literal(label or target))


def mention(words: str) -> Node:
    """Return a name that Slack would ping or link to."""
    return h.span(".sl-mention")[words]


def _emoji(match: re.Match[str]) -> Node:
    return EMOJI.get(match[1], match[0])


_RULES: tuple[_Rule, ...] = (
    (re.compile(r"```\n?(.+?)\n?```", re.DOTALL), lambda m: h.pre[_literal(m[1])]),
    (re.compile(r"`([^`\n]+)`"), lambda m: h.code[_literal(m[1])]),
    (re.compile(r"<([^<>\n]+)>"), _angle),
    (re.compile(rf"{_OPENS}\*(?=\S)([^*\n]+?)(?<=\S)\*{_CLOSES}"), lambda m: h.strong[inline(m[1])]),
    (re.compile(rf"{_OPENS}_(?=\S)([^_\n]+?)(?<=\S)_{_CLOSES}"), lambda m: h.em[inline(m[1])]),
    (re.compile(rf"{_OPENS}~(?=\S)([^~\n]+?)(?<=\S)~{_CLOSES}"), lambda m: h.s[inline(m[1])]),
    (re.compile(r":([a-z0-9_+'-]+):"), _emoji),
)
