"""Names to entries: exact, by a person's single name, by words, by prefix, by near miss; several are a choice.

Names and queries are made alike by one function, `normal`. Nothing here guesses: what is merely near is returned as
"none" with the nearest, and whoever answers says so.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.library.entry import Alias, Entry, Kind
from bot.library.visibility import Viewer, visible

_LONGEST = 200
"""Characters of a query that are looked at; no name is longer."""
_CHOICES = 5
_NEAREST = 3
_SHORT_WORD = 5
_SHORTEST_NEAR = 4
_MIN_PREFIX = 2
_COVERED = 0.5
_FILLER = re.compile(
    r"(?:hey|hi|please|pls|bot|briefbot|"
    r"(?:can|could) you (?:please )?(?:tell me|explain)|tell me about|tell me|what do you know about|"
    r"who(?:s| is| was| are| were)|what(?:s| is| was| are| were| happened (?:with|to|at|in))|"
    r"brief(?:ing)? (?:me )?on|info(?:rmation)? (?:on|about)|about|explain|the|an|a)\s+"
)
_TITLES = re.compile(r"(?:mr|mrs|ms|dr|sir|hon|president|secretary|minister|ambassador|general)\s+(?=\S)")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s?\b")
_SEPARATORS = re.compile(r"[^\w]+|_")


def normal(text: str) -> str:
    """Return `text` as names are compared: one width, one case, no accents, dots, possessives or punctuation."""
    text = unicodedata.normalize("NFKC", text[: _LONGEST * 4]).casefold()
    text = _POSSESSIVE.sub("", text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(_SEPARATORS.sub(" ", "".join(bare)).split())


def asked(query: str) -> str:
    """Return a query as names are compared, without the words that only ask ("who is", "tell me about the")."""
    words = normal(query[:_LONGEST])
    while (rest := _FILLER.sub("", words, count=1) if _FILLER.match(words) else words) != words:
        words = rest
    return words


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one entry, and how it came to be a name: id, title, alias or part."""

    entry: Entry
    shown: str
    how: str
    alias: Alias | None = None

    def holds(self, day: date) -> bool:
        """Whether the name fits the entry on `day`; names of offices end with the office."""
        alias = self.alias
        return alias is None or (
            (alias.valid_from is None or alias.valid_from <= day)
            and (alias.valid_until is None or day <= alias.valid_until)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a query names: `outcome` is match, ambiguous or none; of none, `names` are the nearest."""

    outcome: str
    entries: tuple[Entry, ...]
    how: str


class Names:
    """The index of names, built once for a library."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index every name of `entries`."""
        index: defaultdict[str, list[_Name]] = defaultdict(list)
        for entry in entries:
            for key, name in _keys(entry):
                index[key].append(name)
        self._index = dict(index)
        self._sorted = sorted(self._index)
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for key in self._sorted:
            self._by_length[len(key)].append(key)

    def resolve(self, query: str, viewer: Viewer, on: date | None) -> Found:
        """Return what `query` names for `viewer` on the day `on` (today for None). Never raises; time is bounded."""
        day = on or viewer.now.date()
        typed, bare = normal(query[:_LONGEST]), asked(query)
        for words in dict.fromkeys((typed, bare, _TITLES.sub("", bare), bare.replace(" ", ""))):
            found = self._exact(words, viewer, day) if words else None
            if found:
                return found
        return self._loosely(bare or typed, viewer, day)

    def complete(self, partial: str, viewer: Viewer) -> Iterator[tuple[Entry, str]]:
        """Yield entries whose name starts with `partial`, each once with that name, best first."""
        words = normal(partial[:_LONGEST])
        order = {"title": 0, "id": 1, "alias": 2, "part": 3}
        names = [name for name in self._starting(words) if visible(name.entry, viewer)]
        names.sort(key=lambda name: (order[name.how] if words else 0, name.entry.title.casefold()))
        seen: set[str] = set()
        for name in names or self._near(words, viewer, viewer.now.date()):
            if name.entry.id not in seen:
                seen.add(name.entry.id)
                yield name.entry, name.shown

    def _loosely(self, words: str, viewer: Viewer, day: date) -> Found:
        if not words:
            return Found("none", (), "none")
        steps = (
            ("words", self._by_words(words)),
            ("prefix", self._prefix(words)),
            ("near", self._near(words, viewer, day)),
        )
        for how, names in steps:
            entries = _distinct(name for name in names if visible(name.entry, viewer) and name.holds(day))
            if entries:
                return _decided(entries, how)
        return Found("none", self._nearest(words, viewer), "none")

    def _exact(self, key: str, viewer: Viewer, day: date) -> Found | None:
        names = [name for name in self._index.get(key, ()) if visible(name.entry, viewer)]
        for hows in (("id", "title", "alias"), ("part",)):
            now = [name for name in names if name.how in hows and name.holds(day)]
            if now:
                return _decided(_distinct(now), now[0].how)
        return None

    def _by_words(self, words: str) -> Iterator[_Name]:
        wanted = set(words.split())
        if len(wanted) < 2:  # noqa: PLR2004 - one word of a name is no name, unless it is a person's
            return
        for key in self._sorted:
            held = key.split()
            if len(held) > len(wanted) and wanted.issubset(held) and len(wanted) / len(held) >= _COVERED:
                yield from self._index[key]

    def _prefix(self, words: str) -> Iterator[_Name]:
        if len(words) >= _MIN_PREFIX or (words and _han(words[0])):
            yield from self._starting(words)

    def _starting(self, words: str) -> Iterator[_Name]:
        place = bisect_left(self._sorted, words)
        for key in islice(self._sorted, place, None):
            if not key.startswith(words):
                return
            yield from self._index[key]

    def _near(self, words: str, viewer: Viewer, day: date) -> list[_Name]:
        """Return names one slip away (two in longer ones) that begin with the same letter."""
        if len(words) < _SHORTEST_NEAR or any(_han(char) for char in words):
            return []
        slips = 1 if len(words) <= _SHORT_WORD else 2
        lengths = range(len(words) - slips, len(words) + slips + 1)
        keys = [key for length in lengths for key in self._by_length.get(length, ()) if key[0] == words[0]]
        scored = process.extract(words, keys, scorer=OSA.distance, score_cutoff=slips, limit=_CHOICES * 2)
        names = [
            (distance, name)
            for key, distance, _ in scored
            for name in self._index[key]
            if visible(name.entry, viewer) and name.holds(day)
        ]
        best = min((distance for distance, _ in names), default=0)
        return [name for distance, name in names if distance == best]

    def _nearest(self, words: str, viewer: Viewer) -> tuple[Entry, ...]:
        """Return entries that share a word of their name with `words`, most of it first; nothing is made up."""
        wanted = {word for word in words.split() if len(word) >= _SHORTEST_NEAR}
        scored: dict[str, tuple[int, Entry]] = {}
        for key in self._sorted if wanted else ():
            shared = len(wanted.intersection(key.split()))
            for name in self._index[key] if shared else ():
                if visible(name.entry, viewer) and shared > scored.get(name.entry.id, (0, None))[0]:
                    scored[name.entry.id] = (shared, name.entry)
        for name in self._index.get(words, ()):  # a name that was theirs on another day
            if visible(name.entry, viewer):
                scored[name.entry.id] = (len(words), name.entry)
        ranked = sorted(scored.values(), key=lambda pair: (-pair[0], pair[1].title.casefold()))
        return tuple(entry for _, entry in ranked[:_NEAREST])


def _keys(entry: Entry) -> Iterator[tuple[str, _Name]]:
    """Yield every key of `entry`: its id, title and aliases, joined and reversed, and the words of a person's name."""
    names = [
        (entry.id, "id", None),
        (entry.title, "title", None),
        *((alias.name, "alias", alias) for alias in entry.names),
    ]
    seen: set[tuple[str, str]] = set()
    for shown, how, alias in names:
        words = normal(shown).split()
        keys = [(" ".join(words), how), ("".join(words), how)]
        if len(words) == 2:  # noqa: PLR2004 - two words can be turned round: family name first, or last
            keys.append((f"{words[1]} {words[0]}", how))
        if entry.kind is Kind.PERSON and how == "title":
            keys += [(word, "part") for word in words if len(word) > 1]
        for key, sort in keys:
            if key and (key, sort) not in seen:
                seen.add((key, sort))
                label = entry.title if how != "alias" else shown
                yield key, _Name(entry, label, sort, alias)


def _distinct(names: Iterable[_Name]) -> tuple[Entry, ...]:
    return tuple({name.entry.id: name.entry for name in names}.values())


def _decided(entries: tuple[Entry, ...], how: str) -> Found:
    return Found("match" if len(entries) == 1 else "ambiguous", entries[:_CHOICES], how)
