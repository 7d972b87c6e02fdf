"""How well an entry answers a question: which share of what is rare in the question it has, and where.

Every constant of the decision stands here. They were chosen on queries for development, by kind and not by query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.library.asking import Asked
from bot.library.passages import Passages

CALLED, LEAD, CLAIM, BODY = 1.0, 0.9, 0.8, 0.5
"""What a term is worth by where the entry has it: in a name, in its first lines, in a claim, in the rest."""
COVER, NAME, TEXT = 0.6, 0.3, 0.1
"""How the share of the question that is covered, the likeness to a name, and the text weight make a score."""
ENOUGH, ENOUGH_WHOLE = 0.7, 0.65
"""The share of the question from which on an entry is an answer: of some words, of a whole question."""
ANCHOR, ANCHOR_WHOLE = 0.35, 0.25
"""The share of the question that has to stand in the entry's names."""
CLOSE, UNSURE = 0.012, 0.08
"""Scores so near to each other are a choice; where the first is unlikely to be what was meant, further ones too."""
WANTED = 0.2
"""What it is worth, as a share of the question, that a claim tells why, when or how much, where that is asked."""
_LEAST = 0.3
"""Share of the question that a claim has to have to be shown first."""
_BESIDE_BEST = 0.8
"""Share of what the best claim has of the question that another one has to have to stand beside it."""
_MOST_CLAIMS = 3
_FULL_NAME = 3
"""Words at most of a question that may be somebody else's name, or a thing that is called like somebody."""
_BEHIND = 0.1
"""How much less of the question an event may cover than a person to stand before them."""
DEEDS = frozenset(["meet", "visit", "call", "talk", "remark", "report"])
"""Terms of what people do that titles of events say."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How an entry stands to a question: the score and what it is made of."""

    score: float
    cover: float
    name: float
    called: float
    text: float
    missing: tuple[str, ...]
    claims: tuple[int, ...]
    titled_by: frozenset[str]
    """The terms of the question in the title."""

    namesake: bool
    """Whether the question is one word of a person's name and others that tell nothing of who that is."""

    titled: bool
    """Whether the question says the person by name; of what is no person, always."""

    def reasons(self) -> tuple[str, ...]:
        """Return in words what makes the score."""
        said = [
            f"covers {self.cover:.0%} of what is rare in the question ({self.called:.0%} by its names)",
            f"likeness to a name {self.name:.2f}",
            f"text weight {self.text:.2f} of the best",
        ]
        return (*said, f"says nothing on: {', '.join(self.missing)}") if self.missing else tuple(said)


def weigh(asked: Asked, rarity: Mapping[str, float], entry: Passages, text: float, *, person: bool) -> Weight:
    """Return the weight of `entry`, for terms of which each has its `rarity`.

    `text` is its text weight, at most 1; `person` whether it is about one.
    """
    every = sum(rarity.values()) or 1.0
    worth = {term: _worth(term, entry) for term in rarity}
    cover = sum(rarity[term] * worth[term] for term in rarity) / every
    called = sum(rarity[term] for term in rarity if term in entry.called) / every
    name = max((_likeness(rarity, each) for each in entry.names), default=0.0)
    missing = tuple(term for term in rarity if not worth[term])
    score = COVER * cover + NAME * name + TEXT * text
    by_title = entry.names[0] & rarity.keys()
    titled = not person or bool(by_title)
    known = sum(term in entry.called or term in entry.lead for term in rarity)
    namesake = person and 1 < len(rarity) <= _FULL_NAME and (known <= 1 or bool(missing))
    return Weight(score, cover, name, called, text, missing, _claims(asked, rarity, entry), by_title, namesake, titled)


def is_answer(asked: Asked, weight: Weight) -> bool:
    """Return whether an entry covers enough of a question and is called by enough of it; else it is only near.

    One word is a name or it is none, whatever it is found in. Who holds an office is not a matter of likeness: a
    person is not found by it alone, and with a word that the entry does not have it is another office.
    """
    enough, anchor = (ENOUGH_WHOLE, ANCHOR_WHOLE) if asked.whole else (ENOUGH, ANCHOR)
    if asked.telling < (1 if asked.whole else 2):
        return False
    if asked.office and not asked.whole and (weight.missing or not weight.titled):
        return False
    if weight.namesake and (asked.who or not asked.whole):
        return False
    return weight.cover >= enough and weight.called >= anchor


def behind_events(weight: Weight, said: Passages, events: Iterable[Weight], more: frozenset[str] | None) -> Weight:
    """Return the `weight` of what is no event, behind that of events named after it and more of the question.

    `events` are those that are an answer. `more` says of which terms
    one has to be in it, None of any: who asks for two people, or for one and a meeting, asks for what they did.
    """
    scores = []
    for event in events:
        other = event.titled_by - said.called
        if event.titled_by & said.names[0] and (other if more is None else other & more):
            scores += [event.score] if event.cover >= weight.cover - _BEHIND else []
    return replace(weight, score=min(weight.score, max(scores) - 2 * CLOSE)) if scores else weight


def close(one: Weight, other: Weight, gap: float) -> bool:
    """Return whether two entries answer a question about equally well."""
    return abs(one.score - other.score) < gap


def _worth(term: str, entry: Passages) -> float:
    if term in entry.called:
        return CALLED
    if term in entry.lead:
        return LEAD
    if any(term in claim for claim in entry.claims):
        return CLAIM
    return BODY if term in entry.body else 0.0


def _likeness(rarity: Mapping[str, float], name: frozenset[str]) -> float:
    """Return how much of the question and of a name is in both, of all that is in either."""
    both = sum(rarity[term] for term in name if term in rarity)
    return both / (sum(rarity.values()) + sum(1.0 for term in name if term not in rarity) or 1.0)


def _claims(asked: Asked, rarity: Mapping[str, float], entry: Passages) -> tuple[int, ...]:
    """Return the claims that have most of the question, the best first, and those that have nearly as much.

    A claim that has only little of it answers nothing.
    """
    every = sum(rarity.values())
    wanted = WANTED * every
    shares = {
        place: sum(rarity[term] for term in claim if term in rarity) + (wanted if asked.wants in claim else 0.0)
        for place, claim in enumerate(entry.claims)
    }
    best = max(shares.values(), default=0.0)
    near = [place for place, share in shares.items() if share >= max(_BESIDE_BEST * best, _LEAST * every)]
    return tuple(sorted(near, key=lambda place: -shares[place]))[:_MOST_CLAIMS]
