"""What YAML's parser says of a slip, in an editor's words and where the slip is rather than where it was noticed.

libyaml and PyYAML's own parser put the same things differently; both are known here.
"""

import re
from typing import Any, NamedTuple

import yaml
from yaml.reader import ReaderError

from bot.library.characters import HINT, told
from bot.library.place import Fault, Place

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""Compiled when a file has one: such a wide class takes as long as a small import."""


class _Slip(NamedTuple):
    """A pattern for context and problem, and what to say; `opening` tells it where the thing began."""

    pattern: str
    message: str
    hint: str
    opening: bool = False


_SLIPS = (
    _Slip(
        r"mapping values are not allowed",
        "a colon where no field can begin",
        'put text that holds ": " in quotation marks; check the indentation and the line above',
    ),
    _Slip(r"quoted scalar\|.*unexpected end", "quotation marks that are never closed", "close them", opening=True),
    _Slip(
        r"quoted scalar\|.*escape",
        "a backslash in double quotation marks that means nothing",
        "use single quotation marks, or write two backslashes",
    ),
    _Slip(
        r"cannot start any token",
        "text that begins with a character of YAML's own",
        "put the text in quotation marks; indent with spaces, not tabs",
    ),
    _Slip(
        r"scanning an (alias|anchor)",
        "text that begins with * or &, which YAML takes for an alias or an anchor",
        "put the text in quotation marks",
        opening=True,
    ),
    _Slip(
        r"scanning a tag|tag",
        "text that begins with !, which YAML takes for a tag",
        "put the text in quotation marks",
        opening=True,
    ),
    _Slip(
        r"could not find expected ':'",
        "a line that is no field: it has no colon",
        "write name: value, or indent the line to go on with the text above",
        opening=True,
    ),
    _Slip(
        r"flow (sequence|mapping|node)",
        "a list in [ ] or a group in { } that is broken or never closed",
        "close it, with a comma between two items",
        opening=True,
    ),
    _Slip(
        r"block scalar\|",
        "words behind | or >",
        "the text begins on the next line, indented; or put it in quotation marks",
    ),
    _Slip(
        r"sequence entries are not allowed",
        "a list item behind a field's colon",
        "each item stands on a line of its own; text that begins with a dash wants quotation marks",
    ),
    _Slip(
        r"expected '-' indicator|block collection\|expected <block end>",
        "a line that is no item of the list it stands in",
        "indent it like the other fields of its item, or begin it with a dash",
    ),
    _Slip(
        r"expected key|block mapping\|expected <block end>",
        "a line that does not go with what is above",
        "check the indentation, and quotation marks within quotation marks",
    ),
    _Slip(r"<document start>", "a second YAML document, or a directive", "one briefing has one head"),
)


def syntax_fault(error: yaml.MarkedYAMLError, first_line: int) -> Fault:
    """Return what `error` means; `first_line` is the file's line on which the YAML begins."""
    said = f"{error.context or ''}|{error.problem or ''}"
    slip = next((each for each in _SLIPS if re.search(each.pattern, said)), None)
    if slip is None:
        return Fault(_place(error.problem_mark or error.context_mark, first_line), f"not YAML: {error.problem}")
    mark = error.context_mark if slip.opening and error.context_mark else error.problem_mark
    return Fault(_place(mark or error.context_mark, first_line), slip.message, slip.hint)


def character_fault(error: ReaderError, text: str, first_line: int) -> Fault:
    """Return where `text` holds a character that YAML does not read."""
    found = re.search(_UNPRINTABLE, text)
    if found is None:
        return Fault(Place(first_line, 1), f"not YAML: {error.reason}")
    line = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    return Fault(Place(first_line + line, column + 1), told(found[0]), HINT)


def _place(mark: Any, first_line: int) -> Place:
    return Place(first_line + mark.line, mark.column + 1) if mark else Place(first_line, 1)
