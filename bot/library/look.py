"""One look-up among the names: what a question names for one reader on one day.

Confident only where every word is accounted for: a word that the names of an entry do not have keeps it from being
the answer, however much else fits; then it is offered as the nearest.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice, product
from typing import NamedTuple

from bot.library.common import FUNCTION, OFFICES, is_date, lies_elsewhere, same, tells
from bot.library.entry import Entry
from bot.library.given_names import GIVEN_NAMES
from bot.library.index import Index
from bot.library.keys import Name
from bot.library.nearest import nearest
from bot.library.normal import is_han
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import AliasSort, Kind

_CHOICES = 25
_ALONE = 5
"""Letters from which on a single misspelt word is taken for a name; a shorter one is near to too much."""
_MOST_WORDS = 8
_LONG = 4
"""Letters from which on a word of a name may have a wrong one where all the others are right."""
_MOST_READINGS = 32
_NAME_WORDS, _SURNAMES = 2, frozenset({"he"})
"""Words of a short name, and family names that are words otherwise."""
_MIN_PREFIX = 3
_SHORT_HAN = 4
_MOST_SHARED = 1_000
"""Names that may have the rarest word of a question; of more nobody wants the choice, and it would take long."""
_SLIP, _JOINED_SLIP, _FAR = 1.0, 1.0, 1.5
_MOST_BEGUN = 8
"""Words that a word may be the beginning of and that are looked at."""
_LESSER = frozenset({"vice", "deputy"})
"""Words of office that make it another one, so that somebody else holds it."""
_SOMEBODY = frozenset(
    ["politician", "diplomat", "official", "guy", "dude", "man", "woman", "lady", "person", "figure", "comrade"]
)
"""Words for whoever it is."""
_NUMERALS = frozenset(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
_FULL = frozenset({"id", "title", "alias"})


class Found(NamedTuple):
    """What a query names: `outcome` is match, ambiguous or none; of none, `entries` are the nearest, at most three.

    `how` says by what: id, title, alias, part, romanised, words, prefix, near or none.
    """

    outcome: str
    entries: tuple[Entry, ...]
    how: str


class Look:
    """One look-up, as one viewer on one day; what they may not see is nowhere in it."""

    def __init__(self, index: Index, viewer: Viewer, day: date) -> None:
        """Look for `viewer` in `index`, among the names that hold on `day`."""
        self._index = index
        self._viewer = viewer
        self._day = day

    def exact(self, key: str) -> Found | None:
        """Return what is called `key`; full names come before a part of one."""
        return self.any_of([key])

    def any_of(self, keys: Iterable[str]) -> Found | None:
        """Return what is called one of `keys`."""
        names = [name for key in keys for name in self._exactly(key)]
        return _decided(names, names[0].how) if names else None

    def romanised(self, words: str, going_on: Callable[[str, str], Iterable[str]]) -> Found | None:
        """Return what is called in Chinese what `words` are in Latin letters; for `going_on` see there."""
        from bot.library.romanised import romanised  # here, since a start looks for nothing

        for names in romanised(words, going_on):
            found = _decided([each for name in names for each in self._exactly(name)], "romanised")
            if found:
                return found
        return None

    def loosely(self, words: str) -> Found | None:
        """Return what `words` name by words, by prefix or by a near miss; None also for a name of another day."""
        if any(visible(name.entry, self._viewer) for name in self._index.named(words)):
            return None
        typed = words.split()
        return (
            _decided(self._covered(typed), "words")
            or _decided(self._begun(words), "prefix")
            or _decided(self._covered(typed, offices=True), "words")
            or _decided(self._near(typed), "near")
            or _decided(self._one_off(typed), "near")
        )

    def by_words(self, words: str) -> Found | None:
        """Return what has all of `words` in its names, in whatever order."""
        return _decided(self._covered(words.split()), "words")

    def nearest(self, words: str) -> Found:
        """Return that `words` name nothing, with the nearest there is."""
        return Found("none", nearest(self._index, self._viewer, words), "none")

    def _exactly(self, key: str) -> list[Name]:
        names = [name for name in self._index.named(key) if self._counts(name)]
        return [name for name in names if name.how in _FULL] or names

    def _covered(self, typed: Iterable[str], *, offices: bool = False) -> list[Name]:
        """Return names said by words that are all in names of their entry, in whatever order.

        With `offices` a person's own name is enough beside words of office and initials that are not theirs.
        """
        words = frozenset(map(same, typed))
        telling = [word for word in typed if tells(word) and not (offices and _may_stand_beside(word))]
        if not telling or len(words) == 1:
            return []
        rarest, held = "", _MOST_SHARED + 1
        for word in telling:
            count = self._index.frequency(word)
            if not count:
                return []
            rarest, held = (word, count) if count < held else (rarest, held)
        if not rarest:
            return []
        entries = {name.entry.id: name.entry for _, name in self._index.with_word(rarest)}
        return [name for entry in entries.values() for name in self._said(entry, words, offices=offices)]

    def _said(self, entry: Entry, words: frozenset[str], *, offices: bool) -> Iterator[Name]:
        if not visible(entry, self._viewer) or (offices and entry.kind is not Kind.PERSON):
            return
        if lies_elsewhere(words, entry.title):
            return
        keys = self._index.of(entry)
        silent = FUNCTION - _SURNAMES if len(words) == _NAME_WORDS else FUNCTION
        left = words - silent - {same(word) for key, _ in keys for word in key.split()}
        if offices:
            left = frozenset(word for word in left if not _may_stand_beside(word))
        if not left:
            own = (name for key, name in keys if (name.personal or not offices) and name.within(key, words))
            yield from (name for name in own if name.holds(self._day))

    def _begun(self, words: str) -> list[Name]:
        """Return names whose beginning is `words`; of a longer name that is more than its first word."""
        if len(words) < _MIN_PREFIX and not is_han(words[0]):
            return []
        found: list[Name] = []
        for end in self._index.completions(words, _MOST_READINGS, self._is_seen):
            whole = [name for name in self._exactly(end) if _meant(words, end, name)]
            found += whole or self._going_on(end)
        if not found and " " not in words:
            joined = islice(self._index.joined(words), _MOST_READINGS) if not self._is_lengthened(words) else ()
            found = [name for key in joined for name in self._exactly(key) if _meant(words, key, name)]
        return found

    def _is_lengthened(self, word: str) -> bool:
        """Whether `word` is a name with a letter more, which is a slip rather than several words begun as one."""
        return len(word) > _ALONE and any(self._counts(name) for name in self._index.named(word[:-1]))

    def _going_on(self, beginning: str) -> Iterator[Name]:
        """Yield names that go on after several words, unless these only name countries or others ("Biden Xi")."""
        telling = [word for word in beginning.split() if tells(word)]
        if " " in beginning and telling:
            for name in self._index.starting(f"{beginning} "):
                if self._counts(name) and not all(self._names_another(word, name.entry) for word in telling):
                    yield name

    def _names_another(self, word: str, entry: Entry) -> bool:
        return any(name.entry.id != entry.id for name in self._exactly(word))

    def _near(self, typed: list[str]) -> list[Name]:
        """Put the nearest known words in the place of unknown ones, and look again."""
        if len(typed) > _MOST_WORDS:
            return []
        found: list[Name] = []
        among_names = any(self._known(word) for word in typed if word not in FUNCTION) and _NUMERALS.isdisjoint(typed)
        for wide in (False, True):  # what is nearest first; where it makes no name, what is further off
            readings = list[list[str]]()
            for word in typed:
                readings.append(self._readings(word, alone=len(typed) == 1, wide=wide, among_names=among_names))
                if not readings[-1]:  # a word that is nothing, so that the others need not be looked at
                    break
            for reading in islice((each for each in product(*readings) if list(each) != typed), _MOST_READINGS):
                exactly = self._exactly(" ".join(reading))
                found += exactly or self._covered(reading) or self._covered(reading, offices=True)
            if found or len(typed) != _NAME_WORDS:
                break
        if (
            not found and len(typed) > _NAME_WORDS and all(map(str.isascii, typed))
        ):  # syllables of a given name typed apart
            like = (key for far, key in self._index.like("".join(typed)) if far <= _JOINED_SLIP)
            found = [name for key in like for name in self._exactly(key) if name.personal]
        return found

    def _one_off(self, typed: list[str]) -> list[Name]:
        """Return names that are said word by word but for one letter of one word, which nothing else is."""
        if not _NAME_WORDS <= len(typed) <= _MOST_WORDS:
            return []
        strange = (place for place, word in enumerate(typed) if word not in FUNCTION and not self._known(word))
        unknown = list(islice(strange, 2))  # with a second one nothing else matters
        others = [word for n, word in enumerate(typed) if tells(word) and n not in unknown]
        if len(unknown) != 1 or not others:
            return []
        from bot.library.everyday import is_everyday  # here, since a start looks for nothing

        place, rarest = unknown[0], min(others, key=self._index.frequency)
        if self._index.frequency(rarest) > _MOST_SHARED or is_everyday(typed[place]):
            return []
        keys = {key: key.split() for key, _ in self._index.with_word(rarest)}
        meant = (key for key, words in keys.items() if _is_one_off(typed, words, place))
        return [name for key in meant for name in self._exactly(key)]

    def _readings(self, word: str, *, alone: bool, wide: bool, among_names: bool) -> list[str]:
        """Return `word` itself where it is well known, else the nearest words that names have, or all that are near.

        A word of English is a slip only `among_names`: "wan yi" is Wang Yi, and "wan" is nothing.
        """
        if self._known(word) or word in FUNCTION or is_date(word) or _may_stand_beside(word):
            return [word]
        near = [pair for pair in self._index.like(word) if self._known(pair[1])]
        if near and _is_english(word) and (alone or not among_names) and not _is_form_of(word, near[0][1]):
            return [] if alone else [word]
        if word in GIVEN_NAMES:  # as it is, it is somebody's: hardly a slip, and no word of office
            near = [(far, each) for far, each in near if far <= _SLIP and tells(each) and not _may_stand_beside(each)]
        if alone and near and near[0][0] >= _FAR and any(map(self._known, self._index.begun(word, _MOST_BEGUN))):
            return []  # not yet all of a word that is known, rather than another one
        least = min((far for far, _ in near), default=0)
        return [] if alone and len(word) < _ALONE else [each for far, each in near if wide or far == least]

    def _known(self, word: str) -> bool:
        """Whether a name has `word`, other than one that is itself a slip: what is like that is a slip as well."""
        return any(visible(name.entry, self._viewer) and not misspelt(name) for _, name in self._index.with_word(word))

    def _is_seen(self, name: Name) -> bool:
        return visible(name.entry, self._viewer)

    def _counts(self, name: Name) -> bool:
        return visible(name.entry, self._viewer) and name.holds(self._day)


def _is_english(word: str) -> bool:
    from bot.library.everyday import is_english  # here, since a start looks for nothing

    return is_english(word)


def _is_form_of(word: str, name: str) -> bool:
    """Whether `word` is another form of a word of a name, as balloons is of balloon."""
    from bot.library.terms import stem  # here, as above

    return stem(word) == stem(name)


def _may_stand_beside(word: str) -> bool:
    """Whether `word` may stand beside a person's name without being in it: an office, or an initial."""
    initial = len(word) == 1 and word.isascii() and word.isalpha()
    return initial or word in _SOMEBODY or (word in OFFICES and word not in _LESSER)


