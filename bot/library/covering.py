"""What an entry has of a question, and where: in its names, its first lines, its claims, or the rest."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bot.library.asking import Asked
from bot.library.common import is_date, is_year
from bot.library.meant import Meant
from bot.library.measures import ABOUT, ALIKE, BESIDE_BEST, BODY, CALLED, CLAIM, KNOWN, LEAD, LEAST, MOST_CLAIMS, WANTED
from bot.library.passages import HOW_LARGE, HOW_LONG, WHEN, Passages, about, counting

_NEEDED = frozenset({WHEN, HOW_LONG, HOW_LARGE})
"""What a passage has to tell to answer a question that wants it."""


class Covering(NamedTuple):
    """What an entry has of the terms of a question."""

    worth: Mapping[str, float]
    """What each is worth where the entry has it; 0 where it has not."""

    named: Mapping[str, float]
    """The same for its names alone."""

    @staticmethod
    def of(meant: Meant, entry: Passages) -> "Covering":
        """Return what `entry` has of what is `meant`."""
        named, worth = dict[str, float](), dict[str, float]()
        for term, others in meant.others.items():
            if term in entry.called:
                named[term] = worth[term] = CALLED
            else:
                named[term], worth[term] = told(term, others, entry.called), _worth(term, others, entry)
        return Covering(worth, named)


class Answering(NamedTuple):
    """The claims of an entry that answer a question."""

    claims: tuple[int, ...] = ()
    """Those that have most of the question, the best first, and those that have nearly as much."""

    joint: float = 0.0
    """How much of the question one claim has, or the first lines, together with the names."""

    @staticmethod
    def of(asked: Asked, meant: Meant, entry: Passages) -> "Answering":
        """Return which claims of `entry` answer what is `asked`, and `meant` by it."""
        shares, joint = _claims(asked, meant, entry)
        return Answering(_best(shares), joint)


def told(term: str, others: Collection[str], said: frozenset[str]) -> float:
    """Return what `term` is worth by being in `said`, or by one of `others`, which say the same, being in it."""
    return CALLED if term in said else 0.0 if said.isdisjoint(others) else ALIKE


def counts(asked: Asked, meant: Meant, entry: Passages) -> bool:
    """Return whether `entry` may say how many there are of what is to be counted, if anything is."""
    if not asked.counted:
        return True
    said = frozenset(counting(each) for term in asked.counted for each in (term, *meant.others[term]))
    return not all(claim.isdisjoint(said) for claim in entry.claims)


def _worth(term: str, others: Collection[str], entry: Passages) -> float:
    """Return what `term`, which is in no name, is worth: by itself, or less by what says the same in other words."""
    if term in entry.lead:
        return LEAD
    for claim in entry.claims:
        if term in claim:
            return CLAIM
    by_itself = BODY if term in entry.body else 0.0
    return max(by_itself, ALIKE * _said(others, entry)) if others else by_itself


def _said(terms: Collection[str], entry: Passages) -> float:
    if not entry.called.isdisjoint(terms):
        return CALLED
    if not entry.lead.isdisjoint(terms):
        return LEAD
    if not all(claim.isdisjoint(terms) for claim in entry.claims):
        return CLAIM
    return 0.0 if entry.body.isdisjoint(terms) else BODY


def _claims(asked: Asked, meant: Meant, entry: Passages) -> tuple[list[tuple[float, int]], float]:
    """Return the share of the question of each claim that has enough, and the most that a passage has with the names.

    What goes without saying in a claim, since the title says it, counts for little; where it is asked why or when, a
    claim that tells it counts for more.
    """
    terms = [
        (term, others, meant.rarity[term], told(term, others, entry.called)) for term, others in meant.others.items()
    ]
    topics = {term: frozenset(map(about, (term, *others))) for term, others in meant.others.items()}
    known = {term: KNOWN if term in entry.names[0] else 1.0 for term in meant.rarity}
    every = sum(worth * known[term] for term, _, worth, _ in terms)
    shares, most = list[tuple[float, int]](), -1.0
    for place, said in enumerate((*entry.claims, entry.lead)):
        share, more = (WANTED * every if asked.wants in said else 0.0), 0.0
        for term, others, worth, named in terms:
            value = told(term, others, said)
            is_topic = place < len(entry.claims) and not said.isdisjoint(topics[term])
            share += worth * known[term] * (ABOUT if is_topic else value)
            more += worth * max(value - named, 0.0)
        if place < len(entry.claims) and share >= LEAST * every:
            shares.append((share, place))
        is_lead = place == len(entry.claims)
        tells_it = asked.wants not in _NEEDED or asked.wants in said or (is_lead and asked.wants == WHEN)
        if asked.yes_no and not _names_all(meant, said | entry.names[0]):
            continue
        if tells_it and _is_dated(asked, meant, entry, said, is_lead=is_lead):
            most = max(most, more)
    return shares, 0.0 if most < 0 else most + sum(worth * named for _, _, worth, named in terms)


def _is_dated(asked: Asked, meant: Meant, entry: Passages, said: frozenset[str], *, is_lead: bool) -> bool:
    """Return whether a passage or the title says when, where the question does, and whom or what it names then.

    First lines that tell of several years say of none of them what happened in it.
    """
    if not asked.when:
        return True
    if any(each.isdisjoint(said) and each.isdisjoint(entry.names[0]) for each in asked.when):
        return False
    if is_lead and sum(map(is_year, said)) > 1:
        return False
    return _names_all(meant, said | entry.called)


def _names_all(meant: Meant, said: frozenset[str]) -> bool:
    """Return whether all that is named in the question is `said`."""
    named = (term for term in meant.names if term in meant.others and not is_date(term))
    return all(told(term, meant.others[term], said) for term in named)


def _best(shares: Collection[tuple[float, int]]) -> tuple[int, ...]:
    """Return the places of the best claims; one that has only little of what the best has answers nothing."""
    best = max((share for share, _ in shares), default=0.0)
    near = sorted((-share, place) for share, place in shares if share >= BESIDE_BEST * best)
    return tuple(place for _, place in near)[:MOST_CLAIMS]
