"""Made-up libraries of any size, and what people might ask of them: the same every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_WORDS = 20_000
_KINDS = ("people", "events", "issues")
_KIND_OF = {"people": "person", "events": "event", "issues": "issue"}


@dataclass(frozen=True)
class Made:
    """One made-up entry: where its file is, what it is called and what it says."""

    path: str
    title: str
    names: tuple[str, ...]
    bottom_line: str
    claims: tuple[str, ...]

    def text(self) -> str:
        """Return the briefing's file."""
        kind = _KIND_OF[self.path.split("/", 1)[0]]
        names = "\n".join(f"  - {{name: {name}, sort: short}}" for name in self.names)
        claims = "\n".join(
            f"  - {{id: c{place}, text: {claim}., date: 2023-01-01, general_knowledge: made up}}"
            for place, claim in enumerate(self.claims)
        )
        return (
            f"---\ntitle: {self.title}\nkind: {kind}\ndescription: About {self.title}\n"
            f"bottom_line: {self.bottom_line}.\n"
            f"names:\n{names}\nas_of: 2026-05-31\nlast_checked: 2026-11-01\nclaims:\n{claims}\n---\n"
        )


class MadeUp:
    """A made-up language with rare and common words, and entries written in it."""

    def __init__(self, seed: int = 7) -> None:
        """Make the words."""
        self._pick = random.Random(seed)  # noqa: S311 - texts for a measurement
        found = {self._word() for _ in range(2 * _WORDS)}
        self._words = sorted(found)[:_WORDS]
        self._pick.shuffle(self._words)
        # As in any language, the second word is half as frequent as the first, and the hundredth a hundredth of it.
        self._often = list(accumulate(1 / place for place in range(1, _WORDS + 1)))

    def _word(self) -> str:
        return "".join(self._pick.choice(_SYLLABLES) for _ in range(self._pick.randint(2, 4)))

    def _some(self, count: int) -> str:
        return " ".join(self._pick.choices(self._words, cum_weights=self._often, k=count))

    def entries(self, count: int) -> Iterator[Made]:
        """Yield `count` entries, no two of one title."""
        pick, titles = self._pick, set[str]()
        while len(titles) < count:
            first, last = pick.choice(self._words).capitalize(), pick.choice(self._words).capitalize()
            title = f"{first} {last}"
            if title in titles:
                continue
            titles.add(title)
            place = len(titles)
            names = (f"{last} {first}son {place}", f"{pick.choice(self._words)} {last}a {place}")
            folder = _KINDS[place % len(_KINDS)]
            claims = tuple(self._some(20) for _ in range(2))
            yield Made(f"{folder}/{first.lower()}-{last.lower()}.md", title, names, self._some(30), claims)

    def queries(self, entries: list[Made], count: int) -> list[str]:
        """Return `count` queries of six sorts in turn: names, slips, words, a name with words, questions, nothing."""
        return [self._query(place % 6, self._pick.choice(entries)) for place in range(count)]

    def _query(self, sort: int, entry: Made) -> str:
        pick = self._pick
        words = entry.bottom_line.split()
        slip = pick.randrange(1, len(entry.title) - 1)
        return (
            lambda: entry.title,
            lambda: entry.title[:slip] + entry.title[slip + 1 :],
            lambda: " ".join(pick.sample(words, 3)),
            lambda: f"{entry.title.split()[0]} {' '.join(pick.sample(words, 2))}",
            lambda: f"why did {' '.join(pick.sample(entry.claims[0].split(), 5))}",
            lambda: f"{pick.choice(self._words)[:-1]}x xqj {pick.choice(words)}",
        )[sort]()


def write(root: Path, entries: list[Made]) -> None:
    """Write the files of `entries` below `root`."""
    for folder in _KINDS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for entry in entries:
        (root / entry.path).write_text(entry.text(), encoding="utf-8")
