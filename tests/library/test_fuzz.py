"""Whatever is in a file, the loader returns; whatever is valid, it accepts; nothing in between crashes or hangs."""

import json
import re
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.library.body import parse_section
from bot.library.load import load
from bot.library.problem import Level
from bot.library.reading import read_briefing
from tests.library.samples import EVERYBODY, GOOD, write
from tests.library.strategies import ENTRY_ID, bodies, entry_files

FILE = "people/antony-blinken.md"
SLOW = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None, max_examples=60
)


@SLOW
@given(entry_files())
def test_any_valid_entry_is_accepted(tmp_path_factory: pytest.TempPathFactory, file: tuple[str, str]) -> None:
    path, text = file
    library = load(write(tmp_path_factory.mktemp("any"), {path: text}))
    assert [problem for problem in library.problems if problem.level is Level.ERROR] == []
    entry = library.get(ENTRY_ID, EVERYBODY)
    assert entry is not None
    fields = json.loads(text.split("---\n")[1])
    assert (entry.title, entry.bottom_line) == (fields["title"], fields["bottom_line"])
    assert library.resolve(fields["title"][:150], EVERYBODY).entries[:1] == (entry,)


@SLOW
@given(bodies())
def test_no_word_of_a_body_is_lost(body: str) -> None:
    read = read_briefing(FILE, f"{GOOD.split('Text before')[0]}{body}".encode())
    assert read.entry is not None
    inlines = [inline for section in read.entry.sections for line in parse_section(section) for inline in line.inlines]
    shown = "".join([*(section.heading for section in read.entry.sections), *(inline.text for inline in inlines)])
    written = re.sub(r"\]\(https://example.org/a_b\)", "", body)
    for char in {char for char in written if char.isalpha()}:
        assert shown.count(char) >= written.count(char), (char, body)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=2_000))
@example(b"---\n? [\n---\n")
@example(b'---\na: "\\ud800"\n---\n')
@example(b"---\n<<: {a: b}\n---\n")
def test_any_bytes_are_read(raw: bytes) -> None:
    assert read_briefing(FILE, raw).problems


_SCRAPS = (
    *(
        "",
        "\n",
        ": ",
        "- ",
        "  ",
        "---\n",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "#",
        "&a ",
        "*a",
        "!!x ",
        "|\n",
        ">\n",
        "no",
        "~",
    ),
    *(
        "1e999",
        "0x",
        "9" * 400,
        "2023-02-31",
        "<b>",
        "](x)",
        "![",
        "\t",
        "\x00",
        "\u202e",
        "\U0001f600",
        "id: ",
        "claims:\n",
    ),
)


@st.composite
def _mutations(draw: st.DrawFn) -> str:
    text = GOOD
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 40))
        text = text[:start] + draw(st.one_of(st.sampled_from(_SCRAPS), st.text(max_size=10))) + text[end:]
    return text


@settings(deadline=None, max_examples=400)
@given(_mutations())
def test_any_slip_in_a_good_file_is_read(text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    read = read_briefing(FILE, raw)
    for problem in read.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.line <= raw.count(b"\n") + raw.count(b"\r") + 2
        assert "\n" not in str(problem)
        assert "failed to read" not in problem.message
    for section in read.entry.sections if read.entry else ():
        parse_section(section)


HEAD = GOOD[: GOOD.index("\n---\n") + 5]


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "[a](",
        "*_",
        "**a",
        "`",
        "<",
        "&",
        "> ",
        "- ",
        "1. ",
        "|a",
        "| a\n|-\n",
        "#",
        "<!--",
        "[a]: ",
        "a\n",
        "\\",
        "](",
    ],
)
def test_a_body_of_nothing_but_one_mark_is_judged_in_bounded_time(piece: str) -> None:
    started = time.perf_counter()
    read = read_briefing(FILE, (HEAD + piece * ((250_000 - len(HEAD)) // len(piece))).encode())
    assert read.problems or read.sound
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize(
    "line",
    ["topics: [{}]", "related: [{}]", "names: [{}]", "{}", "claims: [{}]"],
)
def test_a_head_of_nothing_but_mistakes_is_judged_in_bounded_time(line: str) -> None:
    started = time.perf_counter()
    join, piece = (", ", "X{}") if "[" in line else ("\n", "x{}: y")
    many = join.join(piece.format(number) for number in range(20_000))
    read = read_briefing(FILE, f"---\n{line.format(many)}\n---\n".encode())
    assert len(read.problems) == 101
    assert time.perf_counter() - started < 15
