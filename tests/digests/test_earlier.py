"""What a channel would have seen on an earlier day, from what the files themselves date."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.digests.earlier import never_seen, recent, revision_on, seen_on
from bot.digests.edition import Edition, Section
from bot.digests.model import Wants
from bot.digests.snapshot import snapshot
from bot.library.load import load
from bot.library.visibility import Viewer
from tests.digests.editions import EVERYTHING, NOW, PUBLIC, TODAY, claim, edition, files, made, of, words

DAY = date(2026, 11, 10)
BRIEFINGS = Path(__file__).parents[2] / "briefings"
OLD = claim("old", "Ada began.", date="2020-01-01")


def since(day: date, **fields: Any) -> Edition:
    """Return today's edition for a channel that would have seen Ada's entry, as it is now, on `day`."""
    library = made(files("Ada One", **({"claims": [OLD]} | fields)))
    return edition(library, seen_on(library, PUBLIC, EVERYTHING, day))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"claims": [OLD, claim("new", "Ada went on.", date="2026-11-11")]}, "New. 11 November 2026 · Ada went on."),
        ({"claims": [OLD, claim("new", "Ada went on.", date="2026-01-01", known_from="2026-11-11")]}, "Ada went on."),
        (
            {"claims": [OLD | {"forecast": {"outcome": "happened", "text": "So it was.", "date": "2026-11-12"}}]},
            "What became of it (12 November 2026): happened. So it was.",
        ),
        (
            {"claims": [OLD | {"superseded_by": "new"}, claim("new", "Ada went on.", date="2026-11-11")]},
            "Claim. Ada began. [A Wire] Superseded. Ada went on.",
        ),
        (
            {"positions": [{"party": "China", "holds": "It is so.", "date": "2026-11-11", "sources": ["wire"]}]},
            "New. Position of China: It is so.",
        ),
        (
            {
                "claims": [OLD, claim("new", "Ada went on.", date="2026-11-11")],
                "former_bottom_lines": [{"from": "2020-01-01", "until": "2026-11-10", "text": "Ada begins."}],
            },
            "Bottom line. Was: Ada begins. Now: Ada One is the subject of this sample.",
        ),
    ],
    ids=["new claim", "known later", "forecast", "superseded", "position", "bottom line"],
)
def test_what_is_dated_later_is_new_since_that_day(fields: dict[str, Any], told: str) -> None:
    found = since(DAY, **fields)
    assert of(found, Section.CHANGED) == ["ada-one"]
    assert told in words(found.reply)
    assert found.items[0].reason.startswith("changed since Tue 10 Nov")
    assert not since(DAY + timedelta(days=2), **fields).news


def test_a_later_correction_was_not_made_yet() -> None:
    correction = {"date": "2026-10-30", "was": "Ada ended.", "now": "Ada began.", "claim": "old"}
    library = made(files("Ada One", claims=[OLD], corrections=[correction]))
    told = revision_on(library, library.entries_by_id["ada-one"], date(2026, 10, 29))
    assert told is not None
    assert told.claims["old"].text == "Ada ended."
    assert told.corrections == ()
    found = edition(library, seen_on(library, PUBLIC, EVERYTHING, date(2026, 10, 29)))
    assert [item.section for item in found.items] == [Section.CORRECTED]
    assert not edition(library, seen_on(library, PUBLIC, EVERYTHING, date(2026, 10, 30))).news


def test_an_entry_that_had_nothing_to_tell_yet_is_new() -> None:
    assert of(since(date(2019, 12, 31)), Section.NEW) == ["ada-one"]
    assert not since(date(2020, 1, 1)).news


def test_an_entry_under_embargo_then_is_new() -> None:
    assert of(since(DAY, publish_at="2026-11-12T00:00+00:00"), Section.NEW) == ["ada-one"]
    assert not since(date(2026, 11, 12), publish_at="2026-11-12T00:00+00:00").news


def test_what_is_not_dated_was_always_there() -> None:
    assert not since(DAY, claims=[OLD, claim("plain", "Ada is.")]).news


def test_of_an_unchanged_library_the_snapshot_is_todays() -> None:
    library = load(BRIEFINGS)
    viewer = Viewer(PUBLIC.audience, NOW)
    assert seen_on(library, viewer, Wants(), TODAY).snapshot == snapshot(library, viewer, Wants())


def test_our_own_briefings_have_news_since_the_day_that_previews_begin_with() -> None:
    library = load(BRIEFINGS)
    day = recent(library, PUBLIC)
    assert day < TODAY
    assert edition(library, seen_on(library, PUBLIC, EVERYTHING, day)).news


def test_an_empty_library_has_a_day_too() -> None:
    empty = made({})
    assert recent(empty, PUBLIC) == TODAY - timedelta(days=1)
    assert edition(empty, never_seen()).news


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2023, 6, 18), date(2024, 4, 1), date(2025, 10, 30)])
def test_any_day_of_our_own_briefings_can_be_composed(day: date) -> None:
    library = load(BRIEFINGS)
    found = edition(library, seen_on(library, PUBLIC, EVERYTHING, day))
    assert len({item.entry_id for item in found.items} | {each.entry_id for each in found.left_out}) == len(
        library.entries_by_id
    )
