"""`briefbot run` as an operator runs it: a process of its own, both platforms, signals, wrong tokens, dead hosts."""

import asyncio
import json
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.samples import entry_file, files, write
from tests.wire.discord.server import DiscordServer
from tests.wire.slack.server import SlackServer


class Bot:
    """A running `briefbot run`, its web address and what it has logged."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, briefings: Path) -> None:
        self.process = process
        self.briefings = briefings
        self.port = port
        self._web = f"http://127.0.0.1:{port}"
        self._reading = asyncio.create_task(self._read())
        self.log: list[dict[str, object]] = []

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.log.append(json.loads(line))

    def logged(self, action: str) -> list[dict[str, object]]:
        return [line for line in self.log if line.get("action") == action]

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self._web + path) as response:
            return response.status, await response.text()

    async def checks(self) -> dict[str, dict[str, object]]:
        _, text = await self.get("/readyz")
        found: dict[str, dict[str, object]] = json.loads(text)["checks"]
        return found

    async def until_answering(self) -> None:
        async with asyncio.timeout(20):
            while True:
                try:
                    await self.get("/healthz")
                except aiohttp.ClientError:
                    assert self.process.returncode is None, self.log
                    await asyncio.sleep(0.05)
                else:
                    return

    async def until(self, name: str, *, ok: bool) -> str:
        """Wait until the check `name` stands so and return its detail."""
        async with asyncio.timeout(15):
            while (check := (await self.checks())[name])["ok"] is not ok:
                await asyncio.sleep(0.05)
        return str(check["detail"])

    async def end(self) -> tuple[int, float]:
        """Send SIGTERM and return the exit status and how long it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = await asyncio.wait_for(self.process.wait(), 10)
        await self._reading
        return status, time.monotonic() - started


@asynccontextmanager
async def briefbot_run(folder: Path, **settings: str) -> AsyncIterator[Bot]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "BRIEFBOT_WEB__PORT": str(port), **settings}
    env["BRIEFBOT_DATABASE__URL"] = f"sqlite:///{folder}.db"
    env["BRIEFBOT_BRIEFINGS__PATH"] = str(write(folder, files()))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stderr=asyncio.subprocess.PIPE, limit=1 << 20
    )
    bot = Bot(process, port, folder)
    try:
        await bot.until_answering()
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await bot._reading


def slack_settings(slack: SlackServer) -> Mapping[str, str]:
    return {
        "BRIEFBOT_SLACK__BASE_URL": slack.base_url,
        "BRIEFBOT_SLACK__BOT_TOKEN": slack.bot_token,
        "BRIEFBOT_SLACK__APP_TOKEN": slack.app_token,
    }


def discord_settings(discord: DiscordServer) -> Mapping[str, str]:
    return {"BRIEFBOT_DISCORD__API_BASE": discord.api_base, "BRIEFBOT_DISCORD__TOKEN": discord.token}


async def test_one_process_answers_on_both_platforms_and_ends_in_time(tmp_path: Path) -> None:
    async with (
        SlackServer() as slack,
        DiscordServer() as discord,
        briefbot_run(tmp_path, **slack_settings(slack), **discord_settings(discord)) as bot,
    ):
        await slack.socket_connected(timeout=10)
        await discord.ready(timeout=10)
        await bot.until("slack", ok=True)
        await bot.until("discord", ok=True)
        await bot.until("store", ok=True)
        assert set(await bot.checks()) == {"library", "watcher", "store", "slack", "discord"}
        assert (await bot.get("/readyz"))[0] == 200
        assert "Antony Blinken" in (await slack.command("/brief", "blinken")).text()
        assert "Antony Blinken" in (await discord.command("brief", {"query": "blinken"})).text()
        _, metrics = await bot.get("/metrics")
        assert 'briefbot_commands_total{command="brief",outcome="match",platform="slack"} 1.0' in metrics
        assert 'briefbot_platform_up{platform="discord"} 1.0' in metrics
        assert (await bot.get("/"))[0] == 404  # the page is opt-in
        status, seconds = await bot.end()
        assert status == 0
        assert seconds < 5
        assert bot.logged("bot.stopped")
        assert not any(secret in json.dumps(bot.log) for secret in (slack.bot_token, slack.app_token, discord.token))


