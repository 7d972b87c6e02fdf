"""Runs of eight words, as hashes: what two texts share can be found without keeping either."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

LENGTH = 8
_DIGITS = 12
"""Hexadecimal digits of a hash: with a hundred thousand runs on either side, chance makes no two alike."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield each run of `LENGTH` words in `text`, behind its hash; case, punctuation and kinds of apostrophe aside."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        yield sha256(run.encode()).hexdigest()[:_DIGITS], run


@cache
def known(name: str) -> frozenset[str]:
    """Return the hashes kept in the file called `name` beside this module, one a line."""
    return frozenset((Path(__file__).parent / name).read_text(encoding="ascii").split())