def _is_one_off(typed: list[str], words: list[str], place: int) -> bool:
    """Whether `typed` and the `words` of a name differ at `place` alone, by a letter of a word long enough for that."""
    if len(words) != len(typed) or any(
        one != two for n, (one, two) in enumerate(zip(typed, words, strict=True)) if n != place
    ):
        return False
    one, two = typed[place], words[place]
    if one[0] != two[0] or is_date(two) or not (min(len(one), len(two)) >= _LONG or two in FUNCTION):
        return False
    from rapidfuzz.distance import OSA  # here, as for other slips

    return OSA.distance(one, two, score_cutoff=1) <= 1


def misspelt(name: Name) -> bool:
    """Return whether a name is itself a slip that its entry knows."""
    return any(alias.sort is AliasSort.MISSPELLING and alias.name == name.shown for alias in name.entry.names)


def _meant(words: str, key: str, name: Name) -> bool:
    """Whether so little of `key` can mean it: of a person's name any part, of other names the half.

    Chinese names are short; what is long there is a phrase, and often begins with a country.
    """
    han = is_han(key[0])
    return 2 * len(words) >= len(key) or (len(key) <= _SHORT_HAN if han else name.personal)


def _decided(names: Iterable[Name], how: str) -> Found | None:
    entries = tuple({name.entry.id: name.entry for name in names}.values())
    return Found("match" if len(entries) == 1 else "ambiguous", entries[:_CHOICES], how) if entries else None
