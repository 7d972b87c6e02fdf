"""What an error means for an edition: one meaning each, and doubt is never lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.contract import Fate, Part, Scope, SendError, Sent, Target
from bot.digests import verdict
from bot.digests.lease import Terms
from bot.digests.records import Claimed, Refuse, Release, Reopen, Revoke, SentResult, Uncertain, Unknown

TERMS = Terms(settle=5.0, patience=3600.0)


def claimed(attempts: int = 1, age: float = 60.0) -> Claimed:
    """Return a part in hand."""
    return Claimed(
        id=7,
        subscription=3,
        slot="2026-11-26T07:00",
        target=Target("slack", "T1", "C1"),
        part=Part("key-1", "{}"),
        number=1,
        of=1,
        inner=False,
        age=age,
        attempts=attempts,
        in_doubt=attempts > 1,
        first_try=datetime(2026, 11, 26, 7, tzinfo=UTC) if attempts > 1 else None,
        send_in=0.0,
        lease="l1",
    )


def error(fate: Fate, **more: object) -> SendError:
    """Return an error of `fate`."""
    return SendError(fate, "code", "It is so.", "Do this.", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fate", "expected"),
    [
        (Fate.REFUSED, Refuse(7, "l1", "It is so. Do this.")),
        (Fate.REVOKED, Revoke(7, "l1", "It is so. Do this.")),
        (Fate.OURS, Refuse(7, "l1", "It is so. Do this.", pause=False)),
        (Fate.UNCERTAIN, Uncertain(7, "l1", 5.0)),
        (Fate.UNREADABLE, Uncertain(7, "l1", 5.0)),
        (Fate.NOT_YET, Reopen(7, "l1", 2.0)),
    ],
)
def test_an_error_while_posting(fate: Fate, expected: object) -> None:
    assert verdict.after_posting(claimed(), error(fate), TERMS) == expected


@pytest.mark.parametrize(
    ("fate", "expected"),
    [
        (Fate.NOT_YET, Reopen(7, "l1", 4.0, doubt=True)),
        (Fate.UNCERTAIN, Uncertain(7, "l1", 5.0)),
        (Fate.UNREADABLE, Unknown(7, "l1", "It is so. Do this.")),
        (Fate.REFUSED, Unknown(7, "l1", "It is so. Do this.")),
        (Fate.REVOKED, Unknown(7, "l1", "It is so. Do this.")),
    ],
)
def test_an_error_while_looking_keeps_the_doubt(fate: Fate, expected: object) -> None:
    assert verdict.after_looking(claimed(2), error(fate), TERMS) == expected


def test_whoever_asks_to_wait_is_waited_for_with_all_under_the_same_pace() -> None:
    asked = error(Fate.NOT_YET, wait=30.0, scope=Scope.WORKSPACE)
    assert verdict.after_posting(claimed(), asked, TERMS) == Reopen(7, "l1", 30.0, Scope.WORKSPACE)
    assert verdict.after_looking(claimed(2), asked, TERMS) == Reopen(7, "l1", 30.0, Scope.WORKSPACE, doubt=True)


def test_pauses_grow_and_have_an_end() -> None:
    pauses = [verdict.after_posting(claimed(number), error(Fate.NOT_YET), TERMS) for number in (1, 2, 5, 60)]
    assert [each.wait for each in pauses if isinstance(each, Reopen)] == [2.0, 4.0, 32.0, verdict.LONGEST_PAUSE]


def test_what_is_never_taken_is_given_up_and_said_so() -> None:
    old = claimed(age=3601.0)
    given_up = verdict.after_posting(old, error(Fate.NOT_YET), TERMS)
    assert given_up == Refuse(7, "l1", verdict.GIVEN_UP, pause=False)
    assert isinstance(verdict.uncertain(old, TERMS), Unknown)
    assert isinstance(verdict.after_looking(old, error(Fate.NOT_YET), TERMS), Unknown)


def test_only_what_was_certainly_not_begun_is_too_old_to_begin() -> None:
    assert verdict.is_stale(claimed(age=3601.0), TERMS)
    assert not verdict.is_stale(claimed(age=3599.0), TERMS)
    assert not verdict.is_stale(claimed(attempts=2, age=3601.0), TERMS)  # it may be there: look
    assert not verdict.is_stale(replace(claimed(age=3601.0), number=2), TERMS)  # its first part is there


def test_an_error_without_words_tells_the_platforms_own() -> None:
    assert verdict.words(SendError(Fate.REFUSED, "is_weird")) == "The platform said: is_weird."


def test_what_was_found_or_posted_is_sent_and_what_was_not_tried_is_handed_back() -> None:
    assert verdict.sent(claimed(), Sent("1.1")) == SentResult(7, "l1", Sent("1.1"))
    assert verdict.handed_back(claimed()) == Release(7, "l1")
