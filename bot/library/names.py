"""Names to entries: exact, by a person's single name, by words, by prefix, by near miss; several are a choice.

Nothing here guesses: a word that the library does not know, and that is no slip of one it knows, makes the answer
"none"; what is merely like it is returned as the nearest, and whoever answers says so.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from bot.library.entry import Alias, Entry
from bot.library.normal import LONGEST, asked, is_han, normal, untitled
from bot.library.slips import Vocabulary
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Kind

_CHOICES = 25
_NEAREST = 3
_TELLING = 4
"""Letters from which on a shared word makes an entry worth offering as the nearest."""
_ALONE = 5
"""Letters from which on a single misspelt word is taken for a name; a shorter one is near to too much."""
_MOST_WORDS = 8
_MOST_READINGS = 32
_NAME_WORDS = 2
_MIN_PREFIX = 2
_COVERED = 0.5
_FULL = frozenset({"id", "title", "alias"})
_ORDER = {"title": 0, "id": 1, "alias": 2, "part": 3}


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
    """What a query names: `outcome` is match, ambiguous or none; of none, `entries` are the nearest, at most three.

    `how` says by what: id, title, alias, part, words, prefix, near or none.
    """

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
        joined = {"".join(key.split()) for key in self._index if " " in key}
        self._spaced = [key for key in self._sorted if key not in joined]
        with_word: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._sorted:
            for word in dict.fromkeys(key.split()):
                with_word[word].append(key)
        self._with_word = dict(with_word)
        self._words = sorted(self._with_word)
        self._vocabulary = Vocabulary(self._words)

    def resolve(self, query: str, viewer: Viewer, on: date | None) -> Found:
        """Return what `query` names for `viewer` on the day `on` (today for None). Never raises; time is bounded."""
        look = _Look(self, viewer, on or viewer.now.date())
        typed = normal(query[:LONGEST])
        found = look.exact(typed)
        if found:
            return found
        bare = asked(typed)
        for words in dict.fromkeys(
            (bare, untitled(bare), bare.replace(" ", ""), " ".join(dict.fromkeys(bare.split())))
        ):
            found = look.exact(words) if words != typed else None
            if found:
                return found
        return look.loosely(bare) if bare else Found("none", (), "none")

    def complete(self, partial: str, viewer: Viewer) -> Iterator[tuple[Entry, str]]:
        """Yield entries with a name that starts like `partial`, or has words that do; each once with that name."""
        words = normal(partial[:LONGEST])
        seen: set[str] = set()
        for step in (self.starting, self._with_words_like, self._near_words):
            names = [name for name in step(words) if visible(name.entry, viewer)]
            names.sort(key=lambda name: (_ORDER[name.how] if words else 0, name.entry.title.casefold()))
            for name in names:
                if name.entry.id not in seen:
                    seen.add(name.entry.id)
                    yield name.entry, name.shown
            if step == self._with_words_like and seen:
                return

    def named(self, key: str) -> list[_Name]:
        """Return every name that is `key`."""
        return self._index.get(key, [])

    def with_word(self, word: str) -> list[_Name]:
        """Return every name that has `word` in it."""
        return [name for key in self._with_word.get(word, ()) for name in self._index[key]]

    def starting(self, words: str) -> list[_Name]:
        """Return every name that starts with `words`."""
        return [name for key in self._keys_from(self._sorted, words) for name in self._index[key]]

    def completions(self, words: str) -> set[str]:
        """Return to what `words` can be completed by finishing its last word."""
        end = len(words)
        return {key[: (key.find(" ", end) + 1 or len(key) + 1) - 1] for key in self._keys_from(self._spaced, words)}

    def by_words(self, words: list[str]) -> Iterator[_Name]:
        """Yield names that have all of several `words`, in any order, and not many others."""
        wanted = set(words)
        rarest = min(wanted, key=lambda word: len(self._with_word.get(word, ())))
        for key in self._with_word.get(rarest, ()) if len(wanted) > 1 else ():
            held = set(key.split())
            if wanted < held and len(wanted) / len(held) >= _COVERED:
                yield from self._index[key]

    def like(self, word: str) -> list[tuple[float, str]]:
        """Return words of names that `word` may be a slip of, each behind its distance."""
        return self._vocabulary.near(word)

    def _with_words_like(self, words: str) -> list[_Name]:
        *whole, last = words.split() or [""]
        keys = (key for word in self._keys_from(self._words, last) for key in self._with_word[word])
        return [name for key in keys if all(word in key.split() for word in whole) for name in self._index[key]]

    def _near_words(self, words: str) -> list[_Name]:
        return [
            name for word in words.split() for _, near in self.like(word)[:_CHOICES] for name in self.with_word(near)
        ]

    @staticmethod
    def _keys_from(keys: list[str], start: str) -> Iterator[str]:
        for key in islice(keys, bisect_left(keys, start), None):
            if not key.startswith(start):
                return
            yield key


class _Look:
    """One look-up, as one viewer on one day; what they may not see is nowhere in it."""

    def __init__(self, names: Names, viewer: Viewer, day: date) -> None:
        self._names = names
        self._viewer = viewer
        self._day = day

    def exact(self, key: str) -> Found | None:
        """Return what is called `key`; full names come before a part of one."""
        part: list[_Name] = []
        full: list[_Name] = []
        for name in self._names.named(key):
            if visible(name.entry, self._viewer) and name.holds(self._day):
                (full if name.how in _FULL else part).append(name)
        chosen = full or part
        return _decided(_distinct(chosen), chosen[0].how) if chosen else None

    def loosely(self, words: str) -> Found:
        """Return what `words` name by words, by prefix or by a near miss."""
        if any(visible(name.entry, self._viewer) for name in self._names.named(words)):
            return Found("none", self._nearest(words), "none")  # somebody's name, but not on this day
        return self._by_words(words) or self._prefix(words) or self._near(words) or self._none(words)

    def _none(self, words: str) -> Found:
        return Found("none", self._nearest(words), "none")

    def _by_words(self, words: str) -> Found | None:
        return self._found(self._names.by_words(words.split()), "words")

    def _prefix(self, words: str) -> Found | None:
        if len(words) < _MIN_PREFIX and not is_han(words[0]):
            return None
        ends = self._names.completions(words)
        if len(ends) > _MOST_READINGS:
            return self._found(self._names.starting(words), "prefix")
        # "blin" is whatever "blinken" is; only an end that is no name by itself stands for all names that begin so.
        names = (name for end in sorted(ends) for name in self._exactly(end) or self._names.starting(end))
        return self._found(names, "prefix") or self._found(self._names.starting(words), "prefix")

    def _near(self, words: str) -> Found | None:
        """Put the nearest known words in the place of unknown ones, and look again."""
        typed = words.split()
        if len(typed) > _MOST_WORDS:
            return None
        readings = [self._readings(word, alone=len(typed) == 1) for word in typed]
        found: list[_Name] = []
        for reading in islice(product(*readings), _MOST_READINGS):
            found += self._exactly(" ".join(reading)) or self._names.by_words(list(reading))
        if not found and len(typed) > _NAME_WORDS:  # syllables of a given name typed apart, or an initial
            found = [n for near in self._readings("".join(typed), alone=True) for n in self._exactly(near)]
        return self._found(found, "near")

    def _readings(self, word: str, *, alone: bool) -> list[str]:
        """Return `word` itself where it is known, else the nearest words that are."""
        if self._known(word):
            return [word]
        near = [pair for pair in self._names.like(word) if self._known(pair[1])]
        least = min((far for far, _ in near), default=0)
        return [] if alone and len(word) < _ALONE else [each for far, each in near if far == least]

    def _exactly(self, key: str) -> list[_Name]:
        names = [name for name in self._names.named(key) if self._counts(name)]
        return [name for name in names if name.how in _FULL] or names

    def _known(self, word: str) -> bool:
        return any(visible(name.entry, self._viewer) for name in self._names.with_word(word))

    def _counts(self, name: _Name) -> bool:
        return visible(name.entry, self._viewer) and name.holds(self._day)

    def _found(self, names: Iterable[_Name], how: str) -> Found | None:
        entries = _distinct(name for name in names if self._counts(name))
        return _decided(entries, how) if entries else None

    def _nearest(self, words: str) -> tuple[Entry, ...]:
        """Return the entries that are most like `words`: that had the name once, or share words with it."""
        scored: defaultdict[str, float] = defaultdict(float)
        entries: dict[str, Entry] = {}
        for weight, name in self._alike(words):
            if visible(name.entry, self._viewer):
                entries[name.entry.id] = name.entry
                scored[name.entry.id] += weight
        ranked = sorted(entries.values(), key=lambda entry: (-scored[entry.id], entry.title.casefold()))
        return tuple(ranked[:_NEAREST])

    def _alike(self, words: str) -> Iterator[tuple[float, _Name]]:
        yield from ((_MOST_WORDS, name) for name in self._names.named(words))
        for word in dict.fromkeys(words.split()[:_MOST_WORDS]):
            once: dict[str, tuple[float, _Name]] = {}
            if len(word) >= _TELLING or any(name.how == "part" for name in self._names.named(word)):
                once |= {name.entry.id: (1.0, name) for name in self._names.with_word(word)}
            if not once and len(word) >= _TELLING:
                near = self._names.like(word)
                once |= {n.entry.id: (0.5, n) for _, each in reversed(near) for n in self._names.with_word(each)}
            yield from once.values()
        if any(map(is_han, words)):
            pieces = {words[i:j] for i in range(len(words)) for j in range(i + 2, min(i + 8, len(words) + 1))}
            yield from ((len(piece) / 4, name) for piece in sorted(pieces) for name in self._names.named(piece))


def _keys(entry: Entry) -> Iterator[tuple[str, _Name]]:
    """Yield every key of `entry`: its id, title and aliases, joined and reversed, and the words of a person's name."""
    names = [
        (entry.title, "title", None),
        (entry.id, "id", None),
        *((alias.name, "alias", alias) for alias in entry.names),
    ]
    seen: set[tuple[str, str, Alias | None]] = set()
    for shown, how, alias in names:
        words = normal(shown).split()
        keys = [(" ".join(words), how), ("".join(words), how)]
        if len(words) == 2:  # noqa: PLR2004 - two words can be turned round: family name first, or last
            keys.append((f"{words[1]} {words[0]}", how))
        if entry.kind is Kind.PERSON and how == "title":
            keys += [(word, "part") for word in words if len(word) > 1]
        label = entry.title if how != "alias" else shown
        bound = alias if alias is not None and (alias.valid_from or alias.valid_until) else None
        for key, sort in keys:
            if key and (key, sort, bound) not in seen:
                seen.add((key, sort, bound))
                yield key, _Name(entry, label, sort, bound)


def _distinct(names: Iterable[_Name]) -> tuple[Entry, ...]:
    return tuple({name.entry.id: name.entry for name in names}.values())


def _decided(entries: tuple[Entry, ...], how: str) -> Found:
    return Found("match" if len(entries) == 1 else "ambiguous", entries[:_CHOICES], how)
