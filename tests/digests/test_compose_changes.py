"""What became of an entry: every changed claim, was and now; corrections first; nothing told that did not change."""

from typing import Any

import pytest

from bot.digests.edition import Before, Edition, Kept, Section
from bot.digests.layout import POINTS, POINTS_BELOW
from bot.digests.revision import Revision, revision
from bot.digests.snapshot import Snapshot
from tests.digests.editions import (
    PUBLIC,
    SINCE,
    changed,
    claim,
    edition,
    files,
    made,
    of,
    reason,
    seen,
    words,
)
from tests.library.samples import GOOD, entry_text, source_fields

FIRST = claim("one", "Ada met Ben.", date="2023-06-18")
SECOND = claim("two", "Ben left.", date="2023-06-19")


def between(was: dict[str, Any], now: dict[str, Any]) -> Edition:
    """Return the edition for a channel that saw Ada's entry with the fields `was`, now that they are `now`."""
    return changed(files("Ada One", **was), files("Ada One", **now))


def claims(*found: dict[str, Any]) -> dict[str, Any]:
    return {"claims": list(found)}


PENDING = claim("one", "Ben was expected.", date="2023-06-18", forecast={"outcome": "pending"})
SETTLED = PENDING | {"forecast": {"outcome": "did not happen", "text": "He stayed.", "date": "2023-07-25"}}
CASES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    (
        "bottom line",
        {"bottom_line": "Old line."},
        {"bottom_line": "New line."},
        "Bottom line. Was: Old line. Now: New line.",
    ),
    (
        "title",
        {"title": "Ada Former", "bottom_line": "Ada."} | claims(FIRST),
        {"title": "Ada Latter", "bottom_line": "Ada."} | claims(FIRST),
        "Title. Was: Ada Former Now: Ada Latter",
    ),
    ("why", {}, {"why_it_matters": "It counts."}, "Why it matters. Was: not said. Now: It counts."),
    (
        "text",
        claims(FIRST),
        claims(FIRST | {"text": "Ada met Cleo."}),
        "Claim. Was: Ada met Ben. Now: Ada met Cleo. [A Wire]",
    ),
    (
        "date",
        claims(FIRST),
        claims(FIRST | {"date": "2023-06-19", "approximate": True}),
        "Claim. Ada met Ben. [A Wire] Date: was 18 June 2023, now about 19 June 2023.",
    ),
    ("no date", claims(FIRST), claims(claim("one", "Ada met Ben.")), "Date: was 18 June 2023, now not said."),
    ("speaker", claims(FIRST), claims(FIRST | {"said_by": "Cleo"}), "Said by: was not said, now Cleo."),
    (
        "confidence",
        claims(FIRST),
        claims(FIRST | {"confidence": "low"}),
        "Claim. Ada met Ben. [A Wire] Confidence: was high, now low.",
    ),
    (
        "dispute",
        claims(FIRST),
        claims(
            FIRST | {"disputed": True, "other_side": [{"party": "Ben", "text": "He denies it.", "sources": ["wire"]}]}
        ),
        "Claim. Ada met Ben. [A Wire] Now disputed. Ben: He denies it.",
    ),
    (
        "dispute over",
        claims(FIRST | {"disputed": True}),
        claims(FIRST),
        "Claim. Ada met Ben. [A Wire] No longer disputed.",
    ),
    (
        "holds until",
        claims(FIRST),
        claims(FIRST | {"valid_until": "2026-01-31"}),
        "Holds until: was not said, now 2026-01-31.",
    ),
    (
        "forecast",
        claims(PENDING),
        claims(SETTLED),
        "Claim. Ben was expected. [A Wire] What became of it (25 July 2023): did not happen. He stayed.",
    ),
    ("no forecast", claims(SETTLED), claims(SETTLED | {"forecast": None}), "No longer told as a forecast."),
    ("pending again", claims(SETTLED), claims(PENDING), "Forecast, not yet settled."),
    (
        "superseded",
        claims(FIRST, SECOND),
        claims(FIRST | {"superseded_by": "two"}, SECOND | {"supersedes": ["one"]}),
        "Claim. Ada met Ben. [A Wire] Superseded. Ben left.",
    ),
    ("new claim", claims(FIRST), claims(FIRST, SECOND), "New. 19 June 2023 · Ben left. [A Wire]"),
    ("removed claim", claims(FIRST, SECOND), claims(FIRST), "Withdrawn. Ben left."),
    (
        "position",
        {},
        {"positions": [{"party": "China", "voice": "Wang Yi", "holds": "It is open.", "sources": ["wire"]}]},
        "New. Position of China (Wang Yi): It is open.",
    ),
    (
        "judgment",
        {"judgments": [{"text": "Talks go on.", "by": "Cleo", "likelihood": "likely", "sources": ["wire"]}]},
        {},
        "Withdrawn. Judgment by Cleo: Talks go on. (likely)",
    ),
    (
        "words",
        {},
        {"quotations": [{"id": "q", "text": "We talk", "form": "garbled", "speaker": "Ada", "sources": ["wire"]}]},
        "New. Words of Ada (garbled): We talk",
    ),
    ("background", {}, {"body": "## More\n\nLonger.\n"}, "Revised. Its background."),
    (
        "office",
        {},
        {"roles": [{"office": "Minister", "from": "2023-01-01", "sources": ["wire"]}]},
        "Revised. Its offices.",
    ),
]


