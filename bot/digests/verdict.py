"""What became of an attempt, as the ledger takes it: each error has one meaning, what is not certain stays in doubt.

Source: the error tables of the platforms, which carriers put into `Fate`s.
"""

from bot.contract import Fate, Scope, SendError, Sent
from bot.digests.lease import Terms
from bot.digests.records import Claimed, Refuse, Release, Reopen, Result, Revoke, SentResult, Uncertain, Unknown

LONGEST_PAUSE = 300.0
"""Seconds between two attempts where the platform does not say how long to wait."""
MISSED = "What came before this could not be posted. What it would have told is in this one."
"""What the edition after one that was given up says."""
GIVEN_UP = "The platform could not be reached, or did not take it, for so long that it was given up."
_NEVER_SEEN = "It may have been posted, and for too long since then nobody could look."


_OVERHEARD = (
    "People from elsewhere may read this channel now, and this digest has briefings that are not for everybody. "
    "Order it again with /digest subscribe to get those that are."
)


def sent(claimed: Claimed, message: Sent) -> Result:
    """Return that it is there, whether just posted or found."""
    return SentResult(claimed.id, claimed.lease, message)


def handed_back(claimed: Claimed) -> Result:
    """Return that it was not tried."""
    return Release(claimed.id, claimed.lease)


def uncertain(claimed: Claimed, terms: Terms) -> Result:
    """Return that it may have been posted, or could not be looked for: look once what is on its way has landed."""
    if claimed.age > terms.patience:
        return Unknown(claimed.id, claimed.lease, _NEVER_SEEN)
    return Uncertain(claimed.id, claimed.lease, terms.settle)


def given_up(claimed: Claimed) -> Result:
    """Return that nobody tries any more what was certainly not posted; the next edition tells what it would have."""
    return Refuse(claimed.id, claimed.lease, GIVEN_UP, pause=False)


def is_stale(claimed: Claimed, terms: Terms) -> bool:
    """Return whether it waited too long to be begun, as behind a platform that was away: the next one says more."""
    return claimed.number == 1 and not claimed.in_doubt and claimed.age > terms.patience


def overheard(claimed: Claimed) -> Result:
    """Return that outsiders read where an inner edition was to go."""
    return Refuse(claimed.id, claimed.lease, _OVERHEARD)


def not_asked(claimed: Claimed, error: SendError, terms: Terms) -> Result:
    """Return what an error means while asking who reads a channel: nothing was posted yet."""
    if error.fate in {Fate.REFUSED, Fate.REVOKED}:
        return after_posting(claimed, error, terms)
    return Reopen(claimed.id, claimed.lease, _pause(claimed, error), _scope(error), doubt=claimed.in_doubt)


def after_looking(claimed: Claimed, error: SendError, terms: Terms) -> Result:
    """Return what an error while looking means: the doubt stays, unless there is no way ever to know."""
    match error.fate:
        case Fate.NOT_YET if claimed.age <= terms.patience:
            return Reopen(claimed.id, claimed.lease, _pause(claimed, error), _scope(error), doubt=True)
        case Fate.NOT_YET:
            return Unknown(claimed.id, claimed.lease, _NEVER_SEEN)
        case Fate.UNCERTAIN:
            return uncertain(claimed, terms)
        case _:
            return Unknown(claimed.id, claimed.lease, words(error))


def after_posting(claimed: Claimed, error: SendError, terms: Terms) -> Result:
    """Return what an error while posting means."""
    match error.fate:
        case Fate.NOT_YET if claimed.age > terms.patience:
            return given_up(claimed)
        case Fate.NOT_YET:
            return Reopen(claimed.id, claimed.lease, _pause(claimed, error), _scope(error))
        case Fate.REFUSED:
            return Refuse(claimed.id, claimed.lease, words(error))
        case Fate.REVOKED:
            return Revoke(claimed.id, claimed.lease, words(error))
        case Fate.OURS:
            return Refuse(claimed.id, claimed.lease, words(error), pause=False)
        case Fate.UNCERTAIN | Fate.UNREADABLE:
            return uncertain(claimed, terms)


def words(error: SendError) -> str:
    """Return what the owner reads of an error; the platform's own word for it where we have none."""
    return f"{error.sentence} {error.advice}".strip() or f"The platform said: {error.code}."


def _pause(claimed: Claimed, error: SendError) -> float:
    """Return the seconds that were asked for, or else more with each attempt."""
    return error.wait or min(LONGEST_PAUSE, 2.0 ** min(claimed.attempts, 10))


def _scope(error: SendError) -> Scope | None:
    """Return whose pace it is about; None where nobody asked to go slower."""
    return error.scope if error.wait else None
