"""A ceiling that nobody tells: found within moments, kept to, found again where it changes; by a simulated wall."""

import heapq
import itertools
import math
import random
from dataclasses import dataclass, field, replace

import pytest

from bot.digests import budget
from bot.digests.budget import Bucket
from bot.digests.seeking import IDLE_MS, MOST_PER_SECOND, Phase, Search
from tests.wire.slack.paces import Bucket as Wall

NOW = 1_795_676_400_000
BEGINS = 2.0
ON_THE_WAY, CLAIMS = 30, 200
"""Milliseconds until a refusal is taken down, and between two claims."""


@dataclass
class Fleet:
    """Whoever posts to a workspace by one bucket, to a wall that lets through what its own bucket allows."""

    wall: Wall
    bucket: Bucket = field(default_factory=lambda: budget.sought(Bucket("slack/T1"), BEGINS))
    now: float = float(NOW)
    dice: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - to be repeated

    def post(self, number: int) -> tuple[float, float]:
        """Post so many; return the share of the ceiling that was used, and of the messages that were refused."""
        began, waiting, sent, refused = self.now, number, 0, 0
        numbers = itertools.count()
        events: list[tuple[float, int, str, float]] = [(self.now, next(numbers), "claim", 0.0)]
        while sent < number:
            self.now, _, kind, wait = heapq.heappop(events)
            if kind == "claim":
                count = budget.room(self.bucket, None, int(self.now), 1.0, waiting)
                times, self.bucket = budget.reserve(self.bucket, None, int(self.now), count)
                waiting -= count
                for at in times:
                    late = self.dice.uniform(0, 15)
                    heapq.heappush(events, (self.now + at * 1000 + late, next(numbers), "post", 0.0))
                heapq.heappush(events, (self.now + CLAIMS, next(numbers), "claim", 0.0))
            elif kind == "refusal":
                self.bucket = budget.slowed(self.bucket, None, int(self.now), wait)
                waiting += 1
            elif wait := self.wall.wait(self.now / 1000):
                refused += 1
                heapq.heappush(
                    events, (self.now + ON_THE_WAY, next(numbers), "refusal", float(max(1, math.ceil(wait))))
                )
            else:
                self.wall.take(self.now / 1000)
                sent += 1
        return number / ((self.now - began) / 1000) / self.wall.per_second, refused / number

    def rest(self, seconds: float) -> None:
        """Post nothing for a while."""
        self.now += seconds * 1000


@pytest.mark.parametrize(("ceiling", "burst"), [(5, 5), (5, 20), (3, 10), (12, 5), (50, 20), (1.2, 3)])
def test_a_ceiling_is_found_within_a_minute_and_kept_to(ceiling: float, burst: float) -> None:
    fleet, minute = Fleet(Wall(ceiling, burst)), int(60 * ceiling)
    share, refused = fleet.post(minute)
    assert share >= 0.6
    assert refused <= 0.16, "the price of growing fast; the first minute alone pays it"
    found = []
    for _ in range(5):
        fleet.rest(300)
        found.append(fleet.post(minute))
    assert min(share for share, _ in found) >= 0.9
    assert sum(refused for _, refused in found) / 5 <= 0.005
    assert fleet.bucket.search is not None
    assert fleet.bucket.search.phase is Phase.LEARNT


def test_what_is_promised_and_never_posted_lets_a_rate_grow_only_so_far() -> None:
    fleet = Fleet(Wall(5.0, 5))
    for _ in range(400):
        count = budget.room(fleet.bucket, None, int(fleet.now), 1.0, 64)
        _, fleet.bucket = budget.reserve(fleet.bucket, None, int(fleet.now), count)
        fleet.now += CLAIMS
    assert fleet.bucket.search is not None
    assert fleet.bucket.search.rate == MOST_PER_SECOND
    fleet.rest(5)
    fleet.post(600)
    assert fleet.post(300)[0] >= 0.9


