"""What machines ask: does the process live, is it ready, what has it counted."""

from aiohttp import web

from bot.observe import Health, Metrics
from bot.observe.metrics import CONTENT_TYPE

PATHS = ("/healthz", "/readyz", "/metrics")
_OK, _UNAVAILABLE = 200, 503


def routes(health: Health, metrics: Metrics) -> list[web.RouteDef]:
    """Return the three routes."""

    async def healthz(_request: web.Request) -> web.Response:
        # That it answers is the answer. No part ends the life: a restart would not mend a wrong token, and where the
        # folder is gone or the watcher died, the bot still answers from the library it has. /readyz tells of them.
        return web.json_response({"live": True})

    async def readyz(_request: web.Request) -> web.Response:
        snapshot = health.snapshot()
        return web.json_response(snapshot.as_json(), status=_OK if snapshot.ready else _UNAVAILABLE)

    async def counted(_request: web.Request) -> web.Response:
        return web.Response(body=metrics.render(), headers={"Content-Type": CONTENT_TYPE})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", counted)]
