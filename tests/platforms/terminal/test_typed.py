"""What a line typed into the chat is taken for, and what is answered to what there is not."""

import io

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.commands.request import Caller
from bot.platforms.terminal.adapter import TerminalPlatform
from bot.platforms.terminal.completion import CommandCompleter
from bot.platforms.terminal.render import addresses, plain_text
from bot.reply import Outcome, Paragraph, Reply, Span
from tests.samples import router


@pytest.fixture
def chat() -> TerminalPlatform:
    return TerminalPlatform(router(), source=io.StringIO(), target=io.StringIO())


async def _answer(chat: TerminalPlatform, line: str) -> str:
    reply = await chat.answer(line)
    assert reply is not None
    return plain_text(reply)


@pytest.mark.parametrize(
    "line",
    ["/brief blinken", "/Brief blinken", "/BRIEF\tblinken", " /brief\u3000 blinken\n", "\ufeff/brief blinken\r\n"],
)
async def test_a_command_in_any_case_with_any_white_space(chat: TerminalPlatform, line: str) -> None:
    assert (await _answer(chat, line)).startswith("Antony Blinken\n")


@pytest.mark.parametrize(
    ("line", "named", "nearest"),
    [
        ("/breif blinken", "/breif", "Did you mean /brief?"),
        ("/TIME 2023", "/time", "Did you mean /timeline?"),
        ("/briefing", "/briefing", "Did you mean /briefings?"),
        ("/weather", "/weather", "There are /brief, /timeline, /briefings and /digest."),
    ],
)
async def test_an_unknown_command_is_named_with_the_nearest(
    chat: TerminalPlatform, line: str, named: str, nearest: str
) -> None:
    told = await _answer(chat, line)
    assert f"There is no command {named}." in told
    assert nearest in told


async def test_a_very_long_unknown_command_is_quoted_in_short(chat: TerminalPlatform) -> None:
    assert len(await _answer(chat, f"/{'x' * 3_000}")) < 300


@pytest.mark.parametrize("line", ["/", "/help", "/HELP", "help", "/brief", "\x00"])
async def test_help_is_help(chat: TerminalPlatform, line: str) -> None:
    told = await _answer(chat, line)
    assert "How to ask" in told
    assert "no command" not in told


async def test_an_empty_line_is_not_answered(chat: TerminalPlatform) -> None:
    assert await chat.answer(" \t\n") is None


async def test_a_number_that_is_not_offered_is_said_so_and_the_others_hold(chat: TerminalPlatform) -> None:
    assert "Nothing is offered yet." in await _answer(chat, "3")
    assert "Which one?" in await _answer(chat, "burns")
    for number in ("0", "3", "99"):
        assert f"No button has the number {number}. There are 1 to 2." in await _answer(chat, number)
    assert "no command" in await _answer(chat, "/nope")
    assert (await _answer(chat, "2")).startswith("William Burns")


async def test_a_year_is_a_question(chat: TerminalPlatform) -> None:
    assert "button" not in await _answer(chat, "2023")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/BR", ["/brief QUERY [as-of DATE]", "/briefings [TOPIC|KIND]"]),
        (" /brief", ["/brief QUERY [as-of DATE]", "/briefings [TOPIC|KIND]"]),
        ("/Brief\tblinken", ["Antony Blinken"]),
        ("blinken", ["Antony Blinken"]),
        ("/nope blinken", []),
        ("/digest s", ["subscribe", "status"]),
        ("/digest subscribe 7:30 shang", ["Asia/Shanghai"]),
        ("/digest subscribe topics dip", ["diplomacy"]),
        ("/digest list ", []),
        ("2", []),
        ("", []),
    ],
)
def test_the_menu(line: str, offered: list[str]) -> None:
    completer = CommandCompleter(router(), lambda: Caller("terminal", "reader", "terminal"))
    found = completer.get_completions(Document(line), CompleteEvent())
    assert [each.display_text for each in found] == offered


def test_addresses_stand_by_number_and_titles_as_they_were_read() -> None:
    labels = ["[10]", "[9]", "The longer title", "A report"]
    spans = tuple(Span(label, url=f"https://example.org/{place}") for place, label in enumerate(labels))
    told = addresses(Reply((Paragraph(spans),), "", Outcome.MATCH))
    assert [line.rsplit(" ", 1)[0] for line in told] == ["[9]", "[10]", "The longer title", "A report"]