@pytest.mark.parametrize("wait", [1.0, 5.0, 30.0])
@pytest.mark.parametrize("minutes", [2, 10, 60])
def test_after_everything_was_refused_for_a_while_the_ceiling_is_found_again_within_minutes(
    minutes: int, wait: float
) -> None:
    fleet = Fleet(Wall(5.0, 5))
    fleet.post(300)
    end = fleet.now + minutes * 60_000
    while fleet.now < end:
        count = budget.room(fleet.bucket, None, int(fleet.now), 1.0, 64)
        if count:
            _, fleet.bucket = budget.reserve(fleet.bucket, None, int(fleet.now), count)
            fleet.bucket = budget.slowed(fleet.bucket, None, int(fleet.now) + 100, wait)
        fleet.now += CLAIMS
    fleet.rest(wait)
    fleet.post(600)
    assert fleet.post(300)[0] >= 0.9


def test_a_workspace_that_refuses_nothing_gets_its_thousand_channels_within_twenty_seconds() -> None:
    fleet = Fleet(Wall(10_000, 10_000))
    share, refused = fleet.post(1_000)
    assert refused == 0
    assert 1_000 / (share * fleet.wall.per_second) <= 20


def test_a_ceiling_that_falls_is_followed_and_one_that_rises_is_found_again() -> None:
    fleet = Fleet(Wall(8, 5))
    for _ in range(3):
        fleet.post(480)
    fleet.wall.per_second = 3
    share, refused = fleet.post(360)
    assert share >= 0.85
    assert refused <= 0.06
    fleet.wall.per_second = 4
    for _ in range(10):
        share, refused = fleet.post(480)
    assert share >= 0.93
    assert refused <= 0.005


def test_it_begins_slowly_and_grows_with_what_is_sent_and_not_with_time() -> None:
    bucket = budget.sought(Bucket("slack/T1"), BEGINS)
    assert budget.room(bucket, None, NOW, 1.0, 100) == 2
    _, after = budget.reserve(bucket, None, NOW, 2)
    assert budget.per_second(after, None, NOW + 10**9) == pytest.approx(2.6)
    assert budget.per_second(bucket, None, NOW + 10**9) == BEGINS


def test_refusals_of_one_moment_are_one() -> None:
    bucket = budget.sought(Bucket("slack/T1"), 6.0)
    _, bucket = budget.reserve(bucket, None, NOW, 5)
    first = budget.slowed(bucket, None, NOW + 100, 1.0)
    second = budget.slowed(first, None, NOW + 1_700, 1.0)
    assert second.search == first.search
    assert second.tat == NOW + 2_700
    third = budget.slowed(second, None, NOW + 4_000, 1.0)
    assert third.search is not None
    assert first.search is not None
    assert third.search.rate < first.search.rate


def test_after_a_rest_what_goes_through_is_not_taken_for_the_ceiling() -> None:
    learnt = Search(Phase.LEARNT, 5.0, refused_at=NOW - 90_000, count=100, since=NOW - 80_000.0)
    rested = learnt.used(10, NOW - IDLE_MS - 1, NOW)
    assert rested.since == 0
    after = rested.refused(NOW + 10_000.0, NOW + 9_000, 1.0)
    assert after.rate == pytest.approx(0.95 * rested.rate)
    assert after.since == NOW + 10_000


def test_what_was_learnt_before_it_was_sought_is_gone_on_from() -> None:
    known = Bucket("slack/T1", rate=3.5, rate_at=NOW)
    found = budget.sought(known, BEGINS)
    assert found.search == Search(Phase.NEAR, 3.5)
    assert budget.sought(known, None) == known
    assert budget.sought(replace(found, tat=1.0), BEGINS).search == found.search


def test_it_never_falls_to_nothing() -> None:
    bucket = budget.sought(Bucket("slack/T1"), BEGINS)
    for number in range(60):
        bucket = budget.slowed(bucket, None, NOW + number * 5_000, 1.0)
    assert bucket.search is not None
    assert bucket.search.rate == pytest.approx(0.2)
