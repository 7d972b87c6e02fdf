"""Where sentences end, in English and in Chinese, as far as a rule can tell."""

import re

# A full stop ends a sentence when something that can begin one follows, unless what stands before it is an initial,
# a dotted abbreviation (U.S.) or one that is usually followed by more (Dr.).
_BREAK = re.compile(r"[.!?…]+[\"”’»')\]]*\s+(?=[\"“‘«'(\[]*[^\W_a-z])|[。！？]+[」』”’）]*(?=.)", re.DOTALL)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|Mt|Ft|Gen|Lt|Col|Capt|Maj|Adm|Sgt|Sen|Rep|Gov|Amb|Pres|Prof|Hon|Rev|No|Nos"
    r"|vs|etc|approx|ca|cf|al|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Art|Sec|Vol|pp?))\.\Z"
)
_LONGEST = 8
"""Characters of the longest abbreviation, its full stop and what stands before it."""


def sentences(text: str) -> list[str]:
    """Return `text` cut where sentences end; ``U.S.``, ``Jr.``, ``3.5`` and initials end none."""
    found, start = [], 0
    for stop in _BREAK.finditer(text):
        end = stop.start() + 1
        if text[end - 1] == "." and _ABBREVIATION.search(text, max(start, end - _LONGEST), end):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    return [each for each in (*found, text[start:].strip()) if each]
