"""Links for the load generator: a WebSocket's server side and an HTTP client, as thin as they can be.

The frames and requests that go out are made before the clock starts; of what comes back only so much is read as tells
which one it answers and whether there is content in it. Both would be wrong for anything but a load.
"""

import asyncio
import base64
import hashlib
import json
import struct
from collections.abc import Callable

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_PREFIX = b'{"envelope_id": "'
_READ = 64  # enough to see the id of an envelope

Answered = Callable[[int, int], None]
"""Called with the number of a request and the length of its content (0: acknowledged without any)."""


def frame(opcode: int, payload: bytes) -> bytes:
    """Make a server's frame: whole and not masked."""
    if len(payload) < 126:
        return struct.pack("!BB", 0x80 | opcode, len(payload)) + payload
    if len(payload) < 65_536:
        return struct.pack("!BBH", 0x80 | opcode, 126, len(payload)) + payload
    return struct.pack("!BBQ", 0x80 | opcode, 127, len(payload)) + payload


def text_frame(text: str) -> bytes:
    """Make a frame of text."""
    return frame(_TEXT, text.encode())


def unmask(mask: bytes, payload: bytes) -> bytes:
    """Undo a client's masking."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


class WebSocketLink(asyncio.Protocol):
    """One Socket Mode connection, from Slack's side."""

    def __init__(self, hello: bytes, connected: Callable[["WebSocketLink"], None], answered: Answered) -> None:
        """Say `hello` once the handshake is done, and tell of every acknowledgement."""
        self._hello, self._connected, self._answered = hello, connected, answered
        self._buffer = bytearray()
        self._upgraded = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        self.transport = None

    def write(self, data: bytes) -> None:
        """Send a frame."""
        if self.transport is not None:
            self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Read the handshake, then frames."""
        self._buffer += data
        if not self._upgraded and not self._upgrade():
            return
        while self._frame():
            pass

    def _upgrade(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._buffer[:end])
        del self._buffer[: end + 4]
        lines = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
        if b"sec-websocket-key" not in lines:
            self.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return False
        # The header's name may be in any case, its value may not.
        key = next(line for line in head.split(b"\r\n")[1:] if line.lower().startswith(b"sec-websocket-key:"))
        accept = base64.b64encode(hashlib.sha1(key.split(b":", 1)[1].strip() + _GUID, usedforsecurity=False).digest())
        self.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n" + self._hello
        )
        self._upgraded = True
        self._connected(self)
        return True

    def _frame(self) -> bool:
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        size, start = buffer[1] & 0x7F, 6
        if size == 126:
            if len(buffer) < 4:
                return False
            (size,), start = struct.unpack_from("!H", buffer, 2), 8
        elif size == 127:
            if len(buffer) < 10:
                return False
            (size,), start = struct.unpack_from("!Q", buffer, 2), 14
        if len(buffer) < start + size:
            return False
        opcode, mask = buffer[0] & 0x0F, bytes(buffer[start - 4 : start])
        payload = bytes(buffer[start : start + size])
        del buffer[: start + size]
        self._take(opcode, mask, payload)
        return True

    def _take(self, opcode: int, mask: bytes, payload: bytes) -> None:
        if opcode == _TEXT:
            self._answered(*read_ack(mask, payload))
        elif opcode == _PING:
            self.write(frame(_PONG, unmask(mask, payload)))
        elif opcode == _CLOSE and self.transport is not None:
            self.write(frame(_CLOSE, unmask(mask, payload)))
            self.transport.close()


def read_ack(mask: bytes, payload: bytes) -> tuple[int, int]:
    """Read the number and the length of the content out of a masked acknowledgement.

    The SDK writes `{"envelope_id": "…", "payload": …}` in this order and spacing; anything else is parsed whole.
    """
    start = unmask(mask, payload[:_READ])
    end = start.find(b'"', len(_PREFIX))
    if start.startswith(_PREFIX) and end > 0 and start[end + 1 : end + 2] in (b"}", b","):
        return int(start[len(_PREFIX) : end]), len(payload) - end - 2
    reply = json.loads(unmask(mask, payload))
    return int(reply["envelope_id"]), len(json.dumps(reply.get("payload") or "")) - 2


class HttpLink(asyncio.Protocol):
    """One keep-alive connection to the app's request address, with one request on it at a time."""

    def __init__(self, answered: Callable[["HttpLink", int, int, int], None]) -> None:
        """Tell of every response: the link, the request's number, the status, the length of the body."""
        self._answered = answered
        self._buffer = bytearray()
        self._number = -1
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell of the request that was on its way, as status 0."""
        self.transport = None
        if self._number >= 0:
            number, self._number = self._number, -1
            self._answered(self, number, 0, 0)

    def request(self, number: int, data: bytes) -> None:
        """Send a request."""
        self._number = number
        if self.transport is not None:
            self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Read one response."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        at = self._buffer.find(b"Content-Length: ", 0, end)
        size = int(self._buffer[at + 16 : self._buffer.find(b"\r\n", at)]) if at > 0 else 0
        if len(self._buffer) < end + 4 + size:
            return
        status, number, self._number = int(self._buffer[9:12]), self._number, -1
        self._buffer.clear()
        self._answered(self, number, status, size)
