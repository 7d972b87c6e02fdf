"""Names to entries: exact, by a person's single name, by words, by prefix, by near miss; several are a choice.

Nothing here guesses: a word that the library does not know, and that is no slip of one it knows, makes the answer
"none"; what is merely like it is returned as the nearest, and whoever answers says so.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from bot.library.entry import Entry
from bot.library.han import Kernel, kernels, without_asking
from bot.library.index import Index
from bot.library.keys import Name
from bot.library.layered import indexed
from bot.library.look import Found, Look, misspelt
from bot.library.nearest import similar
from bot.library.normal import LONGEST, asked, is_han, normal
from bot.library.script import in_either
from bot.library.visibility import Viewer, visible
from bot.library.vocabulary import Kind

__all__ = ["Found", "Names"]

_CHOICES = 25
_MOST_READINGS = 64
"""Ways to write one name in Chinese that are followed."""
_MOST_SORTED = 2_000
"""Names that begin alike and are put in order; of more than that nobody can tell which come first."""
_TONES = re.compile(r"(?<=[a-z])[1-5](?=\s|$)")
"""The tone of a syllable, as it is written after it: xi2 jin4 ping2."""
_ORDER = {"title": 0, "id": 1, "alias": 2, "part": 3}


class Names:
    """Every name of a library, and what they lead to."""

    def __init__(self, entries: Iterable[Entry], before: "Names | None" = None) -> None:
        """Index every name of `entries`; what did not change since `before` is taken over."""
        self.index: Index = indexed(entries, before.index if before else None)
        self._begun: dict[str, list[str]] = {}

    def resolve(self, query: str, viewer: Viewer, on: date | None) -> Found:
        """Return what `query` names for `viewer` on the day `on` (today for None). Never raises; time is bounded."""
        return self.sure(query, viewer, on) or self.nearest(query, viewer, on)

    def sure(self, query: str, viewer: Viewer, on: date | None) -> Found | None:
        """Return what `query` names, or None."""
        exactly = self.exactly(query, viewer, on) or self.romanised(query, viewer, on)
        return exactly or self.loosely(query, viewer, on)

    def said(self, query: str, viewer: Viewer, on: date | None) -> Found | None:
        """Return what is called `query`, or by its words in another order, or None; no slip of a name."""
        found = self.exactly(query, viewer, on)
        return found or Look(self.index, viewer, on or viewer.now.date()).by_words(asked(normal(query[:LONGEST])))

    def exactly(self, query: str, viewer: Viewer, on: date | None) -> Found | None:
        """Return what is called `query`, or None."""
        look = Look(self.index, viewer, on or viewer.now.date())
        typed = normal(query[:LONGEST])
        bare = asked(typed)
        once = " ".join(dict.fromkeys(bare.split()))
        toneless = _TONES.sub("", bare)
        joined = bare.replace(" ", "")
        forms = dict.fromkeys((typed, bare, joined, once, toneless, toneless.replace(" ", ""), f"the {bare}"))
        found = next((found for words in forms if (found := look.exact(words))), None)
        if found is None and not bare.isascii():
            asked_for = without_asking(bare)
            plain = dict.fromkeys((typed, bare, asked_for, asked_for.replace(" ", "")))
            return next((found for words in plain if (found := self._in_either_script(look, words))), None)
        return found

    def romanised(self, query: str, viewer: Viewer, on: date | None) -> Found | None:
        """Return what `query` writes in Latin letters and is called so in Chinese, or None."""
        look = Look(self.index, viewer, on or viewer.now.date())
        typed = normal(query[:LONGEST])  # what would be an article in English may be the first syllable
        forms = dict.fromkeys((asked(typed), typed))
        return next((found for each in forms if (found := look.romanised(each, self._going_on))), None)

    def _going_on(self, beginning: str, characters: str) -> list[str]:
        """Return which beginnings of names `beginning` and one of `characters` make; those of one alone are kept."""
        if beginning or characters not in self._begun:
            longer = (beginning + each for each in characters)
            found = [each for each in longer if next(self.index.starting(each), None) is not None]
            if beginning:
                return found
            self._begun[characters] = found
        return self._begun[characters]

    def loosely(self, query: str, viewer: Viewer, on: date | None) -> Found | None:
        """Return what `query`, which nothing is called, names by words, by prefix or by a near miss, or None."""
        look = Look(self.index, viewer, on or viewer.now.date())
        bare = asked(normal(query[:LONGEST]))
        if not bare.isascii():  # 李 李 is 李
            bare = " ".join(dict.fromkeys(bare.split()))
        found = look.loosely(bare) if bare else None
        if found is None and not bare.isascii():
            return next(
                (each for kernel in islice(kernels(bare), 1, None) if (each := self._kernel(look, kernel))), None
            )
        return found

    def _kernel(self, look: Look, kernel: Kernel) -> Found | None:
        from bot.library.terms import terms  # here, since a start asks for nothing in Chinese

        found = self._in_either_script(look, kernel.words)
        fit = found is not None and all(kernel.fits(each.kind, terms(each.title)) for each in found.entries)
        return found if fit else None

    def _in_either_script(self, look: Look, words: str) -> Found | None:
        """Return what is called `words`, of which each character may be in one script or the other."""
        reached = [""]
        for char in words:
            alike = in_either(char) if is_han(char) else char
            reached = [longer for each in reached for longer in self._going_on(each, alike)][:_MOST_READINGS]
        return look.any_of(reached)

    def nearest(self, query: str, viewer: Viewer, on: date | None) -> Found:
        """Return that `query` names nothing, with the nearest there is."""
        bare = asked(normal(query[:LONGEST]))
        return Look(self.index, viewer, on or viewer.now.date()).nearest(bare) if bare else Found("none", (), "none")

    def similar(self, query: str, viewer: Viewer) -> tuple[Entry, ...]:
        """Return the entries of which a whole name is nearly `query`, most similar first."""
        return similar(self.index, viewer, asked(normal(query[:LONGEST])))

    def begun(self, words: str, viewer: Viewer) -> Iterator[tuple[Entry, str]]:
        """Yield entries with a name of which a word begins with normal `words`, people first; each once."""
        found = ((entry, name) for entry, name in self.complete(words, viewer))
        yield from sorted(found, key=lambda pair: pair[0].kind is not Kind.PERSON)

    def beginning(self, word: str, viewer: Viewer, on: date) -> Iterator[tuple[Entry, bool]]:
        """Yield each entry with a name that begins with `word`, and whether that is enough to mean it.

        The name is one word; where none is, it may be of more, and is meant if its first word is no word of English,
        and not all there unless it is a title. So "shang" begins Shangfu and Shangri-La, and "blin" Blinken, but not
        what is called after him; and "surveil" is too little for a surveillance balloon.
        """
        from bot.library.everyday import is_english  # here, since a start looks for nothing

        def counts(name: Name) -> bool:
            return visible(name.entry, viewer) and name.holds(on) and not misspelt(name)

        seen = set[str]()
        for end in self.index.completions(word, _CHOICES, counts):
            whole = list(filter(counts, self.index.named(end)))
            names = whole or list(islice(filter(counts, self.index.starting(f"{end} ")), _CHOICES))
            may_be = not is_english(end)
            titled = {name.entry.id for name in names if name.how == "title"}
            for name in names:
                if name.entry.id not in seen:
                    seen.add(name.entry.id)
                    yield name.entry, bool(whole) or (may_be and (end != word or name.entry.id in titled))

    def complete(self, partial: str, viewer: Viewer, *, near: bool = True) -> Iterator[tuple[Entry, str]]:
        """Yield entries with a name of today that starts like `partial`, or has words that do; each once with it.

        More generous than an answer: whoever is typing sees what is offered, and chooses. For nothing, all by title;
        where no name has the words, with `near` those that have words like them.
        """
        words = normal(partial[:LONGEST])
        if not words:
            yield from ((entry, entry.title) for entry in self.index.entries.values() if visible(entry, viewer))
            return
        seen, today = set[str](), viewer.now.date()
        steps = (self.index.starting, self.index.with_words_like, self._near_words)
        for step in steps if near else steps[:-1]:
            every = islice(step(words), _MOST_SORTED)
            names = [name for name in every if visible(name.entry, viewer) and name.holds(today)]
            names.sort(key=lambda name: (_ORDER[name.how], name.entry.title.casefold()))
            for name in names:
                if name.entry.id not in seen:
                    seen.add(name.entry.id)
                    yield name.entry, name.shown
            if step == self.index.with_words_like and seen:
                return

    def _near_words(self, words: str) -> Iterator[Name]:
        near = (each for word in words.split() for _, each in self.index.like(word)[:_CHOICES])
        return (name for each in near for _, name in self.index.with_word(each))
