"""A choice as of a day leaves out what was not known by then."""

from datetime import date
from pathlib import Path

import pytest

from bot.commands.find import brief
from bot.commands.request import Request
from bot.library.load import load
from bot.reply import Outcome
from tests.samples import CALLER, NOW

LIBRARY = load(Path(__file__).parents[2] / "briefings")


@pytest.mark.parametrize(
    ("day", "outcome", "entry_id"),
    [
        (date(2023, 6, 18), Outcome.MATCH, "biden-xi-bali-2022"),
        (date(2024, 12, 1), Outcome.AMBIGUOUS, None),
    ],
)
def test_only_what_was_known_by_then_is_offered(day: date, outcome: Outcome, entry_id: str | None) -> None:
    request = Request("brief", {"query": "biden xi meeting", "as-of": day.isoformat()}, CALLER, NOW)
    reply = brief(LIBRARY, request)
    assert (reply.outcome, reply.entry_id) == (outcome, entry_id)
