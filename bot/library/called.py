"""Whom the words of a question call by some name, and which of them are names: what else an entry may say for them."""

from bot.library.common import tells
from bot.library.index import Index
from bot.library.terms import of_normal, terms
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Kind

_MOST_WORDS, _MOST_TOGETHER = 12, 4
"""Words of a question among which others are looked for, and of such a name."""
_CALLED = frozenset({Kind.PERSON, Kind.PLACE})


def named_by(index: Index, words: str, viewer: Viewer) -> dict[str, frozenset[str]]:
    """Return which terms of normal `words` call a person or a place on any day, each with those of the titles."""
    found: dict[str, frozenset[str]] = {}
    typed = words.split()[:_MOST_WORDS]
    for begin in range(len(typed)):
        key = ""
        for end in range(begin, min(begin + _MOST_TOGETHER, len(typed))):
            key = f"{key} {typed[end]}" if key else typed[end]
            if any(each.how == "alias" for each in index.named(key)):
                called = _titles(index, key, viewer)
                found |= {term: found.get(term, called) | called for term in of_normal(key)} if called else {}
    return found


def single(index: Index, words: str, viewer: Viewer) -> frozenset[str]:
    """Return the terms of each of normal `words` that is by itself the name of something."""
    telling = filter(tells, words.split()[:_MOST_WORDS])
    seen = (word for word in telling if any(visible(each.entry, viewer) for each in index.named(word)))
    return frozenset(term for word in seen for term in of_normal(word))


def _titles(index: Index, key: str, viewer: Viewer) -> frozenset[str]:
    """Return the terms of the titles of the people and places that are called `key`; none that `key` has itself."""
    named = (each.entry for each in index.named(key) if each.how == "alias" and visible(each.entry, viewer))
    called = frozenset[str]().union(*(terms(entry.title) for entry in named if entry.kind in _CALLED))
    return called if called.isdisjoint(of_normal(key)) else frozenset()
