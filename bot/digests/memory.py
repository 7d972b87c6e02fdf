"""What channels have seen, brought from the database before editions are composed, and kept there with them."""

import json
from collections.abc import Iterable

from cachetools import LRUCache
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.keeping import load_revisions, load_snapshots
from bot.digests.revision import Revision, revision
from bot.digests.snapshot import Snapshot
from bot.library.library import Library

_SNAPSHOTS, _DOCUMENTS = 256, 4096


class Memory:
    """Snapshots by key and earlier versions of entries; composing asks it without waiting."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._snapshots: LRUCache[str, Snapshot] = LRUCache(_SNAPSHOTS)
        self._documents: LRUCache[tuple[str, str], Revision | None] = LRUCache(_DOCUMENTS)
        self._new: dict[str, str] = {}
        self._kept = ""
        """The library's revision whose words are in the database for certain."""

    async def recall(self, connection: AsyncConnection, seen: Iterable[str], now: Iterable[Snapshot]) -> None:
        """Bring the snapshots called `seen` and the words of what each no longer has of `now`, one for one."""
        pairs = {(key, current.key): current for key, current in zip(seen, now, strict=True) if key}
        unknown = {key for key, _ in pairs if key not in self._snapshots}
        for key, body in (await load_snapshots(connection, unknown)).items() if unknown else ():
            if (snapshot := _snapshot(key, body)) is not None:
                self._snapshots[key] = snapshot
        gone = {
            pair
            for (key, _), current in pairs.items()
            if (before := self._snapshots.get(key)) is not None
            for pair in before.gone_from(current)
            if pair not in self._documents
        }
        found = await load_revisions(connection, gone) if gone else {}
        for pair in gone:
            self._documents[pair] = _read(found.get(pair))

    def snapshot(self, key: str) -> Snapshot | None:
        """Return the snapshot called `key`; None for "", and for one that is no longer kept or readable."""
        return self._snapshots.get(key)

    def document(self, entry_id: str, content_hash: str) -> Revision | None:
        """Return that version of the entry, or None."""
        return self._documents.get((entry_id, content_hash))

    def saw(self, snapshot: Snapshot) -> None:
        """Note a snapshot that an edition ends with, to be kept with it."""
        if snapshot.key not in self._new:
            self._new[snapshot.key] = json.dumps(snapshot.hashes, separators=(",", ":"))
        self._snapshots[snapshot.key] = snapshot

    def snapshots(self) -> dict[str, str]:
        """Return the snapshots that were noted since this was last asked, as text by key."""
        new, self._new = self._new, {}
        return new

    def revisions(self, library: Library) -> dict[tuple[str, str], str]:
        """Return the words of every entry of `library`, unless they are in the database for certain."""
        if self._kept == library.revision:
            return {}
        return {(entry.id, entry.content_hash): revision(entry).to_json() for entry in library.entries_by_id.values()}

    def kept(self, library: Library) -> None:
        """Note that the words of `library` are in the database: the transaction that wrote them is done."""
        self._kept = library.revision


def _snapshot(key: str, body: str) -> Snapshot | None:
    """Return a snapshot that was kept; None for one that cannot be read, as for one that is no longer kept."""
    try:
        hashes = json.loads(body)
    except ValueError:
        hashes = None
    words = isinstance(hashes, dict) and all(isinstance(each, str) for each in hashes.values())
    return Snapshot(key, hashes) if words else None


def _read(words: str | None) -> Revision | None:
    """Return a version that was kept; None for none, and for one in another program version's form."""
    try:
        return Revision.from_json(words) if words else None
    except ValueError:
        return None
