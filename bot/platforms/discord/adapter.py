"""The Discord adapter: keeps one connection as `bot.contract.Platform` promises it.

A client of discord.py is used up once it is closed, so each `run` builds a new one. discord.py itself resumes a
connection that is lost later; what it cannot mend is raised, for the supervisor to try again or to stop.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import discord

from bot.commands.router import Commands
from bot.contract import Limits
from bot.errors import RefusedError
from bot.library.vocabulary import Audience
from bot.platforms.discord.answer import PATIENCE
from bot.platforms.discord.carrier import DiscordCarrier
from bot.platforms.discord.client import BriefClient, build_client, use_api
from bot.platforms.discord.limits import DISCORD
from bot.platforms.discord.rest import RestClient
from bot.settings import DiscordSettings

GRACE = 3.5
"""Seconds that answers in hand are given when the platform closes."""

_PORTAL = "https://discord.com/developers/applications"
# Close codes after which Discord says not to reconnect
# (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
_FINAL = frozenset({4010, 4011, 4012, 4013, 4014})


class DiscordPlatform:
    """Discord as a platform: connects with the token of the settings and answers with the commands."""

    def __init__(
        self,
        settings: DiscordSettings,
        commands: Commands,
        *,
        audience: Audience = Audience.PUBLIC,
        roles: Sequence[str] = (),
        patience: float = PATIENCE,
    ) -> None:
        """Take the settings of the Discord section, the commands, and the audience of servers that have the bot.

        `roles` may manage digests, beside those who may manage the server. `patience` is how many seconds an answer may
        take before Discord is asked to wait.
        """
        self._settings = settings
        self._commands = commands
        self._audience, self._roles, self._patience = audience, roles, patience
        self._client: BriefClient | None = None
        self._serving: asyncio.Task[None] | None = None
        self._closing = False
        token = "" if settings.token is None else settings.token.get_secret_value()
        self._rest = RestClient(settings.api_base, token)
        self._carrier = DiscordCarrier(self._rest, self._live)

    @property
    def name(self) -> str:
        """The platform's name."""
        return "discord"

    @property
    def limits(self) -> Limits:
        """The platform's limits."""
        return DISCORD

    @property
    def connected(self) -> bool:
        """Whether interactions can arrive at this moment."""
        return self._client is not None and self._client.connected

    @property
    def carrier(self) -> DiscordCarrier:
        """What carries editions: it posts while there is a connection."""
        return self._carrier

    def _live(self) -> BriefClient | None:
        return self._client if self.connected else None

    async def run(self) -> None:
        """Connect and serve until closed.

        Raises RefusedError when the token or the intents are refused, and whatever else ends the connection for good.
        """
        if self._closing:
            return
        token = self._settings.token
        if token is None:
            raise RefusedError("BRIEFBOT_DISCORD__TOKEN is not set.", f"Set it to the bot's token from {_PORTAL}.")
        self._rest.refused = False
        use_api(self._settings.api_base)
        client = build_client(self._commands, audience=self._audience, roles=self._roles, patience=self._patience)
        async with client:
            self._client = client
            self._serving = asyncio.create_task(client.start(token.get_secret_value()), name="discord-client")
            try:
                await asyncio.wait({self._serving})
            finally:
                self._client = None
                self._serving.cancel()
                await asyncio.wait({self._serving})
        error = _ending(self._serving)
        if error is not None and not self._closing:
            raise error

    async def close(self) -> None:
        """Finish the answers in hand, at most `GRACE` seconds long, then disconnect and let `run` return."""
        self._closing = True
        client, serving = self._client, self._serving
        carrier = asyncio.create_task(self._carrier.close(), name="discord-editions-end")
        try:
            await self._finish(client, serving)
        finally:
            await carrier

    async def _finish(self, client: BriefClient | None, serving: "asyncio.Task[None] | None") -> None:
        if client is None or serving is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(client.answers.finished(), GRACE)
        await client.close()
        serving.cancel()  # it may be in the middle of a first connection, which close does not reach


def _ending(serving: asyncio.Task[None]) -> BaseException | None:
    """Return what ended the connection, if anything did: RefusedError where another try would be refused again."""
    error = None if serving.cancelled() else serving.exception()
    match error:
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            sentence = "Discord refused the token in BRIEFBOT_DISCORD__TOKEN."
            advice = f"Copy the bot's token again from its page at {_PORTAL}, and restart."
        case discord.PrivilegedIntentsRequired():
            sentence = "Discord refused the bot's intents."
            advice = f"The bot asks for `guilds` alone; look at what {_PORTAL} says of it, and restart."
        case discord.ConnectionClosed(code=code) if code in _FINAL:
            sentence = f"Discord will not let this bot connect (close code {code})."
            advice = f"Look at what {_PORTAL} says of it, and restart."
        case _:
            return error
    refusal = RefusedError(sentence, advice)
    refusal.__cause__ = error
    return refusal
