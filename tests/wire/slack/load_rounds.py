"""Rounds of load: one closed loop after another, against an app over Socket Mode or HTTP. See `load` for their use."""

import asyncio
import dataclasses
import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from tests.wire.slack import payloads
from tests.wire.slack.delivery import Delivery, encode, headers
from tests.wire.slack.load_links import HttpLink, WebSocketLink, text_frame
from tests.wire.slack.workspace import Workspace

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-test", "xapp-test", "test-secret"


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What to ask and how; the fields are the arguments described in `load`."""

    mode: str
    to: str = ""
    command: str = "/brief"
    text: str = "blinken"
    warmup: int = 50
    wait: float = 30.0
    port: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What one round measured; times in milliseconds, throughput in answers a second."""

    p50_ms: float
    p99_ms: float
    throughput: float
    n: int
    errors: int
    in_flight: int
    answer_bytes: int


class Round:
    """One closed loop: as soon as a request is answered, the next one goes out."""

    def __init__(self, first: int, number: int, in_flight: int, send: Callable[[int], None]) -> None:
        """Ask `number` times, `in_flight` at once; requests count from `first` on."""
        self._first, self._number, self._in_flight, self.send = first, number, in_flight, send
        self._started = [0.0] * number
        self._open = [False] * number
        self._sent = self._done = 0
        self.took: list[float] = []
        self.errors = 0
        self.bytes = 0
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self, patience: float) -> Result:
        """Go through the round; what is not answered in time is an error."""
        began = time.perf_counter()
        for _ in range(min(self._in_flight, self._number)):
            self._next()
        try:
            await asyncio.wait_for(self.finished, patience)
        except TimeoutError:
            self.errors += self._number - self._done
        lasted = time.perf_counter() - began
        self.took.sort()
        took = self.took or [0.0]
        return Result(
            p50_ms=round(took[len(took) // 2] * 1000, 4),
            p99_ms=round(took[min(len(took) - 1, len(took) * 99 // 100)] * 1000, 4),
            throughput=round(len(self.took) / lasted, 1),
            n=self._number,
            errors=self.errors,
            in_flight=self._in_flight,
            answer_bytes=self.bytes // max(1, len(self.took)),
        )

    def _next(self) -> None:
        index = self._sent
        self._sent += 1
        self._open[index] = True
        self._started[index] = time.perf_counter()
        self.send(self._first + index)

    def answered(self, number: int, size: int, *, failed: bool = False) -> None:
        """Take an answer; one without content is followed by another to its response_url."""
        now = time.perf_counter()
        index = number - self._first
        if not 0 <= index < self._number or not self._open[index] or (size == 0 and not failed):
            return
        self._open[index] = False
        self._done += 1
        if failed:
            self.errors += 1
        else:
            self.took.append(now - self._started[index])
            self.bytes += size
        if self._sent < self._number:
            self._next()
        elif self._done == self._number and not self.finished.done():
            self.finished.set_result(None)


class Load:
    """The server under the loops: a small Web API, response_urls, and the links."""

    def __init__(self, plan: Plan) -> None:
        """Take what to ask and how."""
        self._plan = plan
        self.to = plan.to
        self._space = Workspace()
        self._round: Round | None = None
        self._count = 0
        self._origin = self._socket_address = ""
        self._link: WebSocketLink | None = None
        self._linked = asyncio.Event()
        self._free: list[HttpLink] = []
        self._waiting: deque[int] = deque()
        self._again: set[asyncio.Task[None]] = set()

    async def start(self) -> dict[str, str]:
        """Listen, and say what the app has to be started with."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{number}", self._response)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._plan.port).start()
        self._origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._sockets = await asyncio.get_running_loop().create_server(self._new_link, "127.0.0.1", 0)
        self._socket_address = f"ws://127.0.0.1:{self._sockets.sockets[0].getsockname()[1]}/link"
        tokens = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SIGNING_SECRET}
        return {"base_url": f"{self._origin}/api/", **tokens}

    async def close(self) -> None:
        """Stop to listen."""
        self._sockets.close()
        await self._runner.cleanup()

    def _new_link(self) -> WebSocketLink:
        hello = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": self._space.app_id}}
        return WebSocketLink(text_frame(json.dumps(hello)), self._connected, self._answered)

    def _connected(self, link: WebSocketLink) -> None:
        self._link = link
        self._linked.set()

    def _answered(self, number: int, size: int) -> None:
        if self._round is not None:
            self._round.answered(number, size)

    async def _api(self, request: web.Request) -> web.Response:
        answers: dict[str, dict[str, Any]] = {
            "auth.test": {"team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT", "team": "Loopback", "user": "briefbot"},
            "apps.connections.open": {"url": self._socket_address},
        }
        return web.json_response({"ok": True, "ts": "1.000001", **answers.get(request.match_info["method"], {})})

    async def _response(self, request: web.Request) -> web.Response:
        self._answered(int(request.match_info["number"]), len(await request.read()))
        return web.json_response({"ok": True})

    async def run(self, in_flight: int, number: int) -> Result:
        """Warm up and measure one round."""
        if self._plan.warmup:
            await self._one(in_flight, self._plan.warmup)
        return await self._one(in_flight, number)

    async def _one(self, in_flight: int, number: int) -> Result:
        first, self._count = self._count + 1, self._count + number
        wanted = [self._delivery(each) for each in range(first, first + number)]
        if self._plan.mode == "socket":
            await asyncio.wait_for(self._linked.wait(), self._plan.wait)
            send = self._by_socket(first, wanted)
        else:
            send = await self._by_http(first, wanted, in_flight)
        self._round = Round(first, number, in_flight, send)
        try:
            return await self._round.run(self._plan.wait)
        finally:
            for link in self._free:
                if link.transport is not None:
                    link.transport.close()
            self._free.clear()
            self._waiting.clear()

    def _delivery(self, number: int) -> Delivery:
        url, space = f"{self._origin}/response/{number}", self._space
        named = {"response_url": url, "trigger_id": f"{number}.1.load"}
        command, text = self._plan.command, self._plan.text
        return Delivery("slash_commands", payloads.command(space, command, text, "U1", space.channels["C1"], **named))

    def _by_socket(self, first: int, wanted: list[Delivery]) -> Callable[[int], None]:
        frames = [
            text_frame(
                json.dumps(
                    {
                        "envelope_id": f"{first + index:012d}",
                        "payload": each.payload,
                        "type": each.kind,
                        "accepts_response_payload": True,
                    }
                )
            )
            for index, each in enumerate(wanted)
        ]

        def send(number: int) -> None:
            if self._link is not None:
                self._link.write(frames[number - first])

        return send

    async def _by_http(self, first: int, wanted: list[Delivery], in_flight: int) -> Callable[[int], None]:
        address = urlsplit(self.to)
        requests = [self._request(each, address.netloc, address.path) for each in wanted]
        for _ in range(in_flight):
            self._free.append(await self._connect(address.hostname or "127.0.0.1", address.port or 80))

        def send(number: int) -> None:
            if self._free:
                self._free.pop().request(number, requests[number - first])
            else:  # its answer came to the response_url before the acknowledgement
                self._waiting.append(number)

        return send

    @staticmethod
    def _request(delivery: Delivery, host: str, path: str) -> bytes:
        body, content_type = encode(delivery)
        lines = {
            "Host": host,
            "Content-Length": str(len(body)),
            **headers(delivery, SIGNING_SECRET, body, content_type),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    async def _connect(self, host: str, port: int) -> HttpLink:
        deadline = time.monotonic() + self._plan.wait
        while True:
            try:
                _, link = await asyncio.get_running_loop().create_connection(
                    lambda: HttpLink(self._responded), host, port
                )
            except OSError:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.05)
            else:
                return link

    def _responded(self, link: HttpLink, number: int, status: int, size: int) -> None:
        if link.transport is None:
            task = asyncio.get_running_loop().create_task(self._replace(number))
            self._again.add(task)
            task.add_done_callback(self._again.discard)
            return
        self._free.append(link)
        self._settle(number, status, size)

    async def _replace(self, number: int) -> None:
        """Go on with a new connection where one was lost; the request on it has failed."""
        address = urlsplit(self.to)
        self._free.append(await self._connect(address.hostname or "127.0.0.1", address.port or 80))
        self._settle(number, 0, 0)

    def _settle(self, number: int, status: int, size: int) -> None:
        if self._round is not None:
            if self._waiting and self._free:
                self._round.send(self._waiting.popleft())
            self._round.answered(number, size, failed=status != 200)
