"""Messages reach Slack: through a response_url, into a channel, for one pair of eyes, or onto a Home tab.

One HTTP session for all of them. Nothing is sent twice by a library: the SDK's own retry after a dropped connection is
off, because Slack may have taken the message; a 429 is waited out, because it certainly has not.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.commands.request import Caller
from bot.errors import report
from bot.platforms.slack.errors import UNREACHABLE, Trouble, code, trouble, trouble_of

_log = structlog.get_logger("briefbot")

TIMEOUT = 10
"""Seconds that one exchange with Slack may take."""
PATIENCE = 60.0
"""Seconds that one call may take with everything Slack asks us to wait; the reader is gone by then."""
RATE_LIMIT_RETRIES = 2

Json = dict[str, Any]


class RejectedError(Exception):
    """Slack would not take what we sent: a fault of ours, for the log. Its text is Slack's error code."""


def new_session() -> aiohttp.ClientSession:
    """Return a session for an `Outbox`, with time limits; whoever asks for it closes it."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))


class Outbox:
    """What the bot sends to Slack; failures are logged and told by the return value, never raised."""

    def __init__(
        self, token: str, base_url: str, session: aiohttp.ClientSession, refused: Callable[[], None] | None = None
    ) -> None:
        """Take the bot's token, the Web API's address, the session all calls share, and who hears of a dead token."""
        self._session = session
        self._refused = refused
        self.web = AsyncWebClient(
            token=token,
            base_url=base_url,
            timeout=TIMEOUT,
            session=session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)],
        )

    async def respond(
        self,
        url: str,
        parts: Sequence[Json],
        caller: Caller,
        *,
        public: bool = False,
        replace: bool = False,
        thread: str | None = None,
    ) -> bool:
        """Send `parts` to a response_url, in order; return whether all arrived, as far as can be known.

        A url that is used up or too old (five uses, thirty minutes) is no loss: what is private then goes into the
        channel for the caller's eyes, and where the bot is no member, to the caller directly.
        """
        for place, part in enumerate(parts):
            body = {
                **part,
                **({"thread_ts": thread} if thread else {}),
                "response_type": "in_channel" if public else "ephemeral",
                "replace_original": replace and not place,
                "delete_original": False,
                "unfurl_links": False,
                "unfurl_media": False,
            }
            found = await self._with_words(lambda content: self._hook(url, content), body)
            if found in {Trouble.PLACE, Trouble.WAIT}:
                found = await self._instead(part, caller, public=public, thread=thread)
            if found not in {None, Trouble.UNKNOWN}:
                return False
        return True

    async def post(self, channel: str, parts: Sequence[Json], *, thread: str | None = None) -> bool:
        """Post `parts` for everybody in `channel` (or in the thread), in order, without link previews."""
        for part in parts:
            found = await self._with_words(lambda content: self._post(channel, content, thread), part)
            if found not in {None, Trouble.UNKNOWN}:
                return False
        return True

    async def publish_home(self, user: str, view: Json) -> bool:
        """Replace the Home tab of `user`."""
        return await self._call("views.publish", user_id=user, view=view) in {None, Trouble.UNKNOWN}

    async def _with_words(self, send: Callable[[Json], Any], body: Json) -> Trouble | None:
        """Send `body`; when Slack would not take its blocks, log that under a reference and send its words alone."""
        found: Trouble | None = await send(body)
        if found is Trouble.OURS and body.get("blocks"):
            incident = report(RejectedError("the blocks were refused"), action="slack.refused")
            words = f"{body['text']}\nReference: {incident.reference}"
            found = await send({**body, "blocks": [], "text": words})
        return found

    async def _instead(self, part: Json, caller: Caller, *, public: bool, thread: str | None) -> Trouble | None:
        if public:
            return await self._post(caller.place, part, thread)
        into_thread = {"thread_ts": thread} if thread else {}
        found = await self._call("chat.postEphemeral", channel=caller.place, user=caller.user, **part, **into_thread)
        return await self._post(caller.user, part, None) if found is Trouble.PLACE else found

    async def _post(self, channel: str, part: Json, thread: str | None) -> Trouble | None:
        where = {"channel": channel, **({"thread_ts": thread} if thread else {})}
        return await self._call("chat.postMessage", **where, **part, unfurl_links=False, unfurl_media=False)

    async def _hook(self, url: str, body: Json) -> Trouble | None:
        if not url:
            return Trouble.PLACE
        hook = AsyncWebhookClient(
            url,
            timeout=TIMEOUT,
            session=self._session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)],
        )
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await hook.send_dict(body)
        except UNREACHABLE as error:
            _log.warning("response_url failed", action="slack.respond", error=type(error).__name__)
            return Trouble.UNKNOWN
        if answer.status_code == HTTPStatus.OK:
            return None
        word = _word(answer.body)
        found = trouble(word, answer.status_code)
        _log.warning("response_url refused", action="slack.respond", status=answer.status_code, error=word, so=found)
        return found

    async def _call(self, method: str, **arguments: Any) -> Trouble | None:
        """Call the Web API; return what the trouble is, or None. The log has the code, never what was sent."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.web.api_call(method, json=arguments)
        except SlackApiError as error:
            found, word = trouble_of(error), code(error)
        except UNREACHABLE as error:
            found, word = Trouble.UNKNOWN, type(error).__name__
        else:
            return None
        _log.warning("Slack refused", action=f"slack.{method}", error=word, so=found)
        if found is Trouble.TOKEN and self._refused is not None:
            self._refused()
        return found


def _word(body: str) -> str:
    """Return the error code in the answer of a response_url, which is JSON or the bare word."""
    try:
        found = json.loads(body)
    except ValueError:
        return body.strip()[:80]
    return str(found.get("error", "")) if isinstance(found, dict) else ""
