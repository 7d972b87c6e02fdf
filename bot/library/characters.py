"""Characters that a reviewer cannot see: control characters, direction marks, and what else has no shape of its own.

The source of the ranges is the Unicode Character Database: categories Cc, Cf, Zl, Zp, Cs, Co and noncharacters, plus
the letters and symbols that are drawn as nothing (Hangul fillers, the blank Braille pattern). Joiners shape letters
and emoji in many scripts, and stay allowed where they do.
"""

import re
import unicodedata

_ALWAYS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e00ff"
    r"\U000e01f0-\U0010ffff"  # the gap between the last two holds variation selectors of Han characters
)
_JOINER = r"(?<![^\x00-\u052f\u3000-\u9fff])[\u200c\u200d]"
_HIDDEN = re.compile(f"[{_ALWAYS}]|{_JOINER}")
_HIDDEN_OR_TAB = re.compile(f"[\t{_ALWAYS}]|{_JOINER}")
_BLANK = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""What Python takes to be printed, and is drawn as nothing."""
HINT = "delete it; readers cannot see what it does"


def hidden(text: str) -> re.Match[str] | None:
    """Return the first hidden character of `text`, line ends and tabs aside, or None."""
    return None if _plain(text) else _HIDDEN.search(text)


def hidden_or_tab(line: str) -> re.Match[str] | None:
    """Return the first hidden character or tab of `line`, or None."""
    return None if _plain(line) else _HIDDEN_OR_TAB.search(line)


def _plain(text: str) -> bool:
    """Return whether `text` holds nothing to look for, as most do: Python knows what prints, all but the blanks."""
    return text.replace("\n", "").isprintable() and not any(blank in text for blank in _BLANK)


def told(char: str) -> str:
    """Return ``invisible character U+202E (right-to-left override)``."""
    if char == "\t":
        return "a tab"
    sort = "control character" if unicodedata.category(char) == "Cc" else "invisible character"
    name = unicodedata.name(char, "").lower()
    return f"{sort} U+{ord(char):04X}" + (f" ({name})" if name else "")
