"""A new briefing: a draft that passes the check, so that an editor starts from green."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.library.load import load
from bot.library.normal import normal
from bot.library.read import slug_of
from bot.library.reading import read_briefing
from bot.library.vocabulary import Kind

_TEMPLATE = """\
---
title: {title}
kind: {kind}
description: One line that says what this is.
bottom_line: The answer in at most two sentences that stand alone.
status: draft  # published, once it is reviewed
as_of: {today}
last_checked: {today}
# names:  # other names people look for
#   - {{name: 某人, sort: simplified, lang: zh-Hans}}
claims:
  - id: first
    text: One fact in one or two sentences that say who says so.
    date: {today}
    general_knowledge: Replace this line by sources, for example sources [agency].
# sources:
#   - id: agency
#     publisher: Name of the agency
#     title: What the page is
#     date: {today}
#     kind: wire
#     url: https://example.org/
---

## Background

Longer reading, folded away by default.
"""


def new_entry_text(kind: Kind, slug: str, title: str, today: date) -> str:
    """Return the text of a draft that passes the check; raise ValueError when no such entry can be."""
    if slug_of(slug) != slug:
        raise ValueError(f"{slug!r} is no id, but a path")
    try:
        title.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the title holds bytes that are no UTF-8") from None
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = _TEMPLATE.format(title=quoted, kind=kind.value, today=today.isoformat())
    problems = read_briefing(f"{kind.folder}/{slug}.md", text.encode("utf-8")).problems
    if problems:
        raise ValueError(f"{problems[0].message}; {problems[0].hint}" if problems[0].hint else problems[0].message)
    return text


def write_new(root: Path, kind: Kind, slug: str, title: str | None) -> Path:
    """Write a draft called `slug` and return its path.

    Raises ValueError when the id or the title cannot be one, FileExistsError when there is such an entry already.
    """
    title = title or slug.replace("-", " ").title()
    text = new_entry_text(kind, slug, title, datetime.now(UTC).date())
    taken = next((path for path in root.glob(f"*/{slug}.md")), None)
    if taken is not None:
        raise FileExistsError(f"{taken} has that id already.")
    _refuse_namesake(root, title)
    path = root / kind.folder / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = text.encode("utf-8")
    with path.open("xb") as file:
        file.write(raw)
    return path


def _refuse_namesake(root: Path, title: str) -> None:
    """Raise ValueError when an entry has that title or alias: the draft would break the check of both."""
    wanted = normal(title)
    for entry in load(root).entries_by_id.values():
        if wanted in {normal(name) for name in (entry.title, *(alias.name for alias in entry.names))}:
            raise ValueError(f"{title!r} is a name of {entry.path} already; give another title")
