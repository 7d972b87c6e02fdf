"""A briefing file's bytes become text, and the text a YAML head and a Markdown body, each with its first line."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.library.characters import HINT, hidden_or_tab, told
from bot.library.place import Fault, Place
from bot.library.read import MAX_BYTES

_FENCE = "---"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts of a file; `body_line` is the line on which the body starts. The head starts on line 2."""

    head: str
    body: str
    body_line: int


def decode(raw: bytes) -> tuple[str | None, list[Fault]]:
    """Return the file's text with Unix line ends, None when it is none, and what is wrong with its characters."""
    if len(raw) > MAX_BYTES:
        message = f"more than {MAX_BYTES // 1024} KiB"
        return None, [Fault(Place(1, 1), message, "split the briefing, or link instead of copying")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        place = Place(before.count(b"\n") + 1, column)
        return None, [Fault(place, f"not UTF-8 (byte 0x{raw[error.start]:02x})", "save the file as UTF-8")]
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    return text, list(_hidden(text))


def _hidden(text: str) -> Iterator[Fault]:
    if hidden_or_tab(text) is None:
        return
    for number, line in enumerate(text.split("\n"), 1):
        found = hidden_or_tab(line)  # one a line is enough to find them
        if found:
            hint = "use spaces" if found[0] == "\t" else HINT
            yield Fault(Place(number, found.start() + 1), told(found[0]), hint)


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
