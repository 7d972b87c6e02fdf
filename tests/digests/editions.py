"""Editions for tests: a library written as files, a channel that saw an earlier one, and what it would get now."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.digests.compose import compose
from bot.digests.edition import Before, Edition, Kept, Section
from bot.digests.model import Wants
from bot.digests.revision import Revision, revision
from bot.digests.snapshot import snapshot
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from bot.reply import Reply, lines, plain
from tests.library.samples import entry_text, library_of

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
SINCE = date(2026, 11, 24)
PUBLIC = Viewer(Audience.PUBLIC, NOW)
EVERYTHING = Wants()
Files = Mapping[str, str]


def made(files: Files) -> Library:
    """Return the library of `files`, through the real loader; none of them may be refused."""
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(Path(folder), dict(files))
    assert len(library.entries_by_id) == len(files), library.problems
    return library


def files(*titles: str, **fields: Any) -> dict[str, str]:
    """Return a small person's file for each title."""
    return {path(title): entry_text(**({"title": title} | fields)) for title in titles}


def path(title: str) -> str:
    return f"people/{title.lower().replace(' ', '-')}.md"


def claim(claim_id: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"id": claim_id, "text": text, "sources": ["wire"]} | fields


def documents(library: Library) -> dict[tuple[str, str], Revision]:
    """Return the words of every entry, drafts and all, as a store keeps them."""
    return {(entry.id, entry.content_hash): revision(entry) for entry in library.entries_by_id.values()}


def seen(library: Library, viewer: Viewer = PUBLIC, wants: Wants = EVERYTHING, **fields: Any) -> Before:
    """Return a channel that saw all of `library` on `SINCE`."""
    known: dict[str, Any] = {"since": SINCE, "revisions": Kept(documents(library))} | fields
    return Before(snapshot(library, viewer, wants), **known)


def edition(
    now: Library, before: Before, *, viewer: Viewer = PUBLIC, wants: Wants = EVERYTHING, today: date = TODAY
) -> Edition:
    return compose(now, viewer, wants, before, today)


def changed(was: Files, now: Files, **fields: Any) -> Edition:
    """Return the edition for a channel that saw `was`, of a library that is `now`."""
    return edition(made(now), seen(made(was)), **fields)


def words(reply: Reply) -> str:
    """Return what stands in a reply, a line for each line."""
    return "\n".join(plain(spans) for spans in lines(reply.blocks))


def of(found: Edition, section: Section) -> list[str]:
    """Return the ids of what the edition tells in a section, in order."""
    return [item.entry_id for item in found.items if item.section is section]


def reason(found: Edition, entry_id: str) -> str:
    """Return the one reason for which an entry is left out."""
    (only,) = {each.reason for each in found.left_out if each.entry_id == entry_id}
    return only
