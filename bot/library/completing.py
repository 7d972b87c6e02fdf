"""What is offered while somebody types: what a search finds, and then whatever has a name that begins so."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from bot.library.answer import Answer
from bot.library.entry import Entry
from bot.library.names import Names
from bot.library.visibility import Viewer

_LEAST_SEARCHED = 4
"""Characters from which on what is typed is searched for."""
_BY_TEXT = frozenset({"text", "office"})
"""Ways to an answer to what is no name, nor like one."""


class Completion(NamedTuple):
    """One entry to complete to, and its label: the title, and the name that was being typed when it is another."""

    entry: Entry
    label: str


def completed(
    names: Names, search: Callable[[str], Answer] | None, typed: str, viewer: Viewer, limit: int
) -> Iterator[Completion]:
    """Yield what `search`, if there is one yet, finds for what is `typed`, then what `names` begin with; each once.

    At most `limit` of each.
    """
    answer = search(typed) if search and len(typed) >= _LEAST_SEARCHED else None
    told = answer.entries if answer and answer.outcome != "none" else ()
    by_text = bool(told) and answer is not None and answer.how in _BY_TEXT
    found: dict[str, tuple[Entry, str]] = {entry.id: (entry, entry.title) for entry in told[:limit]}
    begun = islice(names.complete(typed, viewer, near=not by_text), limit)
    found |= {entry.id: (entry, name) for entry, name in begun}
    for entry, name in found.values():
        yield Completion(entry, entry.title if name == entry.title else f"{entry.title} · {name}")
