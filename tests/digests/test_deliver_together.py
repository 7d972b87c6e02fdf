"""What is in hand for a workspace that is refused for being too fast: it goes back, and out later."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import pytest

from bot.contract import Fate, Pace, Part, Scope, SendError, Sent, Target
from tests.digests.postbox import Fault, Postbox
from tests.digests.rig import Rig
from tests.digests.test_deliver import delivering


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@pytest.fixture
async def paced(migrated_url: str) -> AsyncIterator[Rig]:
    """A ledger that promises ten messages a second to each workspace."""
    opened = await Rig.open(migrated_url, {"slack": Pace({Scope.WORKSPACE: 10.0})})
    yield opened
    await opened.database.close()


async def test_what_waits_for_its_turn_goes_back_when_its_workspace_is_refused(paced: Rig, box: Postbox) -> None:
    rig = paced
    for number in range(6):
        await rig.subscribe(f"C{number}")
    await rig.subscribe("C9", "T2")
    rig.clock.on(hours=1)
    await rig.plan()
    tried: list[str] = []

    async def crowded(_carry_out: Callable[[], Sent]) -> Sent:
        tried.append("crowded")
        raise SendError(Fate.NOT_YET, "ratelimited", wait=3.0, scope=Scope.WORKSPACE)

    box.post = _first_of("T1", crowded, box)  # type: ignore[method-assign]
    async with delivering(rig, box):
        await asyncio.sleep(1.5)
        assert (tried, [target.channel for target, _ in box.posted]) == (["crowded"], ["C9"])
        async with asyncio.timeout(40):
            while len(box.posted) < 7:
                rig.clock.on(seconds=1)
                await asyncio.sleep(0.3)
    assert len(set(box.keys)) == 7
    assert box.looked == []


def _first_of(workspace: str, fault: Fault, box: Postbox) -> Any:
    """Return what posts into `box`, but for the first of `workspace`, to which `fault` happens."""
    met: list[str] = []
    post = box.post

    async def posting(target: Target, part: Part, first_try: datetime | None) -> Sent:
        if target.workspace == workspace and not met:
            met.append(part.key)
            return await fault(lambda: Sent(""))
        return await post(target, part, first_try)

    return posting
