"""What the open pages hear as it happens: server-sent events, to every page or to one reader's.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import json
from collections.abc import Mapping

from aiohttp import web

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent, to notice pages that have gone."""
_BACKLOG = 500
"""Events that a page may be behind; a slower one is disconnected, comes back by itself and asks for all of it."""

_Lines = asyncio.Queue[bytes | None]


class Streams:
    """The open event streams of all pages."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._open: dict[_Lines, str] = {}
        self._closed = False

    def tell(self, event: str, data: Mapping[str, object], reader: str | None = None) -> None:
        """Send an event to the pages of `reader`, or to all when it is None."""
        line = f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
        for queue, whose in list(self._open.items()):
            if reader is None or whose == reader:
                self._put(queue, line)

    async def serve(self, request: web.Request, reader: str, greeting: Mapping[str, object]) -> web.StreamResponse:
        """Answer `request` with a stream for `reader` that begins with the event ``hello`` and ends with `close`."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        queue: _Lines = asyncio.Queue(_BACKLOG)
        self._open[queue] = reader
        try:
            await response.write(f"retry: 1000\nevent: hello\ndata: {json.dumps(greeting)}\n\n".encode())
            while not self._closed and (line := await _next(queue)) is not None:
                await response.write(line)
        except ConnectionResetError:
            return response  # the page has gone
        finally:
            del self._open[queue]
        return response

    async def close(self, _app: web.Application) -> None:
        """End every stream, so that stopping the server does not wait for pages to be closed."""
        self._closed = True
        for queue in list(self._open):
            self._put(queue, None)

    def _put(self, queue: _Lines, line: bytes | None) -> None:
        if queue.full():
            while not queue.empty():
                queue.get_nowait()
            line = None
        queue.put_nowait(line)


async def _next(queue: _Lines) -> bytes | None:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return b": still here\n\n"
