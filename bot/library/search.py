"""One search for every place that asks: names first, then offices, then texts; a match, a choice, or honestly none.

A wrong answer given with confidence is worse than none: words that the library has never seen count in full against
an entry, and what is merely near is offered as the nearest.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.library.answer import Answer, Ranked
from bot.library.asking import Asked, ask
from bot.library.common import is_date, tells
from bot.library.dated import dated
from bot.library.entry import Entry
from bot.library.han import in_english, without_asking
from bot.library.look import Found
from bot.library.names import Names
from bot.library.normal import asked as asked_about
from bot.library.normal import normal
from bot.library.offices import headed, names_office
from bot.library.passages import Passages, written
from bot.library.sight import Sight
from bot.library.terms import terms
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind
from bot.library.weigh import CLOSE, DEEDS, UNSURE, Weight, behind_events, close, is_answer, weigh

_CANDIDATES = 8
_LIKELY = 0.6
"""Share of a question from which on an entry stands before what merely has a name that is like it."""
_LIKELY_OF_SEVERAL = 0.4
_SEVERAL_WORDS = 3
"""Telling words of which it is unlikely that an entry has many by chance, and the share that is then enough."""
_NEAREST = 0.2
"""Share of a question that an entry has to cover to be offered as near."""
_OFFERED = 5
"""Entries offered at most when nothing answers."""
_BEGUN = 2
"""Letters that are too few for an answer, and enough for an offer."""
_STILL_FEW = 4
"""Letters that, where they are no name, are offered what begins with them before what is merely like them."""
_LONGEST_CHINESE, _LONGEST_PIECE = 40, 8
"""Characters of a Chinese question, and of a name in it, that are looked at."""
_TURNED = "turned"
_MOST_WORDS = 8
"""Words of a question of which people are looked for."""
_LIKELY_ONLY = frozenset({"near", "prefix"})
"""Ways to an answer that are not sure enough to say by them who held an office."""


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
        office = self._on_a_day(asked) or self._office(asked) or self._turned(query, asked)
        if office and (office.outcome != "none" or office.how == _TURNED):
            return office
        loose = self._names.loosely(query, self._viewer, self._on)
        if loose is None and asked.core and asked.core != asked.bare:
            loose = self._names.sure(asked.core, self._viewer, self._on)
        if loose:
            return self._told(asked, _named(loose))
        english = self._in_english(asked.bare)
        if english != asked.bare and english.isascii():
            return self.find(english)
        return office or self._begun(asked) or self._text(query, asked)

    def _on_a_day(self, asked: Asked) -> Answer | None:
        """Return who held an office on the days that the question names, of those that are not still to come."""
        rest, days = dated(asked.bare)
        rest = asked_about(rest)
        if not days or not (names_office(rest) or headed(rest)):
            return None
        found: dict[str, Entry] = {}
        for day in days:
            if day <= self._on:
                found |= {each.id: each for each in Search(self._names, self._sight, self._viewer, day).holding(rest)}
        return _of(list(found.values()), "is who held that office on the day that was asked for") if found else None

    def holding(self, words: str) -> list[Entry]:
        """Return the people whom normal `words`, which say an office, mean on the day; none where that is not sure."""
        named = self._names.exactly(words, self._viewer, self._on)
        office = None if named else self._office(ask(words))
        if office and office.outcome != "none":
            entries: tuple[Entry, ...] = office.entries
        else:
            loose = named or self._names.loosely(words, self._viewer, self._on)
            entries = loose.entries if loose and loose.how not in _LIKELY_ONLY else ()
        return [each for each in entries if each.kind is Kind.PERSON]

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
        now, before = self._sight().offices.held(without_asking(asked.bare), self._viewer, self._on)
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

    def _in_english(self, words: str) -> str:
        """Return `words` with what is Chinese in them in English, where all of it can be said."""
        if words.isascii() or len(words) > _LONGEST_CHINESE:
            return words
        words = without_asking(words)
        return " ".join(word if word.isascii() else self._said_in_english(word) for word in words.split())

    def _said_in_english(self, word: str) -> str:
        said: list[str] = []
        while word:
            sizes = range(min(len(word), _LONGEST_PIECE), 0, -1)
            size, piece = next(((n, piece) for n in sizes if (piece := self._piece(word[:n]))), (len(word), word))
            said.append(piece)
            word = word[size:]
        return " ".join(said)

    def _piece(self, piece: str) -> str | None:
        """Return the title of what is called `piece`, or what it tells, in English."""
        found = self._names.exactly(piece, self._viewer, self._on) if len(piece) > 1 else None
        single = found is not None and found.outcome == "match"
        return normal(found.entries[0].title) if found and single else in_english(piece)

    def _turned(self, query: str, asked: Asked) -> Answer | None:
        """Return that nothing is known of an ambassador the other way round, whoever has the words in a name."""
        if not asked.office or not self._sight().offices.only_turned(asked.bare):
            return None
        offered = tuple(_ranked(self._names.nearest(query, self._viewer, self._on).entries, 0.3, "has a name like it"))
        return Answer("none", offered, len(offered), _TURNED)

    def _told(self, asked: Asked, answer: Answer) -> Answer:
        """Return `answer`, by a name, with the claims that answer a whole question."""
        if answer.outcome != "match" or not asked.whole:
            return answer
        first, *rest = answer.results
        sight = self._sight()
        passages = Passages.read(written(first.entry, self._viewer.now.date()))
        weight = weigh(asked, asked.rarity(sight.texts.rarity), passages, 1.0, person=True)
        return answer._replace(results=(first._replace(claims=weight.claims), *rest))

    def _text(self, query: str, asked: Asked) -> Answer:
        ranked = list(self._weighed(asked))
        results = tuple(each for each, _ in ranked)
        if ranked and is_answer(asked, ranked[0][1]):
            first = ranked[0][1]
            people = list(self._people(asked))
            unsure = _is_unsure(asked, ranked[0][0].entry, people)
            gaps = (
                UNSURE if unsure or _are_alike(ranked[0], each, of_person=bool(people)) else CLOSE for each in ranked
            )
            near = (close(first, weight, gap) for (_, weight), gap in zip(ranked, gaps, strict=True))
            rivals = sum(
                is_answer(asked, weight) and is_near for (_, weight), is_near in zip(ranked, near, strict=True)
            )
            return Answer("match" if rivals == 1 else "ambiguous", results, rivals, "text")
        likely = [each for each, weight in ranked if _is_likely(asked, each.entry, weight)]
        nearest = [each for each, weight in ranked if weight.cover >= _NEAREST]
        named = self._names.nearest(query, self._viewer, self._on)
        also = _ranked(named.entries, 0.3, "has a name that is like it")
        offered = tuple(_once([*likely, *self._unfinished(asked), *also, *nearest]))[:_OFFERED]
        return Answer("none", offered, len(offered), "none")

    def _people(self, asked: Asked) -> Iterator[list[str]]:
        """Yield the terms of the title of each person whom a word of the question names."""
        for word in asked.core.split()[:_MOST_WORDS]:
            found = self._names.exactly(word, self._viewer, self._on)
            if found and found.outcome == "match" and found.entries[0].kind is Kind.PERSON:
                yield terms(found.entries[0].title)

    def _unfinished(self, asked: Asked) -> Iterator[Ranked]:
        """Return what begins with one short word that is no name: whoever typed it may not have been done."""
        word = asked.bare
        few = _BEGUN < len(word) <= _STILL_FEW and word.isascii() and word.isalpha() and tells(word)
        begun = [entry for entry, _ in self._names.begun(word, self._viewer)] if few else []
        return _ranked(begun[:_OFFERED], 0.3, "has a name that begins so")

    def _weighed(self, asked: Asked) -> Iterator[tuple[Ranked, Weight]]:
        sight = self._sight()
        rarity = asked.rarity(sight.texts.rarity)
        found = []
        for each in sight.texts.candidates(asked.terms, _CANDIDATES):
            entry = sight.entries[each.entry_id]
            weight = weigh(asked, rarity, each.passages, each.weight, person=entry.kind is Kind.PERSON)
            found.append((Ranked(entry, weight.score, weight.reasons(), weight.claims), weight, each.passages))
        people: frozenset[str] = frozenset().union(
            *(said.names[0] for each, _, said in found if each.entry.kind is Kind.PERSON)
        )
        events = [weight for each, weight, _ in found if each.entry.kind is Kind.EVENT and is_answer(asked, weight)]
        more = None if DEEDS & rarity.keys() else people | frozenset(filter(is_date, rarity))
        ranked = [
            (each, weight if each.entry.kind is Kind.EVENT else behind_events(weight, said, events, more))
            for each, weight, said in found
        ]
        scored = ((each._replace(score=weight.score, reasons=weight.reasons()), weight) for each, weight in ranked)
        yield from sorted(scored, key=lambda pair: (-pair[0].score, pair[0].entry.title))


def _is_unsure(asked: Asked, entry: Entry, people: Iterable[list[str]]) -> bool:
    """Whether `entry` is not what a question of its kind is about: no person, or a meeting of somebody else."""
    if asked.who and asked.office and entry.kind is not Kind.PERSON:
        return True
    titled = frozenset(terms(entry.title))
    return entry.kind is Kind.EVENT and any(titled.isdisjoint(each) for each in people)


def _are_alike(one: tuple[Ranked, Weight], other: tuple[Ranked, Weight], *, of_person: bool) -> bool:
    """Whether a question may mean one as well as the other: two visits of one person, or what they did somewhere."""
    first, second = one[0].entry, other[0].entry
    if second.kind is not Kind.EVENT:
        return False
    same_deed = first.kind is Kind.EVENT and one[1].titled_by == other[1].titled_by and DEEDS & one[1].titled_by
    return bool(same_deed) or (of_person and second.parent == first.id)


def _is_likely(asked: Asked, entry: Entry, weight: Weight) -> bool:
    """Whether an entry has so much of a question that it stands before a name that is like some of it."""
    if asked.office and not (entry.kind is Kind.EVENT and DEEDS & weight.titled_by):
        return False
    few = asked.telling < _SEVERAL_WORDS
    return asked.telling > 1 and weight.cover >= (_LIKELY if few else _LIKELY_OF_SEVERAL)


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
