"""One exchange with Slack: a call of the Web API or a post to a response_url, and what became of it.

Nothing is sent twice by a library: the SDK's own retry after a dropped connection is off, because Slack may have taken
the message; a 429 is waited out here, because it certainly has not.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.platforms.slack.errors import UNREACHABLE, Trouble, code, failure, trouble, trouble_of
from bot.platforms.slack.proxy import proxy_for

_log = structlog.get_logger("briefbot")

TIMEOUT = 10
"""Seconds that Slack may be silent in one exchange."""
CONNECT = 5
"""Seconds that connecting to one address may take."""
QUEUE = 20
"""Seconds after which nothing was sent for want of a connection; the answer then goes another way."""
CONNECTIONS = 400
"""Connections to response_urls at a time: as many slow answers, and well within the files a process may open."""
PATIENCE = 60.0
"""Seconds that one call may take with everything Slack asks us to wait; the reader is gone by then."""
RATE_LIMIT_RETRIES = 2

Json = dict[str, Any]


def new_session(connections: int = 0) -> aiohttp.ClientSession:
    """Return a session with time limits, for so many connections at a time (0: any number); whoever asks closes it."""
    limits = aiohttp.ClientTimeout(total=None, connect=QUEUE, sock_connect=CONNECT, sock_read=TIMEOUT)
    return aiohttp.ClientSession(timeout=limits, connector=aiohttp.TCPConnector(limit=connections))


class Failure(NamedTuple):
    """What went wrong: what to do about it, Slack's word for it, and the seconds that Slack asks to wait."""

    trouble: Trouble
    word: str
    wait: float = 0.0


def web_client(token: str, base_url: str, session: aiohttp.ClientSession, *, waits: bool = False) -> AsyncWebClient:
    """Return a client of the Web API that sends everything once; where it `waits`, again after a 429, however long."""
    retries: list[AsyncRetryHandler] = (
        [AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)] if waits else []
    )
    client = AsyncWebClient(token=token, base_url=base_url, timeout=TIMEOUT, session=session, retry_handlers=retries)
    client.proxy = proxy_for(base_url)  # the SDK, where it is told of none, looks for one and ignores NO_PROXY
    return client


async def call(web: AsyncWebClient, method: str, arguments: Json) -> Trouble | None:
    """Call the Web API; return what the trouble is, or None. The log has the code, never what was sent."""

    async def once() -> Failure | None:
        try:
            await web.api_call(method, json=arguments)
        except SlackApiError as error:
            return Failure(trouble_of(error), code(error), retry_after(getattr(error.response, "headers", {})))
        return None

    return await _patiently(once, f"slack.{method}")


async def hook(session: aiohttp.ClientSession, url: str, body: Json) -> Trouble | None:
    """Post to a response_url; return what the trouble is, or None. An empty `url` is one that is gone."""
    if not url:
        return Trouble.PLACE
    client = AsyncWebhookClient(url, timeout=TIMEOUT, session=session, retry_handlers=[])
    client.proxy = proxy_for(url)

    async def once() -> Failure | None:
        answer = await client.send_dict(body)
        word = _refusal(answer.status_code, answer.body)
        return None if word is None else Failure(trouble(word, answer.status_code), word, retry_after(answer.headers))

    return await _patiently(once, "slack.respond")


async def _patiently(send: Callable[[], Awaitable[Failure | None]], action: str) -> Trouble | None:
    """Send, and again after a 429 as long as Slack asks to wait, unless that would be too long or too often."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    for left in reversed(range(RATE_LIMIT_RETRIES + 1)):
        found = await _timed(send, until)
        if found is None:
            return None
        again = found.trouble is Trouble.WAIT and left > 0 and loop.time() + found.wait < until
        told = {"wait": found.wait, "given_up": not again} if found.trouble is Trouble.WAIT else {}
        _log.warning("Slack refused", action=action, error=found.word, so=found.trouble, **told)
        if not again:
            return found.trouble
        await asyncio.sleep(found.wait)
    raise AssertionError("the last attempt returns")


async def _timed(send: Callable[[], Awaitable[Failure | None]], until: float) -> Failure | None:
    try:
        async with asyncio.timeout_at(until):
            return await send()
    except UNREACHABLE as error:
        return Failure(failure(error), type(error).__name__)


def _refusal(status: int, body: str) -> str | None:
    """Return the error code in the answer of a response_url, which is JSON or the bare word; None when it took it."""
    taken = status == HTTPStatus.OK
    try:
        found = json.loads(body)
    except ValueError:
        return None if taken else body.strip()[:80]
    if not isinstance(found, dict):
        return None if taken else ""
    return None if taken and found.get("ok", True) else str(found.get("error") or "")


def retry_after(headers: Mapping[str, Any]) -> float:
    """Return the seconds in Retry-After; one where it says nothing that can be read."""
    try:
        return max(0.0, float(next(value for name, value in headers.items() if name.lower() == "retry-after")))
    except (StopIteration, TypeError, ValueError):
        return 1.0
