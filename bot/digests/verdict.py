"""What became of an attempt, as the ledger takes it: each error has one meaning, what is not certain stays in doubt.

Source: the error tables of the platforms, which carriers put into `Fate`s.
"""

from bot.contract import Fate, Scope, SendError, Sent
from bot.digests.records import Claimed, Refuse, Release, Reopen, Result, Revoke, SentResult, Uncertain, Unknown

PATIENCE = 150
"""Attempts after which an edition is given up: with the longest pause between them, half a day."""
LONGEST_PAUSE = 300.0
"""Seconds between two attempts where the platform does not say how long to wait."""
_GIVEN_UP = "It was tried for half a day, and the platform never took it."
_NEVER_SEEN = "It may have been posted half a day ago, and since then nobody could look."


def sent(claimed: Claimed, message: Sent) -> Result:
    """Return that it is there, whether just posted or found."""
    return SentResult(claimed.id, claimed.lease, message)


def handed_back(claimed: Claimed) -> Result:
    """Return that it was not tried."""
    return Release(claimed.id, claimed.lease)


def uncertain(claimed: Claimed, settle: float) -> Result:
    """Return that it may have been posted, or could not be looked for: look once what is on its way has landed."""
    if _is_over(claimed, settle):
        return Unknown(claimed.id, claimed.lease, _NEVER_SEEN)
    return Uncertain(claimed.id, claimed.lease, settle)


def after_looking(claimed: Claimed, error: SendError, settle: float) -> Result:
    """Return what an error while looking means: the doubt stays, unless there is no way ever to know."""
    match error.fate:
        case Fate.NOT_YET if not _is_over(claimed, error.wait):
            return Reopen(claimed.id, claimed.lease, _pause(claimed, error), _scope(error), doubt=True)
        case Fate.NOT_YET:
            return Unknown(claimed.id, claimed.lease, _NEVER_SEEN)
        case Fate.UNCERTAIN:
            return uncertain(claimed, settle)
        case _:
            return Unknown(claimed.id, claimed.lease, words(error))


def after_posting(claimed: Claimed, error: SendError, settle: float) -> Result:
    """Return what an error while posting means."""
    match error.fate:
        case Fate.NOT_YET if _is_over(claimed, error.wait):
            return Refuse(claimed.id, claimed.lease, _GIVEN_UP, pause=False)
        case Fate.NOT_YET:
            return Reopen(claimed.id, claimed.lease, _pause(claimed, error), _scope(error))
        case Fate.REFUSED:
            return Refuse(claimed.id, claimed.lease, words(error))
        case Fate.REVOKED:
            return Revoke(claimed.id, claimed.lease, words(error))
        case Fate.OURS:
            return Refuse(claimed.id, claimed.lease, words(error), pause=False)
        case Fate.UNCERTAIN | Fate.UNREADABLE:
            return uncertain(claimed, settle)


def _is_over(claimed: Claimed, pause: float) -> bool:
    """Return whether it was tried for half a day, at most some `pause` seconds apart."""
    return claimed.attempts * max(pause, LONGEST_PAUSE) >= PATIENCE * LONGEST_PAUSE


def words(error: SendError) -> str:
    """Return what the owner reads of an error; the platform's own word for it where we have none."""
    return f"{error.sentence} {error.advice}".strip() or f"The platform said: {error.code}."


def _pause(claimed: Claimed, error: SendError) -> float:
    """Return the seconds that were asked for, or else more with each attempt."""
    return error.wait or min(LONGEST_PAUSE, 2.0 ** min(claimed.attempts, 10))


def _scope(error: SendError) -> Scope | None:
    """Return whose pace it is about; None where nobody asked to go slower."""
    return error.scope if error.wait else None
