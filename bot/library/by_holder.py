"""A question that says an office where a name could stand: "secretary of state's trip to china, june 2023".

Texts tell of people by their names. So each who held the office, on the days that the question names or ever, is put in
its place, and what then answers is taken if it is an event.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, product
from typing import NamedTuple

from bot.library.answer import Answer, Ranked
from bot.library.asking import Asked, ask
from bot.library.by_text import OFFERED, ByText
from bot.library.common import FUNCTION, NATIONS, tells
from bot.library.dated import dated
from bot.library.entry import Entry
from bot.library.normal import normal
from bot.library.office_words import CAPITALS, names_office
from bot.library.terms import of_normal
from bot.library.vocabulary import Kind

Holding = Callable[[str, Sequence[date]], list[Entry]]
_MOST_ASKED = 12
"""Questions that are asked instead, of which each takes as long as the first."""
_NOT_FAR = 0.05
"""What an event may score below what was found before."""
_LONGEST, _MOST_WORDS = 6, 14
"""Words of an office, and of a question in which one is looked for."""
_MOST_HOLDERS = 6
"""People who may have held it; of more the question says too little."""
_CALLED_SO = frozenset({"diplomat", "chief", "boss", "head", "negotiator", "czar"})
"""Words for whoever holds an office, in what people are called."""
_LESSER = frozenset({"deputy", "vice", "assistant", "under", "shadow", "foreign"})
"""Words that make it another office."""
_COUNTED = frozenset({"when", "before", "after", "since", "first", "last", "next", "previous", "under", "during"})
"""Words by which a question asks who held the office then, or which of them, and not what they did."""
_POSTS = frozenset({"ambassador", "envoy", "representative", "representatives"})
_WHERE = frozenset({"in", "at"})
_BEHIND_POST = _WHERE | {"to"}
_WITHIN = frozenset({"of", "to", "for", "the"})
"""Words that stand within an office's name."""


class Said(NamedTuple):
    """An office that a question says: where its words begin and end, and who held it."""

    first: int
    behind: int
    holders: list[Entry]


class ByHolder:
    """One question, asked again about each who held the offices that it says."""

    def __init__(self, texts: ByText, holding: Holding) -> None:
        """Ask `texts`; `holding` tells who held what some words say, on some days or, without any, ever."""
        self._texts = texts
        self._holding = holding

    def better(self, asked: Asked, before: Answer) -> Answer:
        """Return the events that answer what is `asked` of the holders of an office, or what was found `before`."""
        words = asked.words.split()
        says_one = asked.office or _says_holder(words)
        if not says_one or len(words) > _MOST_WORDS or not _COUNTED.isdisjoint(words[1:]) or _is_event(before):
            return before
        said = self._said(words)
        if not said or any(_goes_on(words, each) for each in said) or not _is_more(words, said):
            return before
        found_holder = before.outcome == "match" and any(before.entries[0] in each.holders for each in said)
        if found_holder and not asked.deed:
            return before
        least = before.results[0].score - _NOT_FAR if before.outcome != "none" else 0.0
        found: dict[str, Ranked] = {}
        for holders in islice(product(*(each.holders for each in said)), _MOST_ASKED):
            told = self._told(_with_names(words, said, holders), holders, asked, before)
            found |= {each.entry.id: each for each in told if each.score >= least}
        events = [each for each in found.values() if len(found) == 1 or each.entry.kind is Kind.EVENT]
        return _in_front(events[:OFFERED], before) if events else before

    def _told(self, words: str, holders: Sequence[Entry], asked: Asked, before: Answer) -> Iterator[Ranked]:
        """Yield the events that answer when `holders` stand for the offices, each with that as its first reason.

        A holder's own entry is yielded as well, where nothing answered `before`.
        """
        query = words + "?" * asked.whole
        found = self._texts.find(query, ask(query))
        why = f"the office may mean {' and '.join(each.title for each in holders)}"
        for each in found.results[: found.stood_by] if found.outcome != "none" else ():
            if each.entry.kind is Kind.EVENT or (each.entry in holders and before.outcome == "none"):
                yield each._replace(reasons=(why, *each.reasons))

    def _said(self, words: Sequence[str]) -> list[Said]:
        """Return the offices in `words` that somebody held, in their order, each with as many words as can be."""
        found, days = list[Said](), dated(" ".join(words))[1]
        for first, behind in _spans(words):
            if all(behind <= each.first or each.behind <= first for each in found):
                holders = self._holding(" ".join(words[first:behind]), days)
                found += [Said(first, behind, holders)] if 0 < len(holders) <= _MOST_HOLDERS else []
        return sorted(found)


def _is_more(words: Sequence[str], said: Iterable[Said]) -> bool:
    """Whether a question is about more than who holds what is `said` in it: something but a date, and their names."""
    taken = {place for each in said for place in range(each.first, each.behind)}
    names = {word for each in said for holder in each.holders for word in normal(holder.title).split()}
    return any(tells(word) and word not in names for place, word in enumerate(words) if place not in taken)


def _with_names(words: Sequence[str], said: Iterable[Said], holders: Iterable[Entry]) -> str:
    """Return `words` with a holder's name for each office that is `said` in them."""
    left = list(words)
    for each, holder in reversed(list(zip(said, holders, strict=True))):
        left[each.first : each.behind] = [normal(holder.title)]
    return " ".join(left)


def _is_event(found: Answer) -> bool:
    return found.outcome != "none" and found.results[0].entry.kind is Kind.EVENT


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where runs of `words` begin and end that may be an office, the longest first."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            if _is_one_phrase(run) and (names_office(" ".join(run)) or _says_holder(run)):
                yield first, first + length


def _is_one_phrase(run: Sequence[str]) -> bool:
    inner = FUNCTION.intersection(run) - _WITHIN
    return FUNCTION.isdisjoint((run[0], run[-1])) and (not inner or (inner <= _WHERE and not _POSTS.isdisjoint(run)))


def _says_holder(run: Iterable[str]) -> bool:
    return not _CALLED_SO.isdisjoint(run)


def _goes_on(words: Sequence[str], said: Said) -> bool:
    """Whether an office is more than what was taken for it: a deputy's, or another country's."""
    before, after = words[max(said.first - 2, 0) : said.first], words[said.behind : said.behind + 1]
    nations = CAPITALS.keys() & set(before) | NATIONS.intersection(of_normal(" ".join(before)))
    if nations or not _LESSER.isdisjoint(before):
        return True
    behind_a_post = not _POSTS.isdisjoint(words[said.first : said.behind]) and not _BEHIND_POST.isdisjoint(after)
    return after == ["of"] or behind_a_post


def _in_front(events: list[Ranked], found: Answer) -> Answer:
    """Return `events` as the answer, with what else was `found` behind them."""
    told = {each.entry.id for each in events}
    others = [each for each in found.results if each.entry.id not in told]
    outcome = "match" if len(events) == 1 else "ambiguous"
    return Answer(outcome, (*events, *others), len(events), "text")
