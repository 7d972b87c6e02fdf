"""The pace, by itself: promises in front of the limit, and ceilings that are learnt and forgotten."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.budget import KNOWN_RECOVERY_SECONDS, Bucket, per_second, reserve, room, slowed, wait

NOW = 1_795_676_400_000


def test_messages_are_promised_one_interval_apart() -> None:
    times, after = reserve(Bucket("discord"), 50.0, NOW, 3)
    assert times == pytest.approx((0.0, 0.02, 0.04))
    assert after.tat == pytest.approx(NOW + 60)


def test_what_is_promised_is_waited_for() -> None:
    _, after = reserve(Bucket("discord"), 50.0, NOW, 40)
    (first,), _ = reserve(after, 50.0, NOW, 1)
    assert first == pytest.approx(0.8)


def test_without_a_limit_everything_goes_now() -> None:
    assert reserve(Bucket("slack"), None, NOW, 3) == ((0.0, 0.0, 0.0), Bucket("slack"))
    assert room(Bucket("slack"), None, NOW, 1.0, 100) == 100


@settings(deadline=None)
@given(
    rate=st.floats(0.5, 100),
    horizon=st.floats(0.5, 3),
    steps=st.lists(st.tuples(st.integers(0, 2_000), st.integers(1, 100)), max_size=30),
)
def test_nothing_is_promised_beyond_the_horizon_nor_faster_than_the_rate(
    rate: float, horizon: float, steps: list[tuple[int, int]]
) -> None:
    bucket, now = Bucket("any"), NOW
    promised: list[float] = []
    for later, most in steps:
        now += later
        count = room(bucket, rate, now, horizon, most)
        times, bucket = reserve(bucket, rate, now, count)
        assert all(0 <= each <= horizon for each in times)
        promised += [now / 1000 + each for each in times]
    gaps = [after - before for before, after in itertools.pairwise(promised)]
    assert all(gap >= 1 / rate - 1e-5 for gap in gaps)


@settings(deadline=None)
@given(rate=st.floats(2, 100), pause=st.integers(1, 400))
def test_a_claimer_that_comes_often_enough_uses_the_whole_rate(rate: float, pause: int) -> None:
    bucket, sent = Bucket("any"), 0
    for now in range(NOW, NOW + 60_000, pause):
        count = room(bucket, rate, now, 1.0, 1000)
        _, bucket = reserve(bucket, rate, now, count)
        sent += count
    assert sent >= 0.97 * rate * 60


def test_a_refusal_holds_everything_back_and_lowers_the_rate() -> None:
    after = slowed(Bucket("slack/T1"), 10.0, NOW, 3.0)
    assert room(after, 10.0, NOW, 1.0, 5) == 0
    assert wait(after, NOW, 1.0) == pytest.approx(2.5)
    assert per_second(after, 10.0, NOW) == pytest.approx(9.0)
    assert per_second(slowed(Bucket("slack/T1"), None, NOW, 3.0), None, NOW) == pytest.approx(3.5)


def test_refusals_of_one_moment_lower_it_once() -> None:
    first = slowed(Bucket("slack/T1"), 10.0, NOW, 1.0)
    second = slowed(first, 10.0, NOW + 200, 1.0)
    assert second.rate == first.rate
    assert second.tat == NOW + 1200
    third = slowed(second, 10.0, NOW + 2000, 1.0)
    assert third.rate == pytest.approx(8.4, abs=0.1)


def test_a_rate_recovers_up_to_its_ceiling() -> None:
    after = slowed(Bucket("slack/T1"), 10.0, NOW, 1.0)
    assert per_second(after, 10.0, NOW + 3_000) == pytest.approx(9.5)
    assert per_second(after, 10.0, NOW + KNOWN_RECOVERY_SECONDS * 1000) == 10.0


def test_where_nobody_knows_the_ceiling_the_rate_goes_on_growing() -> None:
    after = slowed(Bucket("slack/T1"), None, NOW, 1.0)
    early, late = (per_second(after, None, NOW + seconds * 1000) for seconds in (0, 86_400))
    assert early == pytest.approx(3.5)
    assert late is not None
    assert late > 500


def test_it_never_falls_to_nothing() -> None:
    bucket = Bucket("slack/T1")
    for number in range(50):
        bucket = slowed(bucket, 1.0, NOW + number * 2000, 1.0)
    rate = per_second(bucket, 1.0, NOW + 100_000)
    assert rate is not None
    assert rate >= 0.2
