"""A part of the library can be checked alone: a file, or the folder of a kind, each judged within the whole."""

from pathlib import Path

import pytest

from bot.library.report import check_folder
from tests.library.samples import entry_text, write

FILES = {
    "people/ada.md": entry_text("Ada", related=["visit"]),
    "people/bad.md": entry_text("Bad", related=["nobody"]),
    "events/visit.md": entry_text("Visit", kind="event", related=["gone"]),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "briefings", FILES)


def test_a_kinds_folder_is_judged_within_its_library(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, clean = check_folder(root / "people", "text")
    assert not clean
    assert "no entry is called nobody" in text
    assert "gone" not in text
    assert "2 entries can be served: 1 error, 0 warnings." in text
    monkeypatch.chdir(root / "people")
    assert check_folder(Path(), "text")[0].count("no entry is called nobody") == 1


def test_the_house_style_is_told_of_what_is_checked_alone(root: Path, tmp_path: Path) -> None:
    style = tmp_path / "style.yaml"
    style.write_text("- {word: claim, instead: statement, why: it casts doubt}\n", encoding="utf-8")
    whole, _ = check_folder(root, "text", style)
    part, _ = check_folder(root / "people/ada.md", "text", style)
    assert whole.count("the house style avoids “claim”") == 3
    assert part.count("the house style avoids “claim”") == 1
    assert "people/ada.md:" in part


def test_a_mistake_in_the_style_list_is_an_error_at_its_own_place(root: Path, tmp_path: Path) -> None:
    style = tmp_path / "style.yaml"
    style.write_text("- {word: claim}\n", encoding="utf-8")
    text, clean = check_folder(root / "people/ada.md", "text", style)
    assert not clean
    assert f"{style}:1:3: error: Field required" in text
