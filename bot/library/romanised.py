"""Chinese names written in Latin letters: xijinping, xi jin ping, Hsi Chin-p'ing; no name need say them.

`readings.txt` has for each syllable of pinyin the characters of GB 2312 that may be read so, and behind them the
Traditional ones of Big5 that are the same. A question is read along the names that there are, character by character,
so that neither the start nor the index has to hold their readings.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

_SHORTEST, _LONGEST = 4, 36
_MOST_SYLLABLE = 6
_LAST = "aeiouvngrh"
"""Letters that a syllable ends with, in either writing."""
_MOST = 64
"""Beginnings of names that are followed, and names that are found at most."""
_APOSTROPHES = re.compile("[ʼʻ]")
"""Those that count as letters; the others are gone from normal words."""
_TONES = re.compile(r"(?<=[a-z])[1-5](?=[a-z ]|$)")
_INITIALS = {
    "zh": "ch", "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
"""How the initials of pinyin are written by Wade and Giles, without marks; the others are written alike."""
_WHOLE = {
    "zi": "tzu", "ci": "tzu", "si": "ssu szu", "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "er": "erh",
    "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung", "gui": "kuei", "kui": "kuei", "ge": "ko ke",
    "ke": "ko ke", "he": "ho he", "e": "o e", "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo",
}  # fmt: skip
_FINALS = (("ian", "ien"), ("iong", "iung"), ("ong", "ung"), ("ie", "ieh"), ("ue", "ueh"), ("uo", "o"))
_PINYIN = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([aeiouv]\w*)")


def romanised(words: str, going_on: Callable[[str, str], Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield what normal `words` may be the Latin writing of, by pinyin first and then by Wade and Giles.

    `going_on` says which of some characters go on from a beginning of names, and returns these longer beginnings.
    """
    letters = _TONES.sub("", _APOSTROPHES.sub("", words)).replace(" ", "")
    if _SHORTEST <= len(letters) <= _LONGEST and letters[-1] in _LAST and letters.isascii() and letters.isalpha():
        for characters in (_pinyin(), _wade_giles()):
            yield tuple(islice(_read(letters, characters, going_on), _MOST))


def _read(letters: str, characters: Mapping[str, str], going_on: Callable[[str, str], Iterable[str]]) -> Iterator[str]:
    first = (characters.get(letters[:size], "") for size in range(1, _MOST_SYLLABLE + 1))
    if not any(read and going_on("", read) for read in first):
        return iter(())
    reached = {0: [""]}
    for place, sizes in _syllables(letters, characters):
        for size in sizes:
            read = characters[letters[place : place + size]]
            longer = (each for name in reached.get(place, ()) for each in going_on(name, read))
            reached.setdefault(place + size, []).extend(islice(longer, _MOST))
    return (name for name in reached.get(len(letters), ()) if len(name) > 1)


def _syllables(letters: str, known: Container[str]) -> list[tuple[int, list[int]]]:
    """Return where syllables that are `known` begin, and how long they may be if all of `letters` is to be read."""
    goes_on, first = {len(letters): [0]}, len(letters)
    for place in range(len(letters) - 1, -1, -1):
        if place + _MOST_SYLLABLE < first:
            break
        sizes = (size for size in range(1, _MOST_SYLLABLE + 1) if place + size in goes_on)
        fitting = [size for size in sizes if letters[place : place + size] in known]
        if fitting:
            goes_on[place], first = fitting, place
    return sorted(goes_on.items())[:-1] if 0 in goes_on else []


@cache
def _pinyin() -> Mapping[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    lines = Path(__file__).with_name("readings.txt").read_text(encoding="utf-8").splitlines()
    for syllable, characters in map(str.split, lines):
        for written in {syllable, syllable.replace("v", "u")}:
            found[written] += characters
    return found


@cache
def _wade_giles() -> Mapping[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for syllable, characters in _pinyin().items():
        for written in _in_wade_giles(syllable):
            found[written] += characters
    return found


def _in_wade_giles(syllable: str) -> list[str]:
    if syllable in _WHOLE:
        return _WHOLE[syllable].split()
    found = _PINYIN.fullmatch(syllable)
    initial, final = (found[1] or "", found[2]) if found else ("", syllable)
    final = next((final.replace(ours, theirs) for ours, theirs in _FINALS if final.endswith(ours)), final)
    return [(_INITIALS.get(initial, initial) + final).replace("v", "u")]


def is_read(character: str, syllable: str) -> bool:
    """Return whether a Chinese `character` is read as `syllable` in pinyin."""
    return character in _pinyin().get(syllable, "")
