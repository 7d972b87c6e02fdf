"""What to offer when nothing fits: entries that share a rare word with the question, or are a slip away from it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from string import ascii_lowercase

from bot.library.common import FUNCTION, tells
from bot.library.entry import Entry
from bot.library.index import Index
from bot.library.keys import Name
from bot.library.normal import has_han
from bot.library.visibility import Viewer, visible

_NEAREST = 3
_MOST_WORDS = 8
_RARE = 5
"""Entries that may share a word which is worth an offer; a family name may be shared by more."""
_LONG = 4
"""Letters from which on a slip or a beginning is worth an offer."""
_SLIP = 0.5
_MOST_BEGUN = 50
_SIMILAR = 0.74
"""How much of a whole name has to be typed as it is for the name to be what was probably meant."""
_HALF, _CHOSEN = 0.5, 8
"""How much of each word of it, and names that are looked at so."""
_LONGEST, _FEW_WORDS, _TWO = 60, 5, 2
"""Letters of what may be a name, its words, and words of which each may begin with a wrong letter."""
_MOST_COMPARED = 300
"""Names that a word leads to and that are compared."""
_FIRST = 1.0
"""For having the question's first word in front, as family names stand in Chinese."""
_HINT = 0.01
"""For a word that offers nothing by itself, and still says which of those offered comes first."""
_ENOUGH = 0.1
"""More than hints add up to."""


def nearest(index: Index, viewer: Viewer, words: str) -> tuple[Entry, ...]:
    """Return the entries that `viewer` may see and that are most like normal `words`, best first."""
    scored: defaultdict[str, float] = defaultdict(float)
    entries: dict[str, Entry] = {}
    for weight, entry in _alike(index, viewer, words):
        scored[entry.id] += weight
        entries[entry.id] = entry
    ranked = sorted(entries.values(), key=lambda entry: (-scored[entry.id], entry.title.casefold()))
    return tuple(entry for entry in ranked if scored[entry.id] >= _ENOUGH)[:_NEAREST]


def similar(index: Index, viewer: Viewer, words: str) -> tuple[Entry, ...]:
    """Return the entries with a whole name that normal `words` are nearly, most similar first; it may be none."""
    if not _LONG <= len(words) <= _LONGEST:
        return ()
    typed = words.split()
    if len(typed) > _FEW_WORDS:
        return ()
    keys = defaultdict[str, list[Entry]](list)
    steps = (index.with_word, partial(_off_by_letter, index), partial(_off_in_front, index))
    for step in steps if len(typed) <= _TWO else steps[:-1]:
        for key, name in (pair for word in typed for pair in islice(step(word), _MOST_COMPARED)):
            if visible(name.entry, viewer):
                keys[key].append(name.entry)
        if keys:
            break
    else:
        return ()
    from rapidfuzz import process  # here, since a start has no need of it
    from rapidfuzz.distance import OSA

    scored = process.extract(words, list(keys), scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR, limit=_CHOSEN)
    meant = [key for key, _, _ in scored if _word_by_word(typed, key.split(), OSA.normalized_similarity)]
    return tuple({entry.id: entry for key in meant for entry in keys[key]}.values())[:_NEAREST]


def _word_by_word(typed: list[str], words: list[str], alike: Callable[[str, str], float]) -> bool:
    """Whether each of the words of a name is at least half of the typed one, where there are as many of them."""
    return len(typed) != len(words) or all(alike(*pair) >= _HALF for pair in zip(typed, words, strict=True))


def _off_by_letter(index: Index, word: str) -> Iterator[tuple[str, Name]]:
    """Yield names with what `word` is a slip of."""
    for each in [like for _, like in index.like(word)] or index.one_off(word):
        yield from index.with_word(each)


def _off_in_front(index: Index, word: str) -> Iterator[tuple[str, Name]]:
    """Yield names with a word that begins with another letter, or with one more or less, and is else `word`."""
    others = (letter + rest for rest in (word, word[1:]) for letter in ascii_lowercase)
    for each in (word[1:], word[1:2] + word[:1] + word[2:], *others):
        if len(each) >= _LONG and index.frequency(each):
            yield from index.with_word(each)


def _alike(index: Index, viewer: Viewer, words: str) -> Iterator[tuple[float, Entry]]:
    yield from ((_MOST_WORDS, name.entry) for name in index.named(words) if visible(name.entry, viewer))
    begun = {name.entry.id: name.entry for name in index.starting(f"{words} ") if visible(name.entry, viewer)}
    yield from ((_FIRST, entry) for entry in begun.values())
    if len(words) >= _LONG:
        unfinished = islice(index.starting(words), _MOST_BEGUN)
        begun = {name.entry.id: name.entry for name in unfinished if visible(name.entry, viewer)}
        yield from ((_SLIP + _FIRST, entry) for entry in begun.values())
    typed = [word for word in dict.fromkeys(words.split()) if word not in FUNCTION][:_MOST_WORDS]
    telling = [word for word in typed if tells(word)] or typed
    for word in typed:
        first = _FIRST if word == typed[0] else 0
        sharing = _sharing(index, viewer, word)
        if not sharing and len(word) >= _LONG:
            yield from ((_SLIP + first, entry) for entry in _slips(index, viewer, word, alone=telling == [word]))
        rare = len(sharing) <= _RARE or any(n.how == "part" and visible(n.entry, viewer) for n in index.named(word))
        offered = word in telling and (rare or len(telling) == 1 or not tells(word))
        for entry, in_front in sharing.values():
            yield (1 / len(sharing) + first * in_front if offered else _HINT), entry
    yield from _pieces(index, viewer, words) if has_han(words) else ()


def _sharing(index: Index, viewer: Viewer, word: str) -> dict[str, tuple[Entry, bool]]:
    """Return the entries with `word` in a name, and whether it stands in front of one."""
    found: dict[str, tuple[Entry, bool]] = {}
    if len(word) == 1 and word.isascii():
        return found
    for key, name in index.with_word(word):
        if visible(name.entry, viewer):
            front = key == word or key.startswith(f"{word} ")
            found[name.entry.id] = (name.entry, front or found.get(name.entry.id, (name.entry, False))[1])
    return found


def _slips(index: Index, viewer: Viewer, word: str, *, alone: bool) -> list[Entry]:
    like = [each for _, each in index.like(word)] or (index.begun(word, _RARE) if alone else [])
    names: list[Name] = [name for each in like for _, name in index.with_word(each) if visible(name.entry, viewer)]
    return list({name.entry.id: name.entry for name in names}.values())


def _pieces(index: Index, viewer: Viewer, words: str) -> Iterator[tuple[float, Entry]]:
    """Yield entries named by a piece of a Chinese question, which is written without spaces."""
    pieces = {words[i:j] for i in range(len(words)) for j in range(i + 2, min(i + 8, len(words) + 1))}
    for piece in sorted(pieces):
        yield from ((len(piece) / 4, name.entry) for name in index.named(piece) if visible(name.entry, viewer))
