"""What an entry says, by how much it says of the entry: what it is called, its first lines, its claims, the rest."""

import re
from dataclasses import dataclass
from datetime import date

from bot.library.entry import Entry
from bot.library.terms import terms
from bot.library.vocabulary import Kind

WHY, WHEN, HOW_MUCH = "?why", "?when", "?how much"
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
FIELDS = ("title", "names", "lead", "claims", "body")
"""From what tells most of an entry to what tells least."""


def texts(entry: Entry, day: date) -> dict[str, str]:
    """Return the text of each of `FIELDS` as a reader may have it on `day`: of an expired entry no claims, no body."""
    offices = [role.office for role in entry.roles]
    found = {
        "title": entry.title,
        "names": "\n".join([alias.name for alias in entry.names]),
        "lead": "\n".join((entry.description, entry.bottom_line, entry.why_it_matters or "", *offices)),
        "claims": "",
        "body": "",
    }
    if entry.expires is None or day <= entry.expires:
        found["claims"] = "\n".join(_claim(entry, place) for place in range(len(entry.claims)))
        said = [f"{each.party} {each.holds}" for each in entry.positions]
        said += [f"{each.speaker} {each.text} {each.original or ''}" for each in entry.quotations]
        said += [each.text for each in entry.judgments]
        said += [f"{section.heading}\n{section.markdown}" for section in entry.sections]
        found["body"] = "\n".join(said)
    return found


def _claim(entry: Entry, place: int) -> str:
    claim = entry.claims[place]
    other = " ".join(f"{side.party} {side.text}" for side in claim.other_side)
    return f"{claim.text} {claim.said_by or ''} {claim.date or ''} {other}"


@dataclass(frozen=True, slots=True)
class Passages:
    """The terms of one entry, by where they stand."""

    person: bool
    names: tuple[frozenset[str], ...]
    """Of each name, the title first."""
    called: frozenset[str]
    lead: frozenset[str]
    claims: tuple[frozenset[str], ...]
    body: frozenset[str]

    @staticmethod
    def of(entry: Entry, day: date) -> "Passages":
        """Return the terms of `entry` as a reader may have them on `day`."""
        said = texts(entry, day)
        names = [frozenset(terms(name)) for name in (entry.title, *said["names"].split("\n"))]
        shown = range(len(entry.claims)) if said["claims"] else range(0)
        claims = tuple(frozenset(terms(_claim(entry, place))) | _tells(entry, place) for place in shown)
        called = frozenset().union(*names)
        return Passages(
            entry.kind is Kind.PERSON,
            tuple(name for name in names if name),
            called,
            frozenset(terms(said["lead"])),
            claims,
            frozenset(terms(said["body"])),
        )


def _tells(entry: Entry, place: int) -> frozenset[str]:
    """Return what a claim tells beside its words: WHY, WHEN, HOW_MUCH."""
    claim = entry.claims[place]
    told = {
        WHY: bool(_BECAUSE.search(claim.text)),
        WHEN: claim.date is not None,
        HOW_MUCH: bool(_NUMBER.search(claim.text)),
    }
    return frozenset(mark for mark, is_told in told.items() if is_told)
