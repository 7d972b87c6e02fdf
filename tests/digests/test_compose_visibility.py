"""What a channel may not see is in no edition: not its words, not its name, not its number, not what it once said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.digests.edition import Edition, Kept, Section
from bot.digests.snapshot import snapshot
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from tests.digests.editions import (
    EVERYTHING,
    NOW,
    PUBLIC,
    changed,
    claim,
    documents,
    edition,
    files,
    made,
    of,
    seen,
    words,
)

INNER = Viewer(Audience.INTERNAL, NOW)
HIDDEN: list[dict[str, Any]] = [
    {"status": "draft"},
    {"status": "archived"},
    {"audience": "internal"},
    {"audience": "restricted"},
    {"publish_at": "2026-12-01T00:00+00:00"},
]
KEPT = files("Ada One")


def everything(found: Edition) -> str:
    """Return every word of an edition, with its reasons, buttons and records."""
    reply = found.reply
    return "\n".join(map(str, (words(reply), reply.summary, reply.actions, found.items, found.left_out)))


@pytest.mark.parametrize("fields", HIDDEN, ids=str)
def test_a_hidden_entry_is_nowhere(fields: dict[str, Any]) -> None:
    dated = [claim("one", "Xenia met Yuri.", date="2020-11-26"), claim("two", "It ends.", valid_until="2026-12-01")]
    xenia = files("Xenia Hidden", claims=dated, review_by="2026-11-01", **fields)
    found = changed(KEPT, KEPT | xenia | files("Ben Two"))
    assert "Xenia" not in everything(found)
    assert "xenia" not in everything(found)
    assert set(found.snapshot.hashes) == {"ada-one", "ben-two"}
    bare = changed(KEPT, KEPT | files("Ben Two"))
    assert everything(found) == everything(bare)


@pytest.mark.parametrize("fields", [None, *HIDDEN], ids=str)
def test_whatever_hid_an_entry_it_is_told_as_withdrawn_in_the_same_words(fields: dict[str, Any] | None) -> None:
    later = (
        {}
        if fields is None
        else {"people/xenia.md": files("Xenia Renamed", bottom_line="Deep.", **fields)["people/xenia-renamed.md"]}
    )
    was = {"people/xenia.md": files("Xenia")["people/xenia.md"]}
    found = changed(KEPT | was, KEPT | later)
    assert of(found, Section.WITHDRAWN) == ["xenia"]
    assert "Xenia: no longer among the briefings." in words(found.reply)
    assert everything(found) == everything(changed(KEPT | was, KEPT))
    assert all("xenia" not in action.args for action in found.reply.actions)


def test_an_embargo_that_ended_makes_an_entry_new() -> None:
    files_now = KEPT | files("Xenia Hidden", publish_at="2026-11-25T00:00+00:00")
    library = made(files_now)
    earlier = Viewer(Audience.PUBLIC, NOW - timedelta(days=2))
    before = replace(seen(library), snapshot=snapshot(library, earlier, EVERYTHING))
    assert of(edition(library, before), Section.NEW) == ["xenia-hidden"]


def test_what_an_inner_channel_saw_is_not_told_once_it_is_open_to_all() -> None:
    was = made(
        KEPT | files("Xenia Inner", audience="internal") | files("Yuri Inner", audience="internal", bottom_line="Deep.")
    )
    now = made(KEPT | files("Yuri Inner", bottom_line="Open."))
    before = seen(was, INNER)
    told = everything(edition(now, before, viewer=PUBLIC))
    assert "Xenia" not in told
    assert "Deep." not in told
    assert "what it said before is no longer kept" in told
    assert "Xenia Inner: no longer among the briefings." in words(edition(now, before, viewer=INNER).reply)


def test_an_inner_channel_gets_inner_entries() -> None:
    found = edition(made(KEPT | files("Xenia Inner", audience="internal")), seen(made(KEPT), INNER), viewer=INNER)
    assert of(found, Section.NEW) == ["xenia-inner"]


def test_of_what_is_gone_and_no_longer_known_nothing_is_told() -> None:
    found = edition(made(KEPT), seen(made(KEPT | files("Xenia")), revisions=Kept({})))
    assert not found.news
    assert "xenia" not in everything(found)


def test_a_file_that_moved_is_new_and_not_withdrawn_as_well() -> None:
    text = files("Xenia")["people/xenia.md"]
    found = changed(KEPT | {"people/xenia.md": text}, KEPT | {"people/xenia-two.md": text})
    assert [item.section for item in found.items][:1] == [Section.NEW]
    assert of(found, Section.WITHDRAWN) == []


def test_what_took_the_place_of_a_claim_in_a_hidden_entry_is_not_named() -> None:
    hidden = files("Xenia Hidden", status="draft", claims=[claim("new", "Deep.", supersedes=["ada-one#one"])])
    was = files("Ada One", claims=[claim("one", "Ada is.")]) | hidden
    now = files("Ada One", claims=[claim("one", "Ada is.", superseded_by="xenia-hidden#new")]) | hidden
    found = changed(was, now)
    assert "Superseded." in words(found.reply)
    assert "Deep." not in everything(found)
    assert "xenia" not in everything(found)


def test_nothing_of_a_hidden_version_is_asked_for_by_its_hash() -> None:
    """Words of a version that this channel never saw are not used, though a store may hold them."""
    was = made(KEPT | files("Xenia", status="draft", bottom_line="Deep."))
    now = made(KEPT | files("Xenia", bottom_line="Open."))
    before = seen(was)
    assert any(entry_id == "xenia" for entry_id, _ in documents(was))
    found = edition(now, before)
    assert of(found, Section.NEW) == ["xenia"]
    assert "Deep." not in everything(found)
