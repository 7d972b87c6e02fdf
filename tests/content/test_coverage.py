"""Every checked claim of the founding article, everything that came of it and all it names is told somewhere.

`coverage.yaml` maps each id of the inventory to where it is told, or says why it is left out.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.library.library import Library
from bot.library.load import load

HERE = Path(__file__).parent
BRIEFINGS = HERE.parents[1] / "briefings"
FACTS = {f"F{number:03}" for number in range(1, 118)}
OUTCOMES = {f"O{number:02}" for number in range(1, 43)}
ENTITIES = 139
Told = str | list[str] | dict[str, str]


@cache
def coverage() -> dict[str, dict[str, Told]]:
    found: dict[str, dict[str, Told]] = yaml.safe_load((HERE / "coverage.yaml").read_text(encoding="utf-8"))
    return found


@cache
def library() -> Library:
    return load(BRIEFINGS)


def places(told: Told) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        yield from told


def is_told(reference: str) -> bool:
    """Return whether `reference` leads to an entry, or to a claim, a quotation or a part of one."""
    entry_id, _, part = reference.partition("#")
    entry = library().entries_by_id.get(entry_id)
    if entry is None:
        return False
    parts: dict[str, Any] = {"": True, "body": entry.sections, "role": entry.roles, "roles": entry.roles}
    parts |= {"names": entry.names, "positions": entry.positions, "bottom_line": True}
    ids = {claim.id for claim in entry.claims} | {quote.id for quote in entry.quotations}
    return part in ids or bool(parts.get(part))


@pytest.mark.parametrize("group", ["facts", "outcomes", "entities"])
def test_each_id_is_told_where_the_map_says_or_left_out_for_a_reason(group: str) -> None:
    wrong = {}
    for name, told in coverage()[group].items():
        if isinstance(told, dict):
            if set(told) != {"left_out"} or len(told["left_out"]) < 8:
                wrong[name] = "no reason"
        elif missing := [each for each in places(told) if not is_told(each)]:
            wrong[name] = f"not there: {', '.join(missing)}"
        elif not list(places(told)):
            wrong[name] = "nowhere"
    assert wrong == {}


def test_no_id_is_forgotten_and_none_is_made_up() -> None:
    assert set(coverage()["facts"]) == FACTS
    assert set(coverage()["outcomes"]) == OUTCOMES
    assert len(coverage()["entities"]) == ENTITIES


def test_what_came_of_it_is_left_out_of_nothing() -> None:
    assert [name for name, told in coverage()["outcomes"].items() if isinstance(told, dict)] == []


def test_there_are_as_many_entries_as_a_desk_needs_and_none_has_a_mistake() -> None:
    assert len(library().entries_by_id) >= 70
    assert [str(each) for each in library().problems] == []
