"""The index of names: by key, by word, by beginning, by slip. It knows nothing of who asks, or on which day."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.library.entry import Entry
from bot.library.keys import Name, keys_of
from bot.library.slips import Vocabulary
from bot.library.steady import breathe, sorted_steadily

_KEPT = 2_048
"""Entries whose keys are kept, once they were asked for."""
_SMALL = 8


class Index:
    """Every name of a library, built once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index every name of `entries`."""
        self.entries = {entry.id: entry for entry in entries}
        index: dict[str, tuple[Name, ...]] = {}
        for entry in self.entries.values():
            breathe()
            for key, name in keys_of(entry):
                index[key] = (*index.get(key, ()), name)
        self._index = index
        self._of: dict[str, list[tuple[str, Name]]] = {}
        self._sorted = sorted_steadily(self._index)
        joined = {"".join(key.split()): key for key in self._sorted if " " in key}
        self._spaced = [key for key in self._sorted if key not in joined]
        self._joined = sorted_steadily(joined)
        self._first = {key: apart.index(" ") for key, apart in joined.items()}
        with_word: dict[str, tuple[str, ...] | list[str]] = {}
        for key in self._sorted:
            for word in dict.fromkeys(key.split()):
                _add(with_word, word, key)
        self._with_word = with_word
        self._words = sorted_steadily(self._with_word)
        self._vocabulary = Vocabulary(self._words)

    def named(self, key: str) -> Sequence[Name]:
        """Return every name that is `key`."""
        return self._index.get(key, ())

    def of(self, entry: Entry) -> list[tuple[str, Name]]:
        """Return every key of `entry` with its name."""
        if entry.id not in self._of:
            if len(self._of) >= _KEPT:
                self._of.clear()
            self._of[entry.id] = list(keys_of(entry))
        return self._of[entry.id]

    def frequency(self, word: str) -> int:
        """Return in how many keys `word` is."""
        return len(self._with_word.get(word, ()))

    def with_word(self, word: str) -> list[tuple[str, Name]]:
        """Return every name that has `word` in it, behind its key."""
        return [(key, name) for key in self._with_word.get(word, ()) for name in self._index[key]]

    def with_words_like(self, words: str) -> Iterator[Name]:
        """Yield every name that has all of `words`, the last of them perhaps unfinished."""
        *whole, last = words.split() or [""]
        keys = (key for word in _from(self._words, last) for key in self._with_word[word])
        return (name for key in keys if all(word in key.split() for word in whole) for name in self._index[key])

    def starting(self, words: str) -> Iterator[Name]:
        """Yield every name that starts with `words`, in the order of the names."""
        return (name for key in _from(self._sorted, words) for name in self._index[key])

    def completions(self, words: str, most: int) -> list[str]:
        """Return to what, at most `most`, `words` can be completed by finishing its last word.

        What only goes on from another completion is left out: so 布 is completed to 布林肯 and not to 布林肯访华.
        """
        end, found = len(words), list[str]()
        for key in _from(self._spaced, words):
            whole = key[: (key.find(" ", end) + 1 or len(key) + 1) - 1]
            if not found or not (whole == found[-1] or (not whole.isascii() and whole.startswith(found[-1]))):
                found.append(whole)
                if len(found) == most:
                    break
        return found

    def joined(self, words: str) -> Iterator[str]:
        """Yield the keys that are several words written as one and start with `words`, of which the first is whole."""
        return (key for key in _from(self._joined, words) if len(words) > self._first[key])

    def like(self, word: str) -> list[tuple[float, str]]:
        """Return words of names that `word` may be a slip of, each behind its distance."""
        return self._vocabulary.near(word)

    def begun(self, word: str, most: int) -> list[str]:
        """Return at most `most` words of names that start with `word`."""
        return list(islice(_from(self._words, word), most))


def _add(with_word: dict[str, tuple[str, ...] | list[str]], word: str, key: str) -> None:
    """Put `key` to the others with `word`: most words have few, which a tuple holds in less room."""
    keys = with_word.get(word, ())
    if isinstance(keys, list):
        keys.append(key)
    else:
        with_word[word] = (*keys, key) if len(keys) < _SMALL else [*keys, key]


def _from(keys: list[str], start: str) -> Iterator[str]:
    place = bisect_left(keys, start)
    while place < len(keys) and keys[place].startswith(start):  # no slice: of so many keys it would be a long copy
        yield keys[place]
        place += 1
