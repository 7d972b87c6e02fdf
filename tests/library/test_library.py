"""What can be asked of a library, from both ends of every link, and by somebody who may see only part of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience, Kind
from tests.library.samples import EVERYBODY, NOW, entry_text, library_of

INNER = Viewer(Audience.INTERNAL, NOW)
INNERMOST = Viewer(Audience.RESTRICTED, NOW)


def claim(claim_id: str, day: str | None = None, **fields: Any) -> dict[str, Any]:
    dated = {"date": day} if day else {}
    return {"id": claim_id, "text": f"Claim {claim_id}.", "sources": ["wire"]} | dated | fields


def role(office: str, **fields: Any) -> dict[str, Any]:
    return {"office": office} | fields


QIN_ROLE = role("Foreign Minister", organisation="ministry", **{"from": "2022-12-30", "until": "2023-07-25"})
FILES = {
    "people/qin-gang.md": entry_text(
        "Qin Gang",
        roles=[QIN_ROLE, role("Ambassador", **{"from": "2021-07", "until": "2023-01"})],
        not_to_be_confused_with=["qin-gong"],
        topics=["diplomacy", "china"],
        claims=[
            claim("visit", "2023-06-18", same_as="visit#met"),
            claim("removed", "2023-07-25"),
            claim("undated"),
        ],
    ),
    "people/qin-gong.md": entry_text("Qin Gong", claims=[claim("born", "1990")]),
    "people/wang-yi.md": entry_text(
        "Wang Yi",
        roles=[role("Foreign Minister", organisation="ministry", **{"from": "2023-07-25"})],
        topics=["diplomacy"],
    ),
    "people/agent.md": entry_text(
        "Agent",
        audience="internal",
        related=["ministry"],
        not_to_be_confused_with=["qin-gang"],
        topics=["secret"],
        roles=[role("Deputy", organisation="ministry")],
        claims=[claim("seen", "2023-06-01")],
    ),
    "people/boss.md": entry_text("Boss", audience="restricted", topics=["secret"]),
    "people/draft.md": entry_text("Draft", status="draft", related=["qin-gang"]),
    "people/old.md": entry_text("Old", status="archived"),
    "people/later.md": entry_text("Later", publish_at="2026-11-24T18:00+08:00", claims=[claim("soon", "2023-06-02")]),
    "people/gone.md": entry_text("Gone", expires="2026-11-23", claims=[claim("was", "2023-06-03")]),
    "organisations/ministry.md": entry_text(
        "Ministry",
        kind="organisation",
        parent="government",
        roles=[
            QIN_ROLE | {"holder": "qin-gang"},
            role(
                "Foreign Minister", person="Li Zhaoxing", organisation="ministry", **{"from": "2003", "until": "2007"}
            ),
            role("Spokesman", holder="agent"),
        ],
    ),
    "organisations/government.md": entry_text("Government", kind="organisation", related=["visit"]),
    "events/visit.md": entry_text(
        "The visit",
        kind="event",
        topics=["diplomacy"],
        claims=[claim("met", "2023-06-18/2023-06-19"), claim("before", "2023-02"), claim("year", "2023")],
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("library"), dict(FILES))


def ids(entries: Any) -> list[str]:
    return [entry.id for entry in entries]


def test_the_library_of_these_tests_is_sound(library: Library) -> None:
    assert [problem for problem in library.problems if problem.level == "error"] == []
    assert len(library.entries_by_id) == len(FILES)


@pytest.mark.parametrize(
    ("viewer", "hidden"),
    [
        (EVERYBODY, {"agent", "boss", "draft", "old"}),
        (INNER, {"boss", "draft", "old"}),
        (INNERMOST, {"draft", "old"}),
        (Viewer(Audience.PUBLIC, NOW - timedelta(seconds=1)), {"agent", "boss", "draft", "old", "later"}),
        (Viewer(Audience.PUBLIC, datetime(2026, 11, 24, 10, 0, tzinfo=UTC)), {"agent", "boss", "draft", "old"}),
    ],
)
def test_a_viewer_gets_and_browses_what_is_theirs(viewer: Viewer, hidden: set[str], library: Library) -> None:
    every = set(library.entries_by_id)
    assert set(ids(library.browse(viewer))) == every - hidden
    assert {each for each in every if library.get(each, viewer) is not None} == every - hidden
    assert library.get("nobody", viewer) is None


def test_browsing_is_by_title_and_by_kind_and_topic(library: Library) -> None:
    assert ids(library.browse(EVERYBODY, kind=Kind.PERSON)) == ["gone", "later", "qin-gang", "qin-gong", "wang-yi"]
    assert ids(library.browse(EVERYBODY, topic="diplomacy")) == ["qin-gang", "visit", "wang-yi"]
    assert ids(library.browse(EVERYBODY, kind=Kind.EVENT, topic="diplomacy")) == ["visit"]
    assert library.topics(EVERYBODY) == (("diplomacy", 3), ("china", 1))
    assert library.topics(INNERMOST) == (("diplomacy", 3), ("secret", 2), ("china", 1))


def test_links_show_from_both_ends_to_whom_they_may(library: Library) -> None:
    def entry(entry_id: str) -> Any:
        return library.entries_by_id[entry_id]

    assert ids(library.related(entry("ministry"), EVERYBODY)) == ["government"]
    assert ids(library.related(entry("ministry"), INNER)) == ["government", "agent"]
    assert ids(library.related(entry("government"), EVERYBODY)) == ["visit", "ministry"]
    assert ids(library.related(entry("visit"), EVERYBODY)) == ["government"]
    assert ids(library.related(entry("qin-gang"), EVERYBODY)) == []
    assert ids(library.confusable(entry("qin-gang"), EVERYBODY)) == ["qin-gong"]
    assert ids(library.confusable(entry("qin-gang"), INNER)) == ["qin-gong", "agent"]
    assert ids(library.confusable(entry("qin-gong"), EVERYBODY)) == ["qin-gang"], "though only the other side says so"


def held(library: Library, entry_id: str, viewer: Viewer = EVERYBODY, on: date | None = None) -> list[tuple[str, str]]:
    found = library.roles(library.entries_by_id[entry_id], viewer, on)
    return [(each.role.office, each.holder.id if each.holder else each.role.person or "") for each in found]


def test_offices_are_told_where_they_are_held_and_once(library: Library) -> None:
    assert held(library, "qin-gang") == [("Ambassador", "qin-gang"), ("Foreign Minister", "qin-gang")]
    own = library.roles(library.entries_by_id["qin-gang"], EVERYBODY, None)
    assert {each.source_entry.id for each in own} == {"qin-gang"}, "told by both, shown as the entry itself tells it"
    assert held(library, "ministry") == [
        ("Foreign Minister", "Li Zhaoxing"),
        ("Foreign Minister", "qin-gang"),
        ("Foreign Minister", "wang-yi"),
    ]
    assert ("Deputy", "agent") in held(library, "ministry", INNER)
    assert ("Spokesman", "agent") in held(library, "ministry", INNER)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2002, 12, 31), []),
        (date(2003, 1, 1), ["Li Zhaoxing"]),
        (date(2007, 4, 1), ["Li Zhaoxing"]),
        (date(2023, 6, 18), ["qin-gang"]),
        (date(2023, 7, 24), ["qin-gang"]),
        (date(2023, 7, 25), ["wang-yi"]),
        (date(2026, 1, 1), ["wang-yi"]),
    ],
)
def test_an_office_on_a_day(day: date, who: list[str], library: Library) -> None:
    assert [holder for _, holder in held(library, "ministry", on=day)] == who


def told(library: Library, viewer: Viewer = EVERYBODY, **span: Any) -> list[str]:
    return [f"{each.entry.id}#{each.claim.id}" for each in library.timeline(viewer, **span)]


def test_the_timeline_is_every_dated_claim_in_order_and_twins_once(library: Library) -> None:
    summer = told(library, first=date(2023, 6, 2), last=date(2023, 7, 31))
    assert [each for each in summer if not each.endswith("#one")] == [
        "later#soon",
        "visit#met",
        "qin-gang#removed",
        "visit#year",
    ]
    every = told(library)
    assert every[0] == "qin-gong#born"
    assert "qin-gang#visit" not in every, "its twin in the event's entry tells it"
    assert "visit#met" in every
    assert "qin-gang#undated" not in every
    assert not [each for each in every if each.startswith(("agent", "boss", "draft", "old"))]
    assert "gone#was" not in every, "expired: the bottom line and the sources only"
    assert "agent#seen" in told(library, INNER)


def test_a_timeline_of_one_entry_tells_its_own_version(library: Library) -> None:
    entry = library.entries_by_id["qin-gang"]
    assert told(library, entry=entry) == ["qin-gang#visit", "qin-gang#removed"]


@pytest.mark.parametrize(
    ("first", "last", "met", "before"),
    [
        (None, date(2023, 6, 17), False, True),
        (None, date(2023, 6, 18), True, True),
        (date(2023, 6, 19), None, True, False),
        (date(2023, 6, 20), None, False, False),
        (date(2023, 2, 28), date(2023, 2, 28), False, True),
        (date(2023, 3, 1), date(2023, 3, 1), False, False),
    ],
)
def test_a_span_takes_in_whatever_overlaps_it(
    first: date | None,
    last: date | None,
    met: bool,
    before: bool,
    library: Library,
) -> None:
    found = told(library, first=first, last=last)
    assert ("visit#met" in found, "visit#before" in found) == (met, before)


def test_the_revision_changes_with_any_entry_and_with_nothing_else(tmp_path: Path) -> None:
    one = library_of(tmp_path / "one", dict(FILES))
    two = library_of(tmp_path / "two", dict(reversed(FILES.items())))
    three = library_of(tmp_path / "three", FILES | {"people/boss.md": entry_text("Boss", audience="restricted")})
    assert one.revision == two.revision != three.revision


def test_a_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.entries_by_id["x"] = library.entries_by_id["visit"]  # type: ignore[index]  # the point of the test
    with pytest.raises(ValueError, match="frozen"):
        library.entries_by_id["visit"].title = "Other"  # type: ignore[misc]  # the point of the test


def test_a_month_stands_behind_its_days_and_an_interval_where_it_begins(tmp_path: Path) -> None:
    dates = {
        "month": "2023-02",
        "day": "2023-02-03",
        "span": "2023-02-02/2023-03-01",
        "later": "2023-03-01",
        "year": "2023",
    }
    claims = [claim(name, day) for name, day in dates.items()]
    library = library_of(tmp_path, {"people/ada.md": entry_text("Ada", claims=claims)})
    assert [each.claim.id for each in library.timeline(EVERYBODY)] == ["span", "day", "month", "later", "year"]


def test_one_day_is_told_in_the_order_of_the_entry_where_it_is_at_home(tmp_path: Path) -> None:
    claims = [claim("met", "2022-11-14"), claim("agreed", "2022-11-14"), claim("ended", "2022-11-14")]
    twin = [claim("last", "2022-11-14", same_as="summit#ended"), claim("then", "2022-11-14", same_as="summit#agreed")]
    files = {
        "events/summit.md": entry_text("Summit", kind="event", claims=claims),
        "people/ada.md": entry_text("Ada", claims=twin),
    }
    told = library_of(tmp_path, files).timeline(EVERYBODY)
    assert [f"{each.entry.id}#{each.claim.id}" for each in told] == ["summit#met", "summit#agreed", "summit#ended"]
