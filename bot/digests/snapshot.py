"""What of the library a subscription gets to see, as hashes: what its next edition is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.digests.model import Wants
from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.visibility import Viewer

_KEY = 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Content hashes by entry id of what the subscription's filter and audience let through; `key` is a hash of it."""

    key: str
    hashes: Mapping[str, str]

    @staticmethod
    def of(hashes: Mapping[str, str]) -> "Snapshot":
        """Return the snapshot of `hashes`; equal ones have equal keys, whatever their order."""
        words = "\n".join(f"{entry_id} {hashes[entry_id]}" for entry_id in sorted(hashes))
        return Snapshot(sha256(words.encode()).hexdigest()[:_KEY], dict(hashes))

    def gone_from(self, now: "Snapshot") -> tuple[tuple[str, str], ...]:
        """Return id and hash of the versions in this snapshot that `now` no longer has: the words to look up."""
        return tuple(pair for pair in self.hashes.items() if now.hashes.get(pair[0]) != pair[1])


def snapshot(library: Library, viewer: Viewer, wants: Wants) -> Snapshot:
    """Return what `viewer` may see of `library` and `wants` asks for."""
    return Snapshot.of({entry.id: entry.content_hash for entry in asked_for(library.browse(viewer), wants)})


def asked_for(entries: Iterable[Entry], wants: Wants) -> tuple[Entry, ...]:
    """Return those of `entries` that fit `wants`."""
    return tuple(entry for entry in entries if not misfit(entry, wants))


def misfit(entry: Entry, wants: Wants) -> str:
    """Return in words why `entry` is not what `wants` asks for, the same for all such; empty where it is."""
    if wants.kinds and entry.kind not in wants.kinds:
        return f"kind not asked for: only {', '.join(kind.folder for kind in wants.kinds)}"
    if wants.topics and not set(wants.topics) & set(entry.topics):
        return f"topic not asked for: only {', '.join(wants.topics)}"
    return ""