async def test_a_saved_file_is_answered_from_within_a_second_and_a_broken_one_takes_nothing_down(
    tmp_path: Path,
) -> None:
    async with SlackServer() as slack, briefbot_run(tmp_path, **slack_settings(slack)) as bot:
        await slack.socket_connected(timeout=10)
        path = bot.briefings / "people" / "qin-gang.md"
        path.write_text(entry_file("Qin Gang", bottom_line="A line that is new."), encoding="utf-8")
        await asyncio.sleep(1)
        assert "A line that is new." in (await slack.command("/brief", "qin gang")).text()
        path.write_text(entry_file("Qin Gang", bottom_line="Broken.", kind="persn"), encoding="utf-8")
        await asyncio.sleep(1)
        answer = (await slack.command("/brief", "qin gang")).text()
        assert "A line that is new." in answer
        assert "Last good version." in answer
        assert any("people/qin-gang.md:3:" in str(line["event"]) for line in bot.logged("library.problem"))
        assert "Antony Blinken" in (await slack.command("/brief", "blinken")).text()


async def test_a_wrong_token_stops_that_platform_with_one_clear_line_and_the_other_goes_on(tmp_path: Path) -> None:
    async with SlackServer() as slack, DiscordServer() as discord:
        wrong = {**slack_settings(slack), "BRIEFBOT_SLACK__BOT_TOKEN": "xoxb-wrong", **discord_settings(discord)}
        async with briefbot_run(tmp_path, **wrong) as bot:
            await discord.ready(timeout=10)
            await bot.until("discord", ok=True)
            detail = await bot.until("slack", ok=False)
            while "refused" not in detail:
                detail = await bot.until("slack", ok=False)
            assert "BRIEFBOT_SLACK__BOT_TOKEN" in detail
            assert "xoxb-wrong" not in json.dumps(bot.log)
            asked = len(slack.calls)
            await asyncio.sleep(2)
            assert len(slack.calls) == asked  # it never loops
            assert len(bot.logged("platform.refused")) == 1
            assert "Antony Blinken" in (await discord.command("brief", {"query": "blinken"})).text()


async def test_a_wrong_discord_token_stops_discord_alone(tmp_path: Path) -> None:
    async with SlackServer() as slack, DiscordServer() as discord:
        wrong = {**slack_settings(slack), **discord_settings(discord), "BRIEFBOT_DISCORD__TOKEN": "wrong-token"}
        async with briefbot_run(tmp_path, **wrong) as bot:
            await slack.socket_connected(timeout=10)
            detail = await bot.until("discord", ok=False)
            while "refused" not in detail:
                detail = await bot.until("discord", ok=False)
            assert "BRIEFBOT_DISCORD__TOKEN" in detail
            assert "wrong-token" not in json.dumps(bot.log)
            await bot.until("slack", ok=True)


async def test_a_platform_that_is_down_is_retried_by_name_and_comes_back(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with DiscordServer() as discord:
        down = {
            "BRIEFBOT_SLACK__BASE_URL": f"http://127.0.0.1:{port}/api/",
            "BRIEFBOT_SLACK__BOT_TOKEN": "xoxb-test",
            "BRIEFBOT_SLACK__APP_TOKEN": "xapp-test",
        }
        async with briefbot_run(tmp_path, **down, **discord_settings(discord)) as bot:
            await discord.ready(timeout=10)
            assert (await bot.get("/readyz"))[0] == 503
            assert "Antony Blinken" in (await discord.command("brief", {"query": "blinken"})).text()
            async with SlackServer(port=port) as slack:
                await slack.socket_connected(timeout=10)
                await bot.until("slack", ok=True)
                assert "Antony Blinken" in (await slack.command("/brief", "blinken")).text()


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_sdks_own_variables_do_not_switch_modes(tmp_path: Path, mode: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        "SLACK_BOT_TOKEN": "xoxb-other",
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "other",
        "SLACK_SIGNING_SECRET": "other",
        "SLACK_APP_TOKEN": "xapp-other",
        "HOME": str(tmp_path),
    }
    async with SlackServer(deliver_to=f"http://127.0.0.1:{port}/slack/events" if mode == "http" else None) as slack:
        settings = {
            **slack_settings(slack),
            "BRIEFBOT_SLACK__MODE": mode,
            "BRIEFBOT_SLACK__PORT": str(port),
            "BRIEFBOT_SLACK__SIGNING_SECRET": slack.signing_secret,
        }
        async with briefbot_run(tmp_path / "briefings", **own, **settings) as bot:
            await bot.until("slack", ok=True)
            assert "Antony Blinken" in (await slack.command("/brief", "blinken")).text()
            unsigned = await slack.command("/brief", "blinken", signing="bad") if mode == "http" else None
            assert unsigned is None or unsigned.status == 401
    left = await asyncio.to_thread(lambda: sorted(path.name for path in tmp_path.iterdir()))
    assert left == ["briefings"]  # no token store of the SDK's own
