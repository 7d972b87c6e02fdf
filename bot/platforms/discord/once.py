"""A call that discord.py makes once, and what is known of it when it fails.

discord.py repeats a request that was answered with 429, 500, 502, 504 or 524, up to five times, with sleeps between.
Where a request posts something that has no nonce, a repetition may post it twice; and a worker that sleeps holds up
others. aiohttp tells its `TraceConfig` of each response before discord.py reads it: what is raised there ends the call.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.contract import Scope

_TOO_MANY, _SERVER_ERRORS = 429, 500
_BANNED_SECONDS = 600.0
"""How long nothing is tried after a refusal that is not Discord's own but its gatekeeper's, where that says nothing."""


class LimitedError(Exception):
    """Discord took a request for one too many (429): wait `seconds`, with everything that `scope` is about."""

    def __init__(self, seconds: float, scope: Scope) -> None:
        """Keep both."""
        super().__init__(f"429: wait {seconds:.2f} s, {scope}")
        self.seconds = seconds
        self.scope = scope


@dataclass(slots=True)
class Attempt:
    """What is known of a call: whether a request of it has left, and the error that it was answered with."""

    sent: bool = False
    error: Exception | None = None


_attempt: ContextVar[Attempt | None] = ContextVar("discord_attempt", default=None)


@contextmanager
def attempt() -> Iterator[Attempt]:
    """Let the requests of the current task be made once while the context lasts, and give what is known of them."""
    made = Attempt()
    token = _attempt.set(made)
    try:
        yield made
    finally:
        _attempt.reset(token)


def tracing() -> aiohttp.TraceConfig:
    """Return what a client needs (`http_trace`) for its attempts to be made once."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_sent)
    trace.on_request_end.append(_answered)
    return trace


async def _sent(_session: aiohttp.ClientSession, _context: Any, _params: aiohttp.TraceRequestHeadersSentParams) -> None:
    made = _attempt.get()
    if made is not None:
        made.sent = True


async def _answered(_session: aiohttp.ClientSession, _context: Any, params: aiohttp.TraceRequestEndParams) -> None:
    made, response = _attempt.get(), params.response
    if made is None or (response.status != _TOO_MANY and response.status < _SERVER_ERRORS):
        return
    body = await response.text(encoding="utf-8", errors="replace")
    made.error = (
        _limited(response, body)
        if response.status == _TOO_MANY
        else discord.DiscordServerError(response, _object(body) or body[:200])
    )
    raise made.error


def _limited(response: aiohttp.ClientResponse, body: str) -> LimitedError:
    told = _object(body)
    try:
        seconds = float(told.get("retry_after") or response.headers["Retry-After"])
    except (KeyError, TypeError, ValueError):
        seconds = _BANNED_SECONDS
    # Without its JSON or a Via it is not Discord that answers but what stands in front of it: about everything, then.
    stranger = not told or "Via" not in response.headers
    everything = stranger or bool(told.get("global")) or response.headers.get("X-RateLimit-Scope") == "global"
    return LimitedError(seconds, Scope.PLATFORM if everything else Scope.CHANNEL)


def _object(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
