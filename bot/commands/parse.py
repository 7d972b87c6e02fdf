"""Words typed after a command become its options, by the forms that `spec.py` gives them.

For platforms where a command is one line of text (Slack, the terminal); Discord sends options by name already.
"""

import re
import unicodedata
from functools import cache

from bot.commands.dates import DAY, SPAN
from bot.commands.patterns import pattern
from bot.commands.points import MONTH, YEAR_OR_MONTH, plain
from bot.commands.spec import Command, OptionKind

_LONGEST_SPAN = 100
_BEFORE = r"(?<![^\s,;:(\u3400-\u9fff])"
_AFTER = r"(?![a-z0-9_/-]|\.\d|\.\.|'[a-z])"
_DAY = rf"{DAY}{_AFTER}"
_WORDY = re.compile(r"\w")
_DATE_LIKE = rf"\d|{MONTH}"
_SPAN_LAST = rf"{_BEFORE}({SPAN})[\s.,;:!?)]?$"
_SPAN_FIRST = rf"({SPAN})(?=[\s,;:]|$)"
_YEAR_OR_MONTH = YEAR_OR_MONTH
_HAPPENING = r"(?:visit|trip|meeting|summit|talks?|call|incident|affair|crisis|election|speech)s?"
_HAPPENING_ALONE = rf"(?:the\s)?{_HAPPENING}"
_HAPPENING_LAST = rf"\b{_HAPPENING}[\s.,;:!?]?$"
_JOINTS = " ,;:(-–—"


def clean(words: str) -> str:
    """Return `words` as one line without control characters, direction marks, lone surrogates or other invisibles."""
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    kept = (" " if char.isspace() else char for char in words if char.isspace() or _shown(char))
    return " ".join("".join(kept).split())


def _shown(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def parse(command: Command, words: str) -> dict[str, str]:
    """Return the options of `command` in `words`, by name; what no form claims goes to the free-text option.

    Never fails: a keyword with nonsense behind it is kept as that option's text, with nothing behind it the keyword
    itself is, and the handler says what is wrong.
    """
    rest = words
    options: dict[str, str] = {}
    for option in command.options:
        if option.keyword:
            rest, options[option.name] = _take_keyword(rest, option.keyword)
        elif option.kind is OptionKind.SPAN:
            rest, options[option.name] = _take_span(rest)
    free = next((o for o in command.options if o.keyword is None and o.kind is not OptionKind.SPAN), None)
    if free is not None:
        options[free.name] = rest.strip()
    return {name: text for name, text in options.items() if text}


@cache
def _mark(keyword: str) -> re.Pattern[str]:
    """Return the pattern of ``as-of``, ``--as-of``, ``asof`` (group 1) and ``as of``, up to where the date begins."""
    close, apart = keyword.replace("-", "[_-]?"), keyword.replace("-", r"\s")
    return re.compile(rf"(?<![a-z0-9_-])-{{0,2}}(?:({close})|{apart})(?![a-z_-])[\s:=\"'(]*", re.IGNORECASE)


def _take_keyword(words: str, keyword: str) -> tuple[str, str]:
    """Take the last ``as-of`` and the date behind it out of `words`.

    ``as of`` in two words is the keyword only where a date follows, or something that begins like one, or nothing.
    """
    typed = plain(words)
    for mark in reversed(list(_mark(keyword).finditer(typed))):
        day = pattern(_DAY).match(typed, mark.end())
        if day:
            behind = words[day.end() :].lstrip(" \"'”’).,;:!?")
            return _joined(words[: mark.start()], behind), day[0]
        if not _WORDY.search(typed, mark.end()):
            return _joined(words[: mark.start()]), keyword
        if mark[1] or pattern(_DATE_LIKE).match(typed, mark.end()):
            return _joined(words[: mark.start()]), typed[mark.end() :].strip()
    return words, ""


def _joined(before: str, behind: str = "") -> str:
    """Return what stood on both sides of an option, without the comma, bracket or dash that led to it."""
    before = before.rstrip(_JOINTS)
    if before.endswith((' "', " '", " “", " ‘")) or before in {'"', "'", "“", "‘"}:
        before = before[:-1].rstrip(_JOINTS)
    return f"{before} {behind}".strip()


def _take_span(words: str) -> tuple[str, str]:
    """Take a span at the end of `words`, or else at their beginning, unless it is part of what something is called."""
    typed = plain(words)
    last = pattern(_SPAN_LAST).search(typed, max(0, len(typed) - _LONGEST_SPAN))
    if last:
        rest = _joined(words[: last.start(1)])
        called = _is_called(last[1], pattern(_HAPPENING_ALONE).fullmatch(rest))
        return (words, "") if called else (rest, _dotted(last[1]))
    first = pattern(_SPAN_FIRST).match(typed)
    if first and first.end() < len(typed):
        rest = words[first.end() :].lstrip(_JOINTS)
        return (words, "") if _is_called(first[1], pattern(_HAPPENING_LAST).search(rest)) else (rest, _dotted(first[1]))
    return words, ""


def _is_called(span: str, happening: object) -> bool:
    """Whether the span belongs to the name: "June 2023 visit" is called so, "balloon June 2023" is not."""
    return bool(happening and pattern(_YEAR_OR_MONTH).fullmatch(span))


def _dotted(span: str) -> str:
    return re.sub(r"\s?(\.{2,}|…)\s?", lambda dots: dots[1].replace("…", ".."), span)
