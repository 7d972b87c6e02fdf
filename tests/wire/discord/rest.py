"""REST: every call is noted, then meets the faults, the token, the rate limits and its route, in that order.

Errors: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json;
rate limits: https://docs.discord.com/developers/topics/rate-limits.
"""

import asyncio
import json
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from aiohttp import web

from tests.wire.discord.faults import Fault, Faults
from tests.wire.discord.records import RestCall
from tests.wire.discord.refusal import Refusal, error_body
from tests.wire.discord.weather import Storm, Weather

PREFIX = "/api/v10"
_OPEN = re.compile(r"/interactions/[^/]+/[^/]+/callback|/webhooks/[^/]+/[^/]+.*")  # the token stands in the address


class ApiError(Exception):
    """An answer other than success: an HTTP status and Discord's JSON."""

    def __init__(self, status: int, code: int, message: str) -> None:
        """Say what is wrong."""
        super().__init__(status, code, message)
        self.status, self.body = status, {"message": message, "code": code}
        # A missing message is an answer like any other; a wrong body or an address that is not there is a mistake.
        self.refusals = [Refusal("", code, message)] if status == 400 or not code else []


class FormError(ApiError):
    """A body that Discord refuses."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        """Take the reasons."""
        status, body = error_body(refusals)
        super().__init__(status, body["code"], body["message"])
        self.body, self.refusals = body, list(refusals)


@dataclass(frozen=True, slots=True)
class Call:
    """What an endpoint is given: the variables of its path, the query and the JSON body."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any


Reply = tuple[int, Any]
Endpoint = Callable[[Call], Awaitable[Reply]]


@dataclass(slots=True)
class Bucket:
    """A rate limit: at most `most` calls in `per` seconds for each channel, webhook or interaction."""

    method: str
    path: str
    most: int
    per: float


