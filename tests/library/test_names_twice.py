"""An office that was held twice is a name twice, each time with its own days."""

from datetime import date
from pathlib import Path

from tests.library.samples import EVERYBODY, entry_text, library_of

FIRST = {"name": "foreign minister", "sort": "office", "from": "2013-03-16", "until": "2022-12-29"}
SECOND = {"name": "foreign minister", "sort": "office", "from": "2023-07-25"}


def test_each_time_has_its_days(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"people/wang-yi.md": entry_text("Wang Yi", names=[FIRST, SECOND])})
    assert library.problems == ()
    found = [
        library.resolve("foreign minister", EVERYBODY, day).outcome for day in (date(2022, 12, 29), date(2023, 1, 1))
    ]
    assert found == ["match", "none"]
    assert library.resolve("foreign minister", EVERYBODY, date(2023, 7, 25)).outcome == "match"


def test_days_that_overlap_are_told(tmp_path: Path) -> None:
    names = [FIRST, SECOND | {"from": "2022-12-29"}]
    problems = library_of(tmp_path, {"people/wang-yi.md": entry_text("Wang Yi", names=names)}).problems
    assert [each.message for each in problems] == ["'foreign minister' is the same to the search as 'foreign minister'"]
