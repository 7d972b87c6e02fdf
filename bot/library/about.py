"""The kind of what a question is about: "the law used to ..." is an agreement, "the spokesman who ..." a person."""

import re

from bot.library.vocabulary import Kind

_HEADS = {
    Kind.PERSON: "spokesman spokeswoman spokesperson minister president premier leader general admiral diplomat "
    "official ambassador envoy secretary director chairman commander politician man woman person adviser advisor "
    "founder negotiator candidate senator philanthropist billionaire representative chief boss head",
    Kind.EVENT: "visit visits trip trips journey tour meeting meetings talks summit call conference briefing encounter "
    "handshake remarks speech statement comments announcement presser incident arrival report",
    Kind.AGREEMENT: "law act treaty pact accord agreement alliance partnership forum",
    Kind.ORGANISATION: "company firm agency ministry department institute foundation organization organisation office",
}
_KINDS = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_MOST_BEFORE = 5
_GOES_ON = re.compile(
    r" (?:who|whom|whose|that|which|where|when|between|with|of|used|at|in|against|on|about|from|for|to|over|by|before|"
    r"after|behind)\b"
)


def kind_asked(bare: str) -> Kind | None:
    """Return the kind of what normal words `bare` are about, where the word before "who", "of" and so on says it."""
    found = _GOES_ON.search(bare)
    before = bare[: found.start()].split() if found else []
    return _KINDS.get(before[-1]) if 0 < len(before) <= _MOST_BEFORE else None


def speaks_of_person(words: str) -> bool:
    """Return whether normal `words` speak of somebody by what they are: a minister, a chief, a founder."""
    return any(_KINDS.get(word) is Kind.PERSON for word in words.split())