class Rest:
    """The routes and what stands before them."""

    def __init__(self, authorised: Callable[[str], bool]) -> None:
        """Take who may call."""
        self._authorised = authorised
        self._routes: list[tuple[str, re.Pattern[str], Endpoint]] = []
        self._spent: dict[tuple[str, str], tuple[float, int]] = {}
        self.buckets = [Bucket("*", "*", 100_000, 1.0)]
        self.everywhere: Bucket | None = None
        """The limit over all calls of the bot but those with a token in their address; None for none."""
        self.count = 0
        """How many calls there were."""
        self.limited = 0
        """How many calls were one too many."""
        self.faults, self.weather = Faults(), Weather()
        self.noting = True
        """Whether calls are kept in `calls`."""
        self.late: set[asyncio.Task[web.StreamResponse]] = set()
        """Calls that have been answered and have yet to have their effect."""
        self.calls: list[RestCall] = []
        self.refusals: list[tuple[str, Refusal]] = []

    def route(self, method: str, template: str, endpoint: Endpoint) -> None:
        """Add a route; `{name}` in its template is one part of the path."""
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))
        self._routes.append((method, pattern, endpoint))

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        path = request.path.removeprefix(PREFIX)
        body = await _body(request)
        at = asyncio.get_running_loop().time()
        call = RestCall(request.method, path, body, dict(request.headers), at, dict(request.query))
        self.count += 1
        if self.noting:
            self.calls.append(call)
        fault = self.faults.take(request.method, path)
        if fault is None:
            return await self._in_weather(request, call)
        await asyncio.sleep(fault.delay)
        if fault.carries_out or fault.only_delays:
            answer = await self._answer(request, call)
            if fault.only_delays:
                return answer
        return _dropped(request) if fault.drop else _faulty(fault)

    async def _in_weather(self, request: web.Request, call: RestCall) -> web.StreamResponse:
        storm = self.weather.take(call.method, call.path)
        if self.weather.latency:
            await asyncio.sleep(self.weather.latency)
        if storm is None:
            return await self._answer(request, call)
        if storm.effect == "after":
            await self._answer(request, call)
        elif storm.effect == "late":
            task = asyncio.create_task(self._answer_late(request, call, self.weather.late_seconds))
            self.late.add(task)
            task.add_done_callback(self.late.discard)
        return _dropped(request) if storm.status is None else _stormy(storm)

    async def _answer_late(self, request: web.Request, call: RestCall, seconds: float) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await self._answer(request, call)

    async def _answer(self, request: web.Request, call: RestCall) -> web.StreamResponse:
        token = call.headers.get("Authorization", "")
        if not _OPEN.fullmatch(call.path) and not self._authorised(token.removeprefix("Bot ")):
            return _json(401, {"message": "401: Unauthorized", "code": 0})
        if self.everywhere is not None and not _OPEN.fullmatch(call.path):
            _, wait = self._spend(self.everywhere, "")
            if wait:
                return _limited(wait, scope="global")
        headers, wait = self._spend(self._bucket(call), "/".join(call.path.split("/")[:3]))
        if wait:
            return _limited(wait, headers=headers)
        try:
            status, answer = await self._dispatch(request, call)
        except ApiError as error:
            self.refusals += [(f"{call.method} {call.path}", reason) for reason in error.refusals]
            status, answer = error.status, error.body
        return _json(status, answer, headers)

    async def _dispatch(self, request: web.Request, call: RestCall) -> Reply:
        known = False
        for method, pattern, endpoint in self._routes:
            match = pattern.fullmatch(call.path)
            if match is not None:
                known = True
                if method == call.method:
                    return await endpoint(Call(match.groupdict(), request.query, call.json))
        if known:
            raise ApiError(405, 0, "405: Method Not Allowed")
        raise ApiError(404, 0, "404: Not Found")

    def _bucket(self, call: RestCall) -> Bucket:
        return next(
            each
            for each in reversed(self.buckets)
            if each.method in {"*", call.method} and fnmatchcase(call.path, each.path)
        )

    def _spend(self, bucket: Bucket, major: str) -> tuple[dict[str, str], float]:
        """Count a call against a bucket: give the headers, and the seconds to wait if it is one too many."""
        key = (f"{bucket.method}{bucket.path}", major)
        now = time.monotonic()
        start, spent = self._spent.get(key, (now, 0))
        if now - start >= bucket.per:
            start, spent = now, 0
        over = spent >= bucket.most
        self.limited += over
        self._spent[key] = (start, spent if over else spent + 1)
        left = max(bucket.per - (now - start), 0.001)
        headers = {
            "X-RateLimit-Limit": str(bucket.most),
            "X-RateLimit-Remaining": str(max(bucket.most - spent - 1, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": f"{zlib.crc32(key[0].encode()):08x}",
        }
        return headers, left if over else 0.0


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _stormy(storm: Storm) -> web.Response:
    return _json(storm.status or 500, {"message": f"{storm.status}: Server Error", "code": 0})


def _faulty(fault: Fault) -> web.Response:
    if not fault.via:
        told = {"Retry-After": f"{fault.retry_after:.0f}"} if fault.retry_after else {}
        return web.Response(status=fault.status or 500, headers=told, text="error code: 1015")
    if fault.status == 429:
        return _limited(fault.retry_after, scope=fault.scope)
    status = fault.status or 500
    message = fault.message or ("500: Internal Server Error" if status >= 500 else "Refused")
    return _json(status, {"message": message, "code": fault.code})


def _limited(wait: float, *, scope: str = "user", headers: Mapping[str, str] | None = None) -> web.Response:
    everywhere = {"X-RateLimit-Global": "true"} if scope == "global" else {}
    told = {"Retry-After": str(max(1, round(wait))), "X-RateLimit-Scope": scope, **everywhere, **(headers or {})}
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": scope == "global"}
    return _json(429, body, told)


def _json(status: int, data: Any, headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer as Discord does: the type exactly so, for discord.py reads nothing else as JSON, and Via on everything."""
    told = {"Via": "1.1 google", **(headers or {})}
    if data is None:
        return web.Response(status=status, headers=told)
    return web.Response(
        status=status, body=json.dumps(data).encode(), headers={**told, "Content-Type": "application/json"}
    )


async def _body(request: web.Request) -> Any:
    """Read a JSON body, or the `payload_json` of one that brings files."""
    if not request.can_read_body:
        return None
    if request.content_type.startswith("multipart/"):
        fields = await request.post()
        body = json.loads(str(fields["payload_json"]))
        for attachment in body.get("attachments") or ():
            uploaded = fields.get(f"files[{attachment['id']}]")
            if isinstance(uploaded, web.FileField):
                attachment["size"] = len(uploaded.file.read())
        return body
    try:
        return json.loads(await request.read())
    except ValueError:
        return None
