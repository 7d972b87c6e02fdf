"""An index of names with some entries changed: a large one as it was, and a small one over it.

What is gone from the large one is only passed over; when too much is, whoever holds the two makes one anew.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from bot.library.entry import Entry
from bot.library.index import Index
from bot.library.keys import Name

_MOST_SHARE = 0.02
_FEW = 20
"""Entries that may be changed in any library before its index is made anew: with a large one more, by share."""


class Layered(Index):
    """An index of which some entries changed since it was made."""

    def __init__(self, base: Index, gone: Iterable[str], changed: Iterable[Entry], every: dict[str, Entry]) -> None:
        """Put an index of `changed` over `base`, in which the entries `gone` and those are passed over.

        `every` entry that is then to be found is handed in by its id.
        """
        self._top = Index(changed)
        self._base = base
        self._passed = frozenset((*gone, *self._top.entries))
        self.entries = every

    def named(self, key: str) -> Sequence[Name]:
        """Return every name that is `key`."""
        return [*self._kept(self._base.named(key)), *self._top.named(key)]

    def of(self, entry: Entry) -> list[tuple[str, Name]]:
        """Return every key of `entry` with its name."""
        return (self._top if entry.id in self._top.entries else self._base).of(entry)

    def frequency(self, word: str) -> int:
        """Return in how many keys `word` is, those that are passed over among them."""
        return self._base.frequency(word) + self._top.frequency(word)

    def with_word(self, word: str) -> list[tuple[str, Name]]:
        """Return every name that has `word` in it, behind its key."""
        kept = [pair for pair in self._base.with_word(word) if pair[1].entry.id not in self._passed]
        return kept + self._top.with_word(word)

    def with_words_like(self, words: str) -> Iterator[Name]:
        """Yield every name that has all of `words`, the last of them perhaps unfinished."""
        return chain(self._top.with_words_like(words), self._kept(self._base.with_words_like(words)))

    def starting(self, words: str) -> Iterator[Name]:
        """Yield every name that starts with `words`."""
        return chain(self._top.starting(words), self._kept(self._base.starting(words)))

    def completions(self, words: str, most: int, counts: Callable[[Name], bool]) -> list[str]:
        """Return to what, at most `most`, `words` can be completed by finishing its last word, in names that count."""

        def still(name: Name) -> bool:
            return name.entry.id not in self._passed and counts(name)

        both = (*self._top.completions(words, most, counts), *self._base.completions(words, most, still))
        return _without_longer(sorted(dict.fromkeys(both)))[:most]

    def joined(self, words: str) -> Iterator[str]:
        """Yield the keys that are several words written as one and start with `words`, of which the first is whole."""
        return chain(self._top.joined(words), self._base.joined(words))

    def like(self, word: str) -> list[tuple[float, str]]:
        """Return words of names that `word` may be a slip of, each behind its distance."""
        return sorted({*self._base.like(word), *self._top.like(word)})

    def one_off(self, word: str) -> list[str]:
        """Return words of names that are one letter away from `word`."""
        return sorted({*self._base.one_off(word), *self._top.one_off(word)})

    def begun(self, word: str, most: int) -> list[str]:
        """Return at most `most` words of names that start with `word`."""
        return list(dict.fromkeys((*self._top.begun(word, most), *self._base.begun(word, most))))[:most]

    def _kept(self, names: Iterable[Name]) -> Iterator[Name]:
        return (name for name in names if name.entry.id not in self._passed)

    def over(self, entries: Iterable[Entry]) -> Index:
        """Return the index of `entries`, with what did not change taken over from the large one below."""
        return indexed(entries, self._base)


def _without_longer(ends: Iterable[str]) -> list[str]:
    """Return Chinese `ends`, in order, without those that only go on from another; the others as they are."""
    found: list[str] = []
    for end in ends:
        if not found or end.isascii() or not end.startswith(found[-1]):
            found.append(end)
    return found


def indexed(entries: Iterable[Entry], before: Index | None) -> Index:
    """Return the index of `entries`; what did not change since `before` is taken over, unless too much did."""
    if before is None:
        return Index(entries)
    every = {entry.id: entry for entry in entries}
    if isinstance(before, Layered):
        return before.over(every.values())
    changed = [entry for entry_id, entry in every.items() if before.entries.get(entry_id) is not entry]
    gone = [entry_id for entry_id in before.entries if entry_id not in every]
    if len(changed) + len(gone) > max(_FEW, _MOST_SHARE * len(every)):
        return Index(every.values())
    return Layered(before, gone, changed, every) if changed or gone else before
