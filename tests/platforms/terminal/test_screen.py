"""`briefbot chat` on a real terminal: the menu, the history, buttons by number, and every way out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.platforms.terminal.pseudo import COLUMNS, Screen, screen
from tests.samples import entry_file, files, write

PLAIN: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
ENTER, UP, CTRL_C, CTRL_D, TAB = "\r", "\x1b[A", "\x03", "\x04", "\t"
PROMPT = "briefbot>"


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = dict(files())
    related = ["nicholas-burns", "william-burns", "hostile-entry", "longest-entry", "review-overdue", "antony-blinken"]
    texts["people/wang-yi.md"] = entry_file("Wang Yi", related=related)
    return write(tmp_path_factory.mktemp("library"), texts)


@pytest.fixture
def chat(briefings: Path) -> Iterator[Screen]:
    with screen("chat", "--briefings", str(briefings), env=PLAIN) as shown:
        shown.until(PROMPT)
        yield shown


def test_the_menu_offers_commands_and_names(chat: Screen) -> None:
    assert "A short, sourced answer" in chat.type("/BR", "/briefings [TOPIC|KIND]")
    chat.type("IEF blink", "Antony Blinken")
    assert "led US diplomacy" in chat.type(f"{TAB}{ENTER}", "2) Sources")


def test_a_number_presses_a_button_and_is_found_in_the_history(chat: Screen) -> None:
    chat.type(f"blinken{ENTER}", "Background")
    assert "Timeline: Antony Blinken" in chat.type(f"1{ENTER}", "1) Briefing")
    assert "Antony Blinken" in chat.type(f"1{ENTER}", "Background")
    assert "No button has the number 99. There are 1 to" in chat.type(f"99{ENTER}", "/brief 99")
    assert "Timeline: Antony Blinken" in chat.type(f"{UP}{UP}{ENTER}", "1) Briefing")


def test_sources_show_their_addresses_since_not_every_terminal_follows_links(chat: Screen) -> None:
    assert "https://" not in chat.type(f"qin gang{ENTER}", "2) Sources")
    assert "https://example.org/wire" in chat.type(f"2{ENTER}", "https://example.org/wire")


def test_a_button_is_never_broken_at_the_edge_of_the_screen(chat: Screen) -> None:
    chat.type(f"wang yi{ENTER}", "3) Related")
    shown = chat.type(f"3{ENTER}", "6) ").splitlines()
    buttons = [line.strip() for line in shown if line.startswith(("1) ", "2) ", "3) ", "4) ", "5) ", "6) "))]
    assert len(buttons) > 1
    assert all(len(line) <= COLUMNS for line in buttons)


def test_ctrl_c_drops_the_line_and_ends_only_at_an_empty_one(chat: Screen) -> None:
    chat.type("nonsense", "nonsense")
    chat.type(CTRL_C, PROMPT)
    assert "Qin Gang" in chat.type(f"qin gang{ENTER}", "2) Sources")
    chat.until(PROMPT)
    assert chat.ended(CTRL_C) == 0


@pytest.mark.parametrize("keys", [CTRL_D, f"exit{ENTER}", f"/QUIT{ENTER}"])
def test_ways_out(chat: Screen, keys: str) -> None:
    assert chat.ended(keys) == 0
