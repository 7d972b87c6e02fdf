"""What operators ask of the database: what comes, what was, and what a restored backup may not know."""

import asyncio
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.contract import Target
from bot.digests import overview, schedule
from bot.digests.deliver import Deliverer
from bot.digests.lease import Terms
from bot.digests.ledger import Ledger
from bot.digests.model import Schedule, Wants
from bot.digests.planner import Planner
from bot.digests.planning import Planning
from bot.digests.subscriptions import Subscriptions
from bot.library.vocabulary import Audience
from bot.platforms.terminal import ledger as words
from bot.storage.database import Database
from tests import samples
from tests.digests.postbox import Postbox
from tests.torture.work import Yesterday

PLACE = Target("slack", "T1", "C1")


async def order(url: str, *, paused: str = "") -> int:
    """Subscribe a channel whose slot was two minutes ago."""
    database = await Database.open(url)
    at = datetime.now(UTC) - timedelta(minutes=2)
    daily = Schedule(at.time().replace(second=0, microsecond=0), "UTC")
    kept = Subscriptions(database, Yesterday())
    place = PLACE._replace(channel="C9") if paused else PLACE
    added = await kept.add(place, owner="U1", schedule=daily, wants=Wants(), audience=Audience.PUBLIC)
    if paused:
        await kept.pause(added.subscription.id, paused)
    await database.close()
    return added.subscription.id


async def deliver(url: str, box: Postbox, *, plan: bool) -> None:
    """Do what a bot does in a few seconds."""
    database = await Database.open(url)
    if plan:
        await Planner(Planning(database, schedule), samples.library, {"slack": box}).plan()
    deliverer = Deliverer(Ledger(database, {}), {"slack": box}, terms=Terms(lease=5, settle=0.2, timeout=1))
    running = asyncio.create_task(deliverer.run())
    await asyncio.sleep(1)
    await deliverer.close(1)
    await running
    await database.close()


async def test_what_comes_and_what_was(tmp_path: Path) -> None:
    url, box = f"sqlite:///{tmp_path}/briefbot.db", Postbox()
    assert words.due_text(await overview.coming(url)) == words.NOBODY
    number = await order(url)
    asleep = await order(url, paused="The channel is archived.")
    found = await overview.coming(url)
    assert [(each.subscription.id, each.slot is None) for each in found] == [(number, False), (asleep, True)]
    told = words.due_text(found)
    assert f"#{number} slack T1/C1  (UTC)" in told
    assert f"#{asleep} slack T1/C9  The channel is archived." in told
    assert [json.loads(line)["state"] for line in words.due_json(found).splitlines()] == ["active", "paused"]
    await deliver(url, box, plan=True)
    past = await overview.past(url, number, 5)
    assert "sent https://example.org/1" in words.status_text(past)
    (edition,) = (json.loads(line) for line in words.status_json(past).splitlines())
    assert edition["parts"] == [{"state": "sent", "link": "https://example.org/1", "reason": ""}]
    assert "no edition yet" in words.status_text(await overview.past(url, asleep, 5))
    assert await overview.past(url, 999, 5) == []


async def test_what_was_sent_after_a_backup_is_found_and_not_sent_again(tmp_path: Path) -> None:
    url, box = f"sqlite:///{tmp_path}/briefbot.db", Postbox()
    await order(url)
    shutil.copy(tmp_path / "briefbot.db", tmp_path / "backup.db")
    await deliver(url, box, plan=True)
    assert len(box.posted) == 1
    shutil.copy(tmp_path / "backup.db", tmp_path / "briefbot.db")
    assert await overview.restored(url, samples.library(), {"slack": box}) == 1
    await deliver(url, box, plan=False)
    assert len(box.posted) == 1
    (past,) = await overview.past(url, None, 5)
    assert past.editions[0].parts[0].state == "sent"
