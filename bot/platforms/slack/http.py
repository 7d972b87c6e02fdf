"""HTTP mode: Slack's signed requests, taken at /slack/events and handed to Bolt, which checks the signature."""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

from bot.errors import BriefbotError

PATH = "/slack/events"
BODY_LIMIT = 1024 * 1024
"""Bytes of a request; Slack's are far smaller."""
_SHUTDOWN = 1.0


class Listener:
    """Listens for Slack's requests while the context lasts."""

    def __init__(self, app: AsyncApp, host: str, port: int) -> None:
        """Take the app that answers and where to listen."""
        self._app = app
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def open(self) -> bool:
        """Whether requests can arrive at this moment."""
        return self._runner is not None

    async def start(self) -> None:
        """Listen. Raises BriefbotError when the address is taken or not ours."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_post(PATH, self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN, handle_signals=False)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            raise BriefbotError(
                f"Slack's requests cannot be taken on {self._host}, port {self._port} ({error.strerror}).",
                "Set BRIEFBOT_SLACK__PORT to a free port.",
            ) from error
        self._runner = runner

    async def stop(self) -> None:
        """Stop listening; requests in hand are finished."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        return await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))
