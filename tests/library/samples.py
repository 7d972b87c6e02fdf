"""Files for tests of the library: one good briefing that uses every part of the format, and ways to break it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.library.library import Library
from bot.library.load import load
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
EVERYBODY = Viewer(Audience.PUBLIC, NOW)
MARK = "▶"
"""Stands in a test's text right before the place where a problem is expected; it is taken out before loading."""

GOOD = """\
---
title: Antony Blinken
kind: person
description: US Secretary of State, 2021 to 2025
bottom_line: Antony Blinken led US diplomacy until Jan. 20, 2025. He went to Beijing in June 2023.
why_it_matters: He said what the U.S. wanted from Beijing.
names:
  - {name: 布林肯, sort: simplified, lang: zh-Hans}
  - {name: Tony Blinken, sort: nickname}
  - {name: SecState, sort: office, from: 2021-01-26, until: 2025-01-20}
status: published
audience: public
edition: 2
as_of: 2026-05-31
last_checked: 2026-11-01
review_by: 2027-05-31
expires: 2028-01-01
owner: Ada
reviewer: Grace
topics: [diplomacy]
claims:
  - id: sworn
    text: He took office in January 2021.
    date: 2021-01-26
    sources: [state]
  - id: visit
    text: He met Qin Gang and Xi Jinping in Beijing, according to the State Department.
    date: 2023-06-18/2023-06-19
    said_by: State Department
    confidence: moderate
    disputed: true
    other_side:
      - {party: China, text: The talks were asked for by Washington., sources: [ministry]}
    sources: [state, wire]
  - id: return-trip
    text: Qin Gang was expected to visit Washington in return.
    date: 2023-06-18
    forecast: {outcome: did not happen, text: He was removed in July 2023., claim: removed}
    sources: [wire]
  - id: removed
    text: Qin Gang was removed from office.
    date: 2023-07-25
    supersedes: [return-trip]
    sources: [wire]
  - id: job
    text: The Secretary of State heads the State Department.
    general_knowledge: Anybody can look it up.
quotations:
  - id: veer
    text: that the competition we have with China doesn't veer into conflict
    form: verbatim
    speaker: Antony Blinken
    sources: [wire]
  - id: turn
    text: that our rivalry with China does not turn into a war
    form: garbled
    speaker: Antony Blinken
    sources: [wire]
positions:
  - {party: China, voice: Wang Yi, holds: The choice is between dialogue and confrontation., sources: [ministry]}
judgments:
  - {text: A second visit is not to be counted on., by: the editors, likelihood: unlikely, sources: [wire]}
roles:
  - {office: Secretary of State, from: 2021-01-26, until: 2025-01-20, sources: [state]}
sources:
  - id: state
    publisher: US Department of State
    title: Biography
    kind: official document
    url: https://example.org/state
  - id: wire
    publisher: A Wire
    title: Blinken in Beijing
    date: 2023-06-19
    kind: wire
    url: https://example.org/wire?a=(b)&c=d
    archived: http://example.org/kept
    accessed: 2026-10-31
  - {id: ministry, publisher: Foreign Ministry, title: 会见, kind: official on record, lang: zh, url: "https://example.org/会"}
corrections:
  - {date: 2026-10-31, was: He arrived on Saturday., now: He arrived on Sunday., claim: visit}
former_bottom_lines:
  - {from: 2021-01-26, until: 2025-01-20, text: Antony Blinken is the US Secretary of State.}
---
Text before the first heading.

## Background

He was *deputy* secretary **before**, see [the list](https://example.org/list).

1. One
2. Two
   - nested

> Words of another.

| year | place |
|---|---|
| 2023 | Beijing |

### A smaller heading

The end.
"""


def entry_text(title: str = "Sample", body: str = "", **fields: Any) -> str:
    """Return the text of a small valid briefing with `fields` overridden; a field of None is left out."""
    head: dict[str, Any] = {
        "title": title,
        "kind": "person",
        "description": f"What {title} is",
        "bottom_line": f"{title} is the subject of this sample.",
        "as_of": "2026-05-31",
        "last_checked": "2026-11-01",
        "claims": [{"id": "one", "text": f"{title} has a claim.", "date": "2023-06-18", "sources": ["wire"]}],
        "sources": [source_fields("wire")],
    } | fields
    head = {name: value for name, value in head.items() if value is not None}
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n{body}"


def source_fields(source_id: str, **fields: Any) -> dict[str, Any]:
    """Return the fields of a source."""
    return {
        "id": source_id,
        "publisher": "A Wire",
        "title": f"Report {source_id}",
        "kind": "wire",
        "url": f"https://example.org/{source_id}",
    } | fields


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` (path below `root`, content) and return `root`."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def library_of(root: Path, files: Mapping[str, str | bytes]) -> Library:
    """Return the library that `files` make, written below `root`."""
    return load(write(root, files))


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` without its marks, and the line and column of each."""
    places = []
    while MARK in text:
        before, _, after = text.partition(MARK)
        places.append((before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1))
        text = before + after
    return text, places


def swapped(old: str, new: str, text: str = GOOD) -> str:
    """Return `text` with `old`, which it holds once, replaced by `new`."""
    assert text.count(old) == 1, f"{old!r} stands in the text {text.count(old)} times"
    return text.replace(old, new)
