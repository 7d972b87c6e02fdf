"""Signed HTTP: Slack's requests at one address, checked before anything in them is read, answered in the response.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import errno
from http import HTTPStatus
from urllib.parse import parse_qsl

from aiohttp import hdrs, web
from cachetools import TTLCache
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.errors import BriefbotError
from bot.platforms.slack import callers
from bot.platforms.slack.handlers import SlackApp
from bot.platforms.slack.manifest import PATH

_SIGNATURE = "X-Slack-Signature"
_TIMESTAMP = "X-Slack-Request-Timestamp"
_SIGNATURES, _SIGNATURE_SECONDS = 65_536, 900
"""Signatures remembered: longer than the ten minutes, five each way, in which one is taken."""
_SHUTDOWN = 0.2
"""Seconds until a half-sent request is given up when the listener stops; what is in hand is done by then."""
_CHECK_BYTES = 1024
"""More than Slack's check of our certificate has; only so much is read of what is not signed."""
_WITHOUT_EFFECT = frozenset({"url_verification", "block_suggestion"})


class Listener:
    """Listens for Slack's requests from `start` to `stop`."""

    def __init__(self, app: SlackApp, signing_secret: str, host: str, port: int) -> None:
        """Take the app that answers, the secret that requests are signed with, and where to listen."""
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._host = host
        self._port = port
        self._runner: web.ServerRunner | None = None
        self._site: web.TCPSite | None = None
        self._taken: TTLCache[str, bool] = TTLCache(_SIGNATURES, _SIGNATURE_SECONDS)

    @property
    def open(self) -> bool:
        """Whether requests can arrive at this moment."""
        return self._site is not None

    async def start(self) -> None:
        """Listen. Raises BriefbotError when the address is taken or not ours.

        One address needs no router. aiohttp takes bodies of 1 MiB at most, four times Slack's largest, a Home tab.
        """
        server = web.Server(self._take, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=_SHUTDOWN, handle_signals=False)
        await runner.setup()
        site = web.TCPSite(runner, self._host, self._port)
        try:
            await site.start()
        except OSError as error:
            await runner.cleanup()
            why = "it is taken" if error.errno == errno.EADDRINUSE else error.strerror
            raise BriefbotError(
                f"Slack's requests cannot be taken on {self._host}, port {self._port}: {why}.",
                "Set BRIEFBOT_SLACK__HOST and BRIEFBOT_SLACK__PORT to an address that is free.",
            ) from error
        self._runner, self._site = runner, site

    async def pause(self) -> None:
        """Take no further connections."""
        site, self._site = self._site, None
        if site is not None:
            await site.stop()

    async def stop(self) -> None:
        """Stop listening; requests in hand are finished."""
        await self.pause()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.BaseRequest) -> web.Response:
        if request.path != PATH:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        if request.method != hdrs.METH_POST:
            checks = request.method == hdrs.METH_GET and request.query.get("ssl_check") == "1"
            return web.Response(status=HTTPStatus.OK if checks else HTTPStatus.NOT_FOUND)
        body = await request.read()
        if not self._signed(request, body):
            return web.Response(status=HTTPStatus.OK if _checks_certificate(body) else HTTPStatus.UNAUTHORIZED)
        with self._app.work.hand():  # from here on: what nobody signed must not keep us from stopping
            return await self._answer(request, body)

    async def _answer(self, request: web.BaseRequest, body: bytes) -> web.Response:
        try:
            asked = _read(body.decode(), request)
        except (ValueError, RecursionError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if asked.body.get("ssl_check") == "1" or self._again(request, asked):
            return web.Response()
        answer = await self._app.bolt.async_dispatch(asked)
        kind = "application/json" if answer.body.startswith("{") else "text/plain"
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    def _signed(self, request: web.BaseRequest, body: bytes) -> bool:
        try:
            return self._verifier.is_valid(body, request.headers[_TIMESTAMP], request.headers[_SIGNATURE])
        except (KeyError, TypeError, ValueError):
            return False

    def _again(self, request: web.BaseRequest, asked: AsyncBoltRequest) -> bool:
        """Return whether this is a replay, signature and all, of what has an effect: it has none a second time.

        A command has none: it is answered again, to whoever sent it. Nor has what is asked while somebody types, which
        is the same, signature and all, for the same letters in the same second.
        """
        if "command" in asked.body or asked.body.get("type") in _WITHOUT_EFFECT:
            return False
        signature = request.headers[_SIGNATURE]
        again = signature in self._taken
        self._taken[signature] = True
        return again


def _checks_certificate(body: bytes) -> bool:
    """Return whether this is Slack looking at our certificate, which it does unsigned.

    Source: https://docs.slack.dev/interactivity/implementing-slash-commands (``ssl_check``)
    """
    if len(body) > _CHECK_BYTES:
        return False
    form = dict(parse_qsl(body.decode(errors="replace")))
    return form.get("ssl_check") == "1" and "command" not in form


def _read(body: str, request: web.BaseRequest) -> AsyncBoltRequest:
    """Return the request as Bolt's; raises ValueError when it cannot be read.

    Bolt takes a command in whose text the word "payload" stands for an interaction without one, and reads nothing.
    """
    try:
        asked = AsyncBoltRequest(body=body, headers=dict(request.headers))
        if not asked.body and body:
            asked.body = dict(parse_qsl(body, keep_blank_values=True))
            asked.context = build_async_context(AsyncBoltContext(), asked.body)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("a part is not what it should be") from error
    if not callers.readable(asked.body):
        raise ValueError("a part that Bolt needs is missing")
    return asked
