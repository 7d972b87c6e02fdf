"""One question put to the texts: what answers it, or what is near, with how sure that is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from bot.library.answer import Answer, Ranked
from bot.library.asking import Asked
from bot.library.called import named_by, single
from bot.library.common import is_date, tells
from bot.library.covering import Answering
from bot.library.entry import Entry
from bot.library.given_names import GIVEN_NAMES
from bot.library.meant import Meant
from bot.library.measures import CLOSE, HAPPENED, NOT_FAR, OF_KIND_NEAR, SURE_NAMED, UNSURE
from bot.library.names import Names
from bot.library.passages import Passages, says, written
from bot.library.sight import Sight
from bot.library.terms import of_normal, terms
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind
from bot.library.weigh import DEEDS, Weight, behind_events, close, is_answer, shortfalls, weigh

OFFERED = 5
"""Entries offered at most when nothing answers."""
_CANDIDATES = 8
_LIKELY = 0.6
"""Share of a question from which on an entry stands before what merely has a name that is like it."""
_LIKELY_OF_SEVERAL = 0.3
_SEVERAL_WORDS = 3
"""Telling words of which it is unlikely that an entry has many by chance, and the share that is then enough."""
_ALMOST = 0.5
"""The score of what has a name that the whole question nearly is."""
_NEAREST = 0.2
"""Share of a question that an entry has to cover to be offered as near."""
_FEW, _STILL_FEW = 3, 4
"""Letters that, where they are no name, are offered what begins with them before what is merely like them."""
_MOST_WORDS = 8
"""Words of a question of which people are looked for."""
_OTHER = "the name is somebody else's, who shares the family name"
_DOERS = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE})
"""Kinds of what does something, or where it is done; who says that something was done may mean the event."""
Weighed = tuple[Ranked, Weight]


class ByText:
    """What one viewer may find by its texts on one day."""

    def __init__(self, names: Names, sight: Callable[[], Sight], viewer: Viewer, on: date) -> None:
        """Search what `viewer` has in `sight` on the day `on`; `names` say whom a question names."""
        self._names = names
        self._sight = sight
        self._viewer = viewer
        self._on = on

    def find(self, query: str, asked: Asked) -> Answer:
        """Return what answers `query`, which asks what is `asked`, or what is nearest to it."""
        found = _named_first(asked, _answers_first(asked, list(self._weighed(asked))))
        says_it = [each for each in found if asked.quoted and self._says(each, asked.quoted)]
        if says_it and says_it[0] is not found[0]:
            return _of_quoted(says_it, found)
        if not found or not is_answer(asked, found[0][1]) or self._is_somebody_else(asked, found[0][1]):
            return self._nearest(query, asked, found)
        people = list(self._people(asked))
        unsure = _is_unsure(asked, *found[0], people)
        rivals = 0
        for each in found:
            may_be_meant = unsure or _are_alike(asked, found[0], each, of_person=bool(people))
            near = close(found[0][1], each[1], UNSURE if may_be_meant else CLOSE)
            rivals += (near and is_answer(asked, each[1])) or _is_of_kind(asked, found[0], each)
        results = tuple(each for each, _ in found)
        return Answer("match" if rivals == 1 else "ambiguous", results, rivals, "text")

    def _says(self, each: Weighed, words: str) -> bool:
        return says(each[0].entry, words, self._viewer.now.date())

    def _nearest(self, query: str, asked: Asked, found: list[Weighed]) -> Answer:
        found = [(_not_stood_by(each, next(shortfalls(asked, weight), _OTHER)), weight) for each, weight in found]
        if asked.deed:
            found = sorted(found, key=lambda pair: -pair[1].score - HAPPENED * (pair[0].entry.kind is Kind.EVENT))
        likely = [each for each, weight in found if _is_likely(asked, each.entry, weight)]
        nearest = [each for each, weight in found if weight.cover >= _NEAREST]
        named = self._names.nearest(query, self._viewer, self._on)
        also = ranked(named.entries, 0.3, "has a name that is like it")
        almost = ranked(
            self._names.similar(query, self._viewer),
            _ALMOST,
            "has, or had on another day, a name that is it or nearly it",
        )
        offered = tuple(_once([*almost, *likely, *self._unfinished(asked), *also, *nearest]))[:OFFERED]
        return Answer("none", _descending(offered), len(offered), "none")

    def told(self, asked: Asked, answer: Answer) -> Answer:
        """Return `answer`, by a name, with the claims that answer a whole question."""
        if answer.outcome != "match" or not asked.whole:
            return answer
        first, *rest = answer.results
        passages = Passages.read(written(first.entry, self._viewer.now.date()))
        claims = Answering.of(asked, self._meant(asked), passages).claims
        return answer._replace(results=(first._replace(claims=claims), *rest))

    def _is_somebody_else(self, asked: Asked, first: Weight) -> bool:
        """Whether a question is the name of one who shares a family name with ours: nothing is called so."""
        given, _, family = asked.bare.partition(" ")
        if given not in GIVEN_NAMES or not family or " " in family or first.one_name:
            return False
        found = self._names.exactly(family, self._viewer, self._on)
        return found is not None and any(each.kind is Kind.PERSON for each in found.entries)

    def _people(self, asked: Asked) -> Iterator[list[str]]:
        """Yield the terms of the title of each person whom a word of the question names."""
        for word in asked.core.split()[:_MOST_WORDS]:
            found = self._names.exactly(word, self._viewer, self._on)
            if found and found.outcome == "match" and found.entries[0].kind is Kind.PERSON:
                yield terms(found.entries[0].title)

    def _unfinished(self, asked: Asked) -> Iterator[Ranked]:
        """Return what begins with one short word that is no name: whoever typed it may not have been done."""
        word = asked.bare
        few = _FEW <= len(word) <= _STILL_FEW and word.isascii() and word.isalpha() and tells(word)
        begun = [entry for entry, _ in self._names.begun(word, self._viewer)] if few else []
        return ranked(begun[:OFFERED], 0.3, "has a name that begins so")

    def _meant(self, asked: Asked) -> Meant:
        texts, index = self._sight().texts, self._names.index
        named, names = named_by(index, asked.bare, self._viewer), single(index, asked.bare, self._viewer)
        return Meant.of(asked, named, names, texts.rarity, texts.frequency)

    def _weighed(self, asked: Asked) -> Iterator[Weighed]:
        sight, meant = self._sight(), self._meant(asked)
        found = []
        for each in sight.texts.candidates(meant.sought, _CANDIDATES):
            entry = sight.entries[each.entry_id]
            found.append((entry, weigh(asked, meant, each.passages, each.weight, entry.kind), each.passages))
        people = frozenset[str]().union(*(said.names[0] for entry, _, said in found if entry.kind is Kind.PERSON))
        events = [weight for entry, weight, _ in found if entry.kind is Kind.EVENT and is_answer(asked, weight)]
        more = people | frozenset(filter(is_date, meant.rarity))
        weighed = (
            (entry, weight if entry.kind is Kind.EVENT else behind_events(asked, weight, said, events, more))
            for entry, weight, said in found
        )
        typed = {term: word for word in asked.bare.split() for term in of_normal(word)}
        scored = ((Ranked(entry, each.score, each.reasons(typed), each.claims), each) for entry, each in weighed)
        yield from sorted(scored, key=lambda pair: (-pair[0].score, pair[0].entry.title))


def _answers_first(asked: Asked, found: list[Weighed]) -> list[Weighed]:
    """Return `found` with an event that answers in front of what does not and has no more of the question."""
    if not found or not asked.whole or is_answer(asked, found[0][1]):
        return found
    best = found[0][1]
    for place, (each, weight) in enumerate(found):
        if (
            each.entry.kind is Kind.EVENT
            and is_answer(asked, weight)
            and weight.cover >= best.cover
            and close(best, weight, NOT_FAR)
        ):
            return [found[place], *found[:place], *found[place + 1 :]]
    return found


def _named_first(asked: Asked, found: list[Weighed]) -> list[Weighed]:
    """Return `found` with what a question names as it is, and which answers it, in front of an event of that name.

    "When was the pact announced" asks about the pact, and not about "the pact's plan, announced elsewhere".
    """
    if not found[1:] or not asked.whole or asked.wants is None or found[0][0].entry.kind is not Kind.EVENT:
        return found
    first, other = found[0][1], found[1][1]
    is_named = other.title <= other.titled_by and other.title < first.title and other.title <= first.titled_by
    answers = is_answer(asked, other) and other.cover >= SURE_NAMED * first.cover and close(first, other, UNSURE)
    return [found[1], found[0], *found[2:]] if is_named and answers else found


def _of_quoted(says_it: list[Weighed], found: list[Weighed]) -> Answer:
    """Return the entries that say what was quoted word by word, in front of the others that were `found`."""
    results = _once(each for each, _ in (*says_it, *found))
    return Answer("match" if len(says_it) == 1 else "ambiguous", tuple(results), len(says_it), "text")


def _is_unsure(asked: Asked, first: Ranked, weight: Weight, people: Iterable[list[str]]) -> bool:
    """Whether the `first` entry is hardly what such a question is about: no person, or somebody else's meeting."""
    entry = first.entry
    if asked.who and asked.office and entry.kind is not Kind.PERSON:
        return True
    if asked.kind not in (None, entry.kind):
        return True
    if asked.deed and ((asked.person and entry.kind is Kind.ORGANISATION) or (asked.office and not weight.titled)):
        return True
    titled = frozenset(terms(entry.title))
    return entry.kind is Kind.EVENT and any(titled.isdisjoint(each) for each in people)


