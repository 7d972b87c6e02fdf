"""Words typed after a command become its options, by the forms that `spec.py` gives them.

For platforms where a command is one line of text (Slack, the terminal); Discord sends options by name already.
"""

import re
import unicodedata

from bot.commands.spec import Command, OptionKind

_POINT = r"\d{4}(?:[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?"
_SPAN = re.compile(rf"(?:^|\s)((?:{_POINT})?\s*(?:\.\.+|…)\s*(?:{_POINT})?|{_POINT})\s*$")


def clean(words: str) -> str:
    """Return `words` as one line without control characters, direction marks, lone surrogates or other invisibles."""
    kept = (" " if char.isspace() else char for char in words if char.isspace() or _shown(char))
    return " ".join("".join(kept).split())


def _shown(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def parse(command: Command, words: str) -> dict[str, str]:
    """Return the options of `command` in `words`, by name; what no form claims goes to the free-text option.

    Never fails: a keyword with nonsense behind it is kept as that option's text, and the handler says what is wrong.
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


def _take_keyword(words: str, keyword: str) -> tuple[str, str]:
    """Split at the last ``as-of`` (or ``--as-of``, ``asof``; ``as of`` only in front of a digit)."""
    loose = keyword.replace("-", r"[-_]?")
    spaced = keyword.replace("-", r"\s+")
    marks = list(re.finditer(rf"(?:^|\s)(?:(?:--)?{loose}(?:[:=]\s*|\s+|$)|{spaced}\s+(?=\d))", words, re.IGNORECASE))
    if not marks:
        return words, ""
    return words[: marks[-1].start()], words[marks[-1].end() :].strip()


def _take_span(words: str) -> tuple[str, str]:
    found = _SPAN.search(words)
    if found is None:
        return words, ""
    return words[: found.start()], "".join(found[1].split()).replace("…", "..")
