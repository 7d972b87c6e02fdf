"""The index of names: by key, by word, by beginning, by slip. It knows nothing of who asks, or on which day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from bot.library.entry import Entry
from bot.library.keys import Name, forms_of, keys_of, name_of
from bot.library.packed import Postings
from bot.library.slips import Vocabulary
from bot.library.steady import breathe

_KEPT, _KEPT_NAMES = 2_048, 8_192
"""Entries whose keys are kept, and names, once they were asked for."""
_PART_BIT = 1
_ENTRY_BITS = 20
"""A name's number is that of its entry, its place in the entry, and whether it is only a part of that name."""


class Index:
    """Every name of a library, built once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index every name of `entries`."""
        self.entries = {entry.id: entry for entry in entries}
        self._ordered = tuple(entry for entry in self.entries.values())  # not in one step, however many there are
        self._of: dict[str, list[tuple[str, Name]]] = {}
        self._made: dict[int, Name] = {}
        self._keys = Postings(_numbered(self._ordered), "Q")
        keys = self._keys.words
        self._words = Postings((word, place) for place, key in enumerate(keys) for word in dict.fromkeys(key.split()))
        self._joined = Postings(("".join(key.split()), place) for place, key in enumerate(keys) if " " in key)
        self._is_joined = bytearray(len(keys))
        joined = iter(self._joined.words)
        word = next(joined, "")
        for place, key in enumerate(keys):
            breathe()
            while word and word < key:
                word = next(joined, "")
            self._is_joined[place] = word == key
        self._vocabulary = Vocabulary(self._words.words)

    def named(self, key: str) -> Sequence[Name]:
        """Return every name that is `key`."""
        return [self._name(number) for number in self._keys.of(key)]

    def of(self, entry: Entry) -> list[tuple[str, Name]]:
        """Return every key of `entry` with its name."""
        if entry.id not in self._of:
            if len(self._of) >= _KEPT:
                self._of.clear()
            self._of[entry.id] = list(keys_of(entry))
        return self._of[entry.id]

    def frequency(self, word: str) -> int:
        """Return in how many keys `word` is."""
        return len(self._words.of(word))

    def with_word(self, word: str) -> list[tuple[str, Name]]:
        """Return every name that has `word` in it, behind its key."""
        return [(self._keys.words[place], name) for place in self._words.of(word) for name in self._at(place)]

    def with_words_like(self, words: str) -> Iterator[Name]:
        """Yield every name that has all of `words`, the last of them perhaps unfinished."""
        *whole, last = words.split() or [""]
        for begun, _ in self._words.words.starting(last):
            for place in self._words.at(begun):
                said = self._keys.words[place].split() if whole else ()
                if all(word in said for word in whole):
                    yield from self._at(place)

    def starting(self, words: str) -> Iterator[Name]:
        """Yield every name that starts with `words`, in the order of the names."""
        return (name for place, _ in self._keys.words.starting(words) for name in self._at(place))

    def completions(self, words: str, most: int, counts: Callable[[Name], bool]) -> list[str]:
        """Return to what, at most `most`, `words` can be completed by finishing its last word, in names that count.

        What only goes on from another completion is left out: so 布 is completed to 布林肯 and not to 布林肯访华.
        What is only several words written as one is none.
        """
        end, found = len(words), list[str]()
        for place, key in self._keys.words.starting(words):
            if self._is_joined[place] or not any(map(counts, self._at(place))):
                continue
            whole = key[: (key.find(" ", end) + 1 or len(key) + 1) - 1]
            if not found or not (whole == found[-1] or (not whole.isascii() and whole.startswith(found[-1]))):
                found.append(whole)
                if len(found) == most:
                    break
        return found

    def joined(self, words: str) -> Iterator[str]:
        """Yield the keys that are several words written as one and start with `words`, of which the first is whole."""
        for place, key in self._joined.words.starting(words):
            apart = self._keys.words[self._joined.at(place)[-1]]
            if len(words) > apart.index(" "):
                yield key

    def like(self, word: str) -> list[tuple[float, str]]:
        """Return words of names that `word` may be a slip of, each behind its distance."""
        return self._vocabulary.near(word)

    def one_off(self, word: str) -> list[str]:
        """Return words of names that are one letter away from `word`."""
        return self._vocabulary.one_off(word)

    def begun(self, word: str, most: int) -> list[str]:
        """Return at most `most` words of names that start with `word`."""
        return [each for _, each in islice(self._words.words.starting(word), most)]

    def _at(self, place: int) -> Iterator[Name]:
        return map(self._name, self._keys.at(place))

    def _name(self, number: int) -> Name:
        name = self._made.get(number)
        if name is None:
            if len(self._made) >= _KEPT_NAMES:
                self._made.clear()
            entry, place = self._ordered[number >> _ENTRY_BITS], number % (1 << _ENTRY_BITS)
            name = self._made[number] = name_of(entry, place >> 1, part=bool(place & _PART_BIT))
        return name


def _numbered(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    """Yield every key of `entries` with its name's number."""
    for number, entry in enumerate(entries):
        breathe()
        for key, place, part in forms_of(entry):
            yield key, number << _ENTRY_BITS | place << 1 | part
