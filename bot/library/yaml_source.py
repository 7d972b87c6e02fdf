"""YAML as plain data with the place of every key and value, and nothing that surprises.

One pass over libyaml's events. YAML 1.2's core scalars only: dates stay text, ``NO`` is refused unquoted because other
readers take it for false. Anchors, aliases, tags and duplicate keys are errors: a briefing needs none of them.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from yaml.reader import ReaderError

from bot.library.characters import HINT, hidden, told
from bot.library.document import Document, Path
from bot.library.place import Fault, Place
from bot.library.yaml_syntax import character_fault, syntax_fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 20
_SHOWN = 40
_WRITE_OUT = "write the value out, anchors and aliases are not read; text that begins with * or & wants quotation marks"
_AMBIGUOUS = re.compile(r"(?:y|n|yes|no|on|off)\Z", re.IGNORECASE)
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_LONGEST_CONSTANT = 5
_SHORT = 40
"""Characters of a value that may well stand in many places: a language, a party, a source."""
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True} | {
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@lru_cache(8_192)
def _one(word: str) -> str:
    """Return the first of the words equal to `word`, so that they take room only once."""
    return word


def read_yaml(text: str, first_line: int = 1) -> Document:
    """Return `text` as a `Document`; `first_line` is the file's line on which `text` starts. Never raises."""
    document = Document(first_line)
    try:
        loader = _Loader(text)
    except ReaderError as error:
        document.faults.append(character_fault(error, text, first_line))
        return document
    builder = _Builder(document, iter(loader.get_event, None))
    try:
        document.data = builder.build()
    except _TooDeepError as error:
        document.faults.append(error.fault)
    except yaml.MarkedYAMLError as error:
        document.faults.append(builder.open_quote(error) or syntax_fault(error, first_line))
    except ReaderError as error:
        document.faults.append(character_fault(error, text, first_line))
    finally:
        loader.dispose()
    return document


class _TooDeepError(Exception):
    """Nesting beyond the limit: reading stops here, before it costs anything."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.fault = Fault(place, f"nested deeper than {_MAX_DEPTH} levels", "no field goes that deep")


class _Builder:
    """Builds data from events, keeping places; recursion is bounded by `_MAX_DEPTH`."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self._document = document
        self._events = events
        self._quoted: Any = None

    def open_quote(self, error: yaml.MarkedYAMLError) -> Fault | None:
        """Return where a quotation began that ran over lines and ended at the next mark, right before `error`."""
        quoted, mark = self._quoted, error.problem_mark
        if quoted is None or mark is None or mark.line != quoted.end_mark.line:
            return None
        return Fault(self._place(quoted), "quotation marks that are never closed, or too late", "close them")

    def build(self) -> Any:
        data = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(event, "a second YAML document", "one briefing has one head")
                    return data
                data = self._node(next(self._events), (), 0)
        return data

    def _place(self, event: Any) -> Place:
        return self._document.at(event.start_mark)

    def _fault(self, event: Any, message: str, hint: str = "") -> None:
        self._document.faults.append(Fault(self._place(event), message, hint))

    def _node(self, event: Any, path: Path, depth: int) -> Any:
        empty = isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
        mark = self._document.keys.get(path) if empty else None  # a value that is not there stands where its key does
        self._document.values.setdefault(path, mark or event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f"the alias *{str(event.anchor)[:_SHOWN]}", _WRITE_OUT)
            return None
        if event.anchor:
            self._fault(event, f"the anchor &{str(event.anchor)[:_SHOWN]}", _WRITE_OUT)
        if event.tag:
            hint = "leave it out; text that begins with an exclamation mark wants quotation marks"
            self._fault(event, f"the tag {event.tag[:_SHOWN]}", hint)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth >= _MAX_DEPTH:
            raise _TooDeepError(self._place(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path, depth)
            below = (*path, key)
            if key in found:
                first = self._document.key_place(below)
                self._fault(event, f"{key[:_SHOWN]!r} stands here a second time", f"the first is on line {first.line}")
                self._node(next(self._events), (*path, key, "again"), depth + 1)
                continue
            self._document.keys[below] = event.start_mark
            found[key] = self._node(next(self._events), below, depth + 1)
        return found

    def _key(self, event: Any, path: Path, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self._fault(event, "a key that is no plain word")
        self._node(event, (*path, "?"), depth + 1)
        return "?"

    def _scalar(self, event: Any) -> Any:
        word: str = _one(event.value) if len(event.value) <= _SHORT else event.value
        if event.style in {"'", '"'} and event.end_mark.line > event.start_mark.line:
            self._quoted = event
        escaped = hidden(word) if event.style == '"' else None
        if escaped:
            self._fault(event, told(escaped[0]), HINT)
        if event.style or not event.implicit[0] or (len(word) > _LONGEST_CONSTANT and word[0].isalpha()):
            return word
        if _AMBIGUOUS.match(word):
            self._fault(
                event, f"{word} without quotation marks", f'other readers take it for true or false; write "{word}"'
            )
            return word
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        if _INT.match(word):
            return int(word)
        return float(word) if _FLOAT.match(word) and math.isfinite(float(word)) else word
