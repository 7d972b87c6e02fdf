"""A new briefing must leave the check as green as it found it."""

from pathlib import Path

import pytest

from bot.library.load import load
from bot.library.new import write_new
from bot.library.vocabulary import Kind
from tests.library.samples import GOOD, write


@pytest.mark.parametrize(
    ("slug", "title", "told"),
    [
        ("tony-blinken", None, "is a name of people/antony-blinken.md already"),
        ("somebody", "Antony  BLINKEN", "is a name of people/antony-blinken.md already"),
        ("somebody", "half a \udcff", "no UTF-8"),
    ],
)
def test_a_draft_that_would_break_the_check_is_not_written(
    slug: str, title: str | None, told: str, tmp_path: Path
) -> None:
    root = write(tmp_path, {"people/antony-blinken.md": GOOD})
    with pytest.raises(ValueError, match=told):
        write_new(root, Kind.PERSON, slug, title)
    assert [path.name for path in (root / "people").iterdir()] == ["antony-blinken.md"]


def test_a_draft_breaks_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {"people/antony-blinken.md": GOOD})
    before = load(root).problems
    write_new(root, Kind.PERSON, "marco-rubio", None)
    assert load(root).problems == before
