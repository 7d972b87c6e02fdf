"""Chinese in one script: Traditional characters become Simplified ones, one by one, so that 秦剛 is 秦刚.

Character by character and not by regional wording: a dictionary of wordings would turn 布林肯 into another name. What
a region calls otherwise (峇里, 巴厘) is a name in the entry.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from bot.library.normal import has_han

_FIRST, _LAST = "\u4e00", "\u9fff"
"""The characters that names are written with."""


@cache
def _convert() -> Callable[[str], str]:
    # Here, since a start has no need of the dictionaries: only what is typed or indexed in Chinese has.
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Return `text` with its Traditional characters simplified; what holds none comes back as it is."""
    if not has_han(text):
        return text
    return _convert()(text)


def in_either(char: str) -> str:
    """Return every character that is `char` in one script or the other, itself among them."""
    return _alike().get(simplified(char), "") or char


@cache
def _alike() -> Mapping[str, str]:
    """Return for each Simplified character that has Traditional ones all of them, itself among them."""
    every = "".join(map(chr, range(ord(_FIRST), ord(_LAST) + 1)))
    found: defaultdict[str, str] = defaultdict(str)
    for char, simple in zip(every, _convert()(every), strict=True):
        if char != simple:
            found[simple] += char
    return {simple: simple + others for simple, others in found.items()}
