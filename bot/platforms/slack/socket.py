"""Socket Mode: the SDK's client with two manners added: it stops when refused for good, and says how it stands."""

import asyncio
import json
import time

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import RefusedError
from bot.platforms.slack.errors import refusal

_log = structlog.get_logger("briefbot")

PING_SECONDS = 10.0
_OK = 200
APP_TOKEN = "BRIEFBOT_SLACK__APP_TOKEN"  # noqa: S105 - the variable's name


LOST = 30.0
"""Seconds without a connection after which everything is built anew: the SDK may be retrying an address that expired."""
_LOOK = 0.25


class Socket(SocketModeClient):
    """One Socket Mode connection, renewed by the SDK until `close`, or until Slack refuses the app token for good."""

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient, over: asyncio.Future[None]) -> None:
        """Take the app that answers, and the future that ends for good with this connection. Needs a running loop."""
        super().__init__(app_token=app_token, web_client=web, ping_interval=PING_SECONDS)
        self._app = app
        self._over = over
        self.socket_mode_request_listeners.append(self._deliver)

    @property
    def open(self) -> bool:
        """Whether commands can arrive at this moment."""
        session = self.current_session
        return not self.closed and not self.stale and session is not None and not session.closed

    async def keep_open(self) -> None:
        """Connect, and reconnect at once where the SDK would look only every ten seconds.

        Raises ConnectionError after `LOST` seconds without a connection.
        """
        connecting = asyncio.create_task(self.connect(), name="slack-connect")
        try:
            last_open = time.monotonic()
            while not self.closed:
                await asyncio.sleep(_LOOK)
                if self.open:
                    last_open = time.monotonic()
                elif time.monotonic() - last_open > LOST:
                    raise ConnectionError("Slack did not let the socket in")
                elif connecting.done():
                    connecting = asyncio.create_task(self._reconnect(), name="slack-reconnect")
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)

    async def _reconnect(self) -> None:
        try:
            await self.connect_to_new_endpoint()
        except (SlackApiError, aiohttp.ClientError, OSError) as error:
            _log.warning("not reconnected", action="slack.socket", error=type(error).__name__)
            await asyncio.sleep(1)

    async def issue_new_wss_url(self) -> str:
        """Ask Slack for a fresh address; a refusal for good ends the connection instead of being repeated for ever."""
        try:
            return await super().issue_new_wss_url()
        except SlackApiError as error:
            refused = refusal(error, APP_TOKEN)
            if refused is not None:
                self.closed = True  # the SDK's loops look at it before they try again
                end(self._over, refused)
                raise refused from error
            raise

    async def _deliver(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = await run_async_bolt_app(self._app, request)
        if answer.status != _OK:
            _log.warning("not handled", action="slack.socket", type=request.type, status=answer.status)
            return
        envelope = json.dumps(request.envelope_id)
        # The body is JSON already; what the SDK does here is to read it and write it again.
        payload = f', "payload": {answer.body}' if answer.body else ""
        await self.send_message(f'{{"envelope_id": {envelope}{payload}}}')


def end(over: asyncio.Future[None], why: RefusedError) -> None:
    """End a connection for good, for a reason."""
    if not over.done():
        over.set_exception(why)
