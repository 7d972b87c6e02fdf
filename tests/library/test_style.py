"""The house style: what is avoided is told at its place, with what to write instead."""

from pathlib import Path
from typing import Any

import pytest

from bot.library.problem import Level
from bot.library.style import read_style, style_problems
from tests.library.samples import entry_text, library_of

LIST = """\
- {word: claimed, instead: said, why: it casts doubt}
- {word: spy  balloon, instead: balloon, why: its purpose is disputed, unless: attributed}
"""
CLAIM = {"id": "one", "text": "A claim.", "date": "2023-06-18", "sources": ["wire"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "style.yaml"
    path.write_text(LIST, encoding="utf-8")
    return path


def told(tmp_path: Path, file: Path, body: str = "", **fields: Any) -> list[str]:
    style, problems = read_style(file)
    assert problems == []
    library = library_of(tmp_path / "briefings", {"people/ada.md": entry_text("Ada", body, **fields)})
    return [str(each) for each in style_problems(library, style)]


def test_a_word_is_told_at_its_place_with_a_better_one(tmp_path: Path, file: Path) -> None:
    found = told(tmp_path, file, claims=[CLAIM | {"text": "Beijing Claimed so."}])
    assert len(found) == 1
    assert found[0].startswith("people/ada.md:10:")
    assert found[0].endswith("warning: the house style avoids “Claimed” (said: it casts doubt)")


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"bottom_line": "The spy\u00a0balloon came."}, 1),
        ({"claims": [CLAIM | {"text": "The spy balloon came."}]}, 1),
        ({"claims": [CLAIM | {"text": "A spy balloon, it said.", "said_by": "The Pentagon"}]}, 0),
        ({"positions": [{"party": "US", "holds": "It was a spy balloon.", "sources": ["wire"]}]}, 0),
        ({"positions": [{"party": "US", "holds": "China claimed it.", "sources": ["wire"]}]}, 1),
        ({"bottom_line": "It was unclaimed, and claimedly so."}, 0),
        ({"bottom_line": "“Claimed” is no word of ours."}, 0),
        ({"body": "## Background\n\nIt was claimed.\n"}, 1),
        (
            {
                "quotations": [
                    {"id": "q", "text": "We claimed it", "form": "verbatim", "speaker": "Ada", "sources": ["wire"]}
                ]
            },
            0,
        ),
    ],
)
def test_whose_words_they_are_decides(tmp_path: Path, file: Path, fields: dict[str, Any], count: int) -> None:
    assert len(told(tmp_path, file, **fields)) == count


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("- {word: a, instead: b}\n", (1, 3), "Field required"),
        ("- {word: a, instead: b, why: c, unles: attributed}\n", (1, 40), "not permitted"),
        ("- word: [\n", (2, 1), ""),
        ("word: a\n", (1, 1), "valid list"),
    ],
)
def test_a_mistake_in_the_list_is_told_at_its_place(file: Path, text: str, place: tuple[int, int], words: str) -> None:
    file.write_text(text, encoding="utf-8")
    style, problems = read_style(file)
    assert not style
    assert (problems[0].line, problems[0].column, problems[0].level) == (*place, Level.ERROR)
    assert words in problems[0].message


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in read_style(tmp_path / "gone.yaml")[1][0].message
