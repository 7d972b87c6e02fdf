"""Leaving: what is in hand is finished, and nobody is waited for longer than that."""

import asyncio
import gc
import time

import aiohttp
import pytest

from bot.platforms.slack.adapter import SlackPlatform
from tests.platforms.slack.rig import settings
from tests.platforms.slack.script import Script
from tests.wire.slack import SlackServer


async def test_closing_delivers_what_is_in_hand(slack: SlackServer) -> None:
    script = Script()
    script.hold = asyncio.Event()
    platform = SlackPlatform(settings(slack), script)
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    command = asyncio.create_task(slack.command("/brief", "blinken"))
    mention = asyncio.create_task(slack.mention("<@UBOT> blinken", settle=3))
    async with asyncio.timeout(2):
        while len(script.asked) < 2:
            await asyncio.sleep(0.005)
    await platform.close()
    await platform.close()
    await asyncio.sleep(0.2)
    assert not running.done()
    script.hold.set()
    assert "Qin Gang" in (await command).visible()
    assert "Qin Gang" in (await mention).visible()
    await asyncio.wait_for(running, 2)
    assert slack.sockets.count == 0


async def test_closing_waits_for_answers_in_hand_as_long_as_it_was_told(slack: SlackServer) -> None:
    script = Script()
    script.hold = asyncio.Event()
    slack.ack_timeout = 1
    platform = SlackPlatform(settings(slack), script, grace=0.3)
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    asking = asyncio.create_task(slack.command("/brief", "blinken"))
    mention = asyncio.create_task(slack.mention("<@UBOT> blinken", settle=0))
    async with asyncio.timeout(2):
        while len(script.asked) < 2:
            await asyncio.sleep(0.005)
    started = time.monotonic()
    await platform.close()
    await asyncio.wait_for(running, 5)
    assert 0.3 <= time.monotonic() - started < 1
    script.hold.set()  # what was given up stays so
    await asyncio.gather(asking, mention)
    assert slack.called("chat.postMessage") == []


async def test_closing_before_and_while_connecting(slack: SlackServer) -> None:
    early = SlackPlatform(settings(slack), Script())
    await early.close()
    await asyncio.wait_for(early.run(), 2)
    slack.fail("auth.test", delay=3)
    late = SlackPlatform(settings(slack), Script())
    running = asyncio.create_task(late.run())
    await asyncio.sleep(0.1)
    await late.close()
    await asyncio.wait_for(running, 2)


async def test_closing_does_not_wait_for_the_good_bye_of_a_deaf_server(slack: SlackServer) -> None:
    slack.sockets.deaf = True
    platform = SlackPlatform(settings(slack), Script())
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    started = time.monotonic()
    await platform.close()
    await asyncio.wait_for(running, 5)
    assert time.monotonic() - started < 1


def unclosed() -> set[aiohttp.ClientSession]:
    """Return the sessions that would be left for the collector."""
    return {each for each in gc.get_objects() if isinstance(each, aiohttp.ClientSession) and not each.closed}


@pytest.mark.parametrize("cuts", [1, 2, 3])
@pytest.mark.parametrize("deaf", [False, True])
async def test_being_cut_off_while_closing_leaves_nothing_open(slack: SlackServer, cuts: int, deaf: bool) -> None:
    """Whoever stops cancels what is not finished in time, and once more at the loop's end."""
    before = unclosed()
    slack.sockets.deaf, slack.ack_timeout = deaf, 0.2
    script = Script()
    script.hold = asyncio.Event()
    platform = SlackPlatform(settings(slack), script, grace=0.5)
    running = asyncio.create_task(platform.run())
    await slack.socket_connected()
    opened = unclosed() - before
    assert len(opened) == 3
    await slack.mention("<@UBOT> blinken", settle=0)
    async with asyncio.timeout(2):
        while not script.asked:
            await asyncio.sleep(0.005)
    await platform.close()
    for _ in range(cuts):
        await asyncio.sleep(0.02)
        running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)
    assert all(each.closed for each in opened)
