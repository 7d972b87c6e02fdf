"""What a search found, with the reasons."""

from typing import NamedTuple

from bot.library.entry import Entry


class Ranked(NamedTuple):
    """One entry that a search found: how well it answers, why it stands where it does, and what in it answers.

    `claims` are places of claims, of which the first answers the question best; none where a name was the question.
    """

    entry: Entry
    score: float
    reasons: tuple[str, ...]
    claims: tuple[int, ...] = ()


class Answer(NamedTuple):
    """What a search found: `outcome` is match, ambiguous or none; `how` says by what.

    Of `results`, best first, the first `stood_by` are the answer: one match, the entries of a choice, or of none the
    nearest. What follows is not offered.
    """

    outcome: str
    results: tuple[Ranked, ...]
    stood_by: int
    how: str

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the answer."""
        return tuple(each.entry for each in self.results[: self.stood_by])

    @property
    def claims(self) -> tuple[int, ...]:
        """The claims that answer the question, of a match by its text."""
        return self.results[0].claims if self.outcome == "match" else ()
