"""One search for every place that asks: names first, then offices, then texts; a match, a choice, or honestly none.

A wrong answer given with confidence is worse than none: words that the library has never seen count in full against
an entry, and what is merely near is offered as the nearest.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.library.addressed import formerly, is_family_name, surnamed
from bot.library.answer import Answer
from bot.library.asking import Asked, ask
from bot.library.by_holder import ByHolder
from bot.library.by_text import OFFERED, ByText, ranked
from bot.library.common import tells
from bot.library.dated import dated, with_dates_said
from bot.library.entry import Entry
from bot.library.everyday import is_english
from bot.library.han import without_asking
from bot.library.in_english import said_in_english
from bot.library.look import Found
from bot.library.names import Names
from bot.library.normal import asked as asked_about
from bot.library.normal import has_han, normal, requested
from bot.library.office_words import names_office
from bot.library.offices import headed
from bot.library.passages import HOW_LARGE, HOW_LONG, HOW_MUCH, WHEN, WHY
from bot.library.sight import Sight
from bot.library.succession import asks_for_next, asks_for_one_under
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Kind

_BEGUN = 2
"""Letters that are too few for an answer, and enough for an offer."""
_LONG = 5
"""Letters of a word that institutions may be offered for."""
_MOST_NAMES = 1_000
"""Names with one word from which on nobody wants the choice, and looking through them would take long."""
_TURNED = "turned"
_ASKING = {WHY: "why ", WHEN: "when ", HOW_MUCH: "how much of ", HOW_LONG: "how long ", HOW_LARGE: "how large "}
"""What asks in English what a Chinese question wants to know."""
_STEP, _STEPS = timedelta(120), 40
"""How finely and how far back it is looked for who held an office under somebody."""
_YEAR, _YEARS = timedelta(365), 6
"""How far back somebody is looked for who was called what a question says."""
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
        self._texts = ByText(names, sight, viewer, self._on)

    def find(self, query: str, *, translated: bool = False) -> Answer:
        """Return the answer to `query`, which may have been `translated`. Never raises; time is bounded."""
        found = self._names.exactly(query, self._viewer, self._on)
        return _named(found) if found else self._asked(with_dates_said(query), translated=translated)

    def _asked(self, query: str, *, translated: bool) -> Answer:
        """Return the answer to what is no name as it stands."""
        asked = ask(query)
        if not asked.bare:
            return Answer("none", (), 0, "none")
        office = (
            self._next(asked)
            or self._under(asked)
            or self._formerly(asked)
            or self._on_a_day(asked)
            or self._office(asked)
        )
        office = office or self._surnamed(asked) or self._turned(query, asked)
        if office and (office.outcome != "none" or office.how == _TURNED):
            return office
        found = self._by_name(query, asked) or (None if translated else self._translated(asked))
        if found and (found.results or not office):
            return found
        if office:
            return office
        answer = self._begun(asked) or self._institutions(asked) or self._texts.find(query, asked)
        return ByHolder(self._texts, self._held).better(asked, answer)

    def _by_name(self, query: str, asked: Asked) -> Answer | None:
        """Return what is named, if not quite as it stands; where one name merely begins so, all whose names do."""
        loose = self._loosely(query, asked)
        if loose is None:
            return None
        begun = self._begun(asked) if loose.how == "prefix" and loose.outcome == "match" else None
        if begun and begun.outcome != "none":
            return begun
        return self._texts.told(asked, _named(loose))

    def _translated(self, asked: Asked) -> Answer | None:
        """Return the answer to a Chinese question that can be said in English."""
        english = self._in_english(asked)
        return self.find(english, translated=True) if english else None

    def _loosely(self, query: str, asked: Asked) -> Found | None:
        """Return what is named by the words of the question, or by what is left of them without what only asks."""
        found = self._names.romanised(query, self._viewer, self._on)
        found = found or self._names.loosely(query, self._viewer, self._on)
        named = requested(asked.bare) if found is None else asked.bare
        if named != asked.bare:
            found = self._names.sure(named, self._viewer, self._on)
        if found is None and asked.core and asked.core != asked.bare:
            found = self._names.sure(asked.core, self._viewer, self._on)
        return found

    def _held(self, words: str, days: Sequence[date]) -> list[Entry]:
        """Return the people whom normal `words`, which say an office, mean on one of `days`; ever, without any."""
        offices = self._sight().offices
        days = [day for day in days if day <= self._on]
        found = offices.ever(words, self._viewer)
        if found and days:
            found = [each for day in days for each in offices.held(words, self._viewer, day)[0]]
        elif not found:  # no office, but it may be what the press calls somebody
            days = days or [self._on - years * _YEAR for years in range(_YEARS)]
            called = (self._names.said(words, self._viewer, day) for day in days)
            found = [entry for each in called if each for entry in each.entries]
        return list({each.id: each for each in found if each.kind is Kind.PERSON}.values())

    def _next(self, asked: Asked) -> Answer | None:
        """Return who held an office after somebody, or before them, where that is asked."""
        question = asks_for_next(asked.words)
        found = self._names.sure(question[0], self._viewer, self._on) if question else None
        if not question or not found or found.outcome != "match" or found.entries[0].kind is not Kind.PERSON:
            return None
        _, office, after = question
        beside = self._sight().offices.beside(found.entries[0], office, self._viewer, self._on, after=after)
        if not beside:
            return None
        return self._texts.told(asked, _of(beside, f"is who held the office {'after' if after else 'before'} them"))

    def _under(self, asked: Asked) -> Answer | None:
        """Return who held an office under somebody: "secretary of state under Trump", "Biden's secretary of state"."""
        for name, office, ever in asks_for_one_under(asked.words) if asked.office else ():
            found = self._names.exactly(name, self._viewer, self._on) if names_office(office) else None
            if not found or found.outcome != "match" or found.entries[0].kind is not Kind.PERSON:
                continue
            past = [self._on - step * _STEP for step in range(_STEPS)]
            under = self._sight().offices.under
            today = [] if ever else under(found.entries[0], office, self._viewer, past[:1])
            held = today or under(found.entries[0], office, self._viewer, past)
            if held:
                return _of(held[:OFFERED], f"held that office under {found.entries[0].title}")
        return None

    def _formerly(self, asked: Asked) -> Answer | None:
        """Return who held an office before, where that is all that is asked: "former us secretary of state"."""
        question = formerly(asked.bare)
        if question is None or not names_office(question[0]):
            return None
        office, last = question
        found = self._sight().offices.formerly(without_asking(office), self._viewer, self._on)
        return _of(found[: 1 if last else OFFERED], "held that office before") if found else None

    def _surnamed(self, asked: Asked) -> Answer | None:
        """Return the people of a Chinese family name (李先生), and who of them held an office that is said (王部长)."""
        said = surnamed(asked.bare)
        if said is None:
            return None
        family, office = said
        begun = (entry for entry, _ in self._names.begun(family, self._viewer) if entry.kind is Kind.PERSON)
        people = {entry.id: entry for entry in begun if is_family_name(family, entry.title)}
        if office:
            held = self._sight().offices.held_by(office, people.values())
            people = {entry.id: entry for entry in held}
        return _of(list(people.values())[:OFFERED], "has that family name") if people else None

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
        held = list(found.values())[:OFFERED]
        return _of(held, "is who held that office on the day that was asked for") if held else None

    def holding(self, words: str) -> list[Entry]:
        """Return whom normal `words`, which say an office, mean on the day; none where that is not sure."""
        named = self._names.exactly(words, self._viewer, self._on)
        is_person = named is not None and any(each.kind is Kind.PERSON for each in named.entries)
        office = None if is_person else self._office(ask(words))
        if office and office.outcome != "none":
            return list(office.entries)  # also what tells of a holder who has no entry
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
        led = (
            self._sight().offices.headed_by(rest, self._viewer, self._on) if rest and " " in rest and not place else []
        )
        if led:
            return _of(led, f"is at the head of {rest}")
        if not asked.office:
            return None
        now, before = self._sight().offices.held(without_asking(asked.bare), self._viewer, self._on)
        if now:
            return _of(now, "holds that office on the day, or tells who does")
        former = tuple(ranked(before[:OFFERED], 0.5, "held that office on another day"))
        return Answer("none", former, len(former), "office") if former else None

    def _begun(self, asked: Asked) -> Answer | None:
        """Return what has a name that begins with one word or Chinese character: a match, or a choice.

        Two letters are too little for a match. What begins only longer names is offered as near.
        """
        word = asked.bare
        if not _may_be_begun(word):
            return None
        begun = list(self._names.beginning(word, self._viewer, self._on))
        meant = [entry for entry, sure in begun if sure]
        if word.isascii() and len(word) == _BEGUN:
            wide = (entry for entry, _ in self._names.begun(word, self._viewer))
            offered = list({entry.id: entry for entry in (*meant, *wide)}.values())[:OFFERED]
            outcome = "ambiguous" if len(offered) > 1 else "none"
        else:
            offered = (meant or [entry for entry, _ in begun])[:OFFERED]
            outcome = ("ambiguous" if len(offered) > 1 else "match") if meant else "none"
        found = tuple(ranked(offered, 0.5 if outcome == "none" else 1.0, "has a name that begins so"))
        return Answer(outcome, found, len(found), "prefix") if found else None

    def _institutions(self, asked: Asked) -> Answer | None:
        """Offer the institutions that one word is in the titles of, where it is of several: "ministry", "commerce"."""
        word = asked.bare
        if len(word) < _LONG or " " in word or not tells(word) or self._names.index.frequency(word) > _MOST_NAMES:
            return None
        having = (name.entry for _, name in self._names.index.with_word(word) if visible(name.entry, self._viewer))
        titled = {e.id: e for e in having if e.kind is Kind.ORGANISATION and word in normal(e.title).split()}
        if not 1 < len(titled) <= OFFERED:
            return None
        found = tuple(ranked(titled.values(), 1.0, "its title has the word"))
        return Answer("ambiguous", found, len(found), "words")

    def _in_english(self, asked: Asked) -> str:
        """Return a question that is Chinese, or holds it, in English as far as it can be said; "" for another one."""
        english = said_in_english(asked.bare, self._title)
        if english in ("", asked.bare):
            return ""
        who = "who " if "谁" in asked.bare else ""
        return f"{who or _ASKING.get(asked.wants or '', '')}{english}{'?' * asked.whole}"

    def _title(self, name: str) -> str | None:
        """Return the title of what is called `name`, where that is one entry."""
        found = self._names.exactly(name, self._viewer, self._on)
        return normal(found.entries[0].title) if found and found.outcome == "match" else None

    def _turned(self, query: str, asked: Asked) -> Answer | None:
        """Return that nothing is known of an ambassador the other way round, whoever has the words in a name."""
        if not asked.office or not self._sight().offices.only_turned(asked.bare):
            return None
        offered = tuple(ranked(self._names.nearest(query, self._viewer, self._on).entries, 0.3, "has a name like it"))
        return Answer("none", offered, len(offered), _TURNED)


def _may_be_begun(word: str) -> bool:
    if word.isascii():
        return len(word) >= _BEGUN and word.isalpha() and tells(word) and not is_english(word)
    return len(word) == 1 and has_han(word)


def _named(found: Found) -> Answer:
    why = _HOW.get(found.how, "")
    return Answer(found.outcome, tuple(ranked(found.entries, 1.0, why)), len(found.entries), found.how)


_HOW = {
    "id": "its id is the question",
    "title": "its title is the question",
    "alias": "one of its names is the question",
    "part": "part of the person's name is the question",
    "romanised": "one of its Chinese names, in Latin letters, is the question",
    "words": "its names hold every word of the question",
    "prefix": "one of its names begins with the question",
    "near": "a slip away from one of its names",
}
"""What is said for each way in which a name may lead to an entry."""


def _of(entries: list[Entry], why: str) -> Answer:
    found = tuple(ranked(entries, 1.0, why))
    return Answer("match" if len(found) == 1 else "ambiguous", found, len(found), "office")
