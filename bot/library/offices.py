"""Who holds an office on a day: "china's foreign minister", "head of the state department", "SecDef"."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.library.common import FUNCTION
from bot.library.entry import Entry, Role
from bot.library.known import held_on
from bot.library.office_words import office_terms
from bot.library.posts import turned
from bot.library.steady import let_go
from bot.library.terms import of_normal
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Kind

_BESIDE = frozenset(
    ["affair", "nation", "peopl", "council", "republ", "act", "current", "now", "offic", "incumb", "special"]
)
"""Terms of an office's name that may be left out, or be said beside it."""
_LESSER = frozenset(["deputi", "vice", "assist", "former", "spokesperson", "spokesman", "special", "under"])
"""Terms that make it another office: whoever means it says it."""
_HEAD = frozenset(["head", "chief", "boss", "leader", "top", "run", "lead", "charg", "command"])
_HEADS = frozenset(["minist", "director", "advisor", "presid", "premier", "general", "chairman", "ambassador"])
_LED = frozenset(["presid", "premier"])
"""Terms of the offices under which others are held."""
_HEADS_SAID = ("chairman", "director", "minister", "general secretary", "president", "chief")
_POSTS = frozenset(["repres", "envoy", "spokesperson", "coordin", "chief", "councilor"])
"""Terms of offices that are at the head of nothing."""
_MOST_TERMS, _MOST_HELD = 8, 5_000
"""Terms of an office, and offices with the rarest of them: of more the question names none."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office as one entry tells of it: its terms, and who holds it."""

    role: Role
    said: tuple[str, ...]
    terms: frozenset[str]
    holder: Entry | None
    source: Entry

    def answer(self, viewer: Viewer) -> Entry | None:
        """Return the holder's entry, or the one that tells of a holder without an entry; None for what is not seen."""
        if not visible(self.source, viewer):
            return None
        if self.holder is not None:
            return self.holder if visible(self.holder, viewer) else None
        return self.source


class Offices:
    """Every office that a library tells of, by its terms."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the offices of `entries`."""
        by_id = {entry.id: entry for entry in entries}
        self._with_term: defaultdict[str, list[Held]] = defaultdict(list)
        self._at: defaultdict[str, list[Held]] = defaultdict(list)
        for entry in by_id.values():
            for role in entry.roles:
                own = entry if entry.kind is Kind.PERSON and role.person is None else None
                holder = by_id.get(role.holder) if role.holder else own
                if role.holder and holder is None:
                    continue
                said = tuple(office_terms(role.office))
                held = Held(role, said, frozenset(said) - FUNCTION, holder, entry)
                for term in held.terms:
                    self._with_term[term].append(held)
                place = role.organisation or (entry.id if entry.kind is Kind.ORGANISATION else None)
                if place:
                    self._at[place].append(held)
        let_go(by_id)

    def held(self, words: str, viewer: Viewer, day: date) -> tuple[list[Entry], list[Entry]]:
        """Return who holds the office that normal `words` name on `day`, and who else has held it, latest first."""
        by_whose = self._fitting(words)
        found = [_holders(fitting, viewer, day) for fitting in by_whose.values()]
        if len(found) > 1 and any(now for now, _ in found):  # an office that several countries have: whose is not said
            return list({entry.id: entry for now, before in found for entry in now or before[:1]}.values()), []
        return next(iter(found), ([], []))

    def headed_by(self, words: str, viewer: Viewer, day: date) -> list[Entry]:
        """Return who holds an office whose name is that of a head, and else normal `words`, on `day`."""
        found = (self.held(f"{head} of {words}", viewer, day)[0] for head in _HEADS_SAID)
        return next(filter(None, found), [])

    def held_by(self, words: str, people: Collection[Entry]) -> list[Entry]:
        """Return which of `people` ever held an office of which normal `words` are the terms, or a part."""
        core = frozenset(office_terms(words)) - FUNCTION
        said = {each.id: [frozenset(office_terms(role.office)) for role in each.roles] for each in people}
        return [
            each for each in people if core and any(core <= one and not (one - core) & _LESSER for one in said[each.id])
        ]

    def under(self, head: Entry, words: str, viewer: Viewer, days: Iterable[date]) -> list[Entry]:
        """Return who held the office that normal `words` name on those of `days` on which `head` led its country.

        Nobody where `head` held it, or did not lead the country whose office it is.
        """
        led = [(role, frozenset(office_terms(role.office))) for role in head.roles]
        led = [(role, said) for role, said in led if said & _LED and not said & _LESSER]
        whose = frozenset[str]().union(*(said for _, said in led)) - FUNCTION - _HEADS
        fitting = [each for same in self._fitting(words).values() for each in same if each.terms & whose]
        if any(each.holder is head for each in fitting):
            return []
        found: dict[str, Entry] = {}
        for day in days:
            if any(held_on(role, day, viewer.now.date()) is not False for role, _ in led):
                found |= {entry.id: entry for entry in _holders(fitting, viewer, day)[0]}
        return list(found.values())

    def formerly(self, words: str, viewer: Viewer, day: date) -> list[Entry]:
        """Return who held the office that normal `words` name before `day`, and does not on it, latest first."""
        fitting = self._fitting(words)
        now = {entry.id for same in fitting.values() for entry in _holders(same, viewer, day)[0]}
        ended: list[tuple[date, Entry]] = []
        for each in (each for same in fitting.values() for each in same):
            until, entry = each.role.valid_until, each.answer(viewer)
            if until and until.last <= day and entry is not None and entry.id not in now and entry.kind is Kind.PERSON:
                ended.append((until.last, entry))
        ended.sort(key=lambda pair: pair[0], reverse=True)
        return list({entry.id: entry for _, entry in ended}.values())

    def ever(self, words: str, viewer: Viewer) -> list[Entry]:
        """Return everybody who ever held an office that normal `words` name, whosever it is."""
        every = (each.answer(viewer) for fitting in self._fitting(words).values() for each in fitting)
        return list({entry.id: entry for entry in every if entry is not None}.values())

    def _fitting(self, words: str) -> Mapping[frozenset[str], list[Held]]:
        """Return the offices that normal `words` name, by the terms that they do not say: whose they are."""
        said = tuple(office_terms(words))
        core = frozenset(said) - FUNCTION - _BESIDE
        by_whose: defaultdict[frozenset[str], list[Held]] = defaultdict(list)
        if not 0 < len(core) <= _MOST_TERMS:
            return by_whose
        rarest = min(core, key=lambda term: len(self._with_term.get(term, ())))
        may_be = self._with_term.get(rarest, ())
        for each in may_be if len(may_be) <= _MOST_HELD else ():
            if _fits(core, each) and not turned(said, each.said):
                by_whose[each.terms - core - _BESIDE].append(each)
        return by_whose

    def beside(self, holder: Entry, words: str, viewer: Viewer, day: date, *, after: bool) -> list[Entry]:
        """Return who held each office of `holder` `after` them, as of `day`, or before; with `words` only that one."""
        asked, found = frozenset(office_terms(words)) - FUNCTION - _BESIDE, dict[str, Entry]()
        for role in holder.roles:
            terms = frozenset(office_terms(role.office)) - FUNCTION
            if not terms or not asked <= terms:
                continue
            rarest = min(terms, key=lambda term: len(self._with_term.get(term, ())))
            same = [each for each in self._with_term.get(rarest, ()) if each.terms == terms]
            begun = [each for each in same if each.role.valid_from and each.role.valid_from.first <= day]
            entry = _next(role, begun, viewer) if after else _last(role, same, viewer)
            if entry is not None and entry.id != holder.id:
                found[entry.id] = entry
        return list(found.values())

    def only_turned(self, words: str) -> bool:
        """Return whether normal `words` name a post abroad that the library knows the other way round alone."""
        said = tuple(office_terms(words))
        core = frozenset(said) - FUNCTION - _BESIDE
        posts = [each for each in self._with_term.get("ambassador", ()) if core & each.terms - {"ambassador"}]
        return bool(posts) and "ambassador" in said and all(turned(said, each.said) for each in posts)

    def at(self, place: Entry, viewer: Viewer, day: date) -> list[Entry]:
        """Return who is at the head of `place` on `day`."""
        heads = [each for each in self._at.get(place.id, ()) if each.terms & _HEADS and not each.terms & _LESSER]
        return _holders(heads, viewer, day)[0]


