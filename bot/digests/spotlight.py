"""Whose turn it is in the spotlight: every entry once, then all over again, in an order of the channel's own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.digests.edition import Candidate, Section
from bot.digests.lines import headline
from bot.library.entry import Entry

LANES = 32
"""Orders there are. Channels differ, and yet a hundred thousand of them need no hundred thousand editions."""


def lane(seed: str) -> int:
    """Return which order the subscription called `seed` goes by; the same always and everywhere."""
    return int.from_bytes(sha256(seed.encode()).digest()[:4]) % LANES


def order(entry_ids: Iterable[str], of_lane: int) -> tuple[str, ...]:
    """Return ids in the order of a lane; one that is added or removed does not disturb that of the others."""
    return tuple(sorted(entry_ids, key=lambda each: sha256(f"{of_lane} {each}".encode()).digest()))


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is ("" for nobody's), who had theirs in this round, and in the one that was kept."""

    entry_id: str
    begun: tuple[str, ...]
    had: tuple[str, ...]

    def after(self, stood: str) -> tuple[str, ...]:
        """Return what is to be kept when `stood` stood in the spotlight; "" for nobody, as on a day without room."""
        return (*self.begun, stood) if stood else self.had


def choose(ordered: Sequence[str], had: tuple[str, ...], told: Collection[str]) -> Turn:
    """Return whose turn it is among `ordered`, of which `had` were shown.

    `told` are entries that the edition tells of anyway: they wait for another day. A new round begins when all of
    `ordered` had their turn, and not with the entry that came last.
    """
    shown, begun = frozenset(had), had
    waiting = [each for each in ordered if each not in shown]
    if not waiting:
        begun = ()
        waiting = [each for each in ordered if each != had[-1]] or list(ordered) if had else []
    return Turn(next((each for each in waiting if each not in told), ""), begun, had)


def in_spotlight(entry: Entry) -> Candidate:
    """Return `entry` as the edition tells it."""
    return Candidate(
        Section.SPOTLIGHT,
        entry.id,
        entry.title,
        "its turn: each briefing once, until all were shown",
        headline(entry.title, entry.bottom_line),
        why=entry.why_it_matters or "",
    )
