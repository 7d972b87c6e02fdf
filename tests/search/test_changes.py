"""After a change the new library is searchable at once, the old one as it was, and nothing unchanged was made anew."""

import gc
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from bot.library import steady
from bot.library.entry import Entry
from bot.library.index import Index
from bot.library.layered import Layered
from bot.library.library import Library
from bot.library.passages import written
from bot.library.watch import reload
from tests.library.samples import EVERYBODY, entry_text, library_of, write


def entry(name: str, words: str = "nothing") -> str:
    claims = [{"id": "one", "text": f"It tells of {words}.", "date": "2023-06-18", "sources": ["wire"]}]
    return entry_text(name, claims=claims)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = library_of(tmp_path, {f"people/person-{place}.md": entry(f"Person Name{place}") for place in range(40)})
    made.prepare(EVERYBODY)
    return made


def test_a_changed_file_is_found_by_its_new_name_and_words_and_the_old_library_stays(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []

    def counting(entry: Entry, day: date) -> dict[str, str]:
        cut.append(entry.id)
        return written(entry, day)

    monkeypatch.setattr("bot.library.text_index.written", counting)
    write(tmp_path, {"people/person-3.md": entry("Quintus Zephyr", "obsidian lanterns")})
    new = reload(tmp_path, library)
    assert new.is_prepared(EVERYBODY)
    assert cut == ["person-3"]
    assert isinstance(new.names.index, Layered)
    assert new.search("quintus zephyr", EVERYBODY).outcome == "match"
    assert new.search("zephyr's obsidian lanterns", EVERYBODY).entries[0].id == "person-3"
    assert "person-3" not in {each.id for each in new.search("person name3", EVERYBODY).entries}
    assert library.search("person name3", EVERYBODY).outcome == "match"
    assert not [each for each in library.search("zephyr obsidian lanterns", EVERYBODY).results if each.score >= 0.5]


def test_what_was_removed_or_made_a_draft_is_found_no_more(library: Library, tmp_path: Path) -> None:
    (tmp_path / "people" / "person-5.md").unlink()
    write(tmp_path, {"people/person-6.md": entry_text("Person Name6", status="draft")})
    new = reload(tmp_path, library)
    for query in ("person name5", "person name6", "name5", "name6"):
        assert not {"person-5", "person-6"} & {each.entry.id for each in new.search(query, EVERYBODY).results}
    assert not new.complete("name6", EVERYBODY)


def test_changes_upon_changes_and_then_too_many(library: Library, tmp_path: Path) -> None:
    for place in range(30):
        write(tmp_path, {f"people/person-{place}.md": entry(f"Person Changed{place}")})
        library = reload(tmp_path, library)
        assert library.search(f"changed{place}", EVERYBODY).entries[0].id == f"person-{place}"
    assert library.search("name35", EVERYBODY).outcome == "match"
    assert library.search("name5", EVERYBODY).outcome == "none"
    assert type(library.names.index) in {Index, Layered}


@pytest.mark.parametrize("count", [0, 1, 1_999, 2_000, 2_001, 9_000])
def test_sorting_in_steps_is_sorting(count: int) -> None:
    pick = random.Random(count)  # noqa: S311 - words for a test
    words = [f"{pick.random():.3f}" for _ in range(count)]
    assert steady.sorted_steadily(words, key=lambda word: word[::-1]) == sorted(words, key=lambda word: word[::-1])


def test_giving_way_leaves_python_as_it_was() -> None:
    with steady.giving_way():
        assert not gc.isenabled()
        steady.breathe()
    assert gc.isenabled()
    steady.breathe()


def test_work_that_overlaps_leaves_python_as_the_first_one_found_it() -> None:
    usual = sys.getswitchinterval()
    start, reload = steady.giving_way(), steady.giving_way()
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        one.submit(start.__enter__).result()
        other.submit(reload.__enter__).result()
        one.submit(start.__exit__, None, None, None).result()
        assert sys.getswitchinterval() < usual
        assert not gc.isenabled()
        other.submit(reload.__exit__, None, None, None).result()
    assert sys.getswitchinterval() == usual
    assert gc.isenabled()