def headed(words: str) -> str | None:
    """Return the rest of normal `words` when they ask for the head of something, or None."""
    every = words.split()
    left = [word for word in every if word not in FUNCTION and not set(of_normal(word)) & _HEAD]
    return " ".join(left) if left and len(left) < len([word for word in every if word not in FUNCTION]) else None


def _fits(core: frozenset[str], held: Held) -> bool:
    """Whether terms `core` name the office: all of them are in it, and what they leave out can be left out."""
    if (held.terms & _LESSER) - core or not core <= held.terms:
        return False
    left = held.terms - core - _BESIDE
    return len(left) <= 1 and bool(core & (_HEADS | _LESSER | _POSTS))


def _holders(fitting: Iterable[Held], viewer: Viewer, day: date) -> tuple[list[Entry], list[Entry]]:
    now: dict[str, Entry] = {}
    unsure: dict[str, Entry] = {}
    before: list[tuple[date, Entry]] = []
    for each in fitting:
        entry, held = each.answer(viewer), held_on(each.role, day, viewer.now.date())
        if entry is None:
            continue
        if held is False:
            since = each.role.valid_from
            before.append((since.first if since else date.min, entry))
        else:
            (now if held else unsure)[entry.id] = entry
    former = {entry.id: entry for _, entry in sorted(before, key=lambda pair: pair[0], reverse=True)}
    return list((now or unsure).values()), [each for each in former.values() if each.id not in now]


def _next(role: Role, same: Iterable[Held], viewer: Viewer) -> Entry | None:
    end = role.valid_until
    begun = [(each.role.valid_from, each) for each in same]
    later = [(since.first, each) for since, each in begun if since and end and since.last >= end.first]
    later = [(since, each) for since, each in later if each.answer(viewer) is not None]
    return min(later, key=lambda pair: pair[0])[1].answer(viewer) if later else None


def _last(role: Role, same: Iterable[Held], viewer: Viewer) -> Entry | None:
    begin = role.valid_from
    ended = [(each.role.valid_until, each) for each in same]
    before = [(end.last, each) for end, each in ended if end and begin and end.first <= begin.last]
    before = [(end, each) for end, each in before if each.answer(viewer) is not None]
    return max(before, key=lambda pair: pair[0])[1].answer(viewer) if before else None
