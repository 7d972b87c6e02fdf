"""Messages reach Slack: through a response_url, into a channel, for one pair of eyes, or onto a Home tab.

One HTTP session for all of them. Nothing is sent twice by a library: the SDK's own retry after a dropped connection is
off, because Slack may have taken the message; a 429 is waited out, because it certainly has not.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.commands.request import Caller
from bot.platforms.slack.errors import code

_log = structlog.get_logger("briefbot")

TIMEOUT = 10
"""Seconds one call may take."""
RATE_LIMIT_RETRIES = 2

Json = dict[str, Any]


class Outbox:
    """What the bot sends to Slack; failures are logged and told by the return value, never raised."""

    def __init__(self, token: str, base_url: str, session: aiohttp.ClientSession) -> None:
        """Take the bot's token, the Web API's address and the session all calls share."""
        self._session = session
        self.web = AsyncWebClient(
            token=token,
            base_url=base_url,
            timeout=TIMEOUT,
            session=session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)],
        )

    async def respond(
        self, url: str, parts: Sequence[Json], caller: Caller, *, public: bool = False, replace: bool = False
    ) -> bool:
        """Send `parts` to a response_url, in order; return whether all arrived.

        A url that is used up or too old (five uses, thirty minutes) is no loss: what is private is then sent for the
        caller's eyes into the channel.
        """
        hook = AsyncWebhookClient(
            url,
            timeout=TIMEOUT,
            session=self._session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)],
        )
        for place, part in enumerate(parts):
            body = {
                **part,
                "response_type": "in_channel" if public else "ephemeral",
                "replace_original": replace and not place,
                "delete_original": False,
            }
            if not await self._hook(hook, body) and not await self._instead(part, caller, public=public):
                return False
        return True

    async def _hook(self, hook: AsyncWebhookClient, body: Json) -> bool:
        try:
            answer = await hook.send_dict(body)
        except (aiohttp.ClientError, OSError) as error:
            _log.warning("response_url failed", action="slack.respond", error=type(error).__name__)
            return True  # it may have arrived; a second copy is worse than none
        if answer.status_code == HTTPStatus.OK:
            return True
        _log.warning("response_url refused", action="slack.respond", status=answer.status_code, error=answer.body[:80])
        return False

    async def _instead(self, part: Json, caller: Caller, *, public: bool) -> bool:
        if public:
            return await self.post(caller.place, [part])
        return await self._call("chat.postEphemeral", channel=caller.place, user=caller.user, **part)

    async def post(self, channel: str, parts: Sequence[Json], *, thread: str | None = None) -> bool:
        """Post `parts` for everybody in `channel` (or in the thread), in order, without link previews."""
        for part in parts:
            previews = {"unfurl_links": False, "unfurl_media": False}
            where = {"channel": channel, **({"thread_ts": thread} if thread else {})}
            if not await self._call("chat.postMessage", **where, **part, **previews):
                return False
        return True

    async def publish_home(self, user: str, blocks: list[Json]) -> bool:
        """Replace the Home tab of `user`."""
        return await self._call("views.publish", user_id=user, view={"type": "home", "blocks": blocks})

    async def _call(self, method: str, **arguments: Any) -> bool:
        try:
            await self.web.api_call(method, json=arguments)
        except SlackApiError as error:
            _log.warning("Slack refused", action=f"slack.{method}", error=code(error))
            return False
        except (aiohttp.ClientError, OSError) as error:
            _log.warning("Slack not reached", action=f"slack.{method}", error=type(error).__name__)
            return False
        return True
