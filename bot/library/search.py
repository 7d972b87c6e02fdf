"""One search for every place that asks: names first, then offices, then texts; a match, a choice, or honestly none.

A wrong answer given with confidence is worse than none: words that the library has never seen count in full against
an entry, and what is merely near is offered as the nearest.
"""

from collections.abc import Callable
from datetime import date

from bot.library.answer import Answer
from bot.library.asking import Asked, ask
from bot.library.by_holder import ByHolder
from bot.library.by_office import TURNED, ByOffice
from bot.library.by_text import OFFERED, ByText, ranked
from bot.library.common import tells
from bot.library.dated import with_dates_said
from bot.library.everyday import is_english
from bot.library.in_english import said_in_english
from bot.library.look import Found
from bot.library.names import Names
from bot.library.normal import has_han, normal, requested
from bot.library.passages import HOW_LARGE, HOW_LONG, HOW_MUCH, WHEN, WHY
from bot.library.sight import Sight
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Kind

_BEGUN = 2
"""Letters that are too few for an answer, and enough for an offer."""
_LONG = 5
"""Letters of a word that institutions may be offered for."""
_MOST_NAMES = 1_000
"""Names with one word from which on nobody wants the choice, and looking through them would take long."""
_ASKING = {WHY: "why ", WHEN: "when ", HOW_MUCH: "how much of ", HOW_LONG: "how long ", HOW_LARGE: "how large "}
"""What asks in English what a Chinese question wants to know."""


class Search:
    """One question of one viewer on one day."""

    def __init__(self, names: Names, sight: Callable[[], Sight], viewer: Viewer, on: date | None) -> None:
        """Search `names`, and where they do not answer what `viewer` has in `sight`, on the day `on`."""
        self._names = names
        self._sight = sight
        self._viewer = viewer
        self._on = on or viewer.now.date()
        self._texts = ByText(names, sight, viewer, self._on)
        self._offices = ByOffice(names, sight, viewer, self._on, self._texts)

    def find(self, query: str, *, translated: bool = False) -> Answer:
        """Return the answer to `query`, which may have been `translated`. Never raises; time is bounded."""
        found = self._names.exactly(query, self._viewer, self._on)
        return _named(found) if found else self._asked(with_dates_said(query), translated=translated)

    def _asked(self, query: str, *, translated: bool) -> Answer:
        """Return the answer to what is no name as it stands."""
        asked = ask(query)
        if not asked.bare:
            return Answer("none", (), 0, "none")
        office = self._offices.find(query, asked)
        if office and (office.outcome != "none" or office.how == TURNED):
            return office
        found = self._by_name(query, asked) or (None if translated else self._translated(asked))
        if found and (found.results or not office):
            return found
        if office:
            return office
        answer = self._begun(asked) or self._institutions(asked) or self._texts.find(query, asked)
        return ByHolder(self._texts, self._offices.held).better(asked, answer)

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
