"""A new briefing: a draft that passes the check, so that an editor starts from green."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from bot.library.entry import ENTRY_ID_LENGTH, SLUG, Kind

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


def new_entry_text(kind: Kind, title: str, today: date) -> str:
    """Return the text of a draft."""
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _TEMPLATE.format(title=quoted, kind=kind.value, today=today.isoformat())


def write_new(root: Path, kind: Kind, slug: str, title: str | None) -> Path:
    """Write a draft called `slug` and return its path.

    Raises ValueError when the id is of the wrong form, FileExistsError when there is such an entry already.
    """
    if not re.fullmatch(SLUG, slug) or len(slug) > ENTRY_ID_LENGTH:
        raise ValueError(f"{slug!r} is no id: small letters, digits and single hyphens, at most {ENTRY_ID_LENGTH}.")
    taken = next((path for path in root.glob(f"*/{slug}.md")), None)
    if taken is not None:
        raise FileExistsError(f"{taken} has that id already.")
    path = root / kind.folder / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(new_entry_text(kind, title or slug.replace("-", " ").title(), datetime.now(UTC).date()))
    return path
