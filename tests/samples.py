"""A small library for tests of commands and platforms: written as files, loaded by the real loader.

The people and dates are real, so that tests read naturally; sources and texts are made for the test.
"""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from bot.commands.request import Caller
from bot.commands.router import Router
from bot.library.library import Library
from bot.library.load import load
from bot.library.vocabulary import Kind

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CALLER = Caller("test", "U1", "C1", name="Ada")

HOSTILE = (
    "",
    " ",
    "x" * 3_000,
    "😀🎉🤖",
    "\x00\x07\x1b[31mred",
    "@everyone <!channel> <@U1> [x](javascript:alert(1))",
    "@here <!here> <!everyone> <@&3> <@1001> <#2001> <!subteam^S1>",
    "*bold* _it_ ~no~ `code` ```fence``` # head > quote - item 1. one",
    "\u202eabc\u202c \u200b\u2066 \ufeff",
    "السلام عليكم שלום",
    "布林肯" * 400,
    "a|b|c bb1|share|antony-blinken",
    "https://example.org/?q=<script>&a=1",
    "</text>:smile: <t:0:R> <id:customize> </brief:1>",
    "as-of",
    "blinken as-of yesterday's news",
)
"""What somebody will type one day; an answer is expected to each."""


def entry_file(title: str, **fields: Any) -> str:
    """Return the text of a briefing with sensible fields, overridden by `fields`; `body` is the Markdown below."""
    body = fields.pop("body", "")
    head: dict[str, Any] = {
        "title": title,
        "kind": "person",
        "description": f"What {title} is about",
        "bottom_line": f"{title} is the subject of this sample.",
        "as_of": "2026-05-31",
        "last_checked": "2026-11-01",
        "claims": [{"id": "one", "text": f"{title} has a claim.", "date": "2023-06-18", "sources": ["wire"]}],
        "sources": [source("wire")],
    } | fields
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n{body}"


def source(source_id: str, **fields: Any) -> dict[str, Any]:
    """Return a source with a made-up address."""
    return {
        "id": source_id,
        "publisher": f"Publisher {source_id}",
        "title": f"Report {source_id}",
        "date": "2023-06-18",
        "kind": "wire",
        "url": f"https://example.org/{source_id}",
    } | fields


BLINKEN = entry_file(
    "Antony Blinken",
    description="US Secretary of State, 2021 to 2025",
    bottom_line="Antony Blinken led US diplomacy from January 2021 to January 2025 and went to Beijing in June 2023.",
    why_it_matters="He carried the message that competition should not become conflict.",
    names=[
        {"name": "布林肯", "sort": "simplified", "lang": "zh-Hans"},
        {"name": "SecState", "sort": "abbreviation"},
    ],
    related=["qin-gang"],
    topics=["diplomacy"],
    roles=[{"office": "US Secretary of State", "from": "2021-01-26", "until": "2025-01-20", "sources": ["state"]}],
    former_bottom_lines=[
        {"from": "2021-01-26", "until": "2025-01-20", "text": "Antony Blinken is the US Secretary of State."}
    ],
    claims=[
        {"id": "sworn", "text": "He took office in January 2021.", "date": "2021-01-26", "sources": ["state"]},
        {
            "id": "postponed",
            "text": "He put off a trip after the balloon was found.",
            "date": "2023-02-03",
            "disputed": True,
            "other_side": [{"party": "China", "text": "It was a civilian airship.", "sources": ["ministry"]}],
            "sources": ["wire"],
        },
        {
            "id": "visit",
            "text": "He met Qin Gang, Wang Yi and Xi Jinping.",
            "date": "2023-06-18/2023-06-19",
            "sources": ["state", "wire"],
        },
        {"id": "left", "text": "He left office in January 2025.", "date": "2025-01-20", "sources": ["wire"]},
    ],
    sources=[source("state", kind="official document"), source("wire"), source("ministry", lang="zh")],
    body="## Background\n\nHe was **deputy** secretary before.\n\n- One\n- Two\n\n> Quoted words.\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
)

