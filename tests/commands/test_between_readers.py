"""What one reader is told must not depend on another, on the way the words came, or on what is no longer to be told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands.router import Router
from bot.library.load import load
from bot.library.vocabulary import Audience
from bot.platforms.terminal.render import plain_text
from bot.reply import Action, Outcome
from tests.samples import CALLER, entry_file, router, source, write

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def over(root: Path, **files: str) -> Router:
    """Return the router over entries of people, by slug with underscores."""
    library = load(write(root, {f"people/{name.replace('_', '-')}.md": text for name, text in files.items()}))
    assert len(library.entries_by_id) == len(files), library.problems
    return Router(lambda: library, lambda: NOW)


async def test_an_insiders_answer_is_not_kept_for_everybody() -> None:
    commands, insider = router(), replace(CALLER, audience=Audience.INTERNAL)
    assert (await commands.run("brief", "inner circle", insider)).entry_id == "inner-circle"
    assert (await commands.run("brief", "inner circle", CALLER)).outcome is Outcome.NONE


async def test_an_expired_entry_tells_no_claim_behind_any_button(tmp_path: Path) -> None:
    claims = [
        {"id": f"c{n}", "text": f"Claim {n} is stale.", "date": "2023-06-18", "sources": ["wire"]} for n in range(9)
    ]
    body = "## Background\n\nThe body is stale.\n"
    commands = over(tmp_path, gone=entry_file("Gone Stale", expires="2026-06-01", claims=claims, body=body))
    reply = await commands.run("brief", "gone stale", CALLER)
    for name, args in (("more", ("gone", "", "1")), ("background", ("gone", "")), ("timeline", ("gone", ""))):
        words = plain_text(await commands.press(Action(name, "", args).encode(), CALLER))
        assert "is stale" not in words
    assert "This briefing has expired" in words
    assert "Expired on 1 June 2026." in plain_text(reply)


async def test_a_garbled_quotation_stands_without_quotation_marks(tmp_path: Path) -> None:
    quotes = [
        {"id": form, "text": f"these words are {form}", "form": form, "speaker": "Ada", "sources": ["wire"]}
        for form in ("verbatim", "translated", "paraphrase", "garbled")
    ]
    words = plain_text(await over(tmp_path, ada=entry_file("Ada", quotations=quotes)).run("brief", "ada", CALLER))
    assert "“these words are verbatim”" in words
    assert "“these words are translated” (translated from en)" in words
    for form in ("paraphrase", "garbled"):
        assert f"these words are {form} (" in words
        assert f"“these words are {form}" not in words


@pytest.mark.parametrize("dates", ["2023" + "." * 90, "2023-01-01..2023-12-31"])
async def test_a_span_fits_into_a_button_however_it_was_typed(tmp_path: Path, dates: str) -> None:
    name = "a" * 48
    claims = [{"id": f"c{n}", "text": "x" * 500, "date": "2023-06-18", "sources": ["wire"]} for n in range(30)]
    commands = over(tmp_path, **{name: entry_file("Longest Name", claims=claims, sources=[source("wire")])})
    reply = await commands.run("timeline", {"query": "longest name", "dates": dates}, CALLER)
    assert reply.outcome is Outcome.LIST
    later = next(action for action in reply.actions if action.label == "Later")
    assert "page 2" in plain_text(await commands.press(later.encode(), CALLER))


@pytest.mark.parametrize(
    ("command", "typed", "told"),
    [
        ("brief", "blinken as-of 2023-06-19", "As of 19 June 2023."),
        ("timeline", "2023", "1 January 2023 to 31 December 2023"),
        ("timeline", "blinken 2023-02..2023-06", "1 February 2023 to 30 June 2023"),
    ],
)
async def test_the_whole_line_may_be_typed_into_the_first_field(command: str, typed: str, told: str) -> None:
    option = {"brief": "query", "timeline": "query"}[command]
    by_name, as_text = (
        await router().run(command, {option: typed}, CALLER),
        await router().run(command, typed, CALLER),
    )
    assert told in plain_text(by_name)
    assert plain_text(by_name) == plain_text(as_text)


async def test_an_option_by_name_is_not_read_twice() -> None:
    reply = await router().run("brief", {"query": "blinken as-of 2023", "as-of": "2023-06-19"}, CALLER)
    assert reply.outcome is Outcome.NONE


async def test_every_namesake_is_counted_and_offered(tmp_path: Path) -> None:
    names = ("Bei", "Cai", "Dan", "Fei", "Gao", "Hui", "Jun", "Lei")
    commands = over(tmp_path, **{f"wang_{name.lower()}": entry_file(f"Wang {name}") for name in names})
    reply = await commands.run("brief", "wang", CALLER)
    assert "“wang” fits 8 entries." in plain_text(reply)
    assert len([action for action in reply.actions if action.name == "open"]) == len(names)


async def test_browsing_all_is_one_word_in_any_case() -> None:
    assert "All briefings" in plain_text(await router().run("briefings", "All", CALLER))


async def test_the_sharers_name_is_one_plain_line() -> None:
    reply = await router().press(
        Action("share", "", ("antony-blinken", "")).encode(), replace(CALLER, name="Ada\n\u202ebob")
    )
    assert "Shared by Ada bob." in plain_text(reply)