@pytest.mark.parametrize(("was", "now", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_sort_of_change_is_told(was: dict[str, Any], now: dict[str, Any], told: str) -> None:
    now = {name: _without_none(value) for name, value in now.items()}
    found = between(was, now)
    assert of(found, Section.CHANGED) == ["ada-one"]
    assert found.items[0].reason == "changed since Tue 24 Nov: 1 change"
    assert told in words(found.reply)
    assert found.news


def _without_none(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_none(each) for each in value]
    return {name: each for name, each in value.items() if each is not None} if isinstance(value, dict) else value


@pytest.mark.parametrize(
    "now",
    [
        {"last_checked": "2026-11-20"},
        {"sources": [source_fields("wire", title="Another title")]},
        {"names": [{"name": "Adele", "sort": "nickname"}]},
        {"review_by": "2027-01-01"},
        claims(claim("renamed", "Sample has a claim.", date="2023-06-18")),
    ],
    ids=["checked", "source", "name", "review", "claim id"],
)
def test_what_no_reader_would_notice_is_no_change(now: dict[str, Any]) -> None:
    found = between(
        claims(claim("one", "Sample has a claim.", date="2023-06-18")),
        claims(claim("one", "Sample has a claim.", date="2023-06-18")) | now,
    )
    assert not found.news
    assert reason(found, "ada-one").startswith("changed since Tue 24 Nov, but not in what it tells")


def test_a_correction_comes_first_and_the_claim_it_names_is_not_told_twice() -> None:
    correction = {"date": "2026-10-30", "was": "Ada met Ben.", "now": "Ada met Cleo.", "claim": "one"}
    found = between(claims(FIRST), claims(FIRST | {"text": "Ada met Cleo."}) | {"corrections": [correction]})
    assert [item.section for item in found.items] == [Section.CORRECTED]
    assert found.items[0].reason == "corrected since Tue 24 Nov: this channel has seen the entry as it was"
    assert "Ada One: corrected on 30 October 2026. Was: Ada met Ben. Now: Ada met Cleo." in words(found.reply)


def test_what_changed_beside_the_corrected_words_is_told() -> None:
    correction = {"date": "2026-10-30", "was": "Ada met Ben.", "now": "Ada met Cleo.", "claim": "one"}
    now = claims(FIRST | {"text": "Ada met Cleo.", "date": "2023-06-20"}) | {"corrections": [correction]}
    found = between(claims(FIRST), now)
    assert [item.section for item in found.items] == [Section.CORRECTED, Section.CHANGED]
    assert "Date: was 18 June 2023, now 20 June 2023." in words(found.reply)


def test_a_correction_that_the_channel_has_had_is_not_told_again() -> None:
    correction = {"date": "2026-10-30", "was": "It was.", "now": "It is."}
    later = {"date": "2026-11-01", "was": "It was so.", "now": "It is so."}
    found = between({"corrections": [correction]}, {"corrections": [correction, later]})
    assert of(found, Section.CORRECTED) == ["ada-one"]
    assert "It was so." in words(found.reply)
    assert "Was: It was. " not in words(found.reply)


def test_of_an_entry_that_is_new_to_the_channel_nothing_is_a_correction() -> None:
    now = files("Ada One") | files("Ben Two", corrections=[{"date": "2026-10-30", "was": "It was.", "now": "It is."}])
    found = changed(files("Ada One"), now)
    assert of(found, Section.CORRECTED) == []
    assert of(found, Section.NEW) == ["ben-two"]


def test_where_the_earlier_words_are_gone_it_is_told_that_it_changed_and_what_was_corrected_since() -> None:
    old = {"date": "2026-10-30", "was": "Early.", "now": "Early again."}
    late = {"date": "2026-11-25", "was": "Late.", "now": "Late again."}
    was = made(files("Ada One"))
    now = made(files("Ada One", last_checked="2026-11-25", corrections=[old, late], bottom_line="Another line."))
    found = edition(now, seen(was, revisions=Kept({})))
    assert [item.section for item in found.items] == [Section.CORRECTED, Section.CHANGED]
    assert "Late again." in words(found.reply)
    assert "Early again." not in words(found.reply)
    assert found.items[1].reason == "changed since Tue 24 Nov: what it said before is no longer kept"
    assert "Ada One: changed; what it said before is no longer kept." in words(found.reply)


def test_the_list_has_a_few_points_and_all_others_stand_below() -> None:
    many = [claim(f"c{place}", f"Claim number {place} holds.") for place in range(10)]
    found = between(claims(FIRST), claims(FIRST, *many))
    above, below = words(found.reply).split("The rest of this edition")
    assert [f"Claim number {place} holds." in above for place in range(10)] == [place < POINTS for place in range(10)]
    assert all(f"Claim number {place} holds." in below for place in range(POINTS, 10))
    assert "Ada One, continued:" in below


def test_of_an_entry_that_was_rewritten_the_rest_is_counted() -> None:
    many = [claim(f"c{place}", f"Claim number {place} holds.") for place in range(40)]
    told = words(between(claims(FIRST), claims(FIRST, *many)).reply)
    assert told.count("Claim number") == POINTS_BELOW
    assert f"And {40 - POINTS_BELOW} more changes: Ada One was rewritten, open it to read it." in told


def test_an_expired_entry_tells_its_head_alone() -> None:
    gone = {"expires": "2026-11-01", "why_it_matters": "It counted."}
    was = gone | claims(FIRST)
    now = (
        gone
        | claims(FIRST | {"text": "Ada met Cleo."})
        | {"corrections": [{"date": "2026-10-30", "was": "a", "now": "b"}]}
    )
    assert not between(was, now).news
    told = words(between(was, now | {"bottom_line": "Another line."}).reply)
    assert "Another line." in told
    assert "Cleo" not in told
    assert "It counted." not in told
    assert "corrected" not in told


def test_a_revision_goes_through_json_unchanged() -> None:
    (entry,) = made(
        {"people/antony-blinken.md": GOOD.replace(", claim: removed", ", claim: removed")}
    ).entries_by_id.values()
    told = revision(entry)
    assert Revision.from_json(told.to_json()) == told
    assert told.claims["visit"].other_side == ("China: The talks were asked for by Washington.",)


@pytest.mark.parametrize(
    "words_kept", ["", "{}", "[]", "null", '{"format":0}', '{"format":1}', '{"format":1,"claims":{"a":1}}']
)
def test_what_is_no_revision_is_refused(words_kept: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Revision.from_json(words_kept)


def test_a_snapshot_says_which_earlier_words_an_edition_needs() -> None:
    before, now = Snapshot.of({"a": "1", "b": "2", "c": "3"}), Snapshot.of({"c": "3", "a": "9"})
    assert before.gone_from(now) == (("a", "1"), ("b", "2"))
    assert Snapshot.of({"c": "3", "b": "2", "a": "1"}).key == before.key
    assert now.key != before.key


def test_an_entry_of_the_same_hash_is_not_looked_up() -> None:
    class Nowhere:
        def document(self, entry_id: str, content_hash: str) -> Revision | None:
            raise AssertionError(f"{entry_id} {content_hash} did not change")

    now = made({"people/ada-one.md": entry_text("Ada One")})
    before = Before(seen(now).snapshot, Nowhere(), since=SINCE)
    assert not edition(now, before, viewer=PUBLIC).news
