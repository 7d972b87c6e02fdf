"""What a result makes of an edition. Pure; the ledger writes it down."""

import json
from dataclasses import dataclass
from typing import Final

from bot.digests.records import (
    Progress,
    Refuse,
    Release,
    Reopen,
    Result,
    Revoke,
    SentResult,
    Uncertain,
    Unknown,
)

ENDS: Final = {Refuse: Progress.FAILED, Revoke: Progress.FAILED, Unknown: Progress.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Leased:
    """An edition as the ledger has it while a part of it is out to be posted. Instants are milliseconds."""

    state: str
    part: int
    parts: int
    doubt: int
    """Whether the part may have been posted before this lease."""
    attempts: int
    first_try: int | None
    messages: str
    reason: str


@dataclass(frozen=True, slots=True)
class After:
    """The edition afterwards, without a lease."""

    state: str
    part: int
    visible_at: int
    doubt: int
    attempts: int
    first_try: int | None
    messages: str
    reason: str
    over: bool
    """Nothing of it will be posted any more."""
    unseen: bool
    """Nothing of it was posted."""


def outcome(before: Leased, result: Result, now: int, interval: float) -> After:
    """Return what `result` makes of an edition; `interval` is the seconds between two messages in one channel."""
    if isinstance(result, SentResult):
        return _sent(before, result, now + round(interval * 1000))
    state, reason, wait = before.state, before.reason, 0.0
    doubt, attempts = before.doubt, before.attempts
    match result:
        case Reopen():
            doubt, wait = doubt if result.doubt else 0, result.wait
        case Release():
            attempts -= 1
        case Uncertain():
            doubt, wait = 1, result.settle
        case Refuse() | Revoke() | Unknown():
            state, reason = ENDS[type(result)].value, result.reason
            doubt = 1 if isinstance(result, Unknown) else doubt
    over = state != Progress.OPEN
    return After(
        state=state,
        part=before.part,
        visible_at=now + round(wait * 1000),
        doubt=doubt,
        attempts=attempts,
        first_try=before.first_try if doubt else None,
        messages=before.messages,
        reason=reason,
        over=over,
        unseen=over and before.part == 1 and not doubt,
    )


def _sent(before: Leased, result: SentResult, free_at: int) -> After:
    last = before.part == before.parts
    state = Progress.SENT.value if last else before.state
    return After(
        state=state,
        part=before.part + 1,
        visible_at=free_at,
        doubt=0,
        attempts=0,
        first_try=None,
        messages=json.dumps([*json.loads(before.messages), [result.sent.message, result.sent.link]]),
        reason=before.reason,
        over=state != Progress.OPEN,
        unseen=False,
    )
