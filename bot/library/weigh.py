"""How well an entry answers a question: which share of what is rare in the question it has, and where."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bot.library.asking import Asked
from bot.library.common import NATIONS, lies_elsewhere
from bot.library.covering import Answering, Covering, counts, told
from bot.library.meant import Meant
from bot.library.measures import (
    ANCHOR,
    ANCHOR_WHOLE,
    BEHIND,
    CLOSE,
    COVER,
    ENOUGH,
    ENOUGH_WHOLE,
    FULL_NAME,
    HARDLY,
    IDLE,
    JOINT,
    NAME,
    OF_KIND,
    OF_OTHER,
    SEVERAL,
    SURE,
    SURE_ANCHOR,
    TEXT,
    WHOLLY,
)
from bot.library.passages import Passages
from bot.library.vocabulary import Kind

_HAS_A_COUNTRY = frozenset({Kind.PERSON, Kind.ORGANISATION})
_WHERE = frozenset({Kind.PLACE, Kind.ORGANISATION})
DEEDS = frozenset(["meet", "visit", "call", "talk", "remark", "report"])
"""Terms of what people do that titles of events say."""


class Weight(NamedTuple):
    """How an entry stands to a question: the score and what it is made of."""

    kind: Kind
    score: float
    cover: float
    enough: float
    """The share of the question that is covered, where vague words that are missing hardly count."""

    name: float
    called: float
    anchor: float
    """The share of the question in the names, and of an event that happened also in its first lines."""

    text: float
    missing: tuple[str, ...]
    off: bool
    """Whether it is about something else: what the question names is not in it, or nothing but the name."""

    counts: bool
    """Whether it may say how many there are, where that is asked."""

    joint: float
    """The share of the question that one claim, or the first lines, have together with the names."""

    claims: tuple[int, ...]
    """The claims that answer best, of what may be an answer."""

    titled_by: frozenset[str]
    """The terms of the question in the title."""

    title: frozenset[str]
    """The terms of the title."""

    namesake: bool
    """Whether the question is one word of a person's name and others that tell nothing of who that is."""

    one_name: bool
    """Whether one of its names has all of the question."""

    titled: bool
    """Whether the question says the person by name; of what is no person, always."""

    def reasons(self, words: Mapping[str, str]) -> tuple[str, ...]:
        """Return in words what makes the score; `words` says how each term was typed."""
        said = [
            f"covers {self.cover:.0%} of what is rare in the question ({self.called:.0%} by its names)",
            f"likeness to a name {self.name:.2f}",
            f"text weight {self.text:.2f} of the best",
        ]
        missing = ", ".join(words.get(term, term) for term in self.missing)
        return (*said, f"says nothing on: {missing}") if missing else tuple(said)


def weigh(asked: Asked, meant: Meant, entry: Passages, text: float, kind: Kind) -> Weight:
    """Return the weight of `entry` for what is `asked`, and `meant` by it.

    `text` is its text weight, at most 1; `kind` what it is about.
    """
    rarity, had = meant.rarity, Covering.of(meant, entry)
    every = sum(rarity.values()) or 1.0
    cover = called = 0.0
    for term, rare in rarity.items():
        cover += rare * had.worth[term] / every
        called += rare * had.named[term] / every
    missing = tuple(term for term, worth in had.worth.items() if not worth)
    idle = sum(rarity[term] for term in missing if term in asked.vague) if asked.whole else 0.0
    least = every - IDLE * idle
    shared = (_likeness(rarity, every, each) for each in entry.names if not rarity.keys().isdisjoint(each))
    name = max(shared, default=0.0)
    by_title = entry.names[0] & rarity.keys()
    enough = cover * every / least
    answering = Answering.of(asked, meant, entry) if enough >= ENOUGH_WHOLE else Answering()
    return Weight(
        kind=kind,
        score=COVER * cover + NAME * name + TEXT * text + _of_kind(asked, kind, called < 1),
        cover=cover,
        enough=enough,
        name=name,
        called=called,
        anchor=_anchor(meant, entry) / every if kind is Kind.EVENT and asked.long else called,
        text=text,
        missing=missing,
        off=_is_off(asked, meant, entry, missing) or (kind in _HAS_A_COUNTRY and _is_of_another(asked, entry)),
        counts=counts(asked, meant, entry),
        joint=answering.joint / least,
        claims=answering.claims,
        titled_by=by_title,
        title=entry.names[0],
        namesake=kind is Kind.PERSON and _is_namesake(asked, rarity.keys(), entry, missing),
        one_name=any(rarity.keys() <= each for each in entry.names),
        titled=kind is not Kind.PERSON or bool(by_title),
    )


def is_answer(asked: Asked, weight: Weight) -> bool:
    """Return whether an entry covers enough of a question and is called by enough of it; else it is only near."""
    return next(shortfalls(asked, weight), None) is None


