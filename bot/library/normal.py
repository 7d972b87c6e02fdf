"""Names and queries made alike: one width, one case, no accents, dots, possessives, punctuation or polite words."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 200
"""Characters of a query that are looked at; no name is longer."""
_MOST = 4 * LONGEST
_KEPT_NAMES = 4_096
_KEPT_QUESTIONS = 64
"""Texts that are kept as they are compared: one question is looked at so several times."""
_FILLER = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|sorry(?: to (?:bother|ask)(?: you)?)?|excuse me|but|eli5|"
    r"explain like i m (?:5|five)|(?:i was |i m |was )?wondering|quick (?:one|question)|"
    r"hey|hi(?:ya)?|hello|yo|dear|ok|okay|um+|uh+|h+m+|please|pls|plz|kindly|bot|briefbot|and|so|well|there|"
    r"like|just|quick|"
    r"(?:can|could|would|will) (?:yo)?u|(?:i|we) (?:just |really )?(?:want|need|would like|would love|d like|d love)|"
    r"would (?:like|love)|id like|to know|"
    r"(?:i m |im |we re |am )?looking for|do (?:(?:yo)?u|we|i) (?:know|have|have got)|"
    r"help (?:me |us )?(?:with|understand)|"
    r"(?:what )?(?:is |was |do (?:we|you) )?(?:known?|know) (?:of|about)|"
    r"(?:tell|show|give|remind|get|send) (?:me|us)|(?:one |two )?pager (?:on|about|for)|"
    r"(?:deal|story|scoop|matter|up|thing) with|what do you (?:know about|have on)|what about|how about|"
    r"who(?:s| is| was| are| were)?|what(?:s| is| was| are| were| happened (?:with|to|at|in)| do| does| did)?|"
    r"(?:where|when)(?:s| is| was| are| were)?|this|that|"
    r"(?:brief(?:ing)?|background|summary|overview|update|details|facts|news|latest|more|anything|everything|"
    r"something|all|primer|entry|rundown|lowdown|note|explainer|backgrounder) "
    r"(?:(?:me|us|you have|there is|you know|we have|we know) )?(?:on|of|about|regarding)|brief|"
    r"(?:something|anything) (?:quick|short|brief) (?:on|about)|"
    r"info(?:rmation)? (?:on|about)|look up|search for|find|about|explain|the|an|a)\s+"
)
_FILLER_BEHIND = re.compile(
    r"\s(?:please|pls|plz|thanks|thank you|thx|ty|lol|asap|again|(?:for|to) (?:me|us)|"
    r"for (?:the|my|our|an|a) "
    r"(?:boss|team|meeting|editor|article|piece|story|class|essay|paper|desk|report|readers|show)|"
    r"thing|stuff|these days|nowadays|right now|at (?:the moment|present)|now|today|currently|stand for|mean|"
    r"is|was|are|were)\Z"
)
_REQUESTED = re.compile(
    r"\s(?:brief(?:ing)?|summary|overview|updates?|background(?:er)?|info(?:rmation)?|details|facts|profile|bio(?:graphy)?|explainer|"
    r"primer|rundown|entry|news|basics|latest|explained|please|help)\Z"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)")
_JOINERS = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_SEPARATORS = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """Return `text` as names are compared; its time is bounded, whatever it holds."""
    return _normal(text[:_MOST])


@lru_cache(_KEPT_QUESTIONS)
def _normal(text: str) -> str:
    return folded(unicodedata.normalize("NFKC", text)[:_MOST])


@lru_cache(_KEPT_NAMES)
def normal_name(name: str) -> str:
    """Return a name of an entry as names are compared; reading and indexing ask for it."""
    return _normal.__wrapped__(name[:_MOST])


def folded(text: str) -> str:
    """Return `text`, which is NFKC, as names are compared, however long it is."""
    text = text.casefold()
    if not text.isascii():
        text = _JOINERS.sub("", text)
        text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
        text = unicodedata.normalize("NFC", text)
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    return _SEPARATORS.sub(" ", text).strip()


@lru_cache(_KEPT_QUESTIONS)
def asked(words: str) -> str:
    """Return normal `words` without those that only ask ("who is", "tell me about the", "please")."""
    before = None
    while words != before:
        before, words = (
            words,
            _FILLER_BEHIND.sub("", _FILLER.sub("", words, count=1) if _FILLER.match(words) else words),
        )
    return words


def requested(words: str) -> str:
    """Return normal `words` without what is asked for on them ("taiwan briefing"), which may be part of a name."""
    before = None
    while words != before:
        before, words = words, asked(_REQUESTED.sub("", words))
    return words


def is_han(char: str) -> bool:
    """Return whether `char` is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def has_han(words: str) -> bool:
    """Return whether `words` hold a Chinese character."""
    return not words.isascii() and any(map(is_han, words))
