"""Socket Mode: WebSockets over which envelopes go out and acknowledgements come back.

https://docs.slack.dev/apis/events-api/using-socket-mode. An envelope goes to one of the app's connections; what is not
acknowledged in time is lost, and a `disconnect` frame asks the app to connect anew.
"""

import asyncio
import itertools
import json
import secrets
import time
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire.slack.delivery import Ack, Delivery

CONNECTIONS_MOST = 10


class SocketMode:
    """All WebSockets of the one app."""

    def __init__(self, origin: str, app_id: str) -> None:
        """Serve at ws://…/link; `origin` is http://host:port."""
        self._origin = origin.replace("http://", "ws://", 1)
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._sockets: dict[web.WebSocketResponse, asyncio.BaseTransport | None] = {}
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._connected = asyncio.Event()
        self._numbers = itertools.count(1)
        self.stray_acks: list[dict[str, Any]] = []
        """Acknowledgements of nothing that was waiting: too late, or twice."""
        self.refuse = False
        self.stall = False
        """Whether a request for a connection is taken and never answered."""
        self.deaf = False
        """Whether nothing that comes over a connection is read, not even a good-bye."""
        self.refused = 0
        self.hellos = 0

    def new_address(self) -> str:
        """Hand out an address that is good for one connection."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return f"{self._origin}/link/?ticket={ticket}&app_id={self._app_id}"

    @property
    def count(self) -> int:
        """Count the open connections."""
        return len(self._sockets)

    async def connected(self, timeout: float) -> None:  # noqa: ASYNC109 - a test's own patience
        """Wait until at least one connection is open.

        Raises:
            TimeoutError: none was made in time.
        """
        await asyncio.wait_for(self._connected.wait(), timeout)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection, from hello to close."""
        ticket = request.query.get("ticket", "")
        if self.refuse or ticket not in self._tickets:
            self.refused += 1
            return web.Response(status=503 if self.refuse else 404)
        self._tickets.discard(ticket)
        if self.stall:
            await asyncio.Event().wait()
        socket = web.WebSocketResponse(autoping=True, compress=False)
        await socket.prepare(request)
        if len(self._sockets) >= CONNECTIONS_MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._sockets[socket] = request.transport
        try:
            await self._hello(socket)
            if self.deaf:
                await asyncio.Event().wait()
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(frame.data))
        finally:
            self._gone(socket)
        return socket

    async def _hello(self, socket: web.WebSocketResponse) -> None:
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._sockets),
                "connection_info": {"app_id": self._app_id},
                "debug_info": {"host": "loopback", "approximate_connection_time": 3600},
            }
        )
        self.hellos += 1
        self._connected.set()

    def _gone(self, socket: web.WebSocketResponse) -> None:
        self._sockets.pop(socket, None)
        if not self._sockets:
            self._connected.clear()

    def _acknowledge(self, reply: dict[str, Any]) -> None:
        future = self._waiting.get(reply.get("envelope_id", ""))
        if future is None or future.done():
            self.stray_acks.append(reply)
        else:
            future.set_result(reply)

    async def deliver(self, delivery: Delivery, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's own patience
        """Send an envelope to one of the connections and wait for its acknowledgement."""
        if not self._sockets:
            return Ack(error="dispatch_failed")
        envelope_id = f"{next(self._numbers):08d}-0000-4000-8000-{secrets.token_hex(6)}"
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": delivery.retry_num, "retry_reason": delivery.retry_reason}
        future = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        started = time.perf_counter()
        try:
            sockets = list(self._sockets)
            await sockets[next(self._turn) % len(sockets)].send_str(json.dumps(envelope))
            reply = await asyncio.wait_for(future, timeout)
        except (TimeoutError, ConnectionError):
            return Ack(error="operation_timeout")
        finally:
            del self._waiting[envelope_id]
        return Ack(acked=True, payload=reply.get("payload"), ms=(time.perf_counter() - started) * 1000)

    async def ask_to_reconnect(self, reason: str) -> None:
        """Send a `disconnect` frame on every connection ("warning", "refresh_requested", "link_disabled").

        Slack closes the connection some seconds after the frame, except after a warning; here it stays open until the
        app leaves it.
        """
        for socket in list(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})

    async def drop(self) -> None:
        """Cut every connection without a word."""
        for socket, transport in list(self._sockets.items()):
            self._gone(socket)
            if isinstance(transport, asyncio.Transport):
                transport.abort()

    async def close(self) -> None:
        """Close every connection properly."""
        for socket in list(self._sockets):
            self._gone(socket)
            await socket.close(code=WSCloseCode.GOING_AWAY)
