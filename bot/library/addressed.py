"""How people are spoken of: a Chinese family name with an office (王部长, 李先生), and who held an office before."""

import re

from bot.library.han import OFFICES
from bot.library.normal import asked, is_han, normal
from bot.library.romanised import is_read
from bot.library.script import simplified

_POLITE, _OF_WOMEN = frozenset({"先生", "同志"}), "女士"
"""Courtesies; who is a woman the library does not tell."""
_SURNAMED = re.compile(rf"姓?([\u3400-\u9fff])的?({'|'.join(each for each in OFFICES if each != _OF_WOMEN)})")
_FORMER = re.compile(
    r"(?:the )?(?:(?P<last>previous|immediate past)|former|ex|past|onetime|one time|erstwhile|ousted|removed|"
    r"sacked|dismissed|purged) (?P<office>.+)"
)
_FORMER_HAN = re.compile(r"(?P<last>上一任|上任)|前任|前")


def surnamed(words: str) -> tuple[str, str] | None:
    """Return the family name and the office, "" for a mere courtesy, where normal `words` are these two; else None."""
    found = None if words.isascii() else _SURNAMED.fullmatch("".join(simplified(words).split()))
    return (found[1], "" if found[2] in _POLITE else found[2]) if found else None


def is_family_name(character: str, title: str) -> bool:
    """Return whether a Chinese `character` may be the family name of somebody called `title`: 王 is of Wang Yi.

    It is the first syllable of a foreigner's name as well, and is read otherwise than their names then.
    """
    return any(is_read(character, word) for word in normal(title).split())


def formerly(words: str) -> tuple[str, bool] | None:
    """Return the office of which normal `words` mean who held it before, and whether the last of them alone; or None.

    Chinese says it in front as well: 前国务卿, 美国前国务卿.
    """
    found = _FORMER.fullmatch(words)
    if found:
        return asked(found["office"]), bool(found["last"])
    if words.isascii():
        return None
    said = _FORMER_HAN.search(words)
    rest = f"{words[: said.start()]}{words[said.end() :]}".strip() if said else ""
    return (rest, bool(said and said["last"])) if rest and is_han(rest[-1]) else None
