"""What a question asks about: its telling terms, and whether it is a whole question or a few words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.library.common import FUNCTION, tells
from bot.library.han import without_asking, without_particles
from bot.library.normal import LONGEST, asked, is_han, normal
from bot.library.offices import names_office
from bot.library.passages import HOW_MUCH, WHEN, WHY
from bot.library.terms import of_normal, put_alike, stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUESTION = _words(
    "who whom whose what which when where why how did does do is are was were has have had can could should would will "
    "tell explain describe"
)
"""Words that begin a whole question."""
_WHO = _words("who whom whose")
_SILENT = FUNCTION | _words(
    "who whom whose what which when where why how can could should would will shall may might must not no than then so "
    "if there here i im me my we our you your yours s t d ll re ve am been being had having but nor yet too very just "
    "also again still ever never any some all each other others both between into onto out off up down under during "
    "before after again against through until while because its us2 let lets please pls plz thanks thank thx hey hi "
    "hello ok okay lol asap bot briefbot tell explain describe show give need want know info information"
)
"""Words that no question is about, apart from those that only ask."""
_VAGUE = _words(
    "happen say talk mean make get go come take thing matter story news late latest current recent recently today now "
    "issue problem question situation affair incident event topic case main big exactly really actually much many long "
    "last first next one two ago more less most about around regard concern relate involve include use call become "
    "summary brief briefing background overview detail update history role party side way kind sort country government "
    "people world time day week month year person official leader key important likely ask answer think reason cause "
    "result outcome begin start end stand hold go agree part ok else ongoing senior top new best good great "
    "became came went said got made took told gave held began knew thought meant"
)
"""Words that many a question has and that tell little of what it is about."""
_WANTS = (
    (re.compile(r"\bwhy\b|\bwhat (?:was|is) the reason\b|为什么|为何"), WHY),
    (re.compile(r"\bwhen\b|\bwhat (?:date|day|year|month)\b|什么时候|何时"), WHEN),
    (re.compile(r"\bhow (?:many|much|long|often|far|old)\b|多少|多久|几个"), HOW_MUCH),
)
_VAGUE_WORTH = 0.25
"""What such a word counts for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready: `words` as names are compared, `bare` without what only asks, its `terms` in order."""

    words: str
    bare: str
    core: str
    """What is left of it without words that no question is about."""
    terms: tuple[str, ...]
    vague: frozenset[str]
    whole: bool
    """Whether it is a whole question rather than some words."""
    office: bool
    """Whether it names an office, so that what it asks for is a holder."""

    who: bool
    """Whether it asks who somebody is."""

    telling: int
    """How many words there are that can tell one entry from the others: no country, no date, nothing vague."""

    wants: str | None
    """What it wants to know beside its words: WHY, WHEN or HOW_MUCH."""

    def rarity(self, of: Callable[[str], float]) -> dict[str, float]:
        """Return how much each term tells, where `of` says how rare it is; of vague ones less."""
        return {term: of(term) * (_VAGUE_WORTH if term in self.vague else 1.0) for term in self.terms}


def ask(query: str) -> Asked:
    """Return what `query` asks; its time is bounded, whatever it holds."""
    words = normal(query[:LONGEST])
    bare = asked(words)
    plain = bare if bare.isascii() else without_asking(bare)
    telling = [word for word in put_alike(plain).split() if word not in _SILENT]
    pieces = without_particles(" ".join(telling)).split()
    found = tuple(dict.fromkeys(term for word in pieces for term in of_normal(word)))
    first = words.split(" ", 1)[0]
    whole = (first in _QUESTION or query.rstrip().endswith(("?", "？"))) and len(found) > 1
    return Asked(
        words,
        bare,
        " ".join(telling),
        found,
        _vague(),
        whole,
        names_office(plain),
        first in _WHO,
        _telling(telling),
        _wants(words),
    )


def _wants(words: str) -> str | None:
    return next((want for pattern, want in _WANTS if pattern.search(words)), None)


def _telling(words: Sequence[str]) -> int:
    han = max((len(word) for word in words if is_han(word[0])), default=1) - 1
    return han + sum(tells(word) and stem(word) not in _vague() and not is_han(word[0]) for word in words)


@cache
def _vague() -> frozenset[str]:
    return frozenset(map(stem, _VAGUE))
