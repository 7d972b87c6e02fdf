"""One search for every place that asks: names first, then offices, then texts; a match, a choice, or honestly none.

A wrong answer given with confidence is worse than none: words that the library has never seen count in full against
an entry, and what is merely near is offered as the nearest.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.library.answer import Answer, Ranked
from bot.library.asking import Asked, ask
from bot.library.common import tells
from bot.library.entry import Entry
from bot.library.look import Found
from bot.library.names import Names
from bot.library.offices import headed
from bot.library.passages import Passages, written
from bot.library.sight import Sight
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind
from bot.library.weigh import Weight, close, is_answer, weigh

_CANDIDATES = 8
_LIKELY = 0.6
"""Share of a question from which on an entry stands before what merely has a name that is like it."""
_NEAREST = 0.2
"""Share of a question that an entry has to cover to be offered as near."""
_OFFERED = 5
"""Entries offered at most when nothing answers."""
_BEGUN = 2
"""Letters that are too few for an answer, and enough for an offer."""


class Search:
    """One question of one viewer on one day."""

    def __init__(self, names: Names, sight: Callable[[], Sight], viewer: Viewer, on: date | None) -> None:
        """Search `names`, and where they do not answer what `viewer` has in `sight`, on the day `on`."""
        self._names = names
        self._sight = sight
        self._viewer = viewer
        self._on = on or viewer.now.date()

    def find(self, query: str) -> Answer:
        """Return the answer to `query`. Never raises; time is bounded."""
        found = self._names.exactly(query, self._viewer, self._on)
        if found:
            return _named(found)
        asked = ask(query)
        if not asked.bare:
            return Answer("none", (), 0, "none")
        office = self._office(asked)
        if office and office.outcome != "none":
            return office
        loose = self._names.loosely(query, self._viewer, self._on)
        if loose is None and asked.core and asked.core != asked.bare:
            loose = self._names.sure(asked.core, self._viewer, self._on)
        if loose:
            return self._told(asked, _named(loose))
        return office or self._begun(asked) or self._text(query, asked)

    def _office(self, asked: Asked) -> Answer | None:
        rest = headed(asked.bare)
        place = self._names.sure(rest, self._viewer, self._on) if rest else None
        if place and place.outcome == "match":
            found = place.entries[0]
            heads = self._sight().offices.at(found, self._viewer, self._on)
            if heads or found.kind is Kind.ORGANISATION:
                return _of(heads or [found], f"is at the head of {found.title}, or tells who is")
        if not asked.office:
            return None
        now, before = self._sight().offices.held(asked.bare, self._viewer, self._on)
        if now:
            return _of(now, "holds that office on the day, or tells who does")
        former = tuple(_ranked(before[:_OFFERED], 0.5, "held that office on another day"))
        return Answer("none", former, len(former), "office") if former else None

    def _begun(self, asked: Asked) -> Answer | None:
        """Offer what begins with two letters: too little for an answer, and enough for a choice."""
        if len(asked.bare) != _BEGUN or not asked.bare.isascii() or not tells(asked.bare):
            return None
        begun = [entry for entry, _ in self._names.begun(asked.bare, self._viewer)][:_OFFERED]
        found = tuple(_ranked(begun, 0.5, "has a name that begins so"))
        return Answer("ambiguous" if len(found) > 1 else "none", found, len(found), "prefix") if found else None

    def _told(self, asked: Asked, answer: Answer) -> Answer:
        """Return `answer`, by a name, with the claims that answer a whole question."""
        if answer.outcome != "match" or not asked.whole:
            return answer
        first, *rest = answer.results
        sight = self._sight()
        passages = Passages.read(written(first.entry, self._viewer.now.date()))
        weight = weigh(asked, asked.rarity(sight.texts.rarity), passages, 1.0, person=True)
        return replace(answer, results=(replace(first, claims=weight.claims), *rest))

    def _text(self, query: str, asked: Asked) -> Answer:
        ranked = list(self._weighed(asked))
        results = tuple(each for each, _ in ranked)
        if ranked and is_answer(asked, ranked[0][1]):
            first = ranked[0][1]
            rivals = sum(is_answer(asked, weight) and close(first, weight) for _, weight in ranked)
            return Answer("match" if rivals == 1 else "ambiguous", results, rivals, "text")
        likely = [each for each, weight in ranked if weight.cover >= _LIKELY and not asked.office and asked.telling > 1]
        nearest = [each for each, weight in ranked if weight.cover >= _NEAREST]
        named = self._names.nearest(query, self._viewer, self._on)
        also = _ranked(named.entries, 0.3, "has a name that is like it")
        offered = tuple(_once([*likely, *also, *nearest]))[:_OFFERED]
        return Answer("none", offered, len(offered), "none")

    def _weighed(self, asked: Asked) -> Iterator[tuple[Ranked, Weight]]:
        sight = self._sight()
        rarity = asked.rarity(sight.texts.rarity)
        found = []
        for each in sight.texts.candidates(asked.terms, _CANDIDATES):
            entry = sight.entries[each.entry_id]
            weight = weigh(asked, rarity, each.passages, each.weight, person=entry.kind is Kind.PERSON)
            found.append((Ranked(entry, weight.score, weight.reasons(), weight.claims), weight))
        yield from sorted(found, key=lambda pair: (-pair[0].score, pair[0].entry.title))


def _named(found: Found) -> Answer:
    why = _HOW.get(found.how, "")
    return Answer(found.outcome, tuple(_ranked(found.entries, 1.0, why)), len(found.entries), found.how)


_HOW = {
    "id": "its id is the question",
    "title": "its title is the question",
    "alias": "one of its names is the question",
    "part": "part of the person's name is the question",
    "words": "its names hold every word of the question",
    "prefix": "one of its names begins with the question",
    "near": "a slip away from one of its names",
}
"""What is said for each way in which a name may lead to an entry."""


def _ranked(entries: Iterable[Entry], score: float, why: str) -> Iterator[Ranked]:
    return (Ranked(entry, score, (why,)) for entry in entries)


def _of(entries: list[Entry], why: str) -> Answer:
    found = tuple(_ranked(entries, 1.0, why))
    return Answer("match" if len(found) == 1 else "ambiguous", found, len(found), "office")


def _once(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    seen: set[str] = set()
    for each in ranked:
        if each.entry.id not in seen:
            seen.add(each.entry.id)
            yield each
