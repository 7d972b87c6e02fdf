"""Every mistake in a file is told at its line and column, alone and together with all others."""

from pathlib import Path

import pytest

from bot.library.problem import Level, Problem
from tests.library.mistakes import ERRORS, MARKED_BEFORE, WARNINGS
from tests.library.samples import GOOD, MARK, library_of, marked, swapped

FILE = "people/antony-blinken.md"


def broken(what: str) -> tuple[str, tuple[int, int]]:
    """Return the text of a case, and the place where its problem is expected."""
    old, new, *_ = (ERRORS | WARNINGS)[what]
    text = swapped(old, new)
    if MARK not in new:
        before = MARKED_BEFORE.get(what, "\n")
        place = GOOD.rindex(before, 0, GOOD.index(old)) + len(before)
        text = f"{text[:place]}{MARK}{text[place:]}"
    text, places = marked(text)
    return text, places[0]


def told(tmp_path: Path, text: str, level: Level) -> list[Problem]:
    """Return the problems of `level` in a library of this one file; no file is served with an error."""
    library = library_of(tmp_path, {FILE: text})
    if any(problem.level is Level.ERROR for problem in library.problems):
        assert not library.entries_by_id
    else:
        assert list(library.entries_by_id) == ["antony-blinken"]
    return [problem for problem in library.problems if problem.level is level]


def test_the_good_file_has_no_problem(tmp_path: Path) -> None:
    assert library_of(tmp_path, {FILE: GOOD}).problems == ()


@pytest.mark.parametrize("what", ERRORS)
def test_a_mistake_is_an_error_at_its_place_and_nothing_else(what: str, tmp_path: Path) -> None:
    text, place = broken(what)
    errors = told(tmp_path, text, Level.ERROR)
    assert [(each.file, each.line, each.column) for each in errors] == [(FILE, *place)], errors
    assert ERRORS[what][2] in errors[0].message
    assert ERRORS[what][3] in errors[0].hint


@pytest.mark.parametrize("what", WARNINGS)
def test_a_doubt_is_a_warning_at_its_place_and_nothing_else(what: str, tmp_path: Path) -> None:
    text, place = broken(what)
    warnings = told(tmp_path, text, Level.WARNING)
    assert [(each.file, each.line, each.column) for each in warnings] == [(FILE, *place)], warnings
    assert WARNINGS[what][2] in warnings[0].message
    assert WARNINGS[what][3] in warnings[0].hint
    assert told(tmp_path, text, Level.ERROR) == []
