"""One file's bytes become an entry, or every problem with it: characters, YAML, fields, rules and body in one reading.

Nothing in a file can make this raise.
"""

import re
import zlib
from typing import Any

from pydantic import ValidationError

from bot.library.check_body import sections
from bot.library.check_entry import check_entry
from bot.library.check_names import marks_of
from bot.library.check_references import may_refer
from bot.library.document import Document, Path
from bot.library.entry import Entry, FrontMatter, Section
from bot.library.fields import ENTRY_ID_LENGTH, SLUG
from bot.library.front import decode, split
from bot.library.mend import believable, mended
from bot.library.place import Fault, Place
from bot.library.problem import Level, Problem
from bot.library.read import HEAD_LINE, NOTHING, Read, hash_of, slug_of
from bot.library.shape import shape_faults
from bot.library.vocabulary import Kind
from bot.library.walk import NO_ID
from bot.library.yaml_source import read_yaml

MAX_PROBLEMS = 100
"""Problems told of one file; a file that is no text at all would fill a screen for each of its lines."""
_KINDS = {kind.folder: kind for kind in Kind}


def read_briefing(path: str, raw: bytes) -> Read:
    """Return what `raw`, the content of the file at `path` (``people/antony-blinken.md``), says. Never raises."""
    content_hash = hash_of(raw)
    try:
        return _Reading(path, content_hash).read(raw)
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one file must not take the others down
        from bot.errors import report  # here, since it brings the log, a tenth of a start, and hardly ever happens

        incident = report(error, action="library.read", file=path)
        message = f"this program failed to read the file (reference {incident.reference})"
        return Read(path, content_hash, None, False, (Problem(path, 1, 1, Level.ERROR, message, incident.advice),))


class _Reading:
    """The steps of one reading, gathering faults as they go."""

    def __init__(self, path: str, content_hash: str) -> None:
        self._path = path
        self._content_hash = content_hash
        self._faults: list[Fault] = []
        self._head = ""

    def read(self, raw: bytes) -> Read:
        self._name()
        text, faults = decode(raw)
        self._faults += faults
        if text is None:
            return self._result(None)
        parts, faults = split(text)
        self._faults += faults
        if parts is None:
            return self._result(None)
        self._head = parts.head
        document = read_yaml(parts.head, HEAD_LINE)
        body, body_faults = sections(parts.body, parts.body_line)
        self._faults += document.faults
        front, replaced = self._front(document)
        self._faults += body_faults
        if front is None:
            return self._result(None)
        entry = self._entry(front, body)
        found = believable(check_entry(entry), replaced)
        return self._result(entry, [finding.at(self._path, document) for finding in found], replaced)

    def _name(self) -> None:
        slug = slug_of(self._path)
        if not re.fullmatch(SLUG.strip("^$"), slug) or len(slug) > ENTRY_ID_LENGTH:
            self._faults.append(Fault(Place(1, 1), *NO_ID))

    def _front(self, document: Document) -> tuple[FrontMatter | None, frozenset[Path]]:
        if not isinstance(document.data, dict):
            if not document.faults:
                hint = "title: …, kind: …, and so on, one a line"
                self._faults.append(Fault(Place(HEAD_LINE, 1), "the front matter holds no fields", hint))
            return None, NOTHING
        try:
            return FrontMatter.model_validate(document.data), NOTHING
        except ValidationError as error:
            told = {fault.place for fault in document.faults}
            self._faults += (fault for fault in shape_faults(document, error) if fault.place not in told)
            kind = _KINDS.get(self._path.split("/", 1)[0], Kind.ISSUE)
            return mended(document.data, error, kind.value)

    def _entry(self, front: FrontMatter, body: tuple[Section, ...]) -> Entry:
        fields: dict[str, Any] = {name: getattr(front, name) for name in FrontMatter.model_fields}
        return Entry.model_construct(
            **fields, id=slug_of(self._path), path=self._path, sections=body, content_hash=self._content_hash
        )

    def _result(
        self, entry: Entry | None, found: list[Problem] | None = None, replaced: frozenset[Path] = NOTHING
    ) -> Read:
        faults = [
            Problem(self._path, fault.place.line, fault.place.column, Level.ERROR, fault.message, fault.hint)
            for fault in self._faults
        ]
        problems = sorted({*faults, *(found or ())})
        sound = entry is not None and not any(problem.level is Level.ERROR for problem in problems)
        if len(problems) > MAX_PROBLEMS:
            rest, last = len(problems) - MAX_PROBLEMS, problems[MAX_PROBLEMS]
            level = max((problem.level for problem in problems[MAX_PROBLEMS:]), key=[*Level][::-1].index)
            more = Problem(self._path, last.line, last.column, level, f"and {rest} more problems in this file")
            problems = [*problems[:MAX_PROBLEMS], more]
        head = _packed(self._head)
        marks, refers = (marks_of(entry), may_refer(entry)) if entry else (b"", False)
        return Read(self._path, self._content_hash, entry, sound, tuple(problems), head, replaced, marks, refers)


def _packed(text: str) -> bytes:
    """Return `text` compressed, by the quickest means: with a window and tables no larger than most texts."""
    packer = zlib.compressobj(1, wbits=13, memLevel=6)
    return packer.compress(text.encode()) + packer.flush()