def _are_alike(asked: Asked, one: Weighed, other: Weighed, *, of_person: bool) -> bool:
    """Whether a question may mean one as well as the other: two visits of one person, or what they did somewhere."""
    first, second = one[0].entry, other[0].entry
    if second.kind is not Kind.EVENT:
        return False
    if asked.deed and first.kind in _DOERS and first.kind is not asked.kind:
        return True
    same_deed = first.kind is Kind.EVENT and one[1].titled_by == other[1].titled_by and DEEDS & one[1].titled_by
    return bool(same_deed) or (of_person and second.parent == first.id)


def _is_of_kind(asked: Asked, first: Weighed, other: Weighed) -> bool:
    """Whether another entry is of the kind that the question says, the first is not, and they are not too far apart."""
    kinds = first[0].entry.kind, other[0].entry.kind
    return asked.kind is not None and kinds[0] is not asked.kind is kinds[1] and close(first[1], other[1], OF_KIND_NEAR)


def _is_likely(asked: Asked, entry: Entry, weight: Weight) -> bool:
    """Whether an entry has so much of a question that it stands before a name that is like some of it."""
    if asked.office and not asked.deed and not (entry.kind is Kind.EVENT and DEEDS & weight.titled_by):
        return False
    few = asked.telling < _SEVERAL_WORDS
    return asked.telling > 1 and weight.cover >= (_LIKELY if few else _LIKELY_OF_SEVERAL)


def _not_stood_by(each: Ranked, why: str) -> Ranked:
    return each._replace(reasons=(*each.reasons, f"is not the answer: {why}"))


def _descending(offered: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return `offered` with no score below that of what follows: who comes first is at least as near."""
    scores = list(accumulate((each.score for each in reversed(offered)), max))
    return tuple(each._replace(score=score) for each, score in zip(offered, reversed(scores), strict=True))


def ranked(entries: Iterable[Entry], score: float, why: str) -> Iterator[Ranked]:
    """Yield `entries`, all of one `score` and for one reason."""
    return (Ranked(entry, score, (why,)) for entry in entries)


def _once(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    seen: set[str] = set()
    for each in ranked:
        if each.entry.id not in seen:
            seen.add(each.entry.id)
            yield each
