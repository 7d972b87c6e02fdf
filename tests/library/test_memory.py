"""What keeps a large library small: what is the same is held once, and what is free is given back."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.library import steady
from bot.library.entry import Entry
from bot.library.freed import give_back_large_pieces
from bot.library.load import load
from tests.library.samples import EVERYBODY, entry_text, library_of


def two(folder: Path) -> list[Entry]:
    files = {f"people/{name}.md": entry_text(name.title()) for name in ("antony", "blinken")}
    return list(library_of(folder, files).entries_by_id.values())


def test_dates_and_short_words_of_several_files_are_one_object(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    assert one.as_of is other.as_of
    assert one.claims[0].id is other.claims[0].id
    assert one.claims[0].date is not None
    assert one.claims[0].date is other.claims[0].date


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="shared tables of names are CPython's")
def test_parts_of_an_entry_share_the_names_of_their_fields(tmp_path: Path) -> None:
    for entry in two(tmp_path):
        own, shared = dict(vars(entry.claims[0])), vars(entry.claims[0])
        assert sys.getsizeof(shared) < sys.getsizeof(own)
        assert shared == own


def test_a_shared_number_is_no_shared_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.library.check_names.crc32", lambda _: 7)
    files = {f"people/{name}.md": entry_text(name.title()) for name in ("antony", "blinken")}
    assert not library_of(tmp_path, files).problems
    files |= {"people/winken.md": entry_text("Winken", names=[{"name": "Blinken", "sort": "short"}])}
    assert [each.message for each in library_of(tmp_path, files).problems] == ["'Blinken' is also a name of blinken"]


def test_large_pieces_are_given_back_where_that_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace(mallopt=lambda *set_to: asked.append(set_to)))
    give_back_large_pieces()
    assert asked == [(-3, 131_072)]
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    give_back_large_pieces()
    assert len(asked) == 1


def test_reading_a_folder_rests_between_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"people/person-{place}.md": entry_text(f"Person Name{place}") for place in range(5)}
    library_of(tmp_path, files)
    rests: list[float] = []
    monkeypatch.setattr(steady, "_BREATH", 0.0)
    monkeypatch.setattr("bot.library.steady.time.sleep", rests.append)
    load(tmp_path)
    assert not rests
    with steady.giving_way():
        library = load(tmp_path)
    assert len(rests) >= len(files)
    assert library.search("name3", EVERYBODY).outcome == "match"


def test_what_is_let_go_is_empty_after_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(steady, "_BREATH", 0.0)
    monkeypatch.setattr(steady, "_AT_ONCE", 10)
    monkeypatch.setattr("bot.library.steady.time.sleep", rests.append)
    numbers, names = list(range(95)), {str(number): number for number in range(95)}
    with steady.giving_way():
        steady.let_go(numbers)
        steady.let_go(names)
    assert (numbers, names) == ([], {})
    assert len(rests) >= 18
