"""What an entry says, by how much it says of the entry: what it is called, its first lines, its claims, the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.library.entry import Entry
from bot.library.normal import folded
from bot.library.terms import terms

WHY, WHEN, HOW_MUCH, HOW_LONG, HOW_LARGE = "?why", "?when", "?how-much", "?how-long", "?how-large"
"""What a question may want to know beside its words, and a claim may tell."""
_BECAUSE = re.compile(
    r"\b(?:because|since|over|after|due to|as a result|in protest|reasons?|caus\w+|cit\w+|on the grounds?|for lack|"
    r"retaliat\w+|blam\w+|as long as|would not)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half)\b",
    re.IGNORECASE,
)
_A_NUMBER = re.compile(
    r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelv|dozen|hundr|thousand|million|billion|half"
)
"""The terms of the same."""
_BEHIND = 5
"""Terms behind a number to which it may belong."""
_TIME = re.compile(r"\b(?:minutes?|hours?|days|weeks?|months?|years?|decades?)\b", re.IGNORECASE)
_SIZE = re.compile(
    r"\b(?:(?:kilo)?met(?:re|er)s?|km|miles?|feet|foot|inch(?:es)?|tons?|tonnes?|kilograms?|kg|pounds|knots|mph|acres?|"
    r"hectares?|aged|years? old)\b",
    re.IGNORECASE,
)
_PATTERNS = {WHY: _BECAUSE, HOW_MUCH: _NUMBER, HOW_LONG: _TIME, HOW_LARGE: _SIZE}
"""By what in its words a text may tell what is wanted."""
FIELDS = ("names", "lead", "claims", "body")
"""From what tells most of an entry to what tells least; the title is the first of the names."""


def written(entry: Entry, day: date) -> dict[str, str]:
    """Return the terms of each of `FIELDS`, a name or a claim a line, as a reader may have them on `day`.

    An entry that has expired has neither claims nor a body.
    """
    names = [entry.title, *(alias.name for alias in entry.names)]
    lead = [entry.description, entry.bottom_line, entry.why_it_matters or "", *(role.office for role in entry.roles)]
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
        "lead": " ".join((*terms("\n".join(lead)), *_told("\n".join(lead), (HOW_LONG, HOW_LARGE)))),
        "claims": "\n".join(claims),
        "body": " ".join(dict.fromkeys(terms("\n".join(body)))) if body else "",
    }


def _claim(entry: Entry, place: int) -> str:
    """Return the terms of a claim, and what it tells beside its words."""
    claim = entry.claims[place]
    other = " ".join(f"{side.party} {side.text}" for side in claim.other_side)
    found = terms(f"{claim.text} {claim.said_by or ''} {claim.date or ''} {other}")
    found += [WHEN] if claim.date is not None else []
    return " ".join((*found, *_told(claim.text, _PATTERNS), *_counted(terms(claim.text))))


def counting(term: str) -> str:
    """Return what stands in a claim for its saying how many there are of `term`."""
    return f"#{term}"


def _counted(found: Sequence[str]) -> Iterator[str]:
    """Yield what stands for the terms shortly behind a number, of which it may say how many there are."""
    for place, term in enumerate(found):
        if _A_NUMBER.fullmatch(term):
            yield from map(counting, found[place + 1 : place + 1 + _BEHIND])


def _told(text: str, wanted: Iterable[str]) -> Iterator[str]:
    """Yield what of `wanted` a text may tell."""
    return (want for want in wanted if _PATTERNS[want].search(text))


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
