"""Socket Mode: the SDK's client, which here gives up what Slack refuses for good, and never tries an old address again.

The SDK would repeat a failed connection to the same address for ever; an address is good for a few seconds and one use
(https://docs.slack.dev/apis/events-api/using-socket-mode). So connecting is tried once each time, and `keep_open`
decides what comes next.
"""

import asyncio
import json
from contextlib import AsyncExitStack, suppress

import structlog
from aiohttp import ClientWSTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.errors import UNREACHABLE, refusal
from bot.platforms.slack.handlers import SlackApp
from bot.platforms.slack.proxy import proxy_for

_log = structlog.get_logger("briefbot")

APP_TOKEN = "BRIEFBOT_SLACK__APP_TOKEN"  # noqa: S105 - the variable's name
PING_SECONDS = 10.0
LOST = 30.0
"""Seconds of failed reconnecting after which the platform is started anew."""
CONNECT = 10.0
"""Seconds that one attempt to connect may take: one that stalls would keep every later one from being made."""
CLOSE = 0.3
"""Seconds that the other side is given to say good-bye; it may have been gone for long."""
_LOOK = 0.25
_PAUSE = 1.0


class Socket(SocketModeClient):
    """One Socket Mode connection, renewed until `close`, or until Slack refuses the app token."""

    def __init__(self, app: SlackApp, app_token: str, web: AsyncWebClient) -> None:
        """Take the app that answers, the app token, and the Web API. Needs a running loop."""
        super().__init__(app_token=app_token, web_client=web, ping_interval=PING_SECONDS, auto_reconnect_enabled=False)
        self._app = app
        self.socket_mode_request_listeners.append(self._deliver)

    @property
    def open(self) -> bool:
        """Whether commands can arrive at this moment."""
        session = self.current_session
        return not self.closed and session is not None and not session.closed

    async def keep_open(self) -> None:
        """Reconnect whenever the connection is lost; return when closed. Raise what prevents it for `LOST` seconds."""
        loop = asyncio.get_running_loop()
        seen_open = loop.time()
        while not self.closed:
            await asyncio.sleep(_LOOK)
            if await self.is_connected():
                seen_open = loop.time()
                continue
            try:
                await self.connect_to_new_endpoint()
            except (SlackApiError, *UNREACHABLE) as error:
                _log.warning("not reconnected", action="slack.socket", error=type(error).__name__)
                if loop.time() - seen_open > LOST:
                    raise
                await asyncio.sleep(_PAUSE)

    async def issue_new_wss_url(self) -> str:
        """Ask Slack for an address; raise RefusedError when the app token will never be taken."""
        # The SDK's own method cannot read the error of a server that answers in plain text.
        try:
            found = await self.web_client.apps_connections_open(app_token=self.app_token)
        except SlackApiError as error:
            raise refusal(error, APP_TOKEN) or error from error
        return str(found["url"])

    async def connect(self) -> None:
        """Connect once, in the place of the connection before; raise whatever prevents it."""
        await self._leave()
        address, self.wss_uri = self.wss_uri or await self.issue_new_wss_url(), None
        async with asyncio.timeout(CONNECT):
            self.current_session = await self.aiohttp_client_session.ws_connect(
                address,
                autoping=False,
                heartbeat=PING_SECONDS,
                timeout=ClientWSTimeout(ws_close=CLOSE),
                proxy=proxy_for(address),
                ssl=True if self.web_client.ssl is None else self.web_client.ssl,
            )
        self.stale, self.last_ping_pong_time = False, None
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        _log.info("socket open", action="slack.socket")

    async def send_message(self, message: str) -> None:
        """Send an acknowledgement; where the connection has just been lost, over the next one."""
        try:
            await super().send_message(message)
        except ConnectionError:
            await self.connect_to_new_endpoint()
            await super().send_message(message)

    async def close(self) -> None:
        """Disconnect and stop; nothing of the client is left running or open, even where this is cancelled."""
        self.closed = True
        async with AsyncExitStack() as closing:
            closing.push_async_callback(self.aiohttp_client_session.close)
            closing.push_async_callback(self._end_tasks)
            await self._leave()

    async def _end_tasks(self) -> None:
        tasks = [self.message_processor, self.current_session_monitor, self.message_receiver]
        running = [task for task in tasks if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _leave(self) -> None:
        """Close the connection, if there is one, in `CLOSE` seconds whatever the other side does.

        aiohttp's own limit starts anew with each message that still comes, and does not cover sending.
        """
        if self.current_session is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE):
                    await self.current_session.close()

    async def _deliver(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._app.work.hand():
            answer = await self._app.deliver(request.payload)
            if answer is None:
                _log.warning("not handled", action="slack.socket", type=request.type)
                return
            # The body is JSON already; the SDK would read it and write it again.
            payload = f', "payload": {answer}' if answer else ""
            await self.send_message(f'{{"envelope_id": {json.dumps(request.envelope_id)}{payload}}}')
