"""A short run of the torture, and that it would show what it looks for: with a safety off, messages come twice.

The long one is `make torture`.
"""

import asyncio
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.torture.run import Plan, Result, run
from tests.torture.world import worlds

pytestmark = pytest.mark.timeout(300)


def carry_out(plan: Plan, url: str, folder: Path) -> Result:
    with worlds() as both:
        return asyncio.run(run(plan, url, both, folder / "bots.log"))


def test_one_bot_on_sqlite_loses_and_doubles_nothing(tmp_path: Path) -> None:
    plan = Plan(seed=11, replicas=1, kills=3, every=3.0, channels=30, after=0.05, late=0.03)
    result = carry_out(plan, f"sqlite:///{tmp_path / 'briefbot.db'}", tmp_path)
    assert result.finished
    assert result.tally.parts > 240
    assert result.tally.clean, result.tally


def test_three_bots_on_postgresql_lose_and_double_nothing(postgres: Postgres, tmp_path: Path) -> None:
    plan = Plan(seed=12, replicas=3, kills=3, freezes=1, lose_one=True, every=3.0, channels=30, after=0.05, late=0.03)
    result = carry_out(plan, postgres.database(), tmp_path)
    assert result.finished
    assert result.tally.parts > 300
    assert result.tally.clean, result.tally


def test_without_looking_first_messages_come_twice(tmp_path: Path) -> None:
    plan = Plan(seed=13, replicas=1, kills=1, every=3.0, channels=30, after=0.2, options=("--no-read-back",))
    result = carry_out(plan, f"sqlite:///{tmp_path / 'briefbot.db'}", tmp_path)
    assert result.tally.twice > 0
    assert result.tally.lost == 0


def test_without_the_deadline_a_frozen_bot_posts_what_others_have_posted(postgres: Postgres, tmp_path: Path) -> None:
    """Discord would know the same nonce again for some minutes; here it has forgotten, as after a longer sleep.

    A bot may be frozen with nothing in hand, and then there is nothing to see: so there is more than one try.
    """
    unsafe = ("--no-deadline",)
    twice = 0
    for seed in (14, 15, 16, 17):
        plan = Plan(seed, replicas=3, kills=0, freezes=4, every=1.5, channels=150, options=unsafe, forgets=1.0)
        result = carry_out(plan, postgres.database(), tmp_path)
        assert result.tally.lost == 0
        twice += result.tally.twice
        if twice:
            break
    assert twice > 0
