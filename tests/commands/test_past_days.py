"""An answer for a past day: what was known by then, who held which office, and nothing that came later."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands.request import Caller
from bot.commands.router import Router
from bot.library.load import load
from bot.platforms.terminal.render import plain_text
from bot.reply import Outcome, Reply
from tests.samples import entry_file, source, write

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CALLER = Caller("test", "U1", "C1", name="Ada")


def claim(claim_id: str, date: str | None = None, **fields: object) -> dict[str, object]:
    dated = {"date": date} if date else {}
    return {"id": claim_id, "text": f"The {claim_id} is told.", "sources": ["early"]} | dated | fields


MINISTER = entry_file(
    "Ada Minister",
    description="Minister until July 2023, later an author",
    names=[{"name": "the minister", "sort": "office", "from": "2023-01-01", "until": "2023-07-24"}],
    roles=[
        {"office": "Minister", "from": "2023-01-01", "until": "2023-07-25", "sources": ["early"]},
        {"office": "Party secretary", "sources": ["early"]},
        {"office": "Envoy", "from": "2021-07", "until": "2022-12", "sources": ["early"]},
        {"office": "Adviser", "seen_first": "2023-02-01", "seen_last": "2023-03-01", "sources": ["early"]},
    ],
    related=["late-summit"],
    not_to_be_confused_with=["other-minister"],
    former_bottom_lines=[{"from": "2023-01-01", "until": "2023-07-24", "text": "Ada Minister is the minister."}],
    claims=[
        claim("sanction", "2018-09-20"),
        claim("appointment", "2023-01-01"),
        claim("interval", "2023-05/2023-06-10"),
        claim("disappearance", "2023-06-01", known_from="2023-07-25", text="This was the last public appearance."),
        claim("channel", "2023-03-01", superseded_by="reopening"),
        claim("reopening", "2023-11-15"),
        claim(
            "forecast",
            "2023-06-01",
            forecast={"outcome": "did not happen", "text": "Nobody went.", "date": "2023-10", "sources": ["late"]},
        ),
        claim("undated"),
        claim("dismissal", "2023-07-25", sources=["late"]),
    ],
    positions=[
        {"party": "China", "holds": "An undated position.", "sources": ["early"]},
        {"party": "United States", "holds": "A dated position.", "date": "2023-02", "sources": ["early"]},
    ],
    sources=[source("early"), source("late", title="The minister is dismissed", date="2023-07-25")],
    body="## Background\n\nShe was dismissed in July 2023.\n",
)
FILES = {
    "people/ada-minister.md": MINISTER,
    "people/other-minister.md": entry_file(
        "Other Minister", description="Minister since July 2023", not_to_be_confused_with=["ada-minister"]
    ),
    "events/late-summit.md": entry_file(
        "Late Summit",
        kind="event",
        description="A summit of November 2023",
        claims=[claim("met", "2023-11-15")],
        sources=[source("early")],
    ),
}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Router:
    root: Path = write(tmp_path_factory.mktemp("past"), FILES)
    library = load(root)
    assert len(library.entries_by_id) == len(FILES), library.problems
    return Router(lambda: library, lambda: NOW)


async def ask(commands: Router, day: str, query: str = "ada minister") -> Reply:
    return await commands.run("brief", {"query": query, "as-of": day}, CALLER)


async def everything(commands: Router, day: str) -> str:
    """Return all that can be read on that day: the answer and what is behind each of its buttons."""
    reply = await ask(commands, day)
    words, waiting, seen = plain_text(reply), list(reply.actions), set[str]()
    while waiting:
        action = waiting.pop()
        if action.encode() not in seen and action.name in {"more", "sources", "background", "related", "timeline"}:
            seen.add(action.encode())
            opened = await commands.press(action.encode(), CALLER)
            words, waiting = f"{words}\n{plain_text(opened)}", [*waiting, *opened.actions]
    return words


LATER = (
    "dismiss",
    "25 July 2023",
    "since July",
    "author",
    "Nobody went",
    "November 2023",
    "Late Summit",
    "last public",
)


@pytest.mark.parametrize("day", ["2023-01-01", "2023-06-20", "2023-07-24"])
async def test_nothing_later_is_anywhere_in_it(commands: Router, day: str) -> None:
    words = await everything(commands, day)
    assert not [each for each in LATER if each in words]
    assert "Ada Minister is the minister." in words


async def test_an_interval_counts_from_its_end(commands: Router) -> None:
    assert "The interval is told" not in await everything(commands, "2023-06-09")
    assert "The interval is told" in await everything(commands, "2023-06-10")


async def test_a_month_counts_from_its_last_day(commands: Router) -> None:
    assert "A dated position" not in await everything(commands, "2023-02-27")
    assert "A dated position" in await everything(commands, "2023-02-28")


async def test_hindsight_is_told_from_the_day_it_could_be(commands: Router) -> None:
    assert "last public" in await everything(commands, "2023-07-25")


async def test_superseded_is_said_from_the_day_it_was(commands: Router) -> None:
    assert "Superseded" not in await everything(commands, "2023-11-14")
    assert "Superseded: The channel" in await everything(commands, "2023-11-15")


async def test_a_forecast_is_open_until_its_time_has_passed(commands: Router) -> None:
    before, after = await everything(commands, "2023-10-30"), await everything(commands, "2023-10-31")
    assert "Forecast, not yet settled." in before
    assert "Nobody went" not in before
    assert "Nobody went" in after


async def test_the_latest_stands_first_on_a_past_day_and_the_files_order_today(commands: Router) -> None:
    past, today = plain_text(await ask(commands, "2023-06-20")), plain_text(await ask(commands, "2026-11-24"))
    assert past.index("The interval") < past.index("The appointment") < past.index("The sanction")
    assert today.index("The sanction") < today.index("The appointment")


@pytest.mark.parametrize(
    ("day", "held", "not_held"),
    [
        ("2019-01-01", "", "Minister;"),
        ("2021-07-15", "Envoy (from July 2021 until December 2022; the sources are not exact", "Adviser"),
        ("2022-06-01", "On 1 June 2022: Envoy", "Party secretary"),
        ("2022-12-15", "Envoy (from July 2021", "Adviser"),
        ("2023-01-01", "On 1 January 2023: Minister", "Envoy"),
        ("2023-02-15", "Minister; Adviser", "Adviser ("),
        ("2023-04-01", "Adviser (seen in it by 1 February 2023, last seen in it on 1 March 2023; the sources", "Envoy"),
        ("2023-07-24", "On 24 July 2023: Minister", "Envoy"),
        ("2023-07-25", "Adviser (", "On 25 July 2023: Minister"),
    ],
)
async def test_offices_are_those_of_the_day(commands: Router, day: str, held: str, not_held: str) -> None:
    words = plain_text(await ask(commands, day))
    assert held in words
    assert not_held not in words


async def test_before_the_first_thing_known_there_is_no_edition(commands: Router) -> None:
    reply = await ask(commands, "2018-09-19")
    assert reply.outcome is Outcome.NONE
    assert "No edition of Ada Minister before 20 September 2018." in plain_text(reply)


async def test_others_are_told_as_they_were(commands: Router) -> None:
    words = plain_text(await ask(commands, "2023-06-20"))
    assert "Not to be confused with Other Minister." in words
    nearest = await ask(commands, "2023-06-18", "ada ministry")
    assert "since July" not in plain_text(nearest)


async def test_the_note_at_the_end_names_the_edition_and_not_another_day(commands: Router) -> None:
    words = plain_text(await ask(commands, "2023-06-20"))
    assert "From the edition of 31 May 2026" in words
    assert "As of 31 May 2026" not in words
    assert "As of 31 May 2026" in plain_text(await ask(commands, "2026-11-24"))


@pytest.mark.parametrize(("span", "whose"), [("2023-06", "Ada Minister"), ("2023-01..2023-06", "Ada Minister")])
async def test_a_timeline_knows_who_held_the_office_then(commands: Router, span: str, whose: str) -> None:
    reply = await commands.run("timeline", {"query": "the minister", "dates": span}, CALLER)
    assert f"Timeline: {whose}" in plain_text(reply)
