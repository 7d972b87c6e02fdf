"""Every problem at once, whatever layer it is on; and the last good version of a broken file."""

from pathlib import Path

from bot.library.load import load
from bot.library.problem import Level
from tests.library.samples import EVERYBODY, GOOD, MARK, entry_text, library_of, marked, swapped, write

FILE = "people/antony-blinken.md"

MANY = GOOD
for old, new in (
    ("owner: Ada", f"owner: {MARK}NO"),
    ("edition: 2", f"edition: 2\n{MARK}edition: 3"),
    ("why_it_matters:", f"{MARK}why_it_mater:"),
    ("date: 2023-07-25", f"date: {MARK}2023-02-30"),
    ("confidence: moderate", f"confidence: {MARK}middling"),
    ("supersedes: [return-trip]", f"supersedes: [{MARK}nothing]"),
    ("  - id: veer\n    text", f"  - {MARK}text"),
    ("sources: [state, wire]", f"sources: [state, {MARK}wires]"),
    ("  - {name: Tony Blinken, sort: nickname}", f"  - {MARK}Tony Blinken"),
    ("until: 2025-01-20, text:", f"until: {MARK}2020-01-01, text:"),
    ("The end.\n", f"The {MARK}<b>end</b> {MARK}\u202eof it.\n\nA [link{MARK}](ftp://x).\n"),
):
    MANY = swapped(old, new, MANY)


def test_mistakes_on_every_layer_are_told_together(tmp_path: Path) -> None:
    text, places = marked(MANY)
    found = [(each.line, each.column) for each in library_of(tmp_path, {FILE: text}).problems]
    missing = [place for place in places if place not in found]
    unmarked = [place for place in found if place not in places]
    assert missing == []
    assert unmarked == [(places[-2][0], places[-3][1] + len("<b>end"))], "the closing </b> is HTML too"


def test_a_broken_file_takes_no_other_down_and_its_last_good_version_is_served(tmp_path: Path) -> None:
    files = {FILE: GOOD, "people/xi-jinping.md": entry_text("Xi Jinping", related=["antony-blinken"])}
    before = library_of(tmp_path, files)
    write(tmp_path, {FILE: swapped("kind: person", "kind: persn")})
    broken = load(tmp_path, before)
    assert broken.entries_by_id["antony-blinken"] == before.entries_by_id["antony-blinken"]
    assert dict(broken.stale) == {"antony-blinken": FILE}
    assert broken.related(broken.entries_by_id["xi-jinping"], EVERYBODY) == (broken.entries_by_id["antony-blinken"],)
    again = load(tmp_path, broken)
    assert again.stale == broken.stale, "it stays the last good version, however often the rest is reloaded"
    assert again.problems == broken.problems
    write(tmp_path, {FILE: swapped("owner: Ada", "owner: Eve")})
    mended = load(tmp_path, again)
    assert mended.entries_by_id["antony-blinken"].owner == "Eve"
    assert not mended.stale
    assert mended.problems == ()


def test_a_file_broken_from_the_start_is_not_served(tmp_path: Path) -> None:
    library = library_of(tmp_path, {FILE: swapped("kind: person", "kind: persn"), "people/a.md": entry_text("A")})
    assert list(library.entries_by_id) == ["a"]
    assert not library.stale


def test_a_deleted_file_goes_away_even_while_broken(tmp_path: Path) -> None:
    before = library_of(tmp_path, {FILE: GOOD, "people/a.md": entry_text("A")})
    (tmp_path / FILE).unlink()
    assert list(load(tmp_path, before).entries_by_id) == ["a"]
    write(tmp_path, {FILE: "broken"})
    stale = load(tmp_path, before)
    assert list(stale.entries_by_id) == ["a", "antony-blinken"]
    (tmp_path / FILE).unlink()
    assert list(load(tmp_path, stale).entries_by_id) == ["a"]


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    before = library_of(tmp_path, {FILE: GOOD, "people/a.md": entry_text("A")})
    write(tmp_path, {"people/a.md": entry_text("B")})
    after = load(tmp_path, before)
    assert after.entries_by_id["antony-blinken"] is before.entries_by_id["antony-blinken"]
    assert after.entries_by_id["a"].title == "B"
    assert after.revision != before.revision
    write(tmp_path, {"people/a.md": entry_text("A")})
    assert load(tmp_path, after).revision == before.revision


def test_a_change_within_one_tick_of_the_clock_is_seen(tmp_path: Path) -> None:
    """Same size and same time stamp: a look at the file's status alone would miss it."""
    library = library_of(tmp_path, {"people/a.md": entry_text("Aa")})
    for title in ("Ab", "Ac", "Ad"):
        write(tmp_path, {"people/a.md": entry_text(title)})
        library = load(tmp_path, library)
        assert library.entries_by_id["a"].title == title


def test_warnings_keep_nothing_out(tmp_path: Path) -> None:
    library = library_of(tmp_path, {FILE: swapped("name: Tony Blinken", "name: Antony Blinken")})
    assert [problem.level for problem in library.problems] == [Level.WARNING]
    assert list(library.entries_by_id) == ["antony-blinken"]
