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
    """Yield every key of `entry`: id, title and aliases, also joined, and a person's names turned round and apart."""
    person = entry.kind is Kind.PERSON
    names = [
        (entry.title, "title", None),
        (entry.id, "id", None),
        *((each.name, "alias", each) for each in entry.names),
    ]
    seen: set[tuple[str, str, Alias | None]] = set()
    for shown, how, alias in names:
        words = normal_name(shown).split()
        personal = person and (alias is None or alias.sort not in _IMPERSONAL)
        keys = [(" ".join(words), how), ("".join(words), how)]
        if personal and len(words) == _TURNED:  # family name first, or last
            keys.append((f"{words[1]} {words[0]}", how))
        if person and (how == "title" or (personal and is_han(words[0][0]))):
            keys += [(word, "part") for word in words if len(word) > 1 and len(words) > 1]
        label = entry.title if how != "alias" else shown
        bound = alias if alias is not None and (alias.valid_from or alias.valid_until) else None
        made: dict[str, Name] = {}  # one for all keys of a sort: of a large library there are very many
        for key, sort in keys:
            if key and (key, sort, bound) not in seen:
                seen.add((key, sort, bound))
                yield key, made.setdefault(sort, Name(entry, label, sort, personal, bound))
