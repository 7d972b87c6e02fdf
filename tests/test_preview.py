"""`briefbot preview`, which is `make demo`, as a process of its own: digests that go with it, and nothing else left."""

import asyncio
import json
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.web.demo import passing_database
from tests.samples import files, write
from tests.test_run import briefbot_run, slack_settings
from tests.web.chatting import EDITION, ORDER, chatting
from tests.wire.slack.server import SlackServer


class Demo:
    """A running `briefbot preview`, where it runs, and where it may leave things meanwhile."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path, url: str) -> None:
        self.process = process
        self.url = url
        self.here, self.temporary = folder / "here", folder / "temporary"

    async def end(self, how: signal.Signals) -> list[dict[str, str]]:
        """End it and return what it has logged."""
        self.process.send_signal(how)
        _, log = await asyncio.wait_for(self.process.communicate(), 10)
        assert self.process.returncode == 0
        return [json.loads(line) for line in log.splitlines()]


@asynccontextmanager
async def demo(folder: Path, **settings: str) -> AsyncIterator[Demo]:
    for name in ("here", "temporary"):
        (folder / name).mkdir()
    env = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "TMPDIR": str(folder / "temporary"),
        "BRIEFBOT_BRIEFINGS__PATH": str(write(folder / "briefings", files())),
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "preview", "--port", "0"),
        env=env,
        cwd=folder / "here",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            told = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", told)
        assert found is not None
        yield Demo(process, folder, found[0])
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_what_is_ordered_in_the_demo_is_sent_there_and_goes_with_it(tmp_path: Path, how: signal.Signals) -> None:
    async with demo(tmp_path) as shown:
        async with chatting(shown.url) as chat:
            await chat.say(ORDER)
            await chat.until("Subscribed")
            await chat.say("/digest now")
            await chat.until(EDITION)
        (folder,) = shown.temporary.iterdir()
        assert (folder / "digests.db").exists()
        assert list(shown.here.iterdir()) == []
        log = await shown.end(how)
    assert list(shown.temporary.iterdir()) == []
    assert list(shown.here.iterdir()) == []
    assert [line for line in log if line["level"] != "info"] == []


async def test_a_demo_that_is_ended_before_anybody_looks_leaves_nothing(tmp_path: Path) -> None:
    async with demo(tmp_path) as shown:
        log = await shown.end(signal.SIGINT)
    assert list(shown.temporary.iterdir()) == []
    assert [line for line in log if line["level"] != "info"] == []


def test_without_a_folder_to_keep_them_in_there_are_no_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with passing_database() as url:
        assert url is None


async def test_where_digests_are_switched_off_the_demo_has_none(tmp_path: Path) -> None:
    async with demo(tmp_path, BRIEFBOT_DIGESTS__ENABLED="false") as shown:
        async with chatting(shown.url) as chat:
            await chat.say(ORDER)
            await chat.until("Digests are off here.")
        await shown.end(signal.SIGINT)


async def test_readers_of_a_running_bots_page_order_nothing(tmp_path: Path) -> None:
    async with (
        SlackServer() as slack,
        briefbot_run(tmp_path, **slack_settings(slack), BRIEFBOT_WEB__PAGE="true") as bot,
    ):
        await bot.until("store", ok=True)
        async with chatting(f"http://127.0.0.1:{bot.port}") as chat:
            await chat.say(ORDER)
            await chat.until("Digests are off here.")
        assert not bot.logged("digest.subscribe")
