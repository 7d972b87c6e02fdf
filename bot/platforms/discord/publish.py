"""Publishing what was posted to announcement channels, so that the channels which follow them get it too.

It comes after the post and beside it: an edition that is not published has arrived all the same. Discord lets few
messages an hour be published in a channel, so being refused is nothing unusual; publishing twice does no harm.
"""

import asyncio

import discord
import structlog

from bot.contract import Fate, SendError
from bot.platforms.discord.rest import RestClient

_log = structlog.get_logger("briefbot")

_TRIES = 3
_PATIENCE = 60.0
"""Seconds that a message to be published waits at most, when Discord asks it to."""
_PUBLISHED = "40033"  # already


class Publisher:
    """Publishes one message after the other."""

    def __init__(self, rest: RestClient) -> None:
        """Take the REST client."""
        self._rest = rest
        self._tasks: set[asyncio.Task[None]] = set()
        self._one = asyncio.Lock()

    def publish(self, message: discord.Message) -> None:
        """See to it that `message` is published, if it is not; never raises."""
        if message.flags.crossposted:
            return
        task = asyncio.create_task(self._publish(message), name="discord-publish")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what has yet to be published."""
        for task in (tasks := set(self._tasks)):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _publish(self, message: discord.Message) -> None:
        async with self._one:
            for _ in range(_TRIES):
                try:
                    await self._rest.post(lambda _: message.publish())
                except SendError as error:
                    if error.fate in {Fate.NOT_YET, Fate.UNCERTAIN} and error.wait <= _PATIENCE:
                        await asyncio.sleep(error.wait)
                        continue
                    if error.code == _PUBLISHED:
                        return
                    _log.info("not published", action="discord.publish", channel=message.channel.id, code=error.code)
                return
        _log.info("not published", action="discord.publish", channel=message.channel.id, code="tries")
