"""What an entry says, by how much it says of the entry: what it is called, its first lines, its claims, the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.library.entry import Entry
from bot.library.normal import folded
from bot.library.terms import terms
from bot.library.vocabulary import AliasSort

WHY, WHEN, HOW_MUCH, HOW_LONG, HOW_LARGE = "?why", "?when", "?how-much", "?how-long", "?how-large"
"""What a question may want to know beside its words, and a claim may tell."""
_BECAUSE = re.compile(
    r"\b(?:because|since|over|after|due to|as a result|in protest|reasons?|caus\w+|cit\w+|on the grounds?|for lack|"
    r"retaliat\w+|blam\w+|as long as|would not)\b",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERS = _words("one two three four five six seven eight nine ten twelv dozen hundr thousand million billion half")
"""The terms of numbers."""
_BEHIND = 5
"""Terms behind a number to which it may belong."""
_TIMES = _words("minut hour day week month year decad")
_SIZES = _words("kilomet metr meter km mile feet foot inch ton tonn kilogram kg pound knot mph acr hectar old")
"""Terms of what is told behind a number where it says how long something lasts, and how large it is."""
_READ_ALOUD = frozenset({AliasSort.PINYIN, AliasSort.WADE_GILES})
"""Names of which the syllables are words of nothing else: a look-up among the names finds them."""
FIELDS = ("names", "lead", "claims", "body")
"""From what tells most of an entry to what tells least; the title is the first of the names."""


def written(entry: Entry, day: date) -> dict[str, str]:
    """Return the terms of each of `FIELDS`, a name or a claim a line, as a reader may have them on `day`.

    An entry that has expired has neither claims nor a body.
    """
    names = [entry.title, *(alias.name for alias in entry.names if alias.sort not in _READ_ALOUD)]
    lead = [entry.description, entry.bottom_line, entry.why_it_matters or "", *(role.office for role in entry.roles)]
    first = terms("\n".join(lead))
    claims: list[str] = []
    body: list[str] = []
    if entry.expires is None or day <= entry.expires:
        claims = [_claim(entry, place) for place in range(len(entry.claims))]
        body = [f"{each.party} {each.holds}" for each in entry.positions]
        body += [f"{each.speaker} {each.text} {each.original or ''}" for each in entry.quotations]
        body += [each.text for each in entry.judgments]
        body += [f"{section.heading}\n{section.markdown}" for section in entry.sections]
    return {
        "names": "\n".join(" ".join(terms(name)) for name in names),
        "lead": " ".join((*first, *_measures(_counted(first)[0]))),
        "claims": "\n".join(claims),
        "body": " ".join(dict.fromkeys(terms("\n".join(body)))) if body else "",
    }


def _claim(entry: Entry, place: int) -> str:
    """Return the terms of a claim, and what it tells beside its words."""
    claim = entry.claims[place]
    other = " ".join(f"{side.party} {side.text}" for side in claim.other_side)
    found, rest = terms(claim.text), terms(f"{claim.said_by or ''} {claim.date or ''} {other}")
    counted, numbers = _counted(found)
    told = [WHY] if _BECAUSE.search(claim.text) else []
    told += [WHEN] if claim.date is not None else []
    told += [HOW_MUCH] if numbers else []
    topic = map(about, terms(claim.id.replace("-", " ")))
    return " ".join((*found, *rest, *told, *_measures(counted), *map(counting, counted), *topic))


def about(term: str) -> str:
    """Return what stands in a claim for its being about `term`: its id is what its editor calls it in a word or two."""
    return f"@{term}"


def counting(term: str) -> str:
    """Return what stands in a claim for its saying how many there are of `term`."""
    return f"#{term}"


def _counted(found: Sequence[str]) -> tuple[list[str], int]:
    """Return the terms shortly behind a number, of which it may say how many there are, and how many numbers."""
    places = [place for place, term in enumerate(found) if term in _NUMBERS or term.isdecimal()]
    return [term for place in places for term in found[place + 1 : place + 1 + _BEHIND]], len(places)


def _measures(counted: Sequence[str]) -> Iterator[str]:
    """Yield what the terms behind numbers tell."""
    if not _TIMES.isdisjoint(counted):
        yield HOW_LONG
    if not _SIZES.isdisjoint(counted):
        yield HOW_LARGE


def says(entry: Entry, words: str, day: date) -> bool:
    """Return whether normal `words` stand just so in a text of `entry` that a reader may have on `day`."""
    told = entry.expires is None or day <= entry.expires
    texts = (entry.bottom_line, entry.why_it_matters or "", *(claim.text for claim in entry.claims if told))
    quoted = (text or "" for each in entry.quotations if told for text in (each.text, each.original))
    return any(f" {words} " in f" {folded(text)} " for text in (*texts, *quoted))


@dataclass(frozen=True, slots=True)
class Passages:
    """The terms of one entry, by where they stand."""

    names: tuple[frozenset[str], ...]
    """Of each name, the title first."""
    called: frozenset[str]
    lead: frozenset[str]
    claims: tuple[frozenset[str], ...]
    body: frozenset[str]

    @staticmethod
    def read(fields: Mapping[str, str]) -> "Passages":
        """Return the terms as they are `written`."""
        names = _sets(fields["names"].split("\n"))
        claims = _sets(fields["claims"].split("\n")) if fields["claims"] else ()
        lead, body = (frozenset(fields[field].split()) for field in ("lead", "body"))
        return Passages(names, frozenset().union(*names), lead, claims, body)


def _sets(lines: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in lines)
