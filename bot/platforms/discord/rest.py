"""The bot's REST calls for editions: a client of discord.py beside the one that answers, without a gateway.

It is one of its own so that a limit that editions meet never holds up an answer, and because its calls are watched
(`once`), which would cost each answer a little. It logs in when the first edition goes out.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import discord
import structlog

from bot.contract import Fate, Scope, SendError
from bot.platforms.discord.client import api
from bot.platforms.discord.fates import UNREACHED, ceiling, of_reading, verdict
from bot.platforms.discord.once import attempt, tracing

_log = structlog.get_logger("briefbot")
T = TypeVar("T")

SECONDS = 10.0
"""How long a call may take, waiting for its turn included."""
_CHANNELS_KNOWN = 250
GRACE = 3.5
"""Seconds that calls in hand are given when the client closes."""


class RestClient:
    """Calls Discord with the bot's token, each call once."""

    def __init__(self, api_base: str, token: str, *, seconds: float = SECONDS) -> None:
        """Take the REST API's address, the token, and the seconds that a call may take."""
        self._api_base, self._token, self._seconds = api_base, token, seconds
        self.refused = False
        """Whether Discord has refused the token; somebody who connects anew says that it is worth another try."""
        self._login: asyncio.Task[discord.Client] | None = None
        self._silent_until, self._closed = 0.0, False
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def post(self, act: Callable[[discord.Client], Awaitable[T]]) -> T:
        """Do what changes something; raise SendError: UNCERTAIN where it may have happened."""
        client = await self._logged_in()
        try:
            return await self._once(lambda: act(client))
        finally:
            _forget_idle(client)

    async def read(self, act: Callable[[discord.Client], Awaitable[T]], *, seconds: float | None = None) -> T:
        """Do what changes nothing; raise SendError, never UNCERTAIN: what failed can be done again."""
        client = await self._logged_in()
        return await self._reading(lambda: act(client), seconds)

    async def close(self) -> None:
        """Wait until no call is in hand, at most `GRACE` seconds long, then disconnect."""
        self._closed, login = True, self._login
        if login is None:
            return
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), GRACE)
        finally:
            login.cancel()
            await asyncio.wait({login})
            if not _failed(login):
                await login.result().close()

    async def _logged_in(self) -> discord.Client:
        """Return the client, logged in; who comes meanwhile waits for the same attempt, and shares its failure."""
        if self._login is None or (self._login.done() and _failed(self._login)):
            self._login = asyncio.create_task(self._log_in(), name="discord-editions")
            self._login.add_done_callback(_failed)
        return await asyncio.shield(self._login)

    async def _log_in(self) -> discord.Client:
        client = discord.Client(
            intents=discord.Intents(guilds=True),  # it has no gateway to ask; discord.py warns of anything less
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            http_trace=tracing(),
        )  # no max_ratelimit_timeout: with one, discord.py refuses what a limit has room for, if that is a long one
        try:
            await self._reading(lambda: client.login(self._token))
        except BaseException:
            await client.close()
            raise
        return client

    async def _reading(self, act: Callable[[], Awaitable[T]], seconds: float | None = None) -> T:
        try:
            return await self._once(act, seconds)
        except SendError as error:
            raise of_reading(error) from error

    async def _once(self, act: Callable[[], Awaitable[T]], seconds: float | None = None) -> T:
        self._hold_back()
        self._in_hand += 1
        self._idle.clear()
        try:
            with api(self._api_base), attempt() as made:
                try:
                    async with asyncio.timeout(seconds or self._seconds):
                        return await act()
                except SendError:
                    raise
                except Exception as error:
                    raise self._noted(verdict(error, made)) from error
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    def _hold_back(self) -> None:
        """Raise SendError (NOT_YET) while Discord has asked for silence: each call meanwhile would prolong it."""
        if self._closed:
            raise UNREACHED.error("closed")
        left = self._silent_until - asyncio.get_running_loop().time()
        if left > 0:
            raise ceiling(left)

    def _noted(self, error: SendError) -> SendError:
        if error.scope is Scope.PLATFORM:
            self._silent_until = max(self._silent_until, asyncio.get_running_loop().time() + error.wait)
            if error.fate is Fate.REVOKED and not self.refused:
                self.refused = True
                _log.error("token refused", action="discord.post", code=error.code)
        return error


def _forget_idle(client: discord.Client) -> None:
    """Forget what is known of the limits of channels in which nothing goes on, once there are many.

    discord.py keeps that for five minutes, and looks through all of it for each new channel: posting to ten thousand
    took twice the time of posting to one thousand.
    """
    limits = client.http._buckets  # noqa: SLF001 - it has no other name, and nothing of it is changed that is in use
    if len(limits) >= _CHANNELS_KNOWN:
        for key in [key for key, limit in limits.items() if not limit.outgoing and limit.remaining > 0]:
            del limits[key]


def _failed(login: "asyncio.Task[discord.Client]") -> bool:
    return login.cancelled() or login.exception() is not None  # noqa: LOG004 - a task's, not a logger's
