"""Digests as a part of the bot: they say so while they cannot be reached, mend by themselves, and end in order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.contract import Fate, Target
from bot.digests import service
from bot.digests.desk import PartState
from bot.digests.lease import Terms
from bot.digests.model import Schedule, Wants
from bot.digests.service import Digests, Rules
from bot.digests.wake import Wakes
from bot.errors import BriefbotError
from bot.library.vocabulary import Audience
from bot.storage.database import Database
from tests import samples
from tests.digests.postbox import Postbox, refused

PLACE = Target("slack", "T1", "C1")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(url: str, box: Postbox) -> AsyncIterator[Digests]:
    rules = Rules(terms=Terms(lease=5, settle=0.5, timeout=1))
    digests = Digests(SecretStr(url), samples.library, {"slack": box}, rules=rules)
    task = asyncio.create_task(digests.run())
    try:
        yield digests
    finally:
        await digests.close(1.0)
        async with asyncio.timeout(5):
            await task


async def order(digests: Digests) -> int:
    seven = Schedule(time(7), "UTC")
    return (await digests.desk.subscribe(PLACE, "U1", seven, Wants(), Audience.PUBLIC)).id


async def test_an_edition_that_is_asked_for_arrives(database_url: str) -> None:
    box = Postbox()
    async with running(database_url, box) as digests:
        assert not digests.health()[0]
        await until(lambda: digests.health()[0])
        number = await order(digests)
        await digests.desk.post_now(number)
        await until(lambda: bool(box.posted))
        async with asyncio.timeout(10):
            while (await digests.desk.status(number, 1))[0].parts[0].state is not PartState.SENT:
                await asyncio.sleep(0.05)
    assert len(box.posted) == 1


async def test_whoever_asks_while_the_database_is_being_opened_waits_for_it(database_url: str) -> None:
    async with running(database_url, Postbox()) as digests:
        assert not digests.health()[0]
        assert await digests.desk.subscriptions(PLACE) == ()
        assert digests.health()[0]


async def test_nobody_waits_longer_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "OPENING", 0.05)
    digests = Digests(SecretStr("sqlite:///never/opened.db"), samples.library, {})
    with pytest.raises(BriefbotError, match="cannot be reached"):
        await digests.desk.subscriptions(PLACE)


async def test_a_slot_that_comes_is_woken_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for: the clock alone brings the edition, at the slot's own minute.

    The database's clock and the alarm's are set ahead, both alike, so that a minute begins soon: the sweep of every
    half minute comes too late to be what brings it.
    """
    ahead, opened, alarm = timedelta(), Database.open, Wakes.at

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    def at(wakes: Wakes, instant: datetime | None) -> None:
        alarm(wakes, None if instant is None else instant - ahead)

    monkeypatch.setattr(Database, "open", lambda url: opened(url, lambda: int(now().timestamp() * 1000)))
    monkeypatch.setattr(Wakes, "at", at)
    box = Postbox()
    async with running(f"sqlite:///{tmp_path}/briefbot.db", box) as digests:
        await until(lambda: digests.health()[0])
        slot = (now() + timedelta(minutes=1)).replace(second=0, microsecond=0)
        ahead = slot - now() - timedelta(seconds=3)
        await digests.desk.subscribe(PLACE, "U1", Schedule(slot.time(), "UTC"), Wants(), Audience.PUBLIC)
        await until(lambda: bool(box.posted))
        assert now() >= slot


async def test_while_nothing_is_open_it_says_so_in_words_and_mends_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FIRST_PAUSE", 0.05)
    folder = tmp_path / "later"
    async with running(f"sqlite:///{folder}/briefbot.db", Postbox()) as digests:
        await until(lambda: "does not exist" in digests.health()[1])
        with pytest.raises(BriefbotError, match="cannot be reached"):
            await digests.desk.subscriptions(PLACE)
        folder.mkdir()
        await until(lambda: digests.health()[0])
        assert await digests.desk.subscriptions(PLACE) == ()
    with pytest.raises(BriefbotError):
        await digests.desk.subscriptions(PLACE)


async def test_a_password_is_in_no_word_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://briefbot:hunter2@127.0.0.1:9/none"
    async with running(url, Postbox()) as digests:
        await until(lambda: "Trying again" in digests.health()[1] or "trying again" in digests.health()[1])
        assert "hunter2" not in digests.health()[1]
    told = capsys.readouterr()
    assert "hunter2" not in told.out + told.err


async def test_the_owner_of_a_digest_that_was_refused_hears_once(database_url: str) -> None:
    box = Postbox()
    box.faults.append(refused(Fate.REFUSED))
    async with running(database_url, box) as digests:
        await until(lambda: digests.health()[0])
        number = await order(digests)
        await digests.desk.post_now(number)
        async with asyncio.timeout(10):
            while (await digests.desk.status(number, 1))[0].parts[0].state is not PartState.FAILED:
                await asyncio.sleep(0.05)
        await digests.desk.resume(number)  # which looks at once, as the next half minute would
        await until(lambda: bool(box.told))
        await digests.desk.resume(number)
        await asyncio.sleep(0.5)
    ((owner, words),) = box.told
    assert owner == "U1"
    assert "It will not be. Mend it." in words


async def test_a_database_that_is_deleted_under_the_bot_is_told_where_one_looks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "briefbot.db"
    async with running(f"sqlite:///{file}", Postbox()) as digests:
        await until(lambda: digests.health()[0])
        await order(digests)
        file.unlink()
        ok, words = digests.health()
        assert not ok
        assert words == f"the database {file} was deleted or replaced under the bot: restart it"
        await order(digests)  # which looks at once, as the next half minute would
        logged: list[str] = []

        def seen() -> bool:
            logged.append(capsys.readouterr().out)
            return "database gone" in "".join(logged)

        await until(seen)


async def test_while_a_platform_is_away_the_status_says_so(database_url: str) -> None:
    box = Postbox()
    box.ready = False
    async with running(database_url, box) as digests:
        await until(lambda: digests.health()[0])
        number = await order(digests)
        await digests.desk.post_now(number)
        (part,) = (await digests.desk.status(number, 1))[0].parts
        assert part.state is PartState.PENDING
        assert "I am not connected there at the moment." in part.reason
