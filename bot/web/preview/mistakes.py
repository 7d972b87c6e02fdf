"""A file's problems, each with its line and a caret under the place.

What is named here was refused by the library, so it may be anything: a link that leads out of the folder, a pipe, a
device, a file of gigabytes. Only what could be a briefing is read, and no more of it than a briefing may hold.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import htpy as h
from htpy import Element, Node

from bot.library.problem import Level, Problem
from bot.library.read import MAX_BYTES

_SHOWN = 240
"""Characters of a line that are shown; longer ones are cut around the place."""


def mistakes(problems: Sequence[Problem], root: Path) -> Node:
    """Return the box of problems; nothing when there are none."""
    if not problems:
        return None
    lines = {file: source_lines(root, file) for file in {each.file for each in problems}}
    return _box(problems, h.ol[(_mistake(each, lines[each.file]) for each in problems)])


def places(problems: Sequence[Problem]) -> Node:
    """Return the box of problems with their places alone, for a file of which no word is to be shown."""
    if not problems:
        return None
    return _box(problems, h.ol[(h.li[_place(each), f" {each.level}"] for each in problems)])


def _box(problems: Sequence[Problem], told: Element) -> Element:
    errors = sum(each.level is Level.ERROR for each in problems)
    count, what = (errors, "problem") if errors else (len(problems), "warning")
    title = f"{count} {what}{'s' if count > 1 else ''} to fix"
    return h.section(class_="problems" if errors else "problems mild", role="alert")[h.h2[title], told]


def _place(problem: Problem) -> Element:
    return h.span(".place")[f"{problem.file}:{problem.line}:{problem.column}"]


def _mistake(problem: Problem, lines: Sequence[str]) -> Element:
    return h.li[
        _place(problem),
        " ",
        "" if problem.level is Level.ERROR else "warning: ",
        problem.message,
        h.span(".hint")[f" ({problem.hint})"] if problem.hint else None,
        _line(problem, lines),
    ]


def _line(problem: Problem, lines: Sequence[str]) -> Node:
    """Return the line with a caret; nothing where the file or the line is not there."""
    if not 0 < problem.line <= len(lines):
        return None
    line = lines[problem.line - 1]
    before, after = line[: problem.column - 1], line[problem.column - 1 :]
    before, cut = (f"…{before[-_SHOWN:]}", after[:_SHOWN]) if len(before) > _SHOWN else (before, after[:_SHOWN])
    number = f"{problem.line:>4} | "
    return h.pre(tabindex="0")[
        number,
        before,
        cut,
        "\n",
        f"{'':>4} | ",
        # The words before the place, unseen: the caret stands right whatever the width of their characters.
        h.span(".caret-pad", aria_hidden="true")[before],
        h.span(".caret")["^"],
    ]


def source_lines(root: Path, file: str) -> Sequence[str]:
    """Return the lines of `file`; none where it is no regular file inside `root`, or cannot be read."""
    try:
        inside, path = root.resolve(), (root / file).resolve(strict=True)
        if not path.is_relative_to(inside):
            return ()
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as opened:  # noqa: PTH123 - it is open already
            raw = opened.read(MAX_BYTES) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except (OSError, RuntimeError, ValueError):
        return ()
    return raw.decode("utf-8", "replace").splitlines()
