"""The Web API as an HTTP door: tokens, argument forms, errors, faults. The methods themselves are in `methods`."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.slack.faults import Fault
from tests.wire.slack.methods import APP_METHODS, METHODS, OPEN_METHODS
from tests.wire.slack.paces import RateLimitedError
from tests.wire.slack.records import ApiCall
from tests.wire.slack.scopes import check_scope
from tests.wire.slack.workspace import SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

# In a form, these carry JSON (docs.slack.dev/apis/web-api/#post_bodies).
_JSON_ARGUMENTS = frozenset({"blocks", "attachments", "view", "metadata", "message", "unfurls"})
_BOOLEAN_ARGUMENTS = frozenset(
    {"unfurl_links", "unfurl_media", "reply_broadcast", "mrkdwn", "inclusive", "include_all_metadata", "include_locale"}
)
_JSON_ERRORS = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


@dataclass(frozen=True, slots=True)
class _Answer:
    body: dict[str, Any]
    status: int = 200
    headers: Mapping[str, str] | None = None


class WebApi:
    """Answer POST and GET /api/METHOD."""

    def __init__(self, slack: "SlackServer") -> None:
        """Serve one workspace."""
        self._slack = slack
        self._landing: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Let nothing land any more."""
        for task in self._landing:
            task.cancel()
        await asyncio.gather(*self._landing, return_exceptions=True)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = request.match_info["method"]
        fault = self._slack.faults.take(method) or self._slack.weather.fault(method)
        try:
            args = await read_arguments(request)
        except ValueError:
            return _json({"ok": False, "error": "invalid_json"})
        token = bearer(request.headers) or args.pop("token", None)
        args.pop("token", None)
        self._slack.count(ApiCall(method, args, dict(request.headers), time.monotonic()))
        if delay := self._slack.weather.latency + (0.0 if fault is None else fault.delay):
            await asyncio.sleep(delay)
        result = _Answer({"ok": True})
        if fault is None or fault.carries_out:
            result = await self._carry_out(method, token, args)
        if fault is not None and fault.lands_after is not None:
            self._land(fault.lands_after, method, token, args)
        if fault is not None and not fault.only_delays:
            return spoiled(fault, request)
        return _json(result.body, result.status, result.headers)

    def _land(self, seconds: float, method: str, token: object, args: dict[str, Any]) -> None:
        """Carry a call out later, whether or not anybody waits for it."""

        async def land() -> None:
            await asyncio.sleep(seconds)
            await self._carry_out(method, token, args)

        task = asyncio.create_task(land())
        self._landing.add(task)
        task.add_done_callback(self._landing.discard)

    async def _carry_out(self, method: str, token: object, args: dict[str, Any]) -> _Answer:
        granted = {"x-oauth-scopes": ",".join(sorted(self._slack.scopes))}
        try:
            return _Answer({"ok": True, **await self._call(method, token, args)}, headers=granted)
        except RateLimitedError as error:
            headers = {"Retry-After": str(error.retry_after)}
            return _Answer({"ok": False, "error": error.code}, 429, headers)
        except SlackError as error:
            answer: dict[str, Any] = {"ok": False, "error": error.code, **error.more}
            if error.details:
                answer["errors"] = list(error.details)
                answer["response_metadata"] = {"messages": [f"[ERROR] {detail}" for detail in error.details]}
            return _Answer(answer, headers=granted)

    async def _call(self, method: str, token: object, args: dict[str, Any]) -> dict[str, Any]:
        known = APP_METHODS.get(method) or METHODS.get(method)
        if known is None:
            raise SlackError("unknown_method", (f"no such method: {method}",))
        self._authorise(method, token)
        check_scope(method, args, self._slack.workspace, self._slack.scopes)
        for name, code in _JSON_ERRORS.items():
            if isinstance(args.get(name), str):  # a string that was no JSON
                raise SlackError(code)
        return await known(self._slack, args)

    def _authorise(self, method: str, token: object) -> None:
        if method in OPEN_METHODS:
            return
        if not token:
            raise SlackError("not_authed")
        if token in self._slack.revoked:
            raise SlackError("token_revoked")
        wanted, other = self._slack.bot_token, self._slack.app_token
        if method in APP_METHODS:
            wanted, other = other, wanted
        if token == other:
            raise SlackError("not_allowed_token_type")
        if token != wanted:
            raise SlackError("invalid_auth")


def bearer(headers: Mapping[str, str]) -> str | None:
    """Take the token out of an Authorization header."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def read_arguments(request: web.Request) -> dict[str, Any]:
    """Gather a call's arguments from its query, its form or its JSON body.

    Raises:
        ValueError: the body calls itself JSON and is not an object.
    """
    args: dict[str, Any] = {name: _from_form(name, value) for name, value in request.query.items()}
    if request.content_type == "application/json":
        body = json.loads(await request.text() or "{}")
        if not isinstance(body, dict):
            raise ValueError("not an object")
        args.update(body)
    elif request.can_read_body:
        form = await request.post()
        args.update({name: _from_form(name, value) for name, value in form.items()})
    return args


def _from_form(name: str, value: Any) -> Any:
    if name in _JSON_ARGUMENTS and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    if name in _BOOLEAN_ARGUMENTS and isinstance(value, str):
        return value.lower() in ("1", "true")
    return value


def spoiled(fault: Fault, request: web.Request) -> web.StreamResponse:
    """Make the answer that a fault asks for; a reset closes the connection instead."""
    if fault.reset:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.broken_json:
        return web.Response(text='{"ok": true, "ts"', content_type="application/json", headers=headers)
    status = fault.status or 200
    if fault.body is not None:
        return web.Response(status=status, text=fault.body, content_type=fault.content_type, headers=headers)
    code = fault.error or ("ratelimited" if status == 429 else None)
    if code is None:
        return web.Response(status=status, text="Internal Server Error", content_type="text/plain", headers=headers)
    return _json({"ok": False, "error": code}, status, headers)


def _json(payload: dict[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    body = json.dumps(payload).encode()
    return web.Response(body=body, status=status, content_type="application/json", charset="utf-8", headers=headers)
