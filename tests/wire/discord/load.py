"""A load generator: a Discord of its own process that does nothing but send `/brief` and time the first responses.

    python -m tests.wire.discord.load --n 2000 --in-flight 1 [--warm-up 200] [--port 0] [--query blinken]

It prints one line of JSON with its `api_base`, waits for a client to be ready, sends N interactions over the gateway
with K in flight, prints a second line with the figures, and exits. Nothing is checked: everything that can be prepared
is, and the REST side is a bare protocol, so that what is measured is the bot.
"""

import argparse
import asyncio
import gc
import json
import statistics
import sys
import time
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire.discord.load_rest import CallbackProtocol, Replies
from tests.wire.discord.people import People
from tests.wire.discord.places import GUILD
from tests.wire.discord.records import Answer
from tests.wire.discord.world import CHANNEL, World

_SETTLE = 0.5
_STALL = 10.0


class Interactions(People):
    """Interactions in the form in which the gateway sends them, with room for what differs."""

    def __init__(self, query: str, world: World) -> None:
        """Prepare `/brief query:…` of one person in one channel."""
        self.world = world
        answer = Answer(0, "@token", 2, 1001, CHANNEL, GUILD)
        data = {"id": "1", "name": "brief", "type": 1, "options": [{"name": "query", "type": 3, "value": query}]}
        payload = self._payload(answer, data, "en-US") | {"id": "@id"}
        text = json.dumps({"op": 0, "t": "INTERACTION_CREATE", "s": "@seq", "d": payload})
        self._text = text.replace('"@seq"', "@seq")

    def frame(self, number: int, seq: int) -> bytes:
        """Give the WebSocket frame of one interaction."""
        text = self._text.replace("@seq", str(seq)).replace("@id", str(number)).replace("@token", f"tok{number}")
        return _frame(text.encode())


class Load:
    """Keeps K interactions in flight until N have been answered, after a warm-up."""

    def __init__(self, count: int, in_flight: int, warm_up: int, query: str) -> None:
        """Prepare every frame."""
        world = World()
        shape = Interactions(query, world)
        base = world.snowflake()
        self._frames = [shape.frame(base + index, index + 3) for index in range(warm_up + count)]
        self._base, self._warm_up, self._in_flight = base, warm_up, in_flight
        self._sent = [0.0] * len(self._frames)
        self._took = [0.0] * len(self._frames)
        self._next = self._done = 0
        self._finished = asyncio.Event()
        self._transport: asyncio.WriteTransport | None = None

    def start(self, transport: asyncio.WriteTransport) -> None:
        """Send the first K."""
        self._transport = transport
        for _ in range(self._in_flight):
            self._send()

    def answered(self, number: int) -> None:
        """Note a first response, and send the next interaction."""
        now = time.perf_counter()
        index = number - self._base
        if not 0 <= index < len(self._sent) or self._took[index]:
            return
        self._took[index] = now - self._sent[index]
        self._done += 1
        if self._done == len(self._frames):
            self._finished.set()
        asyncio.get_running_loop().call_soon(self._send)  # after the response to this one has been written

    def _send(self) -> None:
        if self._next == len(self._frames) or self._transport is None:
            return
        index, self._next = self._next, self._next + 1
        self._sent[index] = time.perf_counter()
        self._transport.write(self._frames[index])

    async def finished(self) -> dict[str, Any]:
        """Wait until all are answered, or nothing has happened for ten seconds, and give the figures."""
        done = -1
        while not self._finished.is_set() and done != self._done:
            done = self._done
            try:
                await asyncio.wait_for(self._finished.wait(), _STALL)
            except TimeoutError:
                continue
        return self.figures()

    def figures(self) -> dict[str, Any]:
        """Give what was measured after the warm-up."""
        measured = range(self._warm_up, len(self._frames))
        took = sorted(self._took[index] for index in measured if self._took[index])
        if len(took) < 2:
            return {"n": len(took), "errors": len(measured) - len(took)}
        end = max(self._sent[index] + self._took[index] for index in measured if self._took[index])
        return {
            "p50_ms": statistics.median(took) * 1000,
            "p99_ms": took[min(len(took) - 1, int(len(took) * 0.99))] * 1000,
            "throughput": len(took) / (end - self._sent[self._warm_up]),
            "n": len(took),
            "errors": len(measured) - len(took),
        }


class LoadGateway:
    """The gateway's side: lets one client in and hands its connection over."""

    def __init__(self, world: World) -> None:
        """Take the world that READY tells of."""
        self._world = world
        self.address = ""
        self.ready: asyncio.Future[asyncio.WriteTransport] = asyncio.get_running_loop().create_future()

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        ws = web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        await ws.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for message in ws:
            if message.type is not WSMsgType.TEXT:
                break
            payload = json.loads(message.data)
            if payload["op"] == 1:
                await ws.send_json({"op": 11, "d": None, "s": None, "t": None})
            elif payload["op"] == 2:
                await self._welcome(ws)
                if request.transport is not None and not self.ready.done():
                    self.ready.set_result(request.transport)
        return ws

    async def _welcome(self, ws: web.WebSocketResponse) -> None:
        ready = {
            "v": 10,
            "user": self._world.bot(),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "load",
            "resume_gateway_url": self.address,
            "shard": [0, 1],
            "application": {"id": "100", "flags": 0},
        }
        await ws.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
        await ws.send_json({"op": 0, "t": "GUILD_CREATE", "s": 2, "d": self._world.guild(GUILD)})


def _frame(payload: bytes) -> bytes:
    """Give an unmasked text frame (RFC 6455, 5.2), written past the socket's own writer."""
    length = len(payload)
    if length < 126:
        return bytes((0x81, length)) + payload
    if length < 1 << 16:
        return bytes((0x81, 126)) + length.to_bytes(2, "big") + payload
    return bytes((0x81, 127)) + length.to_bytes(8, "big") + payload


async def run(count: int, in_flight: int, warm_up: int, port: int, query: str) -> dict[str, Any]:
    """Serve until one client has answered everything, and give the figures."""
    world, load = World(), Load(count, in_flight, warm_up, query)
    gateway = LoadGateway(world)
    app = web.Application()
    app.router.add_get("/gateway/", gateway.__call__)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    gateway.address = f"ws://127.0.0.1:{runner.addresses[0][1]}/gateway/"
    replies = Replies(world, gateway.address)
    loop = asyncio.get_running_loop()
    rest = await loop.create_server(lambda: CallbackProtocol(load.answered, replies), "127.0.0.1", port)
    address = {"api_base": f"http://127.0.0.1:{rest.sockets[0].getsockname()[1]}/api/v10"}
    sys.stdout.write(json.dumps(address) + "\n")
    sys.stdout.flush()
    transport = await gateway.ready
    await asyncio.sleep(_SETTLE)  # what the client does beside connecting is not part of the figures
    gc.collect()
    gc.freeze()
    gc.disable()
    load.start(transport)
    figures = await load.finished()
    rest.close()
    await runner.cleanup()
    return figures


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2000)
    parser.add_argument("--in-flight", type=int, default=1)
    parser.add_argument("--warm-up", type=int, default=200)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--query", default="blinken")
    given = parser.parse_args()
    figures = asyncio.run(run(given.n, given.in_flight, given.warm_up, given.port, given.query))
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
