"""Messages that are late keep their distance."""

import itertools

import pytest

from bot.digests.spacing import CATCH_UP, TOLERATED, Spacing


def test_messages_in_time_do_not_wait() -> None:
    spacing = Spacing(50.0)
    assert [spacing.wait(100 + number / 50) for number in range(100)] == [0.0] * 100


def test_a_little_late_is_not_late() -> None:
    spacing = Spacing(50.0)
    assert [spacing.wait(number / 50 + (TOLERATED - 0.001) * (number % 2)) for number in range(50)] == [0.0] * 50


def test_what_became_due_while_the_process_was_held_up_goes_one_by_one() -> None:
    spacing = Spacing(50.0)
    spacing.wait(0.0)
    went = [1.0 + spacing.wait(1.0) for _ in range(10)]
    gaps = [after - before for before, after in itertools.pairwise(went)]
    assert gaps[1:] == pytest.approx([CATCH_UP / 50] * 8)
    assert went[0] == 1.0


def test_lateness_is_made_up_for() -> None:
    spacing = Spacing(50.0)
    turns = [0.0, *(0.3 + number / 50 for number in range(400))]
    late = [spacing.wait(max(0.5, turn)) + max(0.5, turn) - turn for turn in turns[1:]]
    assert late[0] == pytest.approx(0.2)
    assert late[-1] == 0.0


def test_never_more_in_any_second_than_the_ceiling_leaves_room_for() -> None:
    spacing = Spacing(48.0)
    turns = (turn + 0.2 if 3 < turn < 3.4 else turn for turn in (number / 48 for number in range(480)))
    went = sorted(turn + spacing.wait(turn) for turn in sorted(turns))
    for begin in went:
        assert sum(begin <= each < begin + 1 for each in went) <= 50
