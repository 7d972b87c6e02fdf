"""Texts and questions cut into terms that can be compared: English by its stems, Chinese by pairs of characters."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from bot.library.common import LIKE_PLURALS
from bot.library.normal import folded, has_han
from bot.library.script import simplified
from bot.library.verbs import regular

_SPELLINGS = {
    "defence": "defense",
    "dialog": "dialogue",
    "adviser": "advisor",
    "advisers": "advisors",
    "centre": "center",
    "programme": "program",
    "programmes": "programs",
    "labour": "labor",
    "email": "mail",
    "emails": "mail",
    "american": "us",
    "americans": "us",
    "america": "us",
    "usa": "us",
    "chinese": "china",
    "prc": "china",
    "australian": "australia",
    "russian": "russia",
    "russians": "russia",
    "cuban": "cuba",
    "taiwanese": "taiwan",
    "japanese": "japan",
    "british": "britain",
    "philippine": "philippines",
    "filipino": "philippines",
    "indian": "india",
    "indonesian": "indonesia",
    "singaporean": "singapore",
    "korean": "korea",
    "german": "germany",
    "french": "france",
    "austrian": "austria",
    "peruvian": "peru",
    "ukrainian": "ukraine",
    "vietnamese": "vietnam",
    "european": "europe",
    "canadian": "canada",
    "mexican": "mexico",
    "asian": "asia",
    "australians": "australia",
    "britons": "britain",
    "brits": "britain",
    "subs": "submarines",
    "trip": "visit",
    "trips": "visit",
    "travel": "visit",
    "travels": "visit",
    "traveled": "visit",
    "travelled": "visit",
    "summit": "meet",
    "cyberattack": "hack",
    "cyberattacks": "hack",
    "deal": "pact",
    "balloons": "balloon",
    "spies": "spy",
    "spying": "spy",
    "spied": "spy",
    "hacker": "hack",
    "hackers": "hack",
    "army": "military",
    "armies": "military",
    "militaries": "military",
    "warship": "ship",
    "warships": "ship",
    "vessel": "ship",
    "vessels": "ship",
    "naval": "navy",
    "atomic": "nuclear",
    "moscow": "russia",
    "kremlin": "russia",
    "breach": "hack",
    "breaches": "hack",
    "breached": "hack",
}
"""What no stemmer brings together: a country and its people, British and American English, two words for one thing."""
_SEVERAL = (
    (re.compile(r"\b(?:spy|intelligence) chief\b"), "cia director"),
    (re.compile(r"\b(?:listening|spy|eavesdropping) (?:post|station)\b"), "spy base"),
    (re.compile(r"\barmed forces\b"), "military"),
    (re.compile(r"\bunited states(?: of america)?\b"), "us"),
    (
        re.compile(
            r"\b(?:(?:top|senior|chief) (?:us|american)|(?:us|america|american) (?:top|senior|chief)) diplomat\b"
        ),
        "us secretary of state",
    ),
    (re.compile(r"\b(?:bring|brings|brought|take|took) down\b"), "shoot down"),
    (re.compile(r"\bcentral intelligence agency\b"), "cia"),
    (re.compile(r"\bartificial intelligence\b"), "ai"),
    (re.compile(r"\bgroup of (?:20|twenty)\b"), "g20"),
    (re.compile(r"\b(?:stand|stands|standing|stood|fill|fills|filling|filled) in for\b"), "replace"),
    (re.compile(r"\b(?:take|takes|taking|took|taken) over from\b"), "succeed"),
    (re.compile(r"\b(?:united kingdom|great britain|uk)\b"), "britain"),
    (
        re.compile(r"\b(?:put|puts|putting|call|calls|called|calling) off\b|\bdelay(?:s|ed|ing)?\b|\bcancel\w*\b"),
        "postpone",
    ),
)
"""Several words or forms for one thing, and what stands for them."""
_IN_ANY_OF_THEM = (
    " uk ", "united ", "great b", " off", "delay", "cancel", " chief", " post", " station", "armed f", " diplomat",
    " down", "l intelligence", "group of", " in for", "over from",
)  # fmt: skip
"""One of these is in every text in which one of them is; looked for one by one, they are found soonest."""
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_KEPT_STEMS = 32_768


@cache
def _analyse() -> Callable[[str], list[str]]:
    # Here, since a start has no need of the search engine: only the first question that no name answers has.
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build().analyze


@lru_cache(_KEPT_STEMS)
def stem(word: str) -> str:
    """Return what is common to the forms of a normal English `word`; another word comes back as it is."""
    if word in LIKE_PLURALS:
        return word
    word = _SPELLINGS.get(word) or regular(word)
    found = _analyse()(word)
    return found[0] if found else word


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order, repeated as they are; nothing is left out but marks."""
    return of_normal(folded(text if text.isascii() else unicodedata.normalize("NFKC", text)))


def put_alike(words: str) -> str:
    """Return normal `words` with those that are several for one thing as they are in every text."""
    padded = f" {words} "
    if any(map(padded.__contains__, _IN_ANY_OF_THEM)):
        for pattern, term in _SEVERAL:
            words = pattern.sub(term, words)
    return words


def of_normal(words: str) -> list[str]:
    """Return the terms of normal `words`."""
    words = put_alike(words)
    if words.isascii():
        return [stem(word) for word in words.split()]
    found: list[str] = []
    for word in simplified(words).split():
        found += _pairs(word) if has_han(word) else [stem(word)]
    return found


def _pairs(word: str) -> list[str]:
    """Return the terms of a word that holds Chinese: each pair of neighbours, and what is not Chinese by itself."""
    found: list[str] = []
    end = 0
    for run in _HAN.finditer(word):
        found += [stem(word[end : run.start()])] if run.start() > end else []
        chars = run[0]
        found += [chars[i : i + 2] for i in range(len(chars) - 1)] if len(chars) > 1 else [chars]
        end = run.end()
    return [*found, stem(word[end:])] if end < len(word) else found
