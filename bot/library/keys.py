"""The names of one entry, in every form in which a look-up may meet them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bot.library.common import COUNTRY, FUNCTION, is_date, same
from bot.library.entry import Alias, Entry
from bot.library.normal import is_han, normal_name
from bot.library.vocabulary import AliasSort, Kind

_IMPERSONAL = frozenset({AliasSort.OFFICE, AliasSort.ABBREVIATION})
_TURNED = 2
_TITLE, _OTHERS = 0, 2
"""Places of an entry's names: its title, its id, and from there on the others."""


class Name(NamedTuple):
    """One name of one entry, and how it came to be a name: id, title, alias or part.

    `personal` is a name that a person was given; an office has none. `bound` is the alias that fits for a time only.
    """

    entry: Entry
    shown: str
    how: str
    personal: bool
    bound: Alias | None = None

    def holds(self, day: date) -> bool:
        """Whether the name fits the entry on `day`; names of offices end with the office."""
        bound = self.bound
        return bound is None or (
            (bound.valid_from is None or bound.valid_from <= day)
            and (bound.valid_until is None or day <= bound.valid_until)
        )

    def within(self, key: str, words: frozenset[str]) -> bool:
        """Whether the name, written `key`, is said by `words`; what is not a person's may leave out date and country.

        Not so where one word would be left: one word of a longer title is not the title's name.
        """
        own = frozenset(map(same, key.split()))
        if self.personal:
            return own <= words
        whole = own - FUNCTION
        core = frozenset(word for word in whole if word not in COUNTRY and not is_date(word))
        return (bool(whole) and whole <= words) or (len(core) > 1 and core <= words)


def keys_of(entry: Entry) -> Iterator[tuple[str, Name]]:
    """Yield every key of `entry` with its name."""
    return ((key, name_of(entry, place, part=part)) for key, place, part in forms_of(entry))


def name_of(entry: Entry, place: int, *, part: bool) -> Name:
    """Return the name of `entry` at `place`: 0 is its title, 1 its id, 2 its first alias; or what is `part` of it."""
    alias = entry.names[place - _OTHERS] if place >= _OTHERS else None
    how = "part" if part else "title" if place == _TITLE else "id" if alias is None else "alias"
    return Name(entry, entry.title if alias is None else alias.name, how, _is_personal(entry, alias), _bound(alias))


def forms_of(entry: Entry) -> Iterator[tuple[str, int, bool]]:
    """Yield every key of `entry`, the place of its name, and whether it is part of it: also joined, turned and apart.

    Each sort of key is there once, unless names are bound to different times.
    """
    person = entry.kind is Kind.PERSON
    seen: set[tuple[str, str, Alias | None]] = set()
    for place, (shown, alias) in enumerate(_names(entry)):
        words = normal_name(shown).split()
        how = "title" if place == _TITLE else "id" if alias is None else "alias"
        personal = _is_personal(entry, alias)
        keys = [(" ".join(words), how), ("".join(words), how)]
        if personal and len(words) == _TURNED:  # family name first, or last
            keys.append((f"{words[1]} {words[0]}", how))
        if person and (place == _TITLE or (personal and is_han(words[0][0]))):
            keys += [(word, "part") for word in words if len(word) > 1 and len(words) > 1]
        bound = _bound(alias)
        for key, sort in keys:
            if key and (key, sort, bound) not in seen:
                seen.add((key, sort, bound))
                yield key, place, sort == "part"


def _names(entry: Entry) -> Iterator[tuple[str, Alias | None]]:
    yield entry.title, None
    yield entry.id, None
    yield from ((alias.name, alias) for alias in entry.names)


def _bound(alias: Alias | None) -> Alias | None:
    return alias if alias is not None and (alias.valid_from or alias.valid_until) else None


def _is_personal(entry: Entry, alias: Alias | None) -> bool:
    return entry.kind is Kind.PERSON and (alias is None or alias.sort not in _IMPERSONAL)
