"""What a reader may not see does not show: not as a result, nearest or completion, and not in any score."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from tests.library.samples import EVERYBODY, NOW, entry_text, library_of

INNER = Viewer(Audience.INTERNAL, NOW)
EMBARGO_ENDS = datetime(2027, 1, 1, tzinfo=UTC)
LATER = Viewer(Audience.PUBLIC, EMBARGO_ENDS)


def claims(text: str) -> list[dict[str, Any]]:
    return [{"id": "one", "text": text, "date": "2023-06-18", "sources": ["wire"]}]


SHOWN = {
    "events/port-visit-2023.md": entry_text(
        "Harbour visit of the frigate, 2023", kind="event", claims=claims("A frigate docked.")
    ),
    "people/ada-frost.md": entry_text("Ada Frost", claims=claims("She inspected the frigate and its radar.")),
    "issues/radar.md": entry_text(
        "Radar exports", kind="issue", claims=claims("Radar parts were held back at customs.")
    ),
}
HIDDEN = {
    "people/draft-frost.md": entry_text("Bob Frost", status="draft", claims=claims("The frigate carried zirconium.")),
    "people/later-frost.md": entry_text(
        "Cyd Frost", publish_at="2027-01-01T00:00Z", claims=claims("The frigate carried palladium radar.")
    ),
    "people/inner-frost.md": entry_text(
        "Dee Frost",
        audience="internal",
        claims=claims("The frigate carried vanadium."),
        names=[{"name": "Radar Ace", "sort": "nickname"}],
    ),
    "events/old-storm.md": entry_text(
        "Old storm",
        kind="event",
        as_of="2025-05-31",
        last_checked="2025-06-01",
        expires="2026-01-01",
        claims=claims("Iridium was lost in the storm."),
    ),
}
QUERIES = [
    "frost",
    "ada frost",
    "bob frost",
    "bob",
    "cyd",
    "dee frost",
    "frigate",
    "frigate visit",
    "zirconium",
    "palladium radar",
    "vanadium",
    "radar ace",
    "radar",
    "who inspected the frigate radar?",
    "what did the frigate carry?",
    "the frigate carried vanadium",
    "draft frost",
    "later",
    "inner-frost",
    "fr",
    "frst",
    "bobb",
    "customs radar parts",
    "why were radar parts held back",
    "iridium storm",
    "was iridium lost in the old storm?",
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Library]:
    kept = {path: text for path, text in HIDDEN.items() if "storm" in path}
    bare = library_of(tmp_path_factory.mktemp("bare"), SHOWN | kept)
    full = library_of(tmp_path_factory.mktemp("full"), SHOWN | HIDDEN)
    assert bare.problems == full.problems == ()
    return bare, full


@pytest.mark.parametrize("query", QUERIES)
def test_it_is_as_if_it_were_not_there(query: str, both: tuple[Library, Library]) -> None:
    bare, full = ([library.search(query, EVERYBODY), library.complete(query, EVERYBODY)] for library in both)
    assert str(bare) == str(full)


def test_it_is_found_by_those_and_when_it_may_be(both: tuple[Library, Library]) -> None:
    _, full = both
    assert full.search("who carried vanadium on the frigate frost?", INNER).entries[0].id == "inner-frost"
    assert full.search("palladium frost", EVERYBODY).outcome == "none"
    assert full.search("palladium frost", LATER).entries[0].id == "later-frost"
    before = Viewer(Audience.PUBLIC, EMBARGO_ENDS - timedelta(seconds=1))
    assert "later-frost" not in str(full.search("palladium frost", before))
    assert "draft-frost" not in str(full.search("zirconium frost", INNER))


def test_what_an_expired_entry_told_finds_nothing_any_more(both: tuple[Library, Library]) -> None:
    _, full = both
    alive = Viewer(Audience.PUBLIC, datetime(2025, 6, 1, tzinfo=UTC))
    asked = "was iridium lost in the old storm?"
    assert full.search(asked, alive).entries[0].id == "old-storm"
    rare = full.search("iridium customs", EVERYBODY)
    assert "old-storm" not in str(rare)
