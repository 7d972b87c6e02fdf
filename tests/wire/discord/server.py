"""A loopback Discord for the unpatched discord.py to run against.

    async with DiscordServer() as d:
        discord.http.Route.BASE = d.api_base
        ...
        answer = await d.command("brief", {"query": "blinken"})

It speaks the REST API and the gateway, version 10, over real sockets, shows what people would see, and refuses what
Discord would refuse. Everything runs in the loop that entered it.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.wire.discord.channels import Channels
from tests.wire.discord.faults import Fault
from tests.wire.discord.gateway import AUTHENTICATION_FAILED, Gateway
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.mentions import Ping
from tests.wire.discord.people import People
from tests.wire.discord.places import GUILD, Channel
from tests.wire.discord.records import Message, RestCall
from tests.wire.discord.refusal import Refusal
from tests.wire.discord.registry import Registry
from tests.wire.discord.rest import PREFIX, Bucket, Rest
from tests.wire.discord.threads import Threads
from tests.wire.discord.world import World

INTERACTION_SECONDS = 3.0
HEARTBEAT_SECONDS = 41.25
BODY_MOST = 25 * 1024 * 1024


class DiscordServer(People):
    """One Discord with one bot in it, on a port of its own."""

    def __init__(
        self,
        *,
        interaction_timeout: float = INTERACTION_SECONDS,
        heartbeat: float = HEARTBEAT_SECONDS,
        shards: int = 1,
        token: str = "test-token",
        port: int = 0,
    ) -> None:
        """Prepare a server.

        Args:
            interaction_timeout: seconds in which the first response to an interaction has to come.
            heartbeat: seconds between the heartbeats that are asked for.
            shards: how many the bot is told to open.
            token: the only bot token that is taken.
            port: 0 takes a free one.
        """
        self.token, self._port, self._revoked = token, port, False
        self.world = World()
        self.rest = Rest(self._authorised)
        self.gateway = Gateway(self.world, self._authorised, shards=shards, heartbeat=heartbeat)
        self.registry = Registry(self.world, self.rest, self.gateway)
        self.interactions = Interactions(self.world, self.rest, timeout=interaction_timeout)
        self.channels = Channels(self.world, self.rest, self.gateway)
        self.threads = Threads(self.world, self.rest, self.gateway, self.channels)
        self.app = web.Application(client_max_size=BODY_MOST)
        self._runner: web.AppRunner | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self.api_base = ""

    def _authorised(self, token: object) -> bool:
        return token == self.token and not self._revoked

    async def __aenter__(self) -> Self:
        """Start to listen."""
        self.app.router.add_route("*", PREFIX + "/{rest:.*}", self.rest.__call__)
        self.app.router.add_get("/gateway/", self.gateway.__call__)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.2, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.api_base = f"http://{host}:{port}{PREFIX}"
        self.gateway.address = f"ws://{host}:{port}/gateway/"
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close everything."""
        await asyncio.gather(*self._closing)
        await self.gateway.shut()
        if self._runner is not None:
            await self._runner.cleanup()

    # What is to be seen.

    @property
    def calls(self) -> list[RestCall]:
        """List every REST call, oldest first."""
        return self.rest.calls

    @property
    def messages(self) -> list[Message]:
        """List every message of the bot, deleted ones included (`deleted`), oldest first."""
        return list(self.world.messages.values())

    @property
    def refusals(self) -> list[tuple[str, Refusal]]:
        """List everything that was refused as wrong (400, or an address that is not there), with the call that was."""
        return self.rest.refusals

    @property
    def commands(self) -> list[dict[str, Any]]:
        """List the global commands as they are registered."""
        return self.registry.commands[None]

    @property
    def command_syncs(self) -> int:
        """Count how often the global commands were overwritten as a whole."""
        return self.registry.syncs

    @property
    def pings(self) -> list[Ping]:
        """List everybody whom a message would notify, or one of its former versions.

        An ephemeral message notifies nobody else, but is listed too: its words would ping once they are shared.
        """
        return [ping for message in self.messages for ping in message.pings()]

    def called(self, method: str, ending: str) -> list[RestCall]:
        """List the calls of a method whose path ends so."""
        return [call for call in self.calls if call.method == method and call.path.endswith(ending)]

    async def ready(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - a test's own patience
        """Wait until every shard has identified or resumed, and was sent READY and its servers.

        Raises:
            TimeoutError: when that does not come about.
        """
        async with asyncio.timeout(timeout):
            await self.gateway.wait(lambda: self.gateway.ready)

    # What a test arranges.

    def fail(self, method: str, path: str, **how: Any) -> None:
        """Let the next calls fail; `path` as in "/interactions/*/callback", `how` are fields of Fault."""
        self.rest.faults.waiting.append(Fault(method, path, **how))

    def limit(self, method: str, path: str, most: int, per: float) -> None:
        """Set a rate limit: `most` calls in `per` seconds for each channel, webhook or interaction."""
        self.rest.buckets.append(Bucket(method, path, most, per))

    def add_channel(self, number: int, name: str, guild: int = GUILD, **more: Any) -> Channel:
        """Add a channel, `more` are fields of Channel; a client that is connected already is not told."""
        self.world.channels[number] = Channel(number, name, guild, **more)
        return self.world.channels[number]

    async def drop(self, code: int | None = None) -> None:
        """Break every connection: without a word, or with a close code.

        The sessions stay, unless the code ends them: what is dispatched meanwhile is sent again when they are resumed.
        """
        if code is None:
            await self.gateway.each(lambda connection: connection.abort())
        else:
            await self.gateway.each(lambda connection: self.gateway.close(connection, code))

    async def request_reconnect(self) -> None:
        """Ask every client to reconnect and resume (opcode 7)."""
        await self.gateway.leave(resumable=True)

    async def invalidate_session(self) -> None:
        """End every session (opcode 9): the client has to identify anew, and what it missed is lost."""
        await self.gateway.leave(resumable=False)

    def revoke_token(self) -> asyncio.Task[None]:
        """Take the token from the bot: REST answers 401 from now on, the gateway closes with 4004; may be awaited."""
        self._revoked = True
        task = asyncio.create_task(self.drop(AUTHENTICATION_FAILED))
        self._closing.add(task)
        return task
