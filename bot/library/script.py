"""Chinese in one script: Traditional characters become Simplified ones, one by one, so that 秦剛 is 秦刚.

Character by character and not by regional wording: a dictionary of wordings would turn 布林肯 into another name. What
a region calls otherwise (峇里, 巴厘) is a name in the entry.
"""

from collections.abc import Callable
from functools import cache

from bot.library.normal import is_han


@cache
def _convert() -> Callable[[str], str]:
    # Here, since a start has no need of the dictionaries: only what is typed or indexed in Chinese has.
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Return `text` with its Traditional characters simplified; what holds none comes back as it is."""
    if text.isascii() or not any(map(is_han, text)):
        return text
    return _convert()(text)
