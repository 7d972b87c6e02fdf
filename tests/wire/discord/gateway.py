"""The gateway, version 10: sessions that outlive their connection, and what is sent again when one is resumed.

Opcodes and close codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway.
"""

import asyncio
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire.discord.world import APPLICATION, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
_IGNORED = frozenset({3, 4, 8, 31})  # presence, voice state, members, soundboard
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = range(4001, 4006)
INVALID_SEQ, INVALID_SHARD, INVALID_INTENTS, DISALLOWED_INTENTS = 4007, 4010, 4013, 4014
_SESSION_ENDS = frozenset({1000, 1001, 4003, 4004, 4005, 4007, 4009, 4010, 4011, 4012, 4013, 4014})
_INTENTS = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
_PAYLOAD_MOST = 4096


@dataclass(eq=False)
class Session:
    """One shard's session: all that it was sent, and the connection it has at the moment, if any."""

    id: str
    shard: int
    intents: int
    sent: list[str] = field(default_factory=list)
    connection: "Connection | None" = None


class Connection:
    """One WebSocket, compressed as the client asked in its address."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        """Take an open socket."""
        self.ws, self.request = ws, request
        self.session: Session | None = None
        self._zlib = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def send(self, text: str) -> None:
        """Send a payload; one that is lost with the connection is lost in silence, as on any wire."""
        try:
            if self._zlib is None:
                await self.ws.send_str(text)
            else:
                await self.ws.send_bytes(self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH))
        except ConnectionError:
            self.detach()

    async def op(self, op: int, data: Any = None) -> None:
        """Send a payload that is no dispatch."""
        await self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    @property
    def attached(self) -> bool:
        """Whether its session has no other connection yet."""
        return self.session is not None and self.session.connection is self

    def detach(self) -> None:
        """Leave the session to the next connection."""
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    def abort(self) -> None:
        """Break the connection without a word."""
        self.detach()
        if self.request.transport is not None:
            self.request.transport.abort()


class Gateway:
    """All connections and sessions of the bot."""

    def __init__(self, world: World, authorised: Callable[[Any], bool], *, shards: int, heartbeat: float) -> None:
        """Take the world to tell of, who may come in, the number of shards, and the seconds between heartbeats."""
        self._world, self._authorised = world, authorised
        self.shards, self.heartbeat = shards, heartbeat
        self.address = ""
        self.privileged = 0
        """Privileged intents that the bot has been granted."""
        self.refusing, self.refused = False, 0
        """Whether connections are turned away (503), and how many were."""
        self.door = asyncio.Event()
        """Connections wait until it is set, as it is unless a test clears it."""
        self.door.set()
        self.sessions: dict[str, Session] = {}
        self.identifies: list[dict[str, Any]] = []
        self.resumes: list[dict[str, Any]] = []
        self._connections: set[Connection] = set()
        self._changed = asyncio.Condition()

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        if self.refusing:
            self.refused += 1
            return web.Response(status=503)
        await self.door.wait()
        ws = web.WebSocketResponse(max_msg_size=0, timeout=1.0)
        await ws.prepare(request)
        connection = Connection(ws, request)
        self._connections.add(connection)
        try:
            await connection.op(HELLO, {"heartbeat_interval": int(self.heartbeat * 1000)})
            await self._serve(connection)
        finally:
            self._connections.discard(connection)
            if connection.session is not None and connection.attached and ws.close_code in {1000, 1001}:
                self.sessions.pop(connection.session.id, None)  # a client that says goodbye so does not come back
            connection.detach()
            await self._notify()
        return ws

    async def _serve(self, connection: Connection) -> None:
        async for message in connection.ws:
            code = await self._receive(connection, message.data if message.type is WSMsgType.TEXT else "")
            if code is not None:
                await self.close(connection, code)
                return

    async def _receive(self, connection: Connection, text: str) -> int | None:
        """Act on a payload, and give the close code that it earns, if any."""
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, TypeError, KeyError, AttributeError):
            return DECODE_ERROR
        if op == HEARTBEAT:
            await connection.op(ACK)
            return None
        if op in {IDENTIFY, RESUME}:
            return await (self._identify if op == IDENTIFY else self._resume)(connection, data)
        if connection.session is None:
            return NOT_AUTHENTICATED
        return DECODE_ERROR if len(text) > _PAYLOAD_MOST else None if op in _IGNORED else UNKNOWN_OPCODE

    async def _identify(self, connection: Connection, data: dict[str, Any]) -> int | None:
        self.identifies.append(data)
        intents, shard = data.get("intents"), data.get("shard", [0, 1])
        if connection.session is not None:
            return ALREADY_AUTHENTICATED
        if not self._authorised(data.get("token")):
            return AUTHENTICATION_FAILED
        if not isinstance(intents, int) or intents & ~_INTENTS:
            return INVALID_INTENTS
        if intents & PRIVILEGED & ~self.privileged:
            return DISALLOWED_INTENTS
        if shard[1] != self.shards or not 0 <= shard[0] < self.shards:
            return INVALID_SHARD
        session = Session(secrets.token_hex(16), shard[0], intents)
        # Several processes may run the same shard; a session without its connection was left by who comes now.
        for old in [each for each in self.sessions.values() if each.shard == shard[0] and each.connection is None]:
            del self.sessions[old.id]
        self.sessions[session.id] = session
        connection.session, session.connection = session, connection
        await self._welcome(session)
        await self._notify()
        return None

    async def _welcome(self, session: Session) -> None:
        # Without the guilds intent Discord says which servers there are, but nothing of them.
        guilds = [guild for guild in self._world.guilds if self.shard_of(guild) == session.shard]
        ready = {
            "v": 10,
            "user": self._world.bot(),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.address,
            "shard": [session.shard, self.shards],
            "application": {"id": str(APPLICATION), "flags": 0},
            "private_channels": [],
            "relationships": [],
        }
        await self._push(session, "READY", ready)
        if session.intents & 1:
            for guild in guilds:
                await self._push(session, "GUILD_CREATE", self._world.guild(guild))

    async def _resume(self, connection: Connection, data: dict[str, Any]) -> int | None:
        self.resumes.append(data)
        if not self._authorised(data.get("token")):
            return AUTHENTICATION_FAILED
        session = self.sessions.get(data.get("session_id", ""))
        if session is None:
            await connection.op(INVALID_SESSION, False)
            return None
        seq = data.get("seq")
        if not isinstance(seq, int) or not 0 <= seq <= len(session.sent):
            return INVALID_SEQ
        connection.session = session
        missed = session.sent[seq:]
        session.connection = connection
        for text in missed:
            await connection.send(text)
        await self._push(session, "RESUMED", {"_trace": []})
        await self._notify()
        return None

    async def _push(self, session: Session, event: str, data: Any) -> None:
        text = json.dumps({"op": DISPATCH, "d": data, "s": len(session.sent) + 1, "t": event})
        session.sent.append(text)
        if session.connection is not None:
            await session.connection.send(text)

    # What the server asks of it.

    def shard_of(self, guild: int | None) -> int:
        """Give the shard that hears of a server; direct messages come to the first."""
        return (guild >> 22) % self.shards if guild is not None else 0

    async def dispatch(self, event: str, data: Any, *, guild: int | None, intent: int = 0) -> None:
        """Send an event to the shard of a server, now or when its session is resumed; without a session it is lost.

        `intent` is what a session must have asked for, none by default.
        """
        for session in list(self.sessions.values()):
            if session.shard == self.shard_of(guild) and session.intents & intent == intent:
                await self._push(session, event, data)

    @property
    def ready(self) -> bool:
        """Whether every shard has a session and a connection."""
        live = {session.shard for session in self.sessions.values() if session.connection is not None}
        return len(live) == self.shards

    async def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds, which is looked at whenever a connection comes, goes or is resumed."""
        async with self._changed:
            await self._changed.wait_for(condition)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def close(self, connection: Connection, code: int) -> None:
        """Close a connection with a code; after some the session is over, too."""
        if connection.session is not None and code in _SESSION_ENDS:
            self.sessions.pop(connection.session.id, None)
        connection.detach()
        await connection.ws.close(code=code)

    async def each(self, act: Callable[[Connection], Any]) -> None:
        """Do something to every connection; `act` may return an awaitable."""
        for connection in list(self._connections):
            result = act(connection)
            if asyncio.iscoroutine(result):
                await result

    async def leave(self, *, resumable: bool) -> None:
        """Tell every client to connect again: to resume (opcode 7), or anew because its session is gone (opcode 9).

        What is dispatched from now on waits for the resumption, or is lost.
        """
        if not resumable:
            self.sessions.clear()
        for connection in list(self._connections):
            connection.detach()
            await connection.op(RECONNECT if resumable else INVALID_SESSION, None if resumable else False)

    async def shut(self) -> None:
        """Send everybody away and forget every session."""
        self.sessions.clear()
        await self.each(lambda connection: self.close(connection, WSCloseCode.GOING_AWAY))
