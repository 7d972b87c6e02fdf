"""A briefing file's bytes become text, and the text a YAML head and a Markdown body, each with its first line."""

import unicodedata
from dataclasses import dataclass

from bot.library.yaml_source import Fault, Place

MAX_BYTES = 256 * 1024
_FENCE = "---"
# Joiners shape letters in several scripts and emoji; everything else of this category is invisible to a reviewer.
_INVISIBLE_ALLOWED = frozenset("\u200c\u200d")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts of a file; `body_line` is the line on which the body starts. The head starts on line 2."""

    head: str
    body: str
    body_line: int


def decode(raw: bytes) -> tuple[str, list[Fault]]:
    """Return the file's text with Unix line ends, and what is wrong with its bytes and characters."""
    if len(raw) > MAX_BYTES:
        message = f"more than {MAX_BYTES:,} bytes"
        return "", [Fault(Place(1, 1), message, "split the briefing, or link instead of copying")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        place = Place(before.count(b"\n") + 1, column)
        return "", [Fault(place, f"not UTF-8 (byte 0x{raw[error.start]:02x})", "save the file as UTF-8")]
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    return text, list(_hidden(text))


def _hidden(text: str) -> list[Fault]:
    if text.isascii() and text.isprintable():
        return []
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable():
            continue
        for column, char in enumerate(line, 1):
            if (
                unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
                and char not in _INVISIBLE_ALLOWED
            ):
                faults.append(_hidden_fault(char, Place(number, column)))
                break  # one a line is enough to find them
    return faults


def _hidden_fault(char: str, place: Place) -> Fault:
    name = unicodedata.name(char, "control character")
    sort = "invisible character" if unicodedata.category(char) == "Cf" else "control character"
    if char == "\t":
        return Fault(place, "tab", "use spaces")
    return Fault(place, f"{sort} U+{ord(char):04X} ({name.lower()})", "delete it; readers cannot see what it does")


def split(text: str) -> tuple[Split | None, list[Fault]]:
    """Return head and body of `text`, or the reason why there is no head."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        hint = "the first line is ---, then the fields, then --- again"
        return None, [Fault(Place(1, 1), "empty file" if not text.strip() else "no front matter", hint)]
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == _FENCE:
            return Split("\n".join(lines[1 : number - 1]) + "\n", "\n".join(lines[number:]), number + 1), []
    return None, [Fault(Place(1, 1), "front matter without an end", "put a line --- behind the last field")]
