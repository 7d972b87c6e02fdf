"""A file's problems, each with its line and a caret under the place."""

from collections.abc import Sequence
from pathlib import Path

import htpy as h
from htpy import Element, Node

from bot.library.problem import Level, Problem

_SHOWN = 240
"""Characters of a line that are shown; longer ones are cut around the place."""


def mistakes(problems: Sequence[Problem], root: Path) -> Node:
    """Return the box of problems; nothing when there are none."""
    if not problems:
        return None
    errors = sum(each.level is Level.ERROR for each in problems)
    count, what = (errors, "problem") if errors else (len(problems), "warning")
    title = f"{count} {what}{'s' if count > 1 else ''} to fix"
    return h.section(class_="problems" if errors else "problems mild", role="alert")[
        h.h2[title], h.ol[(_mistake(each, root) for each in problems)]
    ]


def _mistake(problem: Problem, root: Path) -> Element:
    return h.li[
        h.span(".place")[f"{problem.file}:{problem.line}:{problem.column}"],
        " ",
        "" if problem.level is Level.ERROR else "warning: ",
        problem.message,
        h.span(".hint")[f" ({problem.hint})"] if problem.hint else None,
        _line(problem, root),
    ]


def _line(problem: Problem, root: Path) -> Node:
    """Return the line with a caret; nothing where the file or the line is not there."""
    line = source_line(root / problem.file, problem.line)
    if line is None:
        return None
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


def source_line(path: Path, number: int) -> str | None:
    """Return a line of a file, counted from 1, as far as it can be read; None where it cannot."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return lines[number - 1] if 0 < number <= len(lines) else None
