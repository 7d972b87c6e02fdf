"""Whatever is typed gets an outcome, soon: nothing at all, far too much, marks, a query language, broken characters."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.library import Library
from bot.library.load import load
from tests.library.samples import EVERYBODY

ROOT = Path(__file__).parents[2]
BAD = (
    "",
    " ",
    "\t\n",
    "x" * 4_000,
    "blinken " * 500,
    "习近平" * 1_400,
    "a" * 1_000_000,
    "é" * 1_000_000,
    "前" * 4_000,
    "中国美国" * 1_000,
    "the of to in on",
    "who what when where why how",
    "的 了 吗 什么",
    "???!!!...",
    "。。。？？",
    "-- ## ** __ ``",
    '"',
    '"unbalanced phrase',
    '""" """',
    "AND",
    "OR NOT AND",
    "blinken AND NOT",
    "*",
    "blin*",
    "title:",
    "title:blinken",
    "all:(a OR b)^4~2",
    ":",
    "\\",
    "\\\\\\",
    "a\\",
    "(((((",
    "[a TO z]",
    "{!x}",
    "+-+-",
    "~~~",
    "\ud800",
    "blinken \udfff qin",
    "\udc80" * 4_000,
    "\x00blinken\x00",
    "\ufeff\u200b\u202e",
    "😀" * 2_000,
    "ﷺ" * 4_000,
    "e\u0301" * 500_000,
    "1 " * 2_000,
    "why " * 1_000 + "?",
    "head of " * 400,
    "who runs who runs who runs",
    "'; drop table entries; --",
    "\r\n\r\nblinken",
)


@pytest.fixture(scope="module")
def library() -> Library:
    made = load(ROOT / "briefings")
    made.prepare(EVERYBODY)
    return made


@pytest.mark.parametrize("query", BAD, ids=lambda query: ascii(query[:12]))
def test_it_has_an_outcome_in_bounded_time(query: str, library: Library) -> None:
    started = time.perf_counter()
    found = library.search(query, EVERYBODY)
    library.complete(query, EVERYBODY)
    assert time.perf_counter() - started < 0.5
    assert found.outcome in {"match", "ambiguous", "none"}
    assert found.stood_by <= len(found.results)
    assert (found.outcome == "match") <= (found.stood_by == 1)
    assert (found.outcome == "ambiguous") <= (found.stood_by > 1)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(), max_size=300) | st.text("布林肯中国外长的? why who of", max_size=60))
def test_any_text_has_an_outcome(library: Library, query: str) -> None:
    assert library.search(query, EVERYBODY).outcome in {"match", "ambiguous", "none"}


@pytest.mark.parametrize("query", ["", "the of", "???", "的", "\ud800", "\\", "*", "😀"])
def test_what_says_nothing_is_none(query: str, library: Library) -> None:
    assert library.search(query, EVERYBODY).outcome == "none"


def test_the_command_answers_every_line_and_does_not_break_off() -> None:
    lines = [query for query in BAD if "\n" not in query and "\r" not in query and len(query) <= 4_000]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "search", "--json", "--stdin", "--limit", "2"],
        input="\n".join(lines).encode("utf-8", "surrogatepass") + b"\n",
        capture_output=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert len(answers) == len(lines)
    assert {answer["outcome"] for answer in answers} <= {"match", "ambiguous", "none"}
    assert all(len(answer["results"]) <= 2 for answer in answers[1:])