def shortfalls(asked: Asked, weight: Weight) -> Iterator[str]:
    """Yield in words what keeps an entry from being the answer to a question.

    One word is a name or it is none, whatever it is found in. Who holds an office is not a matter of likeness: a
    person is not found by it alone, and with a word that the entry does not have it is another office.
    """
    if asked.own:
        yield "the question is about whoever asks"
    if weight.off:
        yield "it is about something else, or has nothing but the name"
    if not weight.counts:
        yield "it does not say how many"
    if asked.telling < (1 if asked.whole else 2):
        yield "a word that is no name is too little to go by"
    if _is_other_office(asked, weight):
        yield "with a word that it does not have it is another office"
    if weight.namesake and (asked.who or not asked.whole):
        yield "one word of a name beside others is likely somebody else's"
    if (asked.long or asked.when) and weight.joint < JOINT:
        yield f"no claim has, with the names, {JOINT:.0%} of the question (at best {weight.joint:.0%})"
    enough = ENOUGH_WHOLE if asked.long else ENOUGH
    if weight.enough < enough:
        yield f"{enough:.0%} of the question has to be covered (here {weight.enough:.0%})"
    anchor = _least_anchor(asked, weight)
    if weight.anchor < anchor:
        yield f"{anchor:.0%} of the question has to stand in its names (here {weight.anchor:.0%})"


def _is_other_office(asked: Asked, weight: Weight) -> bool:
    of_office = asked.office and not asked.deed and (asked.who or not asked.whole)
    by_all = not weight.missing and weight.cover >= WHOLLY and asked.telling > SEVERAL
    by_names = weight.called >= WHOLLY if weight.kind is not Kind.EVENT else asked.who
    by_names = by_names or weight.kind is Kind.PERSON
    return bool(of_office and not by_all and (weight.missing or not weight.titled or not by_names))


def _least_anchor(asked: Asked, weight: Weight) -> float:
    if not weight.titled and asked.kind is not Kind.PERSON:
        return ANCHOR
    if not weight.missing and weight.cover >= SURE and asked.telling >= SEVERAL:
        return SURE_ANCHOR
    return ANCHOR_WHOLE if asked.long else ANCHOR


def behind_events(
    asked: Asked, weight: Weight, said: Passages, events: Iterable[Weight], more: frozenset[str]
) -> Weight:
    """Return the `weight` of what is no event, behind that of events named after it and more of the question.

    `events` are those that are an answer. Where the question does not say that something was done, one of the terms
    `more` has to be in it: who asks for two people, or for one and a meeting, asks for what they did, and not where.
    """
    scores = []
    says_it = weight.kind is Kind.ORGANISATION and said.names[0] <= weight.titled_by
    for event in events:
        other = event.titled_by - said.called
        least = weight.cover - (BEHIND if other else 0)
        about_it = event.title & said.names[0] and (other if says_it else asked.deed or other & more)
        if asked.deed and not about_it and not says_it and event.titled_by & said.called:
            about_it, least = True, weight.cover - HARDLY
        better = asked.long and not says_it and weight.kind in _WHERE and event.cover >= weight.cover
        if (about_it and event.cover >= least) or better:
            scores.append(event.score)
    return weight._replace(score=min(weight.score, max(scores) - 2 * CLOSE)) if scores else weight


def close(one: Weight, other: Weight, gap: float) -> bool:
    """Return whether two entries answer a question about equally well."""
    return abs(one.score - other.score) < gap


def _of_kind(asked: Asked, kind: Kind, says_more: bool) -> float:
    """Return what the kind of an entry is worth: where a question `says_more` than its names, it is hardly a place."""
    if kind is asked.kind:
        return OF_KIND
    unlikely = kind is Kind.PLACE or (kind is Kind.ORGANISATION and asked.person)
    return OF_OTHER if unlikely and says_more else 0.0


def _likeness(rarity: Mapping[str, float], every: float, name: frozenset[str]) -> float:
    """Return how much of the question and of a name is in both, of all that is in either."""
    both, shared = 0.0, 0
    for term, worth in rarity.items():  # in the order of the question: a sum in the order of a set is never the same
        if term in name:
            both, shared = both + worth, shared + 1
    return both / (every + len(name) - shared or 1.0)


def _anchor(meant: Meant, entry: Passages) -> float:
    """Return how much of a question is in what an event is called and in its first lines: they tell what happened."""
    first = entry.called | entry.lead
    return sum(worth * told(term, meant.others[term], first) for term, worth in meant.rarity.items())


def _is_namesake(asked: Asked, terms: AbstractSet[str], entry: Passages, missing: Collection[str]) -> bool:
    if not 1 < len(terms) <= FULL_NAME:
        return False
    first = entry.called | entry.lead
    known = len(terms & first)
    if asked.deed:
        known = max((len(terms & (first | claim)) for claim in entry.claims), default=known)
    return known <= 1 or bool(missing)


def _is_of_another(asked: Asked, entry: Passages) -> bool:
    """Whether what the question says of a country is in the names of the entry, and is there another country's."""
    own = entry.called & NATIONS
    return bool(own) and any(one not in own and two in entry.called for one, two in asked.whose)


def _is_off(asked: Asked, meant: Meant, entry: Passages, missing: Collection[str]) -> bool:
    if not meant.names.isdisjoint(missing) or lies_elsewhere(meant.rarity, " ".join(entry.names[0])):
        return True
    untold = set(missing) - asked.vague
    said = meant.rarity.keys() - asked.vague - untold
    return not asked.plain.isdisjoint(untold) and said <= entry.called