HOSTILE_ENTRY = entry_file(
    "Hostile entry",
    bottom_line="@everyone <!channel> <@U1> <@1001> *stars* _under_ `tick` ~tilde~ [x](y) <t:0:R> &amp; # no heading",
    claims=[
        {
            "id": "one",
            "text": "<!here> @here <#C1> ||spoiler|| **bold** 1. one > quote https://example.org/a_b_c",
            "sources": ["wire"],
        },
        {
            "id": "two",
            "text": "- item <@&3> </brief:1> :smile: \\ backslash \\* ```fence",
            "date": "2023",
            "sources": ["wire"],
        },
    ],
    sources=[
        source(
            "wire",
            publisher="@everyone & <co>",
            title="[Title](with) *marks* | pipes",
            url="https://example.org/a(b)_c?d=e",
        )
    ],
    body="## Background\n\n@everyone \\<!channel\\> \\*not bold\\* 2 * 3 * 4 snake_case_name\n",
)


def _longest() -> str:
    def words(length: int, seed: int) -> str:
        text = " ".join(f"w{seed}x{number}" for number in range(length))
        return text[:length].rsplit(" ", 1)[0]

    sources = [
        source(f"s{n}", publisher=words(80, n), title=words(200, n), url=f"https://example.org/{'u' * 440}/{n}")
        for n in range(40)
    ]
    claims = [
        {
            "id": f"c{n}",
            "text": words(600, n),
            "date": f"20{10 + n % 15}-06-18",
            "said_by": words(120, 100 + n),
            "confidence": "low",
            "disputed": True,
            "other_side": [{"party": words(120, 200 + n), "text": words(600, 300 + n), "sources": [f"s{n % 40}"]}],
            "sources": [f"s{(n + step) % 40}" for step in range(5)],
        }
        for n in range(40)
    ]
    body = "".join(
        f"## Section {n} {words(100, n)}\n\n{words(2_000, 400 + n)}\n\n- {words(900, 500 + n)}\n\n" for n in range(12)
    )
    return entry_file(
        "Longest entry",
        description=words(200, 1),
        bottom_line=words(300, 2),
        why_it_matters=words(300, 3),
        names=[{"name": words(80, 600 + n), "sort": "nickname"} for n in range(12)],
        claims=claims,
        sources=sources,
        body=body,
    )


def files() -> Mapping[str, str]:
    """Return the sample library: path below the folder, and text."""
    burns = {"not_to_be_confused_with": ["william-burns"]}
    return {
        "people/antony-blinken.md": BLINKEN,
        "people/qin-gang.md": entry_file("Qin Gang", names=[{"name": "秦刚", "sort": "simplified", "lang": "zh-Hans"}]),
        "people/wang-yi.md": entry_file("Wang Yi"),
        "people/nicholas-burns.md": entry_file("Nicholas Burns", **burns),
        "people/william-burns.md": entry_file("William Burns", not_to_be_confused_with=["nicholas-burns"]),
        "people/hostile-entry.md": HOSTILE_ENTRY,
        "people/longest-entry.md": _longest(),
        "people/secret-draft.md": entry_file("Secret Draft", status="draft"),
        "people/inner-circle.md": entry_file("Inner Circle", audience="internal"),
        "people/under-embargo.md": entry_file("Under Embargo", publish_at="2027-01-01T00:00+00:00"),
        "people/long-expired.md": entry_file("Long Expired", expires="2026-06-01", review_by="2026-05-31"),
        "people/review-overdue.md": entry_file("Review Overdue", review_by="2026-06-01"),
    }


def write(root: Path, texts: Mapping[str, str]) -> Path:
    """Write `texts` below `root` and return it, with a folder for every kind."""
    for kind in Kind:
        (root / kind.folder).mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
    return root


@cache
def library() -> Library:
    """Return the sample library, loaded from files by the real loader."""
    with tempfile.TemporaryDirectory() as folder:
        return load(write(Path(folder), files()))


def router() -> Router:
    """Return the real router over the sample library, at `NOW`."""
    return Router(library, lambda: NOW)


class Failing(Router):
    """The real router over a library that cannot be read: every handler raises."""

    def __init__(self) -> None:
        super().__init__(_kaboom, lambda: NOW)


def _kaboom() -> NoReturn:
    raise RuntimeError("kaboom: the disk is gone")
