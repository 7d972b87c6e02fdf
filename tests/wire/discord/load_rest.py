"""The REST side of the load generator: HTTP/1.1 by hand, for nothing but what a starting and answering bot calls."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from tests.wire.discord.places import GUILD
from tests.wire.discord.records import Message
from tests.wire.discord.world import CHANNEL, World

_CALLBACK = re.compile(rb"POST /api/v10/interactions/(\d+)/[^/]+/callback(\?\S*with_response=(?:1|true))?")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_NO_CONTENT = b"HTTP/1.1 204 No Content\r\nVia: 1.1 google\r\n\r\n"


def _ok(data: Any) -> bytes:
    body = json.dumps(data).encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nVia: 1.1 google\r\nContent-Length: "
    return f"{head}{len(body)}\r\n\r\n".encode() + body


class Replies:
    """What the calls other than first responses are answered with."""

    def __init__(self, world: World, gateway: str) -> None:
        """Prepare the constant ones."""
        self._world = world
        starts = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        self._constant = {
            "GET /users/@me": _ok(world.bot()),
            "GET /oauth2/applications/@me": _ok(world.application()),
            "GET /applications/@me": _ok(world.application()),
            "GET /gateway/bot": _ok({"url": gateway, "shards": 1, "session_start_limit": starts}),
        }
        self._commands: list[dict[str, Any]] = []
        self._message = Message(world.snowflake(), CHANNEL, GUILD, interaction_id=1)

    def to(self, method: str, path: str, body: bytes) -> bytes:
        """Give the whole response to a call; every message is the same one, changed as the call says."""
        constant = self._constant.get(f"{method} {path}")
        if constant is not None:
            return constant
        if path.endswith("/commands"):
            if method == "PUT":
                more = {"id": "1", "application_id": "100", "version": "1"}
                self._commands = [{"type": 1, **each, **more} for each in json.loads(body)]
            return _ok(self._commands)
        if method == "DELETE":
            return _NO_CONTENT
        self._message.change(json.loads(body) if body else {}, edit=False)
        return _ok(self._world.message(self._message))

    def callback(self, number: int, body: bytes) -> bytes:
        """Give the response to a first response that asked to have its message sent back."""
        sent = json.loads(body)
        self._message.change(sent.get("data") or {}, edit=False)
        interaction = {"id": str(number), "type": 2, "response_message_id": str(self._message.id)}
        shown = self._world.message(self._message)
        return _ok({"interaction": interaction, "resource": {"type": sent["type"], "message": shown}})


class CallbackProtocol(asyncio.Protocol):
    """One connection: a first response is reported before anything else is done with it."""

    def __init__(self, answered: Callable[[int], None], replies: Replies) -> None:
        """Take whom to report to, and the replies."""
        self._answered, self._replies = answered, replies
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._buffer, 0, end + 2)
            start = end + 4
            stop = start + int(length[1]) if length else start
            if len(self._buffer) < stop:
                return
            head, body = self._buffer[:end], self._buffer[start:stop]
            self._buffer = self._buffer[stop:]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        assert self._transport is not None
        match = _CALLBACK.match(head)
        if match is None:
            method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
            path = target.partition("?")[0].removeprefix("/api/v10")
            self._transport.write(self._replies.to(method, path, body))
            return
        number = int(match[1])
        self._answered(number)
        self._transport.write(_NO_CONTENT if match[2] is None else self._replies.callback(number, body))
