"""Who holds or held an office: the questions of which the answer is a person, or an entry that tells of one."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.library.addressed import formerly, is_family_name, surnamed
from bot.library.answer import Answer
from bot.library.asking import Asked, ask
from bot.library.by_text import OFFERED, ByText, ranked
from bot.library.dated import dated
from bot.library.entry import Entry
from bot.library.han import without_asking
from bot.library.names import Names
from bot.library.normal import asked as asked_about
from bot.library.office_words import names_office
from bot.library.offices import headed
from bot.library.sight import Sight
from bot.library.succession import asks_for_next, asks_for_one_under
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind

TURNED = "turned"
"""How it is said that only the ambassador the other way round is known."""
_STEP, _STEPS = timedelta(120), 40
"""How finely and how far back it is looked for who held an office under somebody."""
_YEAR, _YEARS = timedelta(365), 6
"""How far back somebody is looked for who was called what a question says."""
_LIKELY_ONLY = frozenset({"near", "prefix"})
"""Ways to an answer that are not sure enough to say by them who held an office."""


class ByOffice:
    """One viewer's questions about offices, as of one day."""

    def __init__(self, names: Names, sight: Callable[[], Sight], viewer: Viewer, on: date, texts: ByText) -> None:
        """Look for offices in what `viewer` has in `sight` on the day `on`; `texts` say what answers a question."""
        self._names = names
        self._sight = sight
        self._viewer = viewer
        self._on = on
        self._texts = texts

    def find(self, query: str, asked: Asked) -> Answer | None:
        """Return who is meant where an office is all that is asked for, the nearest of them, or None."""
        office = self._next(asked) or self._under(asked) or self._formerly(asked)
        office = office or self._on_a_day(asked) or self._office(asked)
        return office or self._surnamed(asked) or self._turned(query, asked)

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
                found |= {
                    each.id: each
                    for each in ByOffice(self._names, self._sight, self._viewer, day, self._texts).holding(rest)
                }
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

    def _turned(self, query: str, asked: Asked) -> Answer | None:
        """Return that nothing is known of an ambassador the other way round, whoever has the words in a name."""
        if not asked.office or not self._sight().offices.only_turned(asked.bare):
            return None
        offered = tuple(ranked(self._names.nearest(query, self._viewer, self._on).entries, 0.3, "has a name like it"))
        return Answer("none", offered, len(offered), TURNED)

    def held(self, words: str, days: Sequence[date]) -> list[Entry]:
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


def _of(entries: list[Entry], why: str) -> Answer:
    found = tuple(ranked(entries, 1.0, why))
    return Answer("match" if len(found) == 1 else "ambiguous", found, len(found), "office")
