"""What a question asks about: its telling terms, and whether it is a whole question or a few words."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.library.about import kind_asked, speaks_of_person
from bot.library.common import FUNCTION, NATIONS, tells
from bot.library.dated import when_said
from bot.library.everyday import SILENT, deeds, plain, vague
from bot.library.han import asks_in_chinese, without_asking, without_particles
from bot.library.normal import LONGEST, asked, is_han, normal
from bot.library.office_words import names_office
from bot.library.passages import HOW_LARGE, HOW_LONG, HOW_MUCH, WHEN, WHY
from bot.library.terms import of_normal, put_alike, stem
from bot.library.vocabulary import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUESTION = _words(
    "who whom whose what which when where why how did does do is are was were has have had can could should would will "
    "tell explain describe"
)
"""Words that begin a whole question."""
_SURNAMES, _NAME_WORDS = frozenset({"he"}), 3
"""Words that no question is about, unless they are a family name and all there is beside is a given name."""
_YES_NO = _words("did do does is are was were has have had")
"""Words that begin a question to which the answer is yes or no."""
_LONG = 4
"""Telling words from which on what somebody did is as good as a whole question."""
_WHO = _words("who whom whose")
_OWN = re.compile(
    r"\b(?:(?:do|does|did|can|could|should|shall|may|must|would|will|am|have) (?:i|we)|my|our|myself|for me to)\b"
    r"|\A(?:can|should|may|might)\b|\bwhat time is it\b|\b(?:opening|closing) (?:hours|times)\b|\bnear me\b"
    r"|\bfor sale\b"
    r"|\b(?:tickets?|discount|coupon|recipes?|lyrics|hotels?|restaurants?) (?:for|in|near|to|from|code|reviews?)\b"
)
_QUOTED = re.compile(r"\s*[\"“”„«‘「『《](.+)[\"“”»’」』》][\s.?!]*")
_HOW_MANY = re.compile(r"\bhow (?:many|much) (\w+(?: \w+){,2})")
_WANTS = (
    (re.compile(r"\bwhy\b|\bwhat (?:was|is) the reason\b|为什么|为何"), WHY),
    (re.compile(r"\bwhen\b|\bwhat (?:date|day|year|month)\b|什么时候|何时"), WHEN),
    (re.compile(r"\bhow (?:old|big|large|high|tall|deep|wide|fast|heavy|far)\b|多大|多高|多远|多深"), HOW_LARGE),
    (re.compile(r"\bhow long\b|多久"), HOW_LONG),
    (re.compile(r"\bhow (?:many|much|often)\b|多少|几"), HOW_MUCH),
)


class Asked(NamedTuple):
    """A question made ready: `words` as names are compared, `bare` without what only asks, its `terms` in order."""

    words: str
    bare: str
    core: str
    """What is left of it without words that no question is about."""

    terms: tuple[str, ...]
    vague: frozenset[str]
    """Terms that tell little of what a question is about."""

    plain: frozenset[str]
    """Terms that tell little where no entry has them."""

    whole: bool
    """Whether it is a whole question rather than some words."""

    long: bool
    """Whether it says as much as one: a question, or several words of what somebody did."""

    office: bool
    """Whether it names an office, so that what it asks for is a holder."""

    who: bool
    """Whether it asks who somebody is."""

    telling: int
    """How many words there are that can tell one entry from the others: no country, no date, nothing vague."""

    wants: str | None
    """What it wants to know beside its words: why, when, how much and so on."""

    counted: tuple[str, ...]
    """The terms of what is to be counted: "how many nuclear submarines"."""

    kind: Kind | None
    """The kind of what it is about, where it says that."""

    deed: bool
    """Whether it says that somebody did something, or that it happened."""

    person: bool
    """Whether it speaks of somebody by what they are, and not of their office or where they work."""

    whose: tuple[tuple[str, str], ...]
    """Each term of a country with the term behind it: whose ministry it is, and that it is a ministry."""

    quoted: str
    """The words between quotation marks where all of it stands between them, as names are compared; else ""."""

    when: tuple[frozenset[str], ...]
    """For the year and the month that it says the terms of which a text has to have one."""

    yes_no: bool
    """Whether it asks if something was so or was done."""

    own: bool
    """Whether it is about whoever asks: what they should pack, where they can buy something."""


def ask(query: str) -> Asked:
    """Return what `query` asks; its time is bounded, whatever it holds."""
    words = normal(query[:LONGEST])
    bare = asked(words)
    said = put_alike(bare if bare.isascii() else without_asking(bare))
    may_be_name = _SURNAMES if len(said.split()) <= _NAME_WORDS else frozenset()
    telling = [word for word in said.split() if word not in SILENT or word in may_be_name]
    terms = tuple(dict.fromkeys(of_normal(without_particles(" ".join(telling)))))
    every = of_normal(said)
    first = words.split(" ", 1)[0]
    asks = first in _QUESTION or query.rstrip().endswith(("?", "？")) or asks_in_chinese(bare)
    whole, deed, several = asks and len(terms) > 1, not deeds().isdisjoint(terms), _telling(telling)
    return Asked(
        words=words,
        bare=bare,
        core=" ".join(telling),
        terms=terms,
        vague=vague(),
        plain=plain(),
        whole=whole,
        long=whole or (deed and several >= _LONG),
        office=names_office(said),
        who=first in _WHO,
        telling=several,
        wants=next((want for pattern, want in _WANTS if pattern.search(words)), None),
        counted=_counted(words, terms),
        kind=None if first in _QUESTION else kind_asked(bare),
        deed=deed,
        person=speaks_of_person(said),
        whose=tuple((one, two) for one, two in pairwise(every) if one in NATIONS),
        quoted=_quoted(query[:LONGEST]),
        when=tuple(frozenset(map(stem, each)) for each in when_said(bare)),
        yes_no=whole and first in _YES_NO,
        own=bool(_OWN.search(words)),
    )


def _quoted(query: str) -> str:
    found = _QUOTED.fullmatch(query)
    words = normal(found[1]) if found else ""
    return words if " " in words or not words.isascii() else ""


def _counted(words: str, found: Sequence[str]) -> tuple[str, ...]:
    counted = _HOW_MANY.search(words)
    said = takewhile(lambda word: word not in FUNCTION, counted[1].split()) if counted else ()
    return tuple(term for word in said for term in of_normal(word) if term in found)


def _telling(words: Sequence[str]) -> int:
    han = max((len(word) for word in words if is_han(word[0])), default=1) - 1
    return han + sum(tells(word) and stem(word) not in vague() and not is_han(word[0]) for word in words)
