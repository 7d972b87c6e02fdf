"""A stand-in for what is broken in a file, so that one reading tells every problem and not just the first layer.

What pydantic refuses is taken out or replaced by a value that contradicts nothing; the rules of the format are then
held against the rest. An entry that needed mending is never served; findings about the stand-ins are dropped.
"""

from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from bot.library.document import Path
from bot.library.entry import FrontMatter
from bot.library.finding import EVERYTHING, Finding
from bot.library.shape import details_of, model_at

_ROUNDS = 3
_HOPELESS = 200
"""Mistakes of form beyond which nothing else that could be told of a file would be worth reading."""
_UNREADABLE = "unreadable"
_CLAIM = {"id": _UNREADABLE, "text": "…", "general_knowledge": "…"}
_STAND_INS: dict[str, Any] = {
    "id": _UNREADABLE,
    "kind": "wire",
    "sort": "full",
    "form": "paraphrase",
    "outcome": "happened",
    "sources": [],
    "claims": [_CLAIM],
    "as_of": "0001-01-01",
    "last_checked": "9999-12-31",
    "date": "0001-01-01",
    "from": "0001-01-01",
}


def mended(data: dict[str, Any], error: ValidationError, kind: str) -> tuple[FrontMatter | None, frozenset[Path]]:
    """Return the front matter with stand-ins and the paths where they stand; None when it cannot be helped.

    `kind` stands in for a kind that is missing or wrong.
    """
    patched, replaced = deepcopy(data), set[Path]()
    if error.error_count() > _HOPELESS:
        return None, frozenset()
    for _ in range(_ROUNDS):
        for detail in details_of(error):
            path: Path = tuple(detail["loc"])
            replaced.add(path)
            with suppress(LookupError, TypeError):  # an error inside something that was replaced a moment ago
                _patch(patched, path, kind)
        try:
            return FrontMatter.model_validate(patched), frozenset(replaced)
        except ValidationError as again:
            error = again
    return None, frozenset()


def believable(findings: Iterable[Finding], replaced: frozenset[Path]) -> list[Finding]:
    """Return the findings that do not speak of a stand-in, or rest on what stood in its place."""
    lost = {str(path[0]) for path in replaced if path and _loses_id(path)} | ({EVERYTHING} if replaced else set())
    above = {path[:length] for path in replaced for length in range(len(path))}
    return [
        finding
        for finding in findings
        if finding.rests_on not in lost
        and finding.path not in above
        and not any(finding.path[:length] in replaced for length in range(1, len(finding.path) + 1))
    ]


def _loses_id(path: Path) -> bool:
    """Whether a stand-in at `path` hides which ids its list defines."""
    return len(path) <= 2 or (len(path) == 3 and path[-1] == "id")  # noqa: PLR2004 - list, item, field


def _patch(data: dict[str, Any], path: Path, kind: str) -> None:
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    last = path[-1]
    model = model_at(path[:-1]) if isinstance(last, str) else None
    named = {(field.alias or name): field for name, field in model.model_fields.items()} if model else {}
    if isinstance(last, str) and (last not in named or not named[last].is_required()):
        holder.pop(last, None)
    elif path == ("kind",):
        holder[last] = kind
    elif isinstance(last, str):
        holder[last] = deepcopy(_STAND_INS.get(last, "…"))
    else:
        holder[last] = _item(path)


def _item(path: Path) -> Any:
    """Return what stands in for a whole item of a list: a group with its required fields, or a word."""
    model = model_at(path)
    if model is None or len(path) == 1:
        return _UNREADABLE
    if path[0] == "claims" and len(path) == 2:  # noqa: PLR2004 - an item of the list of claims itself
        return deepcopy(_CLAIM)
    fields = {(field.alias or name): field for name, field in model.model_fields.items()}
    return {name: deepcopy(_STAND_INS.get(name, "…")) for name, field in fields.items() if field.is_required()}
