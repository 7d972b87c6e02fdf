"""Digests in a process of their own, as a reader meets them: ordered, sent, asked about, kept over a restart."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.test_run import briefbot_run, discord_settings, slack_settings
from tests.wire.discord import DiscordServer
from tests.wire.discord.people import USER
from tests.wire.discord.places import FORUM
from tests.wire.slack import SlackServer
from tests.wire.slack.records import Message

MANAGE_SERVER = 1 << 5


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.05)


def posted(slack: SlackServer) -> list[Message]:
    """Return what was posted for everybody."""
    return [each for each in slack.messages if each.via == "chat.postMessage"]


def editions(discord: DiscordServer) -> list[str]:
    """Return the words of what carries an edition's mark."""
    return [words for each in discord.messages if "-# Edition" in (words := each.text())]


async def test_a_channel_in_slack_orders_a_digest_gets_an_edition_and_keeps_it_over_a_restart(tmp_path: Path) -> None:
    async with SlackServer() as slack:
        async with briefbot_run(tmp_path, **slack_settings(slack)) as bot:
            await slack.socket_connected(timeout=10)
            await bot.until("store", ok=True)
            ordered = (await slack.command("/digest", "subscribe 7:30 shanghai weekdays")).text()
            assert "07:30" in ordered
            assert "UTC+8" in ordered
            assert "on its way" in (await slack.command("/digest", "now")).text().lower()
            await until(lambda: bool(posted(slack)))
            (edition,) = posted(slack)
            assert "digest" in edition.text.lower()
            assert edition.metadata is not None
            await asyncio.sleep(0.3)  # the outcome is written in groups
            assert "sent" in (await slack.command("/digest", "status")).text().lower()
            assert (await bot.end())[0] == 0
        async with briefbot_run(tmp_path, **slack_settings(slack)) as bot:
            await bot.until("store", ok=True)
            await bot.until("slack", ok=True)
            assert "07:30" in (await slack.command("/digest", "list")).text()
            assert posted(slack) == [edition]


async def test_a_channel_in_discord_orders_a_digest_and_gets_an_edition(tmp_path: Path) -> None:
    async with DiscordServer() as discord, briefbot_run(tmp_path, **discord_settings(discord)) as bot:
        await discord.ready(timeout=10)
        await bot.until("store", ok=True)
        await bot.until("discord", ok=True)
        asked = {"time": "7:30", "zone": "shanghai"}
        assert "may not" in (await discord.command("digest subscribe", asked)).text()
        discord.world.allowed[USER] = str(MANAGE_SERVER)
        ordered = (await discord.command("digest subscribe", asked)).text().replace("\\", "")
        assert "07:30" in ordered
        assert "UTC+8" in ordered
        await discord.command("digest now", {})
        await until(lambda: bool(editions(discord)))
        await asyncio.sleep(0.3)
        status = (await discord.command("digest status", {})).text()
        assert "sent" in status.lower()
        assert len(editions(discord)) == 1


async def test_a_forum_gets_an_edition_that_was_ordered_elsewhere(tmp_path: Path) -> None:
    async with DiscordServer() as discord, briefbot_run(tmp_path, **discord_settings(discord)) as bot:
        discord.world.allowed[USER] = str(MANAGE_SERVER)
        forum = discord.add_channel(2010, "digests", type=FORUM)
        await discord.ready(timeout=10)
        await bot.until("store", ok=True)
        await bot.until("discord", ok=True)
        ordered = await discord.command("digest subscribe", {"time": "7:30", "zone": "utc", "channel": forum.id})
        assert "Subscribed in" in ordered.text()
        await discord.command("digest now", {"channel": forum.id})
        await until(lambda: bool(editions(discord)))
        (thread,) = (each for each in discord.world.channels.values() if each.parent == forum.id)
        assert [each.channel_id for each in discord.messages if "-# Edition" in each.text()] == [thread.id]
