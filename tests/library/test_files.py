"""What may lie in the folder and what a file may be made of: bytes, names, links, folders."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library.characters import _HIDDEN, _HIDDEN_OR_TAB, hidden, hidden_or_tab
from bot.library.load import load
from bot.library.problem import Level
from tests.library.samples import GOOD, entry_text, library_of, write

FILE = "people/antony-blinken.md"

BYTES: dict[str, tuple[bytes, int, int, str]] = {
    "Latin 1": (GOOD.replace("Ada", "Adé").encode("latin-1", "replace"), 18, 10, "not UTF-8 (byte 0xe9)"),
    "UTF-16": (GOOD.encode("utf-16"), 1, 1, "not UTF-8 (byte 0xff)"),
    "cut in a character": ("---\ntitle: 布".encode()[:-1], 2, 8, "not UTF-8 (byte 0xe5)"),
    "behind Chinese": ("---\ntitle: 布林".encode() + b"\xff", 2, 10, "not UTF-8 (byte 0xff)"),
    "empty": (b"", 1, 1, "empty file"),
    "only blanks": (b" \n\n", 1, 1, "empty file"),
    "only Markdown": (b"# Antony Blinken\n", 1, 1, "no front matter"),
    "never ends": (GOOD.split("\n---\n")[0].encode(), 1, 1, "front matter without an end"),
    "no fields": (b"---\n---\n", 2, 1, "the front matter holds no fields"),
    "a list": (b"---\n- a\n---\n", 2, 1, "the front matter holds no fields"),
    "a word": (b"---\nword\n---\n", 2, 1, "the front matter holds no fields"),
    "257 KiB": (GOOD.encode() + b"a" * 256 * 1024, 1, 1, "more than 256 KiB"),
    "a null byte": (b"---\ntitle: \x00\n---\n", 2, 8, "control character U+0000"),
    "250,000 brackets": (b"---\na: " + b"[" * 250_000 + b"\n---\n", 2, 23, "nested deeper than 20 levels"),
    "250,000 braces": (b"---\na: " + b"{" * 250_000 + b"\n---\n", 2, 23, "nested deeper than 20 levels"),
    "250,000 dashes": (b"---\n" + b"- " * 125_000 + b"\n---\n", 2, 41, "nested deeper than 20 levels"),
    "a bomb": (b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n", 2, 4, "the anchor &a"),
}


@pytest.mark.parametrize("what", BYTES)
def test_bytes_that_are_no_briefing_are_told_at_their_place(what: str, tmp_path: Path) -> None:
    raw, line, column, message = BYTES[what]
    library = library_of(tmp_path, {FILE: raw, "people/xi-jinping.md": entry_text("Xi Jinping")})
    first = next(problem for problem in library.problems if message in problem.message)
    assert (first.file, first.line, first.column) == (FILE, line, column), library.problems
    assert list(library.entries_by_id) == ["xi-jinping"]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_what_other_editors_write_is_read_the_same(change: Callable[[str], str], tmp_path: Path) -> None:
    plain = library_of(tmp_path / "plain", {FILE: GOOD}).entries_by_id["antony-blinken"]
    other = library_of(tmp_path / "other", {FILE: change(GOOD)}).entries_by_id["antony-blinken"]
    assert other.model_dump(exclude={"content_hash"}) == plain.model_dump(exclude={"content_hash"})


def test_a_file_of_noise_does_not_fill_the_screen(tmp_path: Path) -> None:
    library = library_of(tmp_path, {FILE: "---\n" + "- yes\n" * 40_000 + "---\n"})
    assert len(library.problems) == 101
    assert library.problems[-1].message == "and 39900 more problems in this file"


STRAYS: dict[str, tuple[str, Level, str]] = {
    "people/Xi.md": ("people/Xi.md", Level.ERROR, "the file's name is the entry's id, and this is none"),
    "people/xi_jinping.md": ("people/xi_jinping.md", Level.ERROR, "the file's name is the entry's id"),
    "people/xi\n.md": ("people/xi\\n.md", Level.ERROR, "the file's name is the entry's id"),
    f"people/{'x' * 49}.md": (f"people/{'x' * 49}.md", Level.ERROR, "the file's name is the entry's id"),
    "events/xi-jinping.md": ("events/xi-jinping.md", Level.ERROR, "kind person in folder events/"),
    "xi-jinping.md": ("xi-jinping.md", Level.ERROR, "not in the folder of a kind"),
    "people/xi-jinping.txt": ("people/xi-jinping.txt", Level.WARNING, "not a briefing, and not read"),
    "people/xi-jinping.MD": ("people/xi-jinping.MD", Level.WARNING, "not a briefing, and not read"),
    "persons/xi-jinping.md": ("persons", Level.WARNING, "a folder of no kind, which is not read"),
    "people/new/xi-jinping.md": ("people/new", Level.WARNING, "a folder in a folder, which is not read"),
}


@pytest.mark.parametrize("path", STRAYS)
def test_what_lies_in_the_wrong_place_is_told(path: str, tmp_path: Path) -> None:
    shown, level, message = STRAYS[path]
    library = library_of(tmp_path, {path: entry_text("Xi Jinping"), FILE: GOOD})
    found = [problem for problem in library.problems if message in problem.message]
    assert [(problem.file, problem.level) for problem in found] == [(shown, level)], library.problems
    assert list(library.entries_by_id) == ["antony-blinken"]


def test_nobodys_files_pass_in_silence(tmp_path: Path) -> None:
    names = (
        "README.md",
        ".gitkeep",
        "people/.x.md.swp",
        "people/x.md~",
        "people/#x.md#",
        ".git/config",
        "people/README.md",
    )
    library = library_of(tmp_path, {FILE: GOOD, **dict.fromkeys(names, "")})
    assert library.problems == ()


def test_two_files_of_one_id_are_told_both_and_one_is_served(tmp_path: Path) -> None:
    twin = entry_text("The Visit", kind="event")
    library = library_of(tmp_path, {"people/visit.md": entry_text("A Visitor"), "events/visit.md": twin})
    told = [(each.file, each.message) for each in library.problems]
    assert told == [
        ("events/visit.md", "has the same id as people/visit.md"),
        ("people/visit.md", "has the same id as events/visit.md"),
    ]
    assert len(library.entries_by_id) == 1


def test_the_newcomer_of_two_files_with_one_id_does_not_push_the_other_out(tmp_path: Path) -> None:
    before = library_of(tmp_path, {"people/visit.md": entry_text("A Visitor")})
    write(tmp_path, {"events/visit.md": entry_text("The Visit", kind="event")})
    assert load(tmp_path, before).entries_by_id["visit"].title == "A Visitor"


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_followed(tmp_path: Path) -> None:
    root = write(tmp_path / "briefings", {"..data/people/antony-blinken.md": GOOD})
    outside = write(tmp_path / "outside", {"people/secret.md": entry_text("Secret")})
    (root / "people").symlink_to(root / "..data/people")
    (root / "events").symlink_to(outside / "people")
    (root / "people" / "secret.md").symlink_to(outside / "people/secret.md")
    (root / "people" / "nowhere.md").symlink_to("gone.md")
    (root / "people" / "round.md").symlink_to("round.md")
    library = load(root)
    assert list(library.entries_by_id) == ["antony-blinken"]
    assert [(each.file, each.message) for each in library.problems] == [
        ("events", "a symbolic link that leaves the folder"),
        ("people/nowhere.md", "a symbolic link that leads nowhere"),
        ("people/round.md", "a symbolic link that leads nowhere"),
        ("people/secret.md", "a symbolic link that leaves the folder"),
    ]


def test_a_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    root = write(tmp_path, {FILE: GOOD})
    os.mkfifo(root / "people/pipe.md")
    (root / "people/folder.md").mkdir()
    library = load(root)
    assert [(each.file, each.message) for each in library.problems] == [
        ("people/folder.md", "a folder in a folder, which is not read"),
        ("people/pipe.md", "not a file"),
    ]


def test_a_name_that_is_no_utf_8_is_shown_escaped(tmp_path: Path) -> None:
    root = write(tmp_path, {FILE: GOOD})
    with open(os.fsencode(root) + b"/people/\xff.md", "wb"):  # noqa: PTH123 - a path of bytes
        pass
    library = load(root)
    assert library.problems[0].file == "people/\\udcff.md"
    assert str(library.problems[0]).isprintable()


def test_a_folder_that_is_not_there_is_told_and_serves_nothing(tmp_path: Path) -> None:
    library = load(tmp_path / "gone", library_of(tmp_path, {FILE: GOOD}))
    assert [(each.file, each.message) for each in library.problems] == [(str(tmp_path / "gone"), "no such folder")]
    assert not library.entries_by_id


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    root = write(tmp_path, {FILE: GOOD})
    (root / FILE).chmod(0)
    assert [each.message for each in load(root).problems] == ["cannot be read: Permission denied"]


def test_what_is_taken_for_plain_holds_nothing_hidden() -> None:
    for number in range(0x110000):
        char = chr(number)
        assert (hidden(char) is None) == (_HIDDEN.search(char) is None), hex(number)
        assert (hidden_or_tab(f"a{char}b") is None) == (_HIDDEN_OR_TAB.search(f"a{char}b") is None), hex(number)
