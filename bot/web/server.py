"""The web server: starts, serves the probes and, where it was asked for, the page, and stops without hanging."""

from types import TracebackType
from typing import Protocol, Self

import structlog
from aiohttp import web

from bot.errors import BriefbotError
from bot.observe import Health, Metrics
from bot.settings import WebSettings
from bot.web import probes
from bot.web.guard import guarded
from bot.web.loopback.private import PREFIX

_log = structlog.get_logger("briefbot")

BODY_LIMIT = 256 * 1024
"""Bytes of a request's body; more is answered with 413."""
SHUTDOWN = 0.25
"""Seconds that requests in hand are given when the server stops: they take milliseconds, unless sent by half."""


class Part(Protocol):
    """Something that is served beside the probes, and lives as long as the server."""

    def add_to(self, app: web.Application) -> None:
        """Add the routes, and what has to begin and end with the server."""
        ...

    async def started(self, url: str) -> None:
        """Begin what needs the server's own address, such as ``http://127.0.0.1:8080``."""
        ...


class WebServer:
    """Health, readiness and metrics at one address; with `page`, the editors' page too."""

    def __init__(self, web_settings: WebSettings, health: Health, metrics: Metrics, page: Part | None = None) -> None:
        """Take what is served; nothing listens until `start`."""
        self._settings = web_settings
        self._page = page
        self._app = guarded(web_settings.allowed_hosts, (*probes.PATHS, PREFIX), BODY_LIMIT)
        self._app.add_routes(probes.routes(health, metrics))
        if page is not None:
            page.add_to(self._app)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address it listens on, without a slash at its end; raises RuntimeError while it does not listen."""
        if self._runner is None or not self._runner.addresses:
            raise RuntimeError("the web server does not listen")
        host, port = self._runner.addresses[0][:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def start(self) -> None:
        """Listen. Raises BriefbotError when the address is taken or not ours."""
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=SHUTDOWN, handle_signals=False)
        await runner.setup()
        host, port = self._settings.host, self._settings.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise BriefbotError(
                f"The web server cannot listen on {host}, port {port} ({error.strerror or type(error).__name__}).",
                "Set BRIEFBOT_WEB__PORT (or web.port in config/briefbot.toml) to a free port, 0 for any.",
            ) from error
        self._runner = runner
        _log.info("web server listens", action="web.start", url=self.url, page=self._page is not None)
        if self._page is not None:
            await self._page.started(self.url)

    async def stop(self) -> None:
        """Stop listening; requests in hand get `SHUTDOWN` seconds. May be called twice."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.stop()
