"""What the terms of a question are worth, and what else an entry may say that means them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.library.asking import Asked
from bot.library.measures import IN_OTHER_WORDS, VAGUE
from bot.library.wording import alike


class Meant(NamedTuple):
    """The terms of a question."""

    rarity: Mapping[str, float]
    """How much each tells."""

    others: Mapping[str, frozenset[str]]
    """For each, the terms that say the same in other words."""

    sought: Mapping[str, float]
    """Which terms an entry may have to be looked at, and for how much each counts."""

    names: frozenset[str]
    """Those that are by themselves the name of something."""

    @staticmethod
    def of(
        asked: Asked,
        named: Mapping[str, frozenset[str]],
        names: frozenset[str],
        rarity: Callable[[int], float],
        known: Callable[[str], int],
    ) -> "Meant":
        """Return what `asked` means, where `named` has who is named by which of its terms, and `names` what is a name.

        `known` says how many entries have a term, and `rarity` how rare it then is. What no entry has, and some have in
        other words, is as rare as these.
        """
        others, rare, sought = dict[str, frozenset[str]](), dict[str, float](), dict[str, float]()
        for term in asked.terms:
            others[term] = alike(term) | named[term] if term in named else alike(term)
            worth, held = VAGUE if term in asked.vague else 1.0, known(term)
            found = {each: count for each in sorted(others[term]) if (count := known(each))} if not held else {}
            if asked.long and term in asked.plain and not (held or found):
                worth = VAGUE
            rare[term] = worth * rarity(max(found.values(), default=held))
            sought |= {each: IN_OTHER_WORDS * worth for each in found if each not in sought} | {term: worth}
        return Meant(rare, others, sought, names)
