"""Read: one file as it was read, kept to spare the next reading; small enough to be handed from process to process."""

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from bot.library.entry import Entry
from bot.library.problem import Problem

if TYPE_CHECKING:
    from bot.library.document import Path
    from bot.library.finding import Finding

MAX_BYTES = 256 * 1024
"""Bytes of a file; of one that has more, nothing is read."""
HEAD_LINE = 2
"""The line on which the front matter starts: the one below the first ``---``."""
NOTHING: "frozenset[Path]" = frozenset()
"""No stand-ins: one object for every file that needs none."""


class Read(NamedTuple):
    """One file as it was read; kept to spare the next reading.

    `entry` is None where nothing could be made of the file. It may be served only if `sound`; otherwise it stands in
    while other files are checked, with stand-ins at `replaced` (see `mend`).
    """

    path: str
    content_hash: str
    entry: Entry | None
    sound: bool
    problems: tuple[Problem, ...]
    packed_head: bytes = b""
    """The front matter, compressed: it is asked for only where something is wrong between files."""
    replaced: "frozenset[Path]" = NOTHING
    marks: bytes = b""
    """A number for each name, by which one sees which of so many may be claimed twice; see `check_names`."""
    refers: bool = True
    """Whether the entry may name a claim."""
    stamp: bytes | None = None
    """What tells that the file has not changed; None where that cannot be told."""

    def located(self, findings: "list[Finding]") -> list[Problem]:
        """Return `findings` at their places in the file; the YAML is read again for it, so that no place is kept."""
        if not findings:
            return []
        # Here, since most starts read no YAML in this process, and find nothing wrong.
        from bot.library.mend import believable
        from bot.library.yaml_source import read_yaml

        document = read_yaml(zlib.decompress(self.packed_head).decode() if self.packed_head else "", HEAD_LINE)
        return [finding.at(self.path, document) for finding in believable(findings, self.replaced)]


def slug_of(path: str) -> str:
    """Return the id of the entry in the file at `path`: its name without the ending."""
    return path.rsplit("/", 1)[-1].removesuffix(".md")


def hash_of(raw: bytes) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of `raw`."""
    return sha256(raw).hexdigest()[:12]
